"""The nine boxes with everybody in them: counts, shares, where in the box people stand, and how surely."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from nawa.engine.exact import MILLION
from nawa.engine.parameters import Axis, Parameters, Status
from nawa.talent.queries.maps import STAFF
from nawa.web.kit.ninebox import BOXES, PERFORMANCE, POTENTIAL
from nawa.web.kit.numbers import percent
from nawa.web.kit.smallcounts import Count
from nawa.web.map.choices import STAFF_LABELS, Choices, Tab

_ACROSS, _UP = 16, 8
"""Cells of the small picture inside a box."""

_SURE: Final = (0.6, 0.7, 0.8, 0.9)
"""Mean probabilities from which a box is coloured a step stronger."""


@dataclass(frozen=True, slots=True)
class Box:
    """One box, ready to draw. `clouds` are paths with their opacity; `bar` is complete and provisional, in percent."""

    box: int
    performance: str | Promise
    potential: str | Promise
    strength: int
    total: Count
    complete: Count
    provisional: Count
    shares: tuple[str, ...]
    bar: tuple[float, float]
    clouds: tuple[tuple[str, str], ...]
    sureness: str
    url: str
    is_chosen: bool

    @property
    def anchor(self) -> str:
        """The id of the box on the page: focus stays on it when the page is patched."""
        return f"kotak-{self.box}"


@dataclass(frozen=True, slots=True)
class Boxes:
    """Rows from the top with their boxes from the left, as kit/ninebox.html draws them."""

    rows: tuple[tuple[str | Promise, tuple[Box, ...]], ...]

    @property
    def all(self) -> list[Box]:
        """The boxes one after another, the first box first."""
        return sorted((box for _, row in self.rows for box in row), key=lambda box: box.box)


@dataclass(frozen=True, slots=True)
class Kind:
    """How many people of a kind of staff, held against their own number."""

    label: str
    url: str
    people: int
    complete: int
    provisional: int
    unmapped: int
    share: str  # of those with a box


def in_points(people: pl.DataFrame, parameters: Parameters) -> pl.DataFrame:
    """Return the people with a box, their scores in points: `x` (potential), `y` (performance), `box`, `chance`."""
    base = parameters.weight_base
    return people.filter(pl.col("box").is_not_null()).select(
        "person_id",
        "box",
        "chance",
        (pl.col("potential_score") / (MILLION * base[Axis.POTENTIAL])).alias("x"),
        (pl.col("performance_score") / (MILLION * base[Axis.PERFORMANCE])).alias("y"),
    )


def boxes(people: pl.DataFrame, parameters: Parameters, choices: Choices) -> Boxes:
    """Return the nine boxes of these people."""
    counts = {(box, status): count for box, status, count in people.group_by("box", "status").len().iter_rows()}
    shares = _shares(people)
    chances = dict(people.drop_nulls("box").group_by("box").agg(pl.col("chance").mean()).iter_rows())
    clouds = _clouds(in_points(people, parameters), parameters)
    totals = {box: sum(counts.get((box, status), 0) for status in Status) for row in BOXES for box in row}
    largest = max(*totals.values(), 1)

    def made(y: int, x: int) -> Box:
        box = BOXES[y][x]
        parts = [counts.get((box, status), 0) for status in (Status.LENGKAP, Status.SEMENTARA)]
        is_chosen = choices.wanted.box == box
        by_sureness = choices.tab is Tab.SURENESS and not choices.plain
        return Box(
            box=box,
            performance=PERFORMANCE[y],
            potential=POTENTIAL[x],
            strength=_strength(chances.get(box)) if by_sureness else x + y + 1,
            total=Count(totals[box]),
            complete=Count(parts[0]),
            provisional=Count(parts[1]),
            shares=shares.get(box, ()),
            bar=(round(100 * parts[0] / largest, 2), round(100 * parts[1] / largest, 2)),
            clouds=clouds.get(box, ()),
            sureness=percent(chances[box], 1, 0) if box in chances else "",
            url=choices.narrowed(box=None if is_chosen else box),
            is_chosen=is_chosen,
        )

    return Boxes(tuple((PERFORMANCE[y], tuple(made(y, x) for x in range(3))) for y in reversed(range(3))))


def kinds(people: pl.DataFrame, choices: Choices) -> list[Kind]:
    """Return the kinds of staff among these people, each with its own number."""
    return [
        kind
        for name, codes in STAFF.items()
        for kind in [_kind(name, people.filter(pl.col("staff_kind").is_in(codes)), choices)]
        if kind.people
    ]


def _kind(name: str, people: pl.DataFrame, choices: Choices) -> Kind:
    counts = dict(people.group_by("status").len().iter_rows())
    mapped = counts.get(Status.LENGKAP, 0) + counts.get(Status.SEMENTARA, 0)
    return Kind(
        label=str(STAFF_LABELS[name]),
        url=choices.narrowed(staff=name),
        people=people.height,
        complete=counts.get(Status.LENGKAP, 0),
        provisional=counts.get(Status.SEMENTARA, 0),
        unmapped=counts.get(Status.BELUM_DAPAT_DIPETAKAN, 0),
        share=percent(mapped, people.height),
    )


def _shares(people: pl.DataFrame) -> dict[int, tuple[str, ...]]:
    """Return the shares of each box, of the mapped people of each kind of staff."""
    mapped = people.drop_nulls("box")
    of_kinds = [(name, mapped.filter(pl.col("staff_kind").is_in(codes))) for name, codes in STAFF.items()]
    found = [(name, of_kind.height, dict(of_kind.group_by("box").len().iter_rows())) for name, of_kind in of_kinds]
    return {
        box: tuple(
            _("%(share)s dari %(kind)s") % {"share": percent(counts.get(box, 0), whole), "kind": name}
            for name, whole, counts in found
            if whole
        )
        for box in range(1, 10)
    }


def _strength(chance: float | None) -> int:
    return 1 + sum(chance >= step for step in _SURE) if chance is not None else 1


def _clouds(points: pl.DataFrame, parameters: Parameters) -> dict[int, tuple[tuple[str, str], ...]]:
    """Return where in its box everybody stands, as small pictures: the more people in a place, the darker."""
    edges = {axis: (0, cut.middle, cut.high, 100) for axis, cut in parameters.cutoffs.items()}
    found = {}
    for y, row in enumerate(BOXES):
        for x, box in enumerate(row):
            here = points.filter(pl.col("box") == box)
            across = _bins(here["x"], edges[Axis.POTENTIAL], x, _ACROSS)
            up = _UP - 1 - _bins(here["y"], edges[Axis.PERFORMANCE], y, _UP)
            found[box] = _shaded(np.bincount(up * _ACROSS + across, minlength=_ACROSS * _UP))
    return found


def _bins(
    scores: pl.Series, edges: Sequence[int], place: int, number: int
) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    low, high = edges[place], edges[place + 1]
    share = (scores.to_numpy() - low) / max(high - low, 1)
    return np.clip((share * number).astype(np.int64), 0, number - 1)


def _shaded(counts: np.ndarray[tuple[int], np.dtype[np.int64]]) -> tuple[tuple[str, str], ...]:
    """Return one path for each of three shades."""
    most = counts.max()
    if not most:
        return ()
    steps: Mapping[str, np.ndarray[tuple[int], np.dtype[np.int64]]] = {
        opacity: np.nonzero((counts > low * most) & (counts <= high * most))[0]
        for opacity, low, high in (("0.3", 0.0, 1 / 3), ("0.6", 1 / 3, 2 / 3), ("0.9", 2 / 3, 1.0))
    }
    return tuple(
        (opacity, "".join(f"M{place % _ACROSS} {place // _ACROSS}h1v1h-1z" for place in places))
        for opacity, places in steps.items()
        if len(places)
    )
