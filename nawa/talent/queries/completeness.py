"""How much a run knew of everybody: which components were known, and how complete that made each result.

Nothing is worked out anew here: what is known of a person, and how complete it is, was said by the engine when the run
was made. A run never changes, so what was read of it once is kept in memory.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias

import polars as pl
from django.db.models import Count, Sum

from nawa.core.models import RunState
from nawa.engine.parameters import Component
from nawa.talent.enums import KNOWN, Stage
from nawa.talent.models import MappingResult, MappingRun
from nawa.talent.queries.maps import everybody
from nawa.talent.queries.overview import runs
from nawa.talent.queries.places import Places
from nawa.talent.queries.tables import table_of

_E4: Final = 10_000
_MONTHS: Final = 12
_GROUP: Final = "group"

_Sums: TypeAlias = Mapping[int | None, tuple[int, int]]
"""People, and the sum of their completeness, by unit."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a group of people: of how many each component, and the mean of their completeness in percent."""

    people: int
    completeness: float | None
    of: Mapping[Component, int]

    def share(self, component: Component) -> float | None:
        """Return the percentage of the group of whom a component is known; None where there is nobody."""
        return 100 * self.of[component] / self.people if self.people else None

    @property
    def rarest(self) -> list[Component]:
        """The components by how few they are known of, the rarest first; those known of everybody are left out."""
        lacking = [component for component, number in self.of.items() if number < self.people]
        return sorted(lacking, key=lambda component: self.of[component])


def knowledge(run: MappingRun, components: Collection[Component], *, within: Places) -> pl.DataFrame:
    """Return the people of a run who were in these units: one query for the first reader of a run, then none.

    Columns of `maps.everybody`, the completeness of both axes, and one per component: whether it is known of somebody,
    also as a verified none.
    """
    people, held = everybody(run, within=within), _held(run.public_id, tuple(components))
    return people.join(held, on="person_id", how="left", maintain_order="left")


def known(people: pl.DataFrame, components: Collection[Component]) -> Known:
    """Return what is known of all these people (`knowledge`)."""
    one = people.with_columns(pl.lit(0).alias(_GROUP))
    return _by_group(one, components).get(0) or Known(0, None, dict.fromkeys(components, 0))


def known_by(
    people: pl.DataFrame, column: str, groups: Mapping[int, int | str], components: Collection[Component]
) -> dict[int | str, Known]:
    """Return what is known of each group of people; who belongs to which is told by a column's value.

    People whose value has no group are in none.
    """
    kind = pl.String if any(isinstance(group, str) for group in groups.values()) else pl.Int64
    group = pl.col(column).replace_strict(dict(groups), default=None, return_dtype=kind).alias(_GROUP)
    return _by_group(people.with_columns(group).drop_nulls(_GROUP), components)


@dataclass(frozen=True, slots=True)
class Month:
    """How complete the data were in the newest run of a month, in percent of so many people."""

    run: MappingRun
    people: int
    completeness: float


def course(*, unpublished: bool, inside: Iterable[int] | None) -> list[Month]:
    """Return how completeness went on, month by month, the earliest first, over at most twelve months.

    Of the runs that a reader may know of and that were not withdrawn, the newest of each month speaks for it; `inside`
    are the units whose people count (None: everybody). Two queries at most; months without anybody are left out.
    """
    known, months = set(Stage) - {Stage.WITHDRAWN} if unpublished else set(KNOWN), dict[datetime.date, MappingRun]()
    for run in runs().all:
        if run.state == RunState.SUCCEEDED and run.current_stage in known:
            months.setdefault(run.cycle.month_on, run)
    chosen = list(months.values())[:_MONTHS]
    units, sums = None if inside is None else frozenset(inside), _sums(tuple(run.public_id for run in chosen))
    counted = [(run, _within(sums.get(run.public_id, {}), units)) for run in reversed(chosen)]
    return [Month(run, people, total / people / _E4) for run, (people, total) in counted if people]


def _within(sums: _Sums, units: frozenset[int] | None) -> tuple[int, int]:
    told = [sum_of for unit, sum_of in sums.items() if units is None or unit in units]
    return sum(people for people, _total in told), sum(total for _people, total in told)


@lru_cache(maxsize=8)
def _sums(public_ids: tuple[str, ...]) -> Mapping[str, _Sums]:
    """Return the sums of these runs (one query); a run never changes."""
    rows = MappingResult.objects.filter(run__public_id__in=public_ids).order_by()
    counted = rows.values_list("run__public_id", "unit_id").annotate(people=Count("pk"), total=Sum("completeness_e4"))
    sums: dict[str, dict[int | None, tuple[int, int]]] = defaultdict(dict)
    for public_id, unit, people, total in counted:
        sums[public_id][unit] = people, total
    return sums


def _by_group(people: pl.DataFrame, components: Collection[Component]) -> dict[int | str, Known]:
    mean = (pl.col("completeness_e4").mean() / _E4).alias("mean")
    counted = people.group_by(_GROUP).agg(pl.len().alias("people"), mean, *(pl.col(one).sum() for one in components))
    return {
        row[_GROUP]: Known(row["people"], row["mean"], {one: row[one] for one in components})
        for row in counted.iter_rows(named=True)
    }


@lru_cache(maxsize=4)
def _held(public_id: str, components: tuple[Component, ...]) -> pl.DataFrame:
    """Return what a run knew of each person, and how complete each axis was."""
    lacking = pl.col("missing").list
    return table_of(public_id).select(
        *("person_id", "performance_completeness_e4", "potential_completeness_e4"),
        *((~lacking.contains(str(one))).alias(one) for one in components),
    )
