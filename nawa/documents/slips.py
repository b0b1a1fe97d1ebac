"""Slips that hand employees their activation codes: several on a page, to be cut apart and given out in person."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from nawa.documents.labels import LABELS, Language, day
from nawa.documents.render import render
from nawa.documents.text import shortened

GROUP: Final = 4  # characters of a code that are read and typed in one go


@dataclass(frozen=True, slots=True)
class ActivationSlip:
    """What one person is handed. `nip` is None for somebody who has none; `code` may be in groups (`A2C4-…`)."""

    name: str
    nip: str | None
    login: str
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class UnitSlips:
    """The slips that one unit hands out, in the order given."""

    unit: str
    slips: Sequence[ActivationSlip]


def activation_slips(
    units: Sequence[UnitSlips],
    *,
    institution: str,
    address: str,
    printed_by: str,
    printed_at: datetime,
    valid_through: date,
    language: Language = "id",
) -> bytes:
    """Return slips as a PDF, four to a page, each unit on pages of its own.

    `address` is where the account is activated; `valid_through` is the last day on which the codes can be used.
    """
    labels = LABELS["slips"][language]
    content = {
        "address": address,
        "valid": labels["valid"].format(day=day(valid_through, language)),
        "units": [_unit(unit, labels["number"]) for unit in units],
    }
    return render(
        "slips", content, institution=institution, printed_by=printed_by, printed_at=printed_at, language=language
    )


def _unit(told: UnitSlips, number: str) -> dict[str, Any]:
    slips = [
        _told(slip) | {"number": number.format(number=place, count=len(told.slips))}
        for place, slip in enumerate(told.slips, start=1)
    ]
    return {"unit": shortened(told.unit, 90), "slips": slips}


def _told(slip: ActivationSlip) -> dict[str, Any]:
    return {"name": slip.name, "nip": slip.nip, "login": slip.login, "groups": groups(slip.code)}


def groups(code: str) -> list[str]:
    """Return the parts of a code as people read it: its own where it has some, else of four characters each."""
    own = re.split(r"[\s-]+", code.strip())
    return own if len(own) > 1 else [code[start : start + GROUP] for start in range(0, len(code), GROUP)]
