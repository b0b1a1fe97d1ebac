"""The two axes as a drawing: potential to the right, performance up; the policy's cut-offs as lines.

Few people are drawn one by one with what is uncertain of them, many as dots that darken where they lie together.
Everything is drawn in the colour of the text around it, so that it prints in grey and stands alone as a file.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

import polars as pl
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from nawa.engine.parameters import Axis, Parameters
from nawa.talent.models import MappingRun
from nawa.talent.queries.places import Places
from nawa.talent.queries.spans import Span, spans
from nawa.web.kit.ninebox import BOXES, PERFORMANCE, POTENTIAL
from nawa.web.kit.numbers import percent, written
from nawa.web.map.boxes import in_points

FEW: Final = 300
"""Up to so many people are drawn one by one."""

WIDTH, HEIGHT = 640, 560
LEFT, RIGHT, TOP, BOTTOM = 56, 624, 16, 504
_SHADES: Final = ((1, "0.25"), (2, "0.5"), (4, "0.85"))
"""People at a place from which a dot is drawn so dark."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Somebody: a dot, the field up to which their scores may rise, a cloud that grows as their box is less sure."""

    public_id: str
    said: str
    x: float
    y: float
    wide: float
    high: float
    top: float
    radius: float


@dataclass(frozen=True, slots=True)
class Line:
    """A cut-off, with its number of points beside the axis."""

    at: float
    points: str
    is_upright: bool


@dataclass(frozen=True, slots=True)
class Label:
    """A box's number, at its upper left corner."""

    box: int
    name: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Scatter:
    """The drawing. Either `marks` or `dots` (paths with their opacity) hold the people."""

    lines: tuple[Line, ...]
    labels: tuple[Label, ...]
    marks: tuple[Mark, ...]
    dots: tuple[tuple[str, str], ...]
    drawn: int
    undrawn: int

    @property
    def people(self) -> list[str]:
        """The public ids of those who can be told apart."""
        return [mark.public_id for mark in self.marks]


def scatter(run: MappingRun, people: pl.DataFrame, parameters: Parameters, within: Places) -> Scatter:
    """Return the drawing of those who have a box: one query where they are few, none where they are many."""
    points = in_points(people, parameters)
    is_few = points.height <= FEW
    known = spans(run, points["person_id"].to_list(), parameters, within=within) if is_few else {}
    return Scatter(
        lines=_lines(parameters),
        labels=_labels(parameters),
        marks=tuple(_mark(row, known[row[0]]) for row in points.iter_rows()) if is_few else (),
        dots=() if is_few else _dots(points),
        drawn=points.height,
        undrawn=people.height - points.height,
    )


def _across(points: float) -> float:
    return round(LEFT + (RIGHT - LEFT) * points / 100, 1)


def _up(points: float) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * points / 100, 1)


def _mark(row: tuple[int, int, float, float, float], span: Span) -> Mark:
    _person, box, chance, x, y = row
    most_x, most_y = max(span.potential[1], x), max(span.performance[1], y)
    said = _("Kotak %(box)s, potensial %(x)s, kinerja %(y)s, peluang di kotak ini %(chance)s")
    return Mark(
        public_id=span.public_id,
        said=said % {"box": box, "x": written(x, 1), "y": written(y, 1), "chance": percent(chance, 1, 0)},
        x=_across(x),
        y=_up(y),
        wide=round(_across(most_x) - _across(x), 1),
        high=round(_up(y) - _up(most_y), 1),
        top=_up(most_y),
        radius=round(3 + 15 * (1 - chance), 1),
    )


def _dots(points: pl.DataFrame) -> tuple[tuple[str, str], ...]:
    """Return the dots on whole places of the drawing, those of more people darker."""
    places = Counter(zip((round(_across(x)) for x in points["x"]), (round(_up(y)) for y in points["y"]), strict=True))
    shades: dict[str, list[str]] = {opacity: [] for _least, opacity in _SHADES}
    for (x, y), people in sorted(places.items()):
        opacity = next(opacity for least, opacity in reversed(_SHADES) if people >= least)
        shades[opacity].append(f"M{x} {y}h0")
    return tuple((opacity, "".join(path)) for opacity, path in shades.items() if path)


def _lines(parameters: Parameters) -> tuple[Line, ...]:
    return tuple(
        Line(at(cutoff), number_format(cutoff), is_upright)
        for axis, at, is_upright in ((Axis.POTENTIAL, _across, True), (Axis.PERFORMANCE, _up, False))
        for cutoff in (parameters.cutoffs[axis].middle, parameters.cutoffs[axis].high)
    )


def _labels(parameters: Parameters) -> tuple[Label, ...]:
    left, lower = (
        (0, cutoffs.middle, cutoffs.high)
        for cutoffs in (parameters.cutoffs[Axis.POTENTIAL], parameters.cutoffs[Axis.PERFORMANCE])
    )
    upper = (*lower[1:], 100)
    return tuple(
        Label(BOXES[y][x], _named(PERFORMANCE[y], POTENTIAL[x]), _across(left[x]) + 6, _up(upper[y]) + 18)
        for y in range(3)
        for x in range(3)
    )


def _named(performance: str | Promise, potential: str | Promise) -> str:
    return f"{performance} · {potential}".lower()
