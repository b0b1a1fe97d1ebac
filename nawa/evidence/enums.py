"""Codes of what employees submit: kinds of facts, states, reasons, and the table of moves between the states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from django.db import models

from nawa.accounts.permissions import Permission
from nawa.audit.enums import Event


class Kind(models.TextChoices):
    """Kinds of facts that employees submit."""

    AWARD = "PENGHARGAAN", "Penghargaan"
    TEAM = "TIM_KERJA", "Peran dalam tim kerja"
    TRAINING = "DIKLAT", "Pelatihan"
    CERTIFICATE = "SERTIFIKAT", "Sertifikat"
    EDUCATION = "PENDIDIKAN", "Pendidikan"
    CAREER = "RIWAYAT_JABATAN", "Riwayat jabatan"


TABLES: Final[Mapping[Kind, str]] = MappingProxyType(
    {
        Kind.AWARD: "award",
        Kind.TEAM: "team_role",
        Kind.TRAINING: "training",
        Kind.CERTIFICATE: "training",
        Kind.EDUCATION: "education",
        Kind.CAREER: "career_entry",
    }
)
"""The table of the workbook that each kind is a row of."""

CERTIFICATION: Final = "SERTIFIKASI"
"""The kind of training that a certificate is; no other training is one."""


class State(models.TextChoices):
    """How far a submission is."""

    SUBMITTED = "DIAJUKAN", "Diajukan"
    ASKED_AGAIN = "DIMINTA_LAGI", "Diminta lagi"
    ACCEPTED = "DITERIMA", "Diterima"
    REFUSED = "DITOLAK", "Ditolak"
    WITHDRAWN = "DITARIK", "Ditarik"


OPEN: Final = (State.SUBMITTED, State.ASKED_AGAIN)
"""States in which somebody still has to do something."""


class Cause(models.TextChoices):
    """Why a submission is asked for again or refused."""

    UNREADABLE = "TIDAK_TERBACA", "Pindaian tidak terbaca"
    INCOMPLETE = "KURANG_LENGKAP", "Pindaian atau isian kurang lengkap"
    DIFFERS = "TIDAK_SESUAI", "Isian tidak sesuai dengan pindaian"
    OTHER_KIND = "BUKAN_JENISNYA", "Bukan bukti jenis ini"
    OTHER_PERSON = "BUKAN_PEMILIKNYA", "Bukan milik pegawai ini"
    KNOWN = "SUDAH_TERCATAT", "Sudah tercatat"
    DOUBTFUL = "DIRAGUKAN", "Keasliannya diragukan"


class Verdict(models.TextChoices):
    """What the analyst found of an acceptance that was drawn."""

    RIGHT = "BENAR", "Penerimaannya benar"
    WRONG = "KELIRU", "Penerimaannya keliru"


@dataclass(frozen=True, slots=True)
class Move:
    """A move to a state: who may make it (None: whose fact it is), what it asks for, and the event that tells of it."""

    event: Event
    permission: Permission | None = None
    cause: bool = False

    @property
    def is_own(self) -> bool:
        """Whether it is the employee's; every other move is another person's."""
        return self.permission is None


_VERIFY: Final = Permission.EVIDENCE_VERIFY

MOVES: Final[Mapping[tuple[State, State], Move]] = MappingProxyType(
    {
        (State.SUBMITTED, State.ACCEPTED): Move(Event.EVIDENCE_ACCEPTED, _VERIFY),
        (State.SUBMITTED, State.ASKED_AGAIN): Move(Event.EVIDENCE_ASKED_AGAIN, _VERIFY, cause=True),
        (State.SUBMITTED, State.REFUSED): Move(Event.EVIDENCE_REFUSED, _VERIFY, cause=True),
        (State.ASKED_AGAIN, State.REFUSED): Move(Event.EVIDENCE_REFUSED, _VERIFY, cause=True),
        (State.ASKED_AGAIN, State.SUBMITTED): Move(Event.EVIDENCE_ANSWERED),
        (State.SUBMITTED, State.WITHDRAWN): Move(Event.EVIDENCE_WITHDRAWN),
        (State.ASKED_AGAIN, State.WITHDRAWN): Move(Event.EVIDENCE_WITHDRAWN),
    }
)
"""The only table of moves, from one state to another."""
