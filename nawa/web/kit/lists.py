"""Lists that are filtered, sorted and paged by their address; what is searched for is sent, and is in no address."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Generic, TypeVar
from urllib.parse import urlencode

import polars as pl
from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import Http404
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from nawa.core import clock
from nawa.registry.queries import SHORTEST
from nawa.web.kit.guards import Request
from nawa.web.kit.paging import page_of

Row = TypeVar("Row")
Value = str | int | None
Groups = Sequence[tuple[str, Sequence[tuple[str, str]]]]

_LONGEST: Final = 100
_BATCH: Final = 2000


@dataclass(frozen=True, slots=True)
class Filter:
    """Something that a list is narrowed by: how the address names it, and what can be chosen, in groups.

    `names` says in words what the address may hold. With `is_strict` anything else does not exist for the reader;
    without it is overlooked.
    """

    name: str
    label: str
    everything: str
    groups: Groups
    names: Mapping[str, str]
    is_strict: bool = False


def filter_of(name: str, label: str, everything: str, options: Sequence[tuple[str, str]]) -> Filter:
    """Return a filter of a few plain choices."""
    return Filter(name, label, everything, [("", options)], dict(options))


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """A column: how it is headed, what it holds, whether the list can be sorted by it, and whether it is shown unasked.

    `tone` gives a mark its meaning (good, attention, danger; empty for none).
    """

    code: str
    heading: str | Promise
    value: Callable[[Row], Value]
    is_sortable: bool = True
    is_seldom: bool = False
    is_number: bool = False
    tone: Callable[[Row], str] | None = None


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in words, and the address without it (none for what was searched for: it is in no address)."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader asks of a list. `order` and `columns` are empty for the usual ones; `beside` is always said too."""

    filters: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    order: str = ""
    descending: bool = False
    columns: tuple[str, ...] = ()
    page: str = ""
    beside: Mapping[str, str] = field(default_factory=dict)

    def url(self, **changes: Any) -> str:
        """Return the address with other choices, relative to this page; it begins at the first page of the list."""
        return "?" + urlencode(replace(self, **{"page": "", **changes}).parts(), doseq=True)

    def parts(self) -> dict[str, Any]:
        """Return what the address says, nothing that goes without saying."""
        sorting = f"{'-' if self.descending else ''}{self.order}" if self.order else ""
        said = {**self.beside, **self.filters, "urut": sorting, "kolom": self.columns, "halaman": self.page}
        return {name: value for name, value in said.items() if value}

    @property
    def address(self) -> str:
        """The address of what is shown."""
        return self.url()

    @property
    def reset_url(self) -> str:
        """The address without filters."""
        return self.url(filters={})

    @property
    def beside_filters(self) -> list[tuple[str, Any]]:
        """What a form of the filters keeps."""
        return self._beside(*self.filters)

    @property
    def beside_columns(self) -> list[tuple[str, Any]]:
        """What a form of the columns keeps."""
        return self._beside("kolom")

    def _beside(self, *names: str) -> list[tuple[str, Any]]:
        kept = [(name, value) for name, value in self.parts().items() if name not in (*names, "halaman")]
        return [(name, one) for name, value in kept for one in (value if isinstance(value, tuple) else (value,))]


def asked_of(
    request: Request,
    filters: Sequence[Filter],
    columns: Sequence[Column[Any]],
    *,
    beside: Mapping[str, str] | None = None,
) -> Asked:
    """Return what the address asks for, and what was sent to be searched for; `beside` is what it says besides.

    Raises:
        Http404: something that does not exist, or not for this reader.
    """
    given = request.GET.copy()
    for name, values in request.POST.lists():
        given.setlist(name, values)  # a form that sends what is searched for sends its filters along
    sorting = given.get("urut", "")
    order = _among(sorting.removeprefix("-"), {column.code for column in columns if column.is_sortable})
    return Asked(
        filters={one.name: value for one in filters if (value := _chosen(one, given.get(one.name, "")))},
        text=searched(request),
        order=order,
        descending=bool(order) and sorting.startswith("-"),
        columns=tuple(column.code for column in columns if column.code in given.getlist("kolom")),
        page=given.get("halaman", ""),
        beside=beside or {},
    )


def searched(request: Request) -> str:
    """Return what was sent to be searched for; nothing where it is too short to find anybody by."""
    text = " ".join(request.POST.get("cari", "").split())[:_LONGEST]
    return text if len(text) >= SHORTEST else ""


