"""The list under the map: columns that can be chosen and sorted, in pages; the same columns make the file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import polars as pl
from django.core.paginator import Page, Paginator
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nawa.engine.exact import MILLION
from nawa.engine.parameters import Axis, Parameters, Status
from nawa.policy.sentences import label
from nawa.talent.models import MappingRun
from nawa.talent.queries.maps import Described, Order, described
from nawa.talent.queries.places import Places
from nawa.web.kit.languages import spoken
from nawa.web.kit.numbers import rounded, written
from nawa.web.kit.paging import PER_PAGE
from nawa.web.map.choices import Choices, Tab

Value = str | float | int | None
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: how it is headed and sorted, and what it holds. `order` is None for what cannot be sorted by."""

    code: str
    heading: str | Promise
    order: Order | None
    value: Callable[[Row, Described, Parameters], Value]
    places: int | None = None  # of a number's decimals; None for texts


def _points(score: str, axis: Axis) -> Callable[[Row, Described, Parameters], Value]:
    def value(row: Row, _of: Described, parameters: Parameters) -> Value:
        return None if row[score] is None else row[score] / (MILLION * parameters.weight_base[axis])

    return value


def _box(row: Row, _of: Described, _by: Parameters) -> Value:
    if row["box"] is None:
        return label("statuses", Status.BELUM_DAPAT_DIPETAKAN, spoken())
    if row["status"] == Status.LENGKAP:
        return str(row["box"])
    return _("≥ %(least)s (sementara, paling tinggi %(most)s)") % {"least": row["box"], "most": row["box_highest"]}


def _talent(row: Row, _of: Described, _by: Parameters) -> Value:
    return None if row["talent_score_e6"] is None else row["talent_score_e6"] / MILLION


def _chance(row: Row, _of: Described, _by: Parameters) -> Value:
    return None if row["chance"] is None else 100 * row["chance"]


COLUMNS: Final = (
    Column("nama", gettext_lazy("Nama"), Order.NAME, lambda row, of, by: of.name),
    Column("nip", gettext_lazy("NIP"), None, lambda row, of, by: of.nip),
    Column("unit", gettext_lazy("Unit"), Order.UNIT, lambda row, of, by: of.unit),
    Column("jabatan", gettext_lazy("Jabatan"), Order.POST, lambda row, of, by: of.post),
    Column(
        "jenjang",
        gettext_lazy("Jenjang"),
        Order.TIER,
        lambda row, of, by: label("tiers", of.tier, spoken()) if of.tier else None,
    ),
    Column(
        "jenis",
        gettext_lazy("Jenis pegawai"),
        None,
        lambda row, of, by: label("staff_kinds", row["staff_kind"], spoken()) if row["staff_kind"] else None,
    ),
    Column(
        "kinerja", gettext_lazy("Nilai kinerja"), Order.PERFORMANCE, _points("performance_score", Axis.PERFORMANCE), 2
    ),
    Column(
        "potensial", gettext_lazy("Nilai potensial"), Order.POTENTIAL, _points("potential_score", Axis.POTENTIAL), 2
    ),
    Column("talenta", gettext_lazy("Nilai talenta"), Order.TALENT, _talent, 2),
    Column("kotak", gettext_lazy("Kotak"), Order.BOX, _box),
    Column(
        "kelengkapan",
        gettext_lazy("Kelengkapan (%)"),
        Order.COMPLETENESS,
        lambda row, of, by: row["completeness_e4"] / 10_000,
        1,
    ),
    Column("keyakinan", gettext_lazy("Peluang di kotak ini (%)"), Order.SURENESS, _chance, 1),
)
"""All columns, in the order in which they stand."""

