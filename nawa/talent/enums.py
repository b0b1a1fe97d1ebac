"""Codes of the talent app: the steps of a run, the stages of its publication, and the table of moves between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from django.db import models

from nawa.accounts.permissions import Permission
from nawa.audit.enums import Event

CONTEST_DAYS: Final = 7
"""Calendar days for objections unless a cycle says otherwise: five working days and a weekend (*perlu konfirmasi*)."""

SHORTEST_REASON, LONGEST_REASON = 20, 1000
"""Letters of the reason for which a run is published although its data are not complete enough."""


class Step(models.TextChoices):
    """What a run is doing."""

    READ = "BACA", "Membaca catatan"
    COMMIT = "KUNCI", "Mengunci masukan"
    MAP = "HITUNG", "Menghitung peta"
    RIVALS = "TANDINGAN", "Menguji nilai tandingan"  # of a simulation
    CAUSES = "SEBAB", "Mengurai sebab perpindahan"  # of a movement
    KEEP = "SIMPAN", "Menyimpan hasil"


PROGRESS: Final[Mapping[Step, int]] = MappingProxyType(
    {Step.READ: 5, Step.COMMIT: 25, Step.MAP: 45, Step.RIVALS: 50, Step.CAUSES: 30, Step.KEEP: 60}
)
"""Percent done when a step begins, as measured on the demo city."""


class Failure(models.TextChoices):
    """Why a run failed."""

    POLICY = "KEBIJAKAN", "Kebijakan tidak lagi tersedia seperti ketika proses diminta"
    DATABASE = "BASIS_DATA", "Basis data menolak atau tidak terjangkau"
    MEMORY = "MEMORI", "Memori server tidak cukup"
    ENGINE = "MESIN", "Mesin hitung berhenti karena kesalahan"
    ABANDONED = "TERPUTUS", "Proses terputus tiga kali"
    OTHER_RESULT = "HASIL_LAIN", "Hitungan ulang tidak memberi hasil yang tersimpan"  # of a movement


class Stage(models.TextChoices):
    """How far a run's result is on its way to being known."""

    COMPUTED = "DIHITUNG", "Dihitung"
    CHECKED = "DIPERIKSA", "Diperiksa"
    CONTEST = "MASA_SANGGAH", "Masa sanggah"
    VALIDATED = "DIVALIDASI", "Divalidasi komite"
    DETERMINED = "DITETAPKAN", "Ditetapkan"
    PUBLISHED = "TERBIT", "Terbit"
    WITHDRAWN = "DITARIK", "Ditarik"


WAY: Final = (*(Stage.COMPUTED, Stage.CHECKED, Stage.CONTEST, Stage.VALIDATED, Stage.DETERMINED, Stage.PUBLISHED),)
"""The stages in their order; WITHDRAWN leaves the way."""

KNOWN: Final = (Stage.CONTEST, Stage.VALIDATED, Stage.DETERMINED, Stage.PUBLISHED)
"""Stages in which employees see their own result, and heads of units those of their people."""

RELEASING: Final = (Permission.RUN_RELEASE, Permission.RUN_DETERMINE)
"""Either of these may let a run be published although its data are not complete enough."""


class Withdrawal(models.TextChoices):
    """Why a run was withdrawn."""

    DATA = "DATA_KELIRU", "Data sumber keliru"
    POLICY = "KEBIJAKAN_KELIRU", "Kebijakan atau tanggal acuan keliru"
    OBJECTION = "SANGGAHAN_DITERIMA", "Sanggahan diterima"
    COMMITTEE = "PUTUSAN_KOMITE", "Komite tidak memvalidasi"
    REPLACED = "DIGANTI", "Diganti hitungan lain"


@dataclass(frozen=True, slots=True)
class Move:
    """A move to a stage: who may make it, what it asks for, and the event that tells of it."""

    permission: Permission
    event: Event
    letter: bool = False  # a letter's number and date, and its scan
    other_person: bool = False  # not by whoever started the run
    reason: bool = False


_WITHDRAW: Final = Move(Permission.RUN_RELEASE, Event.RUN_WITHDRAWN, reason=True)

MOVES: Final[Mapping[tuple[Stage, Stage], Move]] = MappingProxyType(
    {
        (Stage.COMPUTED, Stage.CHECKED): Move(Permission.RUN_CHECK, Event.RUN_CHECKED, other_person=True),
        (Stage.CHECKED, Stage.CONTEST): Move(Permission.RUN_RELEASE, Event.CONTEST_OPENED),
        (Stage.CONTEST, Stage.VALIDATED): Move(Permission.RUN_VALIDATE, Event.RUN_VALIDATED, letter=True),
        (Stage.VALIDATED, Stage.DETERMINED): Move(Permission.RUN_DETERMINE, Event.RUN_DETERMINED, letter=True),
        (Stage.DETERMINED, Stage.PUBLISHED): Move(Permission.RUN_RELEASE, Event.RUN_PUBLISHED),
        **{(stage, Stage.WITHDRAWN): _WITHDRAW for stage in WAY if stage is not Stage.PUBLISHED},
    }
)
"""The only table of moves, from one stage to another."""
