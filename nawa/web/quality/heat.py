"""Completeness as tables of units and tiers against components, each cell a share of people, shaded by it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import floor
from typing import Any, Final

import polars as pl
from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from nawa.policy.sentences import label
from nawa.talent.queries.completeness import Known, known, known_by
from nawa.talent.queries.maps import TIERS, tiers_of_posts
from nawa.web.kit.languages import spoken
from nawa.web.kit.numbers import percent, rounded
from nawa.web.kit.paging import PER_PAGE
from nawa.web.kit.smallcounts import protect
from nawa.web.quality.basis import NOWHERE, Basis

STEPS: Final = (40, 60, 80, 95)
"""From these percentages on a cell is one shade stronger."""

_ALMOST: Final = 1e-9
"""What the sum of whole numbers as a float may lack."""

_NAMED: Final = 3
"""Components that the sentence above the tables names."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A share as the page writes it; `step` (1 to 5) is how strongly it is shaded, 0 where it is withheld."""

    heading: str
    text: str
    step: int
    number: float | None


@dataclass(frozen=True, slots=True)
class Row:
    """A group of people. `people` is None where there are so few that nothing is said of them; `url` may be empty."""

    name: str
    url: str
    people: int | None
    mean: Cell
    cells: tuple[Cell, ...]

    @property
    def shown(self) -> Iterator[tuple[str, str, str]]:
        """Yield heading, class and text of each cell: of a thousand cells a template looks up plain names faster."""
        for cell in self.cells:
            yield cell.heading, f"share strength-{cell.step}" if cell.step else "share", cell.text


@dataclass(frozen=True, slots=True)
class Group:
    """A group of people by what tells it: the key of a unit or the code of a tier."""

    key: int | str
    known: Known
    is_withheld: bool


@dataclass(frozen=True, slots=True)
class Heat:
    """How complete the data of some units are; `units` in their order, the least complete first."""

    heads: tuple[str, ...]
    total: Row
    units: tuple[Group, ...]
    tiers: tuple[Row, ...]
    rarest: str
    threshold: int
    reaches: bool

    @property
    def withholds(self) -> bool:
        """Whether anything is withheld."""
        return any(group.is_withheld for group in self.units) or any(row.people is None for row in self.tiers)


def heat_of(basis: Basis) -> Heat:
    """Return the tables (one query)."""
    components = basis.components
    heads = tuple(label("components", one, spoken()) for one in components)
    whole = known(basis.people, components)
    by_tier = known_by(basis.people, "position_id", tiers_of_posts(), components)
    tiers: dict[int | str, Known] = {tier: by_tier[tier] for tier in TIERS if tier in by_tier}
    units = _groups(basis, known_by(basis.people, "unit_id", basis.groups, components))
    total = _row(basis, _groups(basis, {NOWHERE: whole})[0], heads)
    threshold = basis.policy.stewardship.publication_completeness
    return Heat(
        heads=heads,
        total=replace(total, name=basis.name(basis.unit) or _("Semua unit")),
        units=tuple(sorted(units, key=lambda group: _least_first(basis, group))),
        tiers=tuple(_row(basis, group, heads) for group in _groups(basis, tiers)),
        rarest=_rarest(whole) if total.people is not None else "",
        threshold=threshold,
        reaches=(whole.completeness or 0) >= threshold,
    )


def units_of(basis: Basis, heat: Heat, number: str | None) -> Page[Any]:
    """Return a page of the table of units."""
    page: Page[Any] = Paginator(heat.units, PER_PAGE).get_page(number)
    page.object_list = [_row(basis, group, heat.heads) for group in page.object_list]
    return page


def written(basis: Basis, heat: Heat) -> pl.DataFrame:
    """Return the whole table of units as one to be saved; what is withheld is empty."""
    rows = [heat.total, *(_row(basis, group, heat.heads) for group in heat.units)]
    columns = {_("Unit"): pl.Series([row.name for row in rows], dtype=pl.String)}
    columns[_("Pegawai")] = pl.Series([row.people for row in rows], dtype=pl.Int64)
    columns[_("Kelengkapan (%)")] = _numbers(row.mean for row in rows)
    for place, head in enumerate(heat.heads):
        columns[f"{head} (%)"] = _numbers(row.cells[place] for row in rows)
    return pl.DataFrame(columns)


def _numbers(cells: Iterable[Cell]) -> pl.Series:
    shares = [None if cell.number is None else float(rounded(cell.number, 1)) for cell in cells]
    return pl.Series(shares, dtype=pl.Float64)


def _groups(basis: Basis, found: Mapping[int | str, Known]) -> list[Group]:
    shown = {} if basis.sees_people else protect({key: of.people for key, of in found.items()})
    return [Group(key, of, is_withheld=key in shown and shown[key].value is None) for key, of in found.items()]


def _row(basis: Basis, group: Group, heads: Sequence[str]) -> Row:
    found, hidden = group.known, group.is_withheld
    shares = zip(heads, found.of, strict=True)
    return Row(
        name=_name(basis, group.key),
        url=_url(basis, group.key),
        people=None if hidden else found.people,
        mean=_cell(_("Kelengkapan"), None if hidden else found.completeness, 1),
        cells=tuple(_cell(head, None if hidden else found.share(one)) for head, one in shares),
    )


def _name(basis: Basis, group: int | str) -> str:
    if isinstance(group, str):
        return label("tiers", group, spoken())
    if group != NOWHERE and basis.is_own(group):
        return _("Langsung di %(unit)s") % {"unit": basis.name(group)}
    return basis.name(group)


def _url(basis: Basis, group: int | str) -> str:
    """A unit leads to those right below it, if there are any."""
    if isinstance(group, str) or basis.is_own(group):
        return ""
    return basis.url(group) if group in basis.with_children else ""


def _cell(heading: str, share: float | None, places: int = 0) -> Cell:
    if share is None:
        return Cell(heading, "–", 0, None)
    return Cell(heading, said(share, places), 1 + sum(share >= step for step in STEPS), share)


def said(share: float, places: int) -> str:
    """Return a share rounded down: nothing is called whole that is not, and nothing at all only what is."""
    if 0 < share < 1:
        return "<1%"
    if not places:
        return f"{floor(share + _ALMOST)}%"
    unit = 10**places
    return percent(floor(share * unit + _ALMOST) / unit, 100, places)


def _least_first(basis: Basis, group: Group) -> tuple[bool, float, str]:
    """Those of whom nothing is said stand last, by name: their place tells nothing either."""
    return group.is_withheld, 0 if group.is_withheld else group.known.completeness or 0, _name(basis, group.key)


def _rarest(whole: Known) -> str:
    said = [
        _("%(component)s (%(share)s pegawai)")
        % {"component": label("components", one, spoken()), "share": percent(whole.of[one], whole.people)}
        for one in whole.rarest[:_NAMED]
    ]
    return ", ".join(said)
