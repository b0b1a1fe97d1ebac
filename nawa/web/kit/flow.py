"""The flow between boxes: its tables, its picture, and what of them may be shown to whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import polars as pl
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nawa.policy.sentences import label
from nawa.talent.queries.flows import DIRECTIONS
from nawa.talent.queries.maps import TIERS
from nawa.web.kit.languages import spoken
from nawa.web.kit.smallcounts import Count, protect
from nawa.web.kit.smalltables import protect_table

WORDS: Final[Mapping[str, str | Promise]] = {
    "up": gettext_lazy("Naik kotak"),
    "down": gettext_lazy("Turun kotak"),
    "gained": gettext_lazy("Mendapat kotak"),
    "lost": gettext_lazy("Kehilangan kotak"),
    "same": gettext_lazy("Tetap"),
}
"""The directions of `nawa.talent.queries.flows` as headings."""

BOXES: Final = (*range(9, 0, -1), None)
"""Rows and columns of a flow; None is no box."""

HEIGHT, GAP, LINE, LEFT, RIGHT = 460, 6, 22, 130, 510
"""Of the drawing: its height, the space between two boxes and between two names, where both sides stand."""


@dataclass(frozen=True, slots=True)
class Ribbon:
    """People who go from one box to another, drawn."""

    path: str
    kind: str
    said: str


@dataclass(frozen=True, slots=True)
class End:
    """A box at one side of the drawing, with how many leave it or come to it; `short` is its name on a telephone."""

    name: str
    short: str
    people: int
    y: float
    height: float
    name_at: float = 0.0


@dataclass(frozen=True, slots=True)
class Drawing:
    """The flow between boxes of those who move."""

    ribbons: tuple[Ribbon, ...]
    starts: tuple[End, ...]
    ends: tuple[End, ...]
    said: str


def shown_table(table: Mapping[Any, Mapping[Any, int]], is_open: bool) -> dict[Any, dict[Any, Count]]:
    """Return a table of counts of which all sums are known; to whom it is not open nothing small is shown."""
    if not is_open and table:
        return protect_table(table)
    return {row: {column: Count(number) for column, number in cells.items()} for row, cells in table.items()}


def shown_counts(counts: Mapping[Any, int], is_open: bool) -> dict[Any, Count]:
    """Return counts of which the sum is known, likewise."""
    return {key: Count(number) for key, number in counts.items()} if is_open else protect(counts)


def directions(people: pl.DataFrame) -> dict[str, int]:
    """Return how many went in each direction."""
    counted = dict(people.group_by("direction").len().iter_rows())
    return {name: counted.get(name, 0) for name in DIRECTIONS}


def all_moved(totals: Mapping[str, Count]) -> Count:
    """Return how many went in any direction; withheld where one of them is."""
    values = [totals[name].value for name in DIRECTIONS if name != "same"]
    return Count(None) if None in values else Count(sum(value or 0 for value in values))


def grouped(
    table: Mapping[str, Mapping[str, int]], names: Mapping[Any, str], is_open: bool
) -> list[tuple[str, list[Count]]]:
    """Return the rows of a table by direction in the order of the names; whoever belongs to none of them last."""
    shown = shown_table(table, is_open)
    known = [key for key in map(str, names) if key in shown]
    words = {str(key): name for key, name in names.items()}
    rows = [(words[key], [shown[key][name] for name in DIRECTIONS]) for key in known]
    rest = [key for key in shown if key not in words]
    return rows + [(_("belum diketahui"), [shown[key][name] for name in DIRECTIONS]) for key in rest]


def tier_names() -> Mapping[str, str]:
    """Return the tiers in words, the highest first."""
    return {tier: label("tiers", tier, spoken()) for tier in TIERS}


def sex_names() -> Mapping[str, str]:
    """Return the sexes in words."""
    return {"L": _("Laki-laki"), "P": _("Perempuan")}


def flow_lines(
    flow: Mapping[int | None, Mapping[int | None, Count]],
) -> list[tuple[str, list[tuple[str, Count, bool]]]]:
    """Return the rows of the flow's table: from where, and for each box: how many came, whether it is the same."""
    return [
        (box_name(start), [(box_name(end), cell, start == end) for end, cell in row.items()])
        for start, row in flow.items()
    ]