def chips(asked: Asked, filters: Sequence[Filter]) -> list[Chip]:
    """Return the filters in words, each with the address without it."""
    said = [
        Chip(one.names[value], asked.url(filters={**asked.filters, one.name: ""}))
        for one in filters
        if (value := asked.filters.get(one.name))
    ]
    return [*said, Chip(f"“{asked.text}”", asked.address)] if asked.text else said


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column, and where a click on it leads (nowhere: not sortable)."""

    code: str
    heading: str
    url: str
    sorted: str  # as `aria-sort` says it; empty for a column by which the list is not sorted
    is_number: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """A value as the page writes it, under its heading."""

    heading: str
    text: str
    is_number: bool
    tone: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its first value, where that leads (nowhere: an empty address), and what stands in the columns after it."""

    name: str
    url: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a list."""

    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    page: Page[Any]
    previous: str
    next: str
    offered: tuple[tuple[str, str, bool], ...]  # columns to choose from: code, heading, whether shown


@dataclass(frozen=True, slots=True)
class Source(Generic[Row]):
    """What a list shows: rows in order (or their primary keys), what reads some of them by key, where a row leads.

    `usual` is the column by which nobody has sorted it.
    """

    rows: QuerySet[Any] | Sequence[int]
    columns: Sequence[Column[Row]]
    read: Callable[[Sequence[int]], Sequence[Row]]
    lead: Callable[[Sequence[Row]], Callable[[Row], str]]
    usual: str


def listing(source: Source[Row], asked: Asked) -> Listing:
    """Return the page of the list that is asked for (two queries, and those of the source's rows)."""
    page = page_of(keys(source), asked.page)
    rows = source.read(list(page.object_list))
    shown = _shown(source.columns, asked)
    lead = source.lead(rows)
    return Listing(
        heads=heads_of(shown, asked, source.usual),
        lines=tuple(
            Line(str(shown[0].value(row)), lead(row), tuple(_cell(column, row) for column in shown[1:])) for row in rows
        ),
        page=page,
        previous=asked.url(page=str(page.number - 1)) if page.has_previous() else "",
        next=asked.url(page=str(page.number + 1)) if page.has_next() else "",
        offered=tuple((column.code, str(column.heading), column in shown) for column in source.columns[1:]),
    )


def list_context(asked: Asked, source: Source[Any], filters: Sequence[Filter]) -> dict[str, Any]:
    """Return what kit/list.html needs of a list (`wanted` is the name under which kit/to.html knows what is asked)."""
    return {
        "list": listing(source, asked),
        "wanted": asked,
        "filters": [(one, asked.filters.get(one.name, "")) for one in filters],
        "chips": chips(asked, filters),
        "printed_at": clock.now(),
    }


def whole(source: Source[Row], asked: Asked) -> pl.DataFrame:
    """Return the whole list as a table to be saved, in the columns that are shown."""
    shown = _shown(source.columns, asked)
    values = list(zip(*([column.value(row) for column in shown] for row in _all(source)), strict=True))
    return pl.DataFrame(
        [
            pl.Series(str(column.heading), of, dtype=pl.Int64)
            if column.is_number
            else pl.Series(str(column.heading), [value or _("belum diketahui") for value in of], dtype=pl.String)
            for column, of in zip(shown, values or [()] * len(shown), strict=True)
        ]
    )


def _all(source: Source[Row]) -> Iterator[Row]:
    found = list(keys(source))
    for start in range(0, len(found), _BATCH):
        yield from source.read(found[start : start + _BATCH])


def keys(source: Source[Any]) -> QuerySet[Any] | Sequence[int]:
    """Return the primary keys of a list's rows, in their order."""
    return source.rows.values_list("pk", flat=True) if isinstance(source.rows, QuerySet) else source.rows


def _shown(columns: Sequence[Column[Row]], asked: Asked) -> list[Column[Row]]:
    """Return the columns that are shown: the chosen ones, or the usual ones; the first always."""
    codes = set(asked.columns) or {column.code for column in columns if not column.is_seldom}
    return [column for column in columns if column.code in codes or column is columns[0]]


def _cell(column: Column[Row], row: Row) -> Cell:
    value = column.value(row)
    if value in (None, ""):
        text = _("belum diketahui")
    else:
        text = number_format(value) if column.is_number else str(value)
    return Cell(str(column.heading), text, column.is_number, column.tone(row) if column.tone else "")


def heads_of(columns: Sequence[Column[Any]], asked: Asked, usual: str = "") -> tuple[Head, ...]:
    """Return the heads of columns; `usual` is the column by which nobody has sorted the list, if there is one."""
    return tuple(_head(column, asked, usual) for column in columns)


def _head(column: Column[Row], asked: Asked, usual: str) -> Head:
    is_sorted = column.code == (asked.order or usual)
    turned = is_sorted and not asked.descending
    url = asked.url(order=column.code, descending=turned) if column.is_sortable else ""
    said = ("descending" if asked.descending else "ascending") if is_sorted else ""
    return Head(column.code, str(column.heading), url, said, column.is_number)


def _chosen(one: Filter, value: str) -> str:
    if value and one.is_strict and value not in one.names:
        raise Http404(one.name)
    return _among(value, one.names)


def _among(value: str, known: Collection[str]) -> str:
    return value if value in known else ""
