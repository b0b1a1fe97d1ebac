"""A run's map as a table of people. A run never changes, so what was read of it once is kept in memory and stays true.

Names, posts and tiers can change and are asked for anew each time. What is handed out holds only people in scope.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import numpy as np
import polars as pl
from django.db.models import Case, F, IntegerField, QuerySet, Value, When
from django.db.models.functions import Lower

from nawa.policy.sentences import sentences
from nawa.registry.enums import CIVIL_SERVANTS, CONTRACT_STAFF
from nawa.registry.models import Position
from nawa.registry.queries import called
from nawa.talent.models import MappingResult, MappingRun
from nawa.talent.queries.places import Places
from nawa.talent.queries.tables import table_of

STAFF: Final[Mapping[str, tuple[str, ...]]] = {"PNS": CIVIL_SERVANTS, "PPPK": CONTRACT_STAFF}
"""Kinds of staff that are counted together; each kind is held against its own number."""

TIERS: Final = tuple(sentences("id")["tiers"])
"""Codes of tiers, the highest first."""

_COMPLETENESS: Final = ("performance_completeness_e4", "potential_completeness_e4", "missing")


class Order(StrEnum):
    """What a list of people can be sorted by, as addresses name it."""

    NAME = "nama"
    UNIT = "unit"
    POST = "jabatan"
    TIER = "jenjang"
    PERFORMANCE = "kinerja"
    POTENTIAL = "potensial"
    TALENT = "talenta"
    BOX = "kotak"
    COMPLETENESS = "kelengkapan"
    SURENESS = "keyakinan"


_COLUMN: Final[Mapping[Order, str]] = {
    Order.PERFORMANCE: "performance_score",
    Order.POTENTIAL: "potential_score",
    Order.TALENT: "talent_score_e6",
    Order.BOX: "box",
    Order.COMPLETENESS: "completeness_e4",
    Order.SURENESS: "chance",
}
_OF_RECORDS: Final[Mapping[Order, Any]] = {
    Order.NAME: Lower("person__name"),
    Order.UNIT: Lower("unit__name"),
    Order.POST: Lower("position__name"),
    Order.TIER: Case(
        *(When(position__tier=tier, then=Value(place)) for place, tier in enumerate(TIERS)),
        default=None,
        output_field=IntegerField(),
    ),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom a reader wants to see; empty means everybody. `unit` includes all below it, `staff` is a key of `STAFF`."""

    unit: int | None = None
    tier: str = ""
    staff: str = ""
    status: str = ""
    box: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Described:
    """What the records say today of somebody on a map, and the unit of that time."""

    public_id: str
    name: str
    nip: str
    post: str
    tier: str
    unit: str


def everybody(run: MappingRun, *, within: Places) -> pl.DataFrame:
    """Return the people of a run who were in these units: one query for the first reader of a run, none afterwards.

    Columns as `tables.table_of` has them, without what `completeness.knowledge` adds.
    """
    people = table_of(run.public_id).drop(_COMPLETENESS)
    return people if within.is_everything else people.filter(pl.col("unit_id").is_in(list(within.names)))


def chosen(
    run: MappingRun, wanted: Wanted, *, within: Places, order: Order = Order.NAME, descending: bool = False
) -> pl.DataFrame:
    """Return whom a reader wants, whatever their box, in order: one query besides those of `everybody`.

    Equals stand in the order of their names; unknown values come last in both directions.
    """
    people = everybody(run, within=within).filter(_conditions(wanted, within))
    ranked = _ranked(run, wanted, order if order in _OF_RECORDS else Order.NAME, descending and order in _OF_RECORDS)
    found = _in_turn(people, ranked)
    if order in _COLUMN:
        return found.sort(_COLUMN[order], descending=descending, nulls_last=True, maintain_order=True)
    return found


def _in_turn(people: pl.DataFrame, ranked: Sequence[int]) -> pl.DataFrame:
    """Return those of the people who are ranked, in that order. Both are the run's, kept in the order of their keys."""
    known, wanted = people["person_id"].to_numpy(), np.array(ranked, dtype=np.int64)
    places = np.searchsorted(known, wanted)
    found = places < len(known)
    found[found] = known[places[found]] == wanted[found]
    return people[places[found]]


def in_box(people: pl.DataFrame, box: int | None) -> pl.DataFrame:
    """Return those of a box; all where no box is named."""
    return people if box is None else people.filter(pl.col("box") == box)


def described(run: MappingRun, people: Sequence[int], *, within: Places) -> dict[int, Described]:
    """Return what the records say of these people, as far as the run had them in these units (one query)."""
    rows = _results(run, within).filter(person_id__in=people)
    names = ("public_id", "name", "nip", "position_name")
    found = rows.values_list(
        "person_id", *(f"person__{name}" for name in names), "position__name", "position__tier", "unit__name"
    )
    return {
        pk: Described(public_id, name, nip, post or without_post, tier or "", unit or "")
        for pk, public_id, name, nip, without_post, post, tier, unit in found
    }


def tiers_of_posts() -> dict[int, str]:
    """Return the tier of every post by its primary key (one query)."""
    return dict(Position.objects.order_by().values_list("pk", "tier"))


def _conditions(wanted: Wanted, within: Places) -> list[pl.Expr]:
    conditions = [pl.lit(value=True)]
    if wanted.unit is not None:
        conditions.append(pl.col("unit_id").is_in(list(within.below(wanted.unit))))
    if wanted.staff:
        conditions.append(pl.col("staff_kind").is_in(STAFF[wanted.staff]))
    if wanted.status:
        conditions.append(pl.col("status") == wanted.status)
    return conditions


def _ranked(run: MappingRun, wanted: Wanted, order: Order, descending: bool) -> list[int]:
    """Return people by what the records say of them, in order; tier and text are conditions on the records too."""
    rows = MappingResult.objects.filter(run=run)
    if wanted.tier:
        rows = rows.filter(position__tier=wanted.tier)
    if wanted.text:
        rows = rows.filter(called(wanted.text, "person__"))
    key = F("sorted_by")
    first = key.desc(nulls_last=True) if descending else key.asc(nulls_last=True)
    then = () if order is Order.NAME else (Lower("person__name"),)
    ranked = rows.annotate(sorted_by=_OF_RECORDS[order]).order_by(first, *then, "person_id")
    return list(ranked.values_list("person_id", flat=True))


def _results(run: MappingRun, within: Places) -> QuerySet[MappingResult]:
    rows = MappingResult.objects.filter(run=run).order_by()
    return rows if within.is_everything else rows.filter(unit_id__in=within.names)
