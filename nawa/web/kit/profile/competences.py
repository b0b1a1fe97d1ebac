"""Competences against the standard of the post, as the run held them: a table, and a radar where there are enough.

A competency of which nothing is known is a gap in the drawing: no point, no line, and never the middle.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from nawa.engine.explain import Line
from nawa.engine.grounds import Rows
from nawa.engine.parameters import State
from nawa.engine.windows import plus_years
from nawa.policy.sentences import label
from nawa.web.kit.languages import spoken
from nawa.web.kit.profile.evidence import mean, panel
from nawa.workbook.sheets import WHOLE_TIER

LEVELS: Final = 5
SIZE, CENTRE, REACH = 320, 160, 118
_FEWEST: Final = 3  # corners that make a figure

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Competence:
    """One competency: the level asked for, the level found (None: unknown) and the day it was found.

    `weight` is None where all weigh the same.
    """

    number: int
    name: str
    required: int
    weight: Decimal | None
    attained: Decimal | None
    on: datetime.date | None

    @property
    def gap(self) -> Decimal | None:
        """How far the level found lies below (negative) or above the one asked for."""
        return None if self.attained is None else self.attained - self.required


@dataclass(frozen=True, slots=True)
class Spoke:
    """A competency's line from the centre, with its number at the rim and the point found, if any."""

    competence: Competence
    rim: Point
    mark: Point
    point: Point | None


@dataclass(frozen=True, slots=True)
class Radar:
    """The drawing: rings of the levels, what the post asks for, and the lines between neighbours that are both known.

    `area` is the figure of the levels found; empty where it has a gap.
    """

    rings: tuple[str, ...]
    spokes: tuple[Spoke, ...]
    required: str
    area: str
    lines: tuple[tuple[Point, Point], ...]


@dataclass(frozen=True, slots=True)
class Competences:
    """The table and its drawing. `of_tier` is the tier whose standard stands in for the post's, empty where none does.

    `match` is the job–person match in percent, None while it is unknown; `is_total` says that a report stated it.
    """

    rows: tuple[Competence, ...]
    of_tier: str
    match: Decimal | None
    is_total: bool
    radar: Radar | None

    @property
    def are_weighed(self) -> bool:
        """Whether some count for more than others."""
        return self.rows[0].weight is not None

    @property
    def unknown(self) -> int:
        """Of how many nothing is known."""
        return sum(row.attained is None for row in self.rows)

    @property
    def met(self) -> int:
        """How many reach what the post asks for."""
        return sum(row.gap is not None and row.gap >= 0 for row in self.rows)


def competences_of(line: Line, rows: Rows, *, years: int, on: datetime.date) -> Competences | None:
    """Return the competences of a person in a run, None where the post has no standard; `line` is COMPETENCE's."""
    if not rows["standard"]:
        return None
    shown = tuple(_competences(rows, _sitting(line, rows, years, on)))
    key = rows["standard"][0]["standard"]
    return Competences(
        rows=shown,
        of_tier=label("tiers", key.removeprefix(WHOLE_TIER), spoken()) if key.startswith(WHOLE_TIER) else "",
        match=Decimal(str(line.raw)) if line.state is State.KNOWN else None,
        is_total=line.table == "assessment_total",
        radar=_radar(shown) if len(shown) >= _FEWEST else None,
    )


def _sitting(line: Line, rows: Rows, years: int, on: datetime.date) -> datetime.date | None:
    """The day of the assessment that counted; where none did, of the latest that is not too old."""
    if line.table == "competency":
        return line.on
    days = {row["assessed_on"] for row in rows["competency"]}
    return max((day for day in days if day <= on < plus_years(day, years)), default=None)


def _competences(rows: Rows, on: datetime.date | None) -> Iterator[Competence]:
    found = [row for row in rows["competency"] if row["assessed_on"] == on and row["level_e4"] is not None]
    weighs = all(row["weight_e4"] is not None for row in rows["standard"]) and any(
        row["weight_e4"] for row in rows["standard"]
    )
    order = sorted(rows["standard"], key=lambda row: label("competencies", row["competency"], spoken()))
    for number, asked in enumerate(order, start=1):
        levels = panel([row for row in found if row["competency"] == asked["competency"]])
        attained = _level(levels) if levels else None
        name = label("competencies", asked["competency"], spoken())
        weight = Decimal(asked["weight_e4"]).scaleb(-4) if weighs else None
        yield Competence(number, name, asked["level"], weight, attained, on if attained is not None else None)


def _level(rows: Sequence[Any]) -> Decimal:
    level = mean(rows, "level_e4")
    return (Decimal(level.numerator) / level.denominator).quantize(Decimal("0.01"))


def _radar(rows: tuple[Competence, ...]) -> Radar:
    spokes = tuple(_spoke(row, place, len(rows)) for place, row in enumerate(rows))
    points = [spoke.point for spoke in spokes]
    neighbours = zip(points, [*points[1:], points[0]], strict=True)
    return Radar(
        rings=tuple(
            _path([_at(place, len(rows), Fraction(level, LEVELS)) for place in range(len(rows))])
            for level in range(1, LEVELS + 1)
        ),
        spokes=spokes,
        required=_path([_at(place, len(rows), Fraction(row.required, LEVELS)) for place, row in enumerate(rows)]),
        area=_path([point for point in points if point]) if all(points) else "",
        lines=tuple((first, second) for first, second in neighbours if first and second),
    )


def _spoke(row: Competence, place: int, count: int) -> Spoke:
    point = None if row.attained is None else _at(place, count, Fraction(row.attained) / LEVELS)
    return Spoke(row, _at(place, count, Fraction(1)), _at(place, count, Fraction(112, 100)), point)


def _at(place: int, count: int, share: Fraction) -> Point:
    """The place on a spoke, the first upright, the others clockwise."""
    angle, reach = 2 * math.pi * place / count, REACH * float(share)
    return round(CENTRE + reach * math.sin(angle), 1), round(CENTRE - reach * math.cos(angle), 1)


def _path(points: Sequence[Point]) -> str:
    return " ".join(f"{x},{y}" for x, y in points)
