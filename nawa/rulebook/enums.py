"""Codes of the rulebook: states of a version, kinds of instruments, and the table of moves between the states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from django.db import models

from nawa.accounts.permissions import Permission
from nawa.audit.enums import Event


class State(models.TextChoices):
    """How far a version is on its way into force. That a later one has taken its place is told by the dates."""

    DRAFT = "RANCANGAN", "Rancangan"
    SUBMITTED = "DIAJUKAN", "Diajukan"
    APPROVED = "DISAHKAN", "Disahkan"
    REFUSED = "DITOLAK", "Ditolak"
    WITHDRAWN = "DITARIK", "Ditarik"


FINAL: Final = (State.APPROVED, State.REFUSED, State.WITHDRAWN)
"""States that nothing leaves: the row is sealed."""


class Instrument(models.TextChoices):
    """What sets a version in force. A profile that came with Nawa, the first of its name, needs none."""

    REGULATION = "PERWAL", "Peraturan Wali Kota"
    CIRCULAR = "SE", "Surat Edaran"
    DECREE = "KEPUTUSAN", "Keputusan"
    SHIPPED = "BAWAAN", "Bawaan Nawa"


SIGNED: Final = (Instrument.REGULATION, Instrument.CIRCULAR, Instrument.DECREE)
"""Instruments that somebody signs."""


class Objection(models.TextChoices):
    """Why a draft is refused."""

    BASIS = "DASAR_KURANG", "Dasar hukumnya belum lengkap"
    NUMBERS = "ANGKA_KELIRU", "Angkanya tidak sesuai dengan peraturan"
    EFFECT = "DAMPAK", "Dampaknya perlu dikaji lagi"
    DATE = "WAKTU", "Tanggal berlakunya tidak tepat"


@dataclass(frozen=True, slots=True)
class Move:
    """A move to a state: who may make it, what it asks for, and the event that tells of it."""

    permission: Permission
    event: Event
    instrument: bool = False  # its kind, number, date, signatory and scan, and the day from which the version holds
    other_person: bool = False  # not by whoever had a hand in the draft, nor by anybody tied to them
    valid: bool = False  # only where nothing is wrong with the draft
    reason: bool = False


MOVES: Final[Mapping[tuple[State, State], Move]] = MappingProxyType(
    {
        (State.DRAFT, State.SUBMITTED): Move(Permission.POLICY_DRAFT, Event.POLICY_SUBMITTED, valid=True),
        (State.SUBMITTED, State.APPROVED): Move(
            Permission.POLICY_APPROVE, Event.POLICY_APPROVED, instrument=True, other_person=True, valid=True
        ),
        (State.SUBMITTED, State.REFUSED): Move(
            Permission.POLICY_APPROVE, Event.POLICY_REFUSED, other_person=True, reason=True
        ),
        (State.SUBMITTED, State.DRAFT): Move(Permission.POLICY_DRAFT, Event.POLICY_TAKEN_BACK),
        (State.DRAFT, State.WITHDRAWN): Move(Permission.POLICY_DRAFT, Event.POLICY_WITHDRAWN),
        (State.SUBMITTED, State.WITHDRAWN): Move(Permission.POLICY_DRAFT, Event.POLICY_WITHDRAWN),
    }
)
"""The only table of moves, from one state to another."""
