"""The map for those who may know how many, not who: small counts withheld, whatever is subtracted from what.

Such a reader filters by one thing at a time, and only where the whole map withholds nothing: then every sum is known
anyway, and each filtered table is protected against all of them together (`kit.smalltables`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

import polars as pl
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from nawa.engine.parameters import Status
from nawa.policy.sentences import label
from nawa.talent.models import MappingRun
from nawa.talent.queries.maps import STAFF, TIERS, everybody, tiers_of_posts
from nawa.talent.queries.places import Places
from nawa.web.kit.guards import Request
from nawa.web.kit.languages import spoken
from nawa.web.kit.ninebox import BOXES, PERFORMANCE, POTENTIAL, Cell, Grid, grid
from nawa.web.kit.smallcounts import Count
from nawa.web.kit.smalltables import protect_table
from nawa.web.map.choices import STAFF_LABELS

FILTERS: Final[dict[str, str | Promise]] = {
    "unit": gettext_lazy("Unit organisasi"),
    "jenjang": gettext_lazy("Jenjang"),
    "jenis": gettext_lazy("Jenis pegawai"),
}
"""What can be filtered by, as addresses name it; one at a time."""

_PEOPLE: Final = ("box", "status", "unit_id", "position_id", "staff_kind")


@dataclass(frozen=True, slots=True)
class Offer:
    """A filter with what can be chosen in it."""

    name: str
    label: str | Promise
    values: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class Counts:
    """The map in numbers. `by` says what it is filtered by; nothing is offered where the whole withholds a box."""

    grid: Grid
    has_parts: bool
    by: str
    offers: tuple[Offer, ...]


def counts_of(request: Request, run: MappingRun, within: Places) -> Counts:
    """Return the map in numbers as the address asks for it: two queries at most.

    Raises:
        Http404: more than one filter at once, or one that is not offered to this reader.
    """
    people = everybody(run, within=within).select(_PEOPLE)
    whole = _whole(people)
    asked = {name: request.GET[name] for name in FILTERS if request.GET.get(name)}
    is_closed = any(count.value is None for count in _totals(whole))
    if len(asked) > 1 or (asked and is_closed):
        raise Http404("filter")
    if is_closed:
        return Counts(whole, has_parts=True, by="", offers=())
    tiers = tiers_of_posts()
    offers = tuple(Offer(name, FILTERS[name], _values(name, within), asked.get(name, "")) for name in FILTERS)
    if not asked:
        return Counts(whole, has_parts=True, by="", offers=offers)
    (name, value), *_rest = asked.items()
    said = next((text for code, text in _values(name, within) if code == value), None)
    if said is None:
        raise Http404(name)
    return Counts(_part(people, _group(name, within, tiers), value), has_parts=False, by=said, offers=offers)


def _whole(people: pl.DataFrame) -> Grid:
    rows = people.group_by("box", "status").len().iter_rows()
    counts = {(box, Status(status)): count for box, status, count in rows}
    unmapped = sum(count for (box, _status), count in counts.items() if box is None)
    return grid({key: count for key, count in counts.items() if key[0] is not None}, unmapped)


def _totals(whole: Grid) -> list[Count]:
    return [whole.unmapped, *(cell.total for _name, row in whole.rows for cell in row)]


def _part(people: pl.DataFrame, group: Callable[[tuple[int, int, str]], str], value: str) -> Grid:
    """Return one row of the table of everybody by what is filtered by and by box, as the whole table allows."""
    table: dict[str, dict[int | None, int]] = defaultdict(lambda: dict.fromkeys((*range(1, 10), None), 0))
    for box, *rest in people.select("box", "unit_id", "position_id", "staff_kind").iter_rows():
        table[group((rest[0], rest[1], rest[2]))][box] += 1
    table[value]  # somebody may ask for what nobody is in
    shown = protect_table(table)[value]
    rows = tuple((PERFORMANCE[y], tuple(_cell(y, x, shown) for x in range(3))) for y in reversed(range(3)))
    return Grid(rows, shown[None])


def _cell(y: int, x: int, shown: dict[int | None, Count]) -> Cell:
    box = BOXES[y][x]
    return Cell(box, PERFORMANCE[y], POTENTIAL[x], x + y + 1, shown[box], Count(None), Count(None))


def _group(name: str, within: Places, tiers: dict[int, str]) -> Callable[[tuple[int, int, str]], str]:
    """Return what tells the value of a filter for somebody; everybody has exactly one."""
    if name == "unit":
        branches = {unit: str(branch) for unit, branch in within.branch_of(within.branches()).items()}
        return lambda person: branches.get(person[0], "")
    if name == "jenjang":
        return lambda person: tiers.get(person[1], "")
    kinds = {code: kind for kind, codes in STAFF.items() for code in codes}
    return lambda person: kinds.get(person[2], "")


def _values(name: str, within: Places) -> tuple[tuple[str, str], ...]:
    if name == "unit":
        return tuple((str(pk), within.names[pk]) for pk in within.branches())
    if name == "jenjang":
        return _labelled(TIERS)
    return tuple((kind, str(STAFF_LABELS[kind])) for kind in STAFF)


def _labelled(tiers: Iterable[str]) -> tuple[tuple[str, str], ...]:
    return tuple((tier, label("tiers", tier, spoken())) for tier in tiers)
