"""Whether registers may be declared complete or empty, and a declaration withdrawn. Asks no database."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Final

from nawa.core import scans
from nawa.core.refusal import Reason
from nawa.evidence.models import Declaration
from nawa.registry.models import Unit

LONGEST_REASON: Final = 500
"""Letters that the reason of a withdrawal may have."""


def reasons_against_register(registers: Sequence[str], on: datetime.date, *, today: datetime.date) -> list[Reason]:
    """Return `declaration.registers` where none is chosen, `declaration.future` where the day has not come."""
    reasons = [] if registers else [Reason("declaration.registers")]
    return [*reasons, Reason("declaration.future", {"today": today})] if on > today else reasons


def reasons_against_unit(unit: Unit, *, today: datetime.date) -> list[Reason]:
    """Return `declaration.unit` where the unit is no more."""
    through = unit.valid_through
    return [Reason("declaration.unit", {"through": through})] if through is not None and through < today else []


def reasons_against_letter(number: str, scan: bytes) -> list[Reason]:
    """Return `declaration.letter` where the number is missing, or what is wrong with the scan."""
    return ([] if number.strip() else [Reason("declaration.letter")]) + scans.reasons_against_scan(scan)


def reasons_against_older(newer: int) -> list[Reason]:
    """Return `declaration.older` where registers were declared complete on this day, or a later one."""
    return [Reason("declaration.older", {"count": newer})] if newer else []


def reasons_against_twin(twins: int) -> list[Reason]:
    """Return `declaration.twice` where the very same is declared already by the same letter."""
    return [Reason("declaration.twice")] if twins else []


def reasons_against_none(people: int, strangers: int, with_rows: Mapping[str, int]) -> list[Reason]:
    """Return why people cannot be said to have nothing.

    `declaration.people`: there is nobody. `declaration.strangers`: numbers of nobody who works there now.
    `declaration.rows`: some have rows in a register.
    """
    reasons = [] if people else [Reason("declaration.people")]
    if strangers:
        reasons.append(Reason("declaration.strangers", {"count": strangers}))
    return reasons + [
        Reason("declaration.rows", {"count": number, "register": register})
        for register, number in with_rows.items()
        if number
    ]


def reasons_against_withdrawing(declaration: Declaration, newer: int, reason: str) -> list[Reason]:
    """Return why a declaration stays: withdrawn already, a newer one stands on it, or no reason, or one too long."""
    if declaration.withdrawn_at is not None:
        return [Reason("declaration.withdrawn")]
    if newer:
        return [Reason("declaration.newer", {"count": newer})]
    if len(reason) > LONGEST_REASON:
        return [Reason("declaration.reason_long", {"most": LONGEST_REASON})]
    return [] if reason.strip() else [Reason("declaration.reason")]