def box_name(box: int | None) -> str:
    """Return a box in words."""
    return _("Kotak %(box)s") % {"box": box} if box else _("tanpa kotak")


def short_name(box: int | None) -> str:
    """Return a box as the head of a narrow column."""
    return str(box) if box else _("tanpa")


def drawing_of(flow: Mapping[int | None, Mapping[int | None, Count]]) -> Drawing | None:
    """Return those who move as ribbons; counts that are withheld are not drawn. None where nobody is left."""
    moves = {
        (start, end): cell.value
        for start, row in flow.items()
        for end, cell in row.items()
        if start != end and cell.value
    }
    if not moves:
        return None
    total = sum(moves.values())
    sides = [{box: sum(n for key, n in moves.items() if key[side] == box) for box in BOXES} for side in (0, 1)]
    scale = (HEIGHT - GAP * len(BOXES)) / total
    starts, ends = (_ends(side, scale) for side in sides)
    used: dict[tuple[int, int | None], float] = {}
    ribbons = []
    for (start, end), people in sorted(moves.items(), key=lambda move: (_place(move[0][0]), _place(move[0][1]))):
        ribbons.append(_ribbon(start, end, people, people * scale, starts, ends, used))
    biggest = max(moves, key=lambda move: moves[move])
    words = {"total": total, "from": box_name(biggest[0]), "to": box_name(biggest[1]), "most": moves[biggest]}
    told = _("%(total)s orang digambar. Perpindahan terbanyak: dari %(from)s ke %(to)s, %(most)s orang.") % words
    return Drawing(tuple(ribbons), _named(starts), _named(ends), told)


def _place(box: int | None) -> int:
    return BOXES.index(box)


def _ends(counts: Mapping[int | None, int], scale: float) -> dict[int | None, End]:
    found, y = {}, 0.0
    for box in BOXES:
        height = counts[box] * scale
        found[box] = End(box_name(box), short_name(box), counts[box], round(y, 1), round(height, 1))
        y += height + GAP
    return found


def _named(ends: Mapping[int | None, End]) -> tuple[End, ...]:
    """Return the boxes that somebody leaves or comes to, their names apart from one another."""
    shown = [end for end in ends.values() if end.people]
    places: list[float] = []
    for end in shown:
        places.append(max(end.y + end.height / 2, places[-1] + LINE if places else LINE / 2))
    for place in range(len(places) - 1, -1, -1):
        below = places[place + 1] - LINE if place + 1 < len(places) else HEIGHT + LINE / 2
        places[place] = round(min(places[place], below), 1)
    return tuple(replace(end, name_at=place) for end, place in zip(shown, places, strict=True))


def _ribbon(
    start: int | None,
    end: int | None,
    people: int,
    height: float,
    starts: Mapping[int | None, End],
    ends: Mapping[int | None, End],
    used: dict[tuple[int, int | None], float],
) -> Ribbon:
    left, right = starts[start].y + used.get((0, start), 0), ends[end].y + used.get((1, end), 0)
    used[0, start], used[1, end] = used.get((0, start), 0) + height, used.get((1, end), 0) + height
    middle = (LEFT + RIGHT) / 2
    top = f"M{LEFT} {left:.1f}C{middle} {left:.1f} {middle} {right:.1f} {RIGHT} {right:.1f}"
    bottom = (
        f"V{right + height:.1f}C{middle} {right + height:.1f} {middle} {left + height:.1f} {LEFT} {left + height:.1f}Z"
    )
    kind = "up" if (end or 0) > (start or 0) else "down"
    words = {"from": box_name(start), "to": box_name(end), "people": people}
    return Ribbon(top + bottom, kind, _("%(from)s ke %(to)s: %(people)s orang") % words)
