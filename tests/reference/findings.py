"""What the slow engine says about one component of one person, and the rules that all components share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from nawa.engine.parameters import Band, State

MILLION = 1_000_000
Row = Mapping[str, Any]
Rows = Sequence[Row]


@dataclass(frozen=True, slots=True)
class Finding:
    """One component of one person; `points` are millionths, and everything but `state` may be missing."""

    state: State
    raw: str | int | None = None
    points: int | None = None
    on: date | None = None
    expires_on: date | None = None
    table: str | None = None
    source: int | None = None


UNKNOWN = Finding(State.UNKNOWN)


def half_up(value: Fraction) -> int:
    """The nearest whole number; a half goes up."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def capped(millionths: int) -> int:
    """Points of a component: at least 0, at most 100."""
    return max(0, min(100 * MILLION, millionths))


def known(
    raw: str | int, points: int, table: str, row: Row, on: date | None = None, expires_on: date | None = None
) -> Finding:
    """A finding from evidence, worth `points` whole points."""
    return Finding(State.KNOWN, raw, capped(points * MILLION), on, expires_on, table, row.get("source"))


def measured(value: Fraction, table: str, row: Row, on: date | None, expires_on: date) -> Finding:
    """A finding whose points are themselves the measure, in points; rounded once."""
    raw = half_up(value * MILLION)
    return Finding(State.KNOWN, raw, capped(raw), on, expires_on, table, row["source"])


def best(findings: Iterable[Finding], *, lowest: bool = False) -> Finding:
    """The finding with the most points (or the fewest); of equals the longest lasting, the latest, the first."""
    sign = 1 if lowest else -1
    return min(
        findings,
        key=lambda finding: (
            sign * (finding.points or 0),
            -(finding.expires_on or date.max).toordinal(),
            -(finding.on or date.min).toordinal(),
            finding.table or "",  # "acting" stands before "career"
            finding.source or 0,
        ),
        default=UNKNOWN,
    )


def mean(values: Sequence[Fraction | int]) -> Fraction:
    """The exact mean of at least one value."""
    return Fraction(sum(values), len(values))


def banded(value: int, bands: Sequence[Band], below: int) -> int:
    """Whole points of the highest band whose lower bound is reached."""
    return max(((band.least, band.points) for band in bands if band.least <= value), default=(None, below))[1]


def by_source(row: Row) -> int:
    """The table's order."""
    return int(row["source"])