_SELDOM: Final = {"nip", "jenis", "keyakinan"}


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column, and where a click on it leads."""

    code: str
    heading: str | Promise
    url: str
    sorted: str  # as `aria-sort` says it; empty for a column by which the list is not sorted
    is_number: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """A value as the page writes it, under its heading."""

    heading: str | Promise
    text: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody in the list: the name, and what stands in the columns after it."""

    public_id: str
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of the list."""

    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    page: Page[Any]
    previous: str
    next: str
    offered: tuple[tuple[str, str | Promise, bool], ...]  # columns to choose from: code, heading, whether shown

    @property
    def people(self) -> list[str]:
        """The public ids of those who are shown."""
        return [line.public_id for line in self.lines]


def columns_of(choices: Choices) -> list[Column]:
    """Return the columns that are shown: the chosen ones, or the usual ones of the view; the name always."""
    usual = {column.code for column in COLUMNS} - _SELDOM
    if choices.tab is Tab.SURENESS:
        usual |= {"keyakinan"}
    codes = (set(choices.columns) & {column.code for column in COLUMNS}) or usual
    return [column for column in COLUMNS if column.code in codes | {"nama"}]


def listing(run: MappingRun, people: pl.DataFrame, parameters: Parameters, choices: Choices, within: Places) -> Listing:
    """Return the page of the list that is asked for, of people in order (one query)."""
    page = Paginator(range(people.height), PER_PAGE).get_page(choices.page)
    shown = people.slice(max(page.start_index() - 1, 0), PER_PAGE)
    columns = columns_of(choices)
    known = described(run, shown["person_id"].to_list(), within=within)
    return Listing(
        heads=tuple(_head(column, choices) for column in columns),
        lines=tuple(
            Line(
                of.public_id, of.name, tuple(_cell(column, column.value(row, of, parameters)) for column in columns[1:])
            )
            for row in shown.iter_rows(named=True)
            for of in [known[row["person_id"]]]
        ),
        page=page,
        previous=choices.url(page=str(page.number - 1)) if page.has_previous() else "",
        next=choices.url(page=str(page.number + 1)) if page.has_next() else "",
        offered=tuple(
            (column.code, str(column.heading), column in columns) for column in COLUMNS if column.code != "nama"
        ),
    )


def whole_list(
    run: MappingRun, people: pl.DataFrame, parameters: Parameters, choices: Choices, within: Places
) -> tuple[pl.DataFrame, list[str]]:
    """Return the whole list as a table to be saved, and the public ids of those in it (one query).

    Its last columns name the period, the policy and the words that every output under this policy carries.
    """
    known = described(run, people["person_id"].to_list(), within=within)
    rows = [(row, known[row["person_id"]]) for row in people.iter_rows(named=True)]
    table = {
        str(column.heading): pl.Series(
            [_rounded(column, column.value(row, of, parameters)) for row, of in rows],
            dtype=pl.String if column.places is None else pl.Float64,
        )
        for column in columns_of(choices)
    }
    stamped = pl.DataFrame(table).with_columns(
        pl.lit(run.on, dtype=pl.Date).alias(_("Tanggal acuan")),
        pl.lit(f"{run.policy_label} {run.policy_version}").alias(_("Kebijakan")),
        pl.lit(run.stamp).alias(_("Catatan kebijakan")),
    )
    return stamped, [of.public_id for _row, of in rows]


def _rounded(column: Column, value: Value) -> Value:
    if value is None or column.places is None:
        return _("belum diketahui") if value in (None, "") and column.places is None else value
    return float(rounded(float(value), column.places))


def _cell(column: Column, value: Value) -> Cell:
    if value in (None, ""):
        text = _("belum diketahui")
    else:
        text = str(value) if column.places is None else written(float(value or 0), column.places)
    return Cell(str(column.heading), text, column.places is not None)


def _head(column: Column, choices: Choices) -> Head:
    is_sorted = column.order is choices.order
    descending = is_sorted and not choices.descending
    url = choices.url(order=column.order, descending=descending) if column.order else ""
    said = ("descending" if choices.descending else "ascending") if is_sorted and column.order else ""
    return Head(column.code, str(column.heading), url, said, column.places is not None)
