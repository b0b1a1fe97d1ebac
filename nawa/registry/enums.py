"""Groups of the workbook's codes that the law treats alike, and what lists of people and posts are narrowed by."""

from enum import StrEnum
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

MANAGERIAL_TIERS: Final = ("JPT_MADYA", "JPT_PRATAMA", "ADMINISTRATOR", "PENGAWAS")
"""*Jabatan manajerial* (UU 20/2023 Pasal 15)."""

LADDER: Final = (*MANAGERIAL_TIERS, "PELAKSANA")
"""Tiers that lie one above the other; a functional one counts as that to which the policy says it is equal."""

LIMITED: Final = ("PLT", "PLH")
"""Kinds of acting whose term is limited."""

FOR_VACANCIES: Final = ("PLT", "PJ")
"""Kinds of acting in a post that nobody holds."""

CIVIL_SERVANTS: Final = ("PNS", "CPNS")

CONTRACT_STAFF: Final = ("PPPK", "PPPK_PARUH_WAKTU")

DEPARTED: Final = ("DIBERHENTIKAN", "BUP", "PENSIUN")
"""*Kedudukan hukum* of people who hold no post any more."""

ERASED: Final = "00000000"
"""How the number begins by which somebody goes whose records were erased: no birth date does."""

ERASED_NAME: Final = "(data dihapus)"
"""The name of somebody whose records were erased."""


class Presence(StrEnum):
    """Whether somebody works here, as addresses name it; why somebody has left is not for everybody's eyes."""

    ACTIVE = "aktif"
    LEFT = "berhenti"
    RETIRING = "akan-pensiun"


class Filling(StrEnum):
    """How a post stands on a day, as addresses name it. A vacant one may be looked after by somebody who acts."""

    FILLED = "terisi"
    VACANT = "lowong"
    ACTING = "sementara"
    ENDED = "berakhir"


class PlanState(models.TextChoices):
    """How far a reorganisation is. A plan that was closed, either way, is sealed: what follows is a new plan."""

    DRAFT = "RANCANGAN", _("Rancangan")
    CARRIED_OUT = "DILAKSANAKAN", _("Dilaksanakan")
    CANCELLED = "DIBATALKAN", _("Dibatalkan")


class Instrument(models.TextChoices):
    """What orders a reorganisation."""

    REGIONAL = "PERDA", _("Peraturan Daerah")
    MAYORAL = "PERWALI", _("Peraturan Wali Kota")


class Operation(models.TextChoices):
    """What a line of a reorganisation does, in the order in which lines take effect, however they were entered.

    Units stand before their posts do; what goes goes last, when all that was to leave it has left.
    """

    NEW_UNIT = "UNIT_BARU", _("Unit baru")
    RENAME_UNIT = "GANTI_NAMA_UNIT", _("Unit berganti nama")
    MERGE_UNITS = "GABUNG_UNIT", _("Unit digabung")
    MOVE_UNIT = "PINDAH_UNIT", _("Unit pindah induk")
    NEW_POST = "JABATAN_BARU", _("Jabatan baru")
    RENAME_POST = "GANTI_NAMA_JABATAN", _("Jabatan berganti nama")
    MOVE_POST = "PINDAH_JABATAN", _("Jabatan pindah unit")
    ABOLISH_POST = "HAPUS_JABATAN", _("Jabatan dihapus")
    ABOLISH_UNIT = "HAPUS_UNIT", _("Unit dihapus")


class Contents(models.TextChoices):
    """What becomes of the units and posts in a unit that is abolished."""

    APART = "SENDIRI", _("Diatur dengan baris tersendiri")
    WITH_IT = "IKUT_DIHAPUS", _("Ikut dihapus bersama unit ini")


class Fate(models.TextChoices):
    """What a reorganisation does to a holder."""

    KEPT = "TETAP", _("Jabatan dan unit tetap")
    MOVED = "IKUT_UNIT", _("Jabatan tetap, unit berganti")
    SUCCEEDED = "JABATAN_PENGGANTI", _("Dikukuhkan dalam jabatan pengganti")
    PLACED = "DITEMPATKAN", _("Ditempatkan dengan keputusan")
    RELEASED = "TANPA_JABATAN", _("Tanpa jabatan sementara")
    UNDECIDED = "BELUM_DIPUTUSKAN", _("Belum diputuskan")


class DutyState(StrEnum):
    """How an acting duty stands, as addresses name it."""

    ENDING_7 = "berakhir-7"
    ENDING_30 = "berakhir-30"
    PAST = "lewat-batas"
    SEVERAL = "rangkap"
    FOUND = "temuan"
    COMING = "akan-mulai"


class Move(StrEnum):
    """Kinds of movement that a decree brings about (for appointments as requirements know them)."""

    PROMOTION = "PROMOSI"
    TRANSFER = "MUTASI_SETARA"
    CONFIRMATION = "PENGUKUHAN"
    TO_STRUCTURAL = "JF_KE_STRUKTURAL"
    TO_FUNCTIONAL = "STRUKTURAL_KE_JF"
    DEMOTION = "PENURUNAN"
    RELEASE = "PEMBEBASAN"
    RETIREMENT = "PENSIUN"
    DEATH = "MENINGGAL"
    TRANSFER_OUT = "PINDAH_KELUAR"


class MoveState(models.TextChoices):
    """How far a movement is that was recorded before its day."""

    WAITING = "DIRENCANAKAN", _("Direncanakan")
    CARRIED_OUT = "DILAKSANAKAN", _("Dilaksanakan")
    CANCELLED = "DIBATALKAN", _("Dibatalkan")


APPOINTMENTS: Final = (
    *(Move.PROMOTION, Move.TRANSFER, Move.CONFIRMATION),
    *(Move.TO_STRUCTURAL, Move.TO_FUNCTIONAL, Move.DEMOTION),
)

DEPARTURES: Final = (Move.RETIREMENT, Move.DEATH, Move.TRANSFER_OUT)
"""With these somebody leaves the institution. The log does not tell which it was."""

STATUS_AFTER: Final = {Move.RETIREMENT: "PENSIUN", Move.DEATH: "DIBERHENTIKAN"}
"""*Kedudukan hukum* after a departure; whoever moves to another institution keeps theirs."""
