"""What a simulation shows: who would stand where, before and after, in numbers and by name, and only in scope."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import polars as pl

from nawa.engine.exact import MILLION
from nawa.engine.parameters import Axis, Parameters
from nawa.policy.keeping import kept
from nawa.policy.loading import Policy
from nawa.rulebook.models import PolicyVersion
from nawa.talent.models import Simulation
from nawa.talent.queries.maps import tiers_of_posts
from nawa.talent.queries.places import Places

DIRECTIONS: Final = ("up", "down", "gained", "lost", "same")
"""To a higher box, to a lower one, to a box from none, to none from a box, and no change."""


@dataclass(frozen=True, slots=True)
class Near:
    """How far somebody's simulated score is from the nearest cut-off, in points; negative below it."""

    person: int
    axis: Axis
    cutoff: int
    distance: float


def newest(version: PolicyVersion) -> Simulation | None:
    """Return the newest simulation of a version, its base at hand, without its rows (one query)."""
    rows = Simulation.objects.filter(version=version).select_related("base", "version").defer("rows")
    return rows.order_by("-pk").first()


def simulation_by_id(public_id: str) -> Simulation | None:
    """Return a simulation by its opaque id, as `newest` does."""
    rows = Simulation.objects.filter(public_id=public_id).select_related("base", "version").defer("rows")
    return rows.first()


def policy_of(simulation: Simulation) -> Policy:
    """Return the policy under which it was simulated."""
    start = simulation.version.effective_from or simulation.version.proposed_from
    on = max(simulation.base.on, start) if start else simulation.base.on
    return kept(simulation.policy_text, on)


def parameters_of(simulation: Simulation) -> Parameters:
    """Return the numbers under which it was simulated."""
    return policy_of(simulation).parameters


def affected(simulation: Simulation, *, within: Places) -> pl.DataFrame:
    """Return everybody on either map who was in these units, with `direction`: no query but for the first reader's."""
    people = _whole(simulation.public_id)
    return people if within.is_everything else people.filter(pl.col("unit_id").is_in(list(within.names)))


def moved(people: pl.DataFrame) -> pl.DataFrame:
    """Return those of the people whose box would be another."""
    return people.filter(pl.col("direction") != "same")


def flow(people: pl.DataFrame) -> dict[int | None, dict[int | None, int]]:
    """Return how many would go from each box (rows) to each (columns), None for no box; every cell is there."""
    boxes = (*range(9, 0, -1), None)
    counts = {(start, end): number for start, end, number in people.group_by("box_before", "box").len().iter_rows()}
    return {start: {end: counts.get((start, end), 0) for end in boxes} for start in boxes}


def statuses(people: pl.DataFrame) -> dict[str, tuple[int, int]]:
    """Return how many have each status before and after; the empty status is not being mapped at all."""
    before, after = (dict(people.group_by(name).len().iter_rows()) for name in ("status_before", "status"))
    names = {*before, *after}
    return {name or "": (before.get(name, 0), after.get(name, 0)) for name in names}


def by_unit(within: Places) -> Callable[[pl.DataFrame], Mapping[str, Mapping[str, int]]]:
    """Return what counts people by the units to choose from first (by primary key as text), and by direction."""
    branches = within.branch_of(within.branches())
    return lambda people: _counted(people, pl.col("unit_id").replace_strict(branches, default=None).cast(pl.String))


def by_tier(people: pl.DataFrame) -> Mapping[str, Mapping[str, int]]:
    """Return how many there are by tier and direction (one query); without a tier the code is empty."""
    return _counted(
        people, pl.col("position_id").replace_strict(tiers_of_posts(), default=None, return_dtype=pl.String)
    )


def by_sex(people: pl.DataFrame) -> Mapping[str, Mapping[str, int]]:
    """Return how many there are by sex and direction."""
    return _counted(people, pl.col("sex"))


def direction() -> pl.Expr:
    """Return which of `DIRECTIONS` somebody goes, from `box_before` to `box`."""
    before, after = pl.col("box_before"), pl.col("box")
    return (
        pl.when(before.eq_missing(after))
        .then(pl.lit("same"))
        .when(before.is_null())
        .then(pl.lit("gained"))
        .when(after.is_null())
        .then(pl.lit("lost"))
        .when(after > before)
        .then(pl.lit("up"))
        .otherwise(pl.lit("down"))
    )


def nearest(people: pl.DataFrame, parameters: Parameters, *, most: int) -> list[Near]:
    """Return those who would have a box and stand nearest to a cut-off, the nearest first."""
    boxed = people.filter(pl.col("box").is_not_null())
    found = pl.concat([_distances(boxed, axis, parameters) for axis in Axis])
    first = found.sort(pl.col("distance").abs(), "person_id").unique("person_id", keep="first", maintain_order=True)
    return [
        Near(person, Axis(axis), cutoff, distance) for person, axis, cutoff, distance in first.head(most).iter_rows()
    ]


def _distances(people: pl.DataFrame, axis: Axis, parameters: Parameters) -> pl.DataFrame:
    points = pl.col(f"{axis.lower()}_score") / (MILLION * parameters.weight_base[axis])
    cutoffs = parameters.cutoffs[axis]
    return pl.concat(
        [
            people.select(
                "person_id", axis=pl.lit(str(axis)), cutoff=pl.lit(cutoff, pl.Int64), distance=points - cutoff
            )
            for cutoff in (cutoffs.middle, cutoffs.high)
        ]
    )


def _counted(people: pl.DataFrame, group: pl.Expr) -> Mapping[str, Mapping[str, int]]:
    table: dict[str, dict[str, int]] = {}
    rows = people.select(group.fill_null("").alias("group"), "direction").group_by("group", "direction").len()
    for name, direction, number in rows.iter_rows():
        table.setdefault(name, dict.fromkeys(DIRECTIONS, 0))[direction] = number
    return table


@lru_cache(maxsize=4)
def _whole(public_id: str) -> pl.DataFrame:
    content = Simulation.objects.values_list("rows", flat=True).get(public_id=public_id)
    return pl.read_parquet(io.BytesIO(bytes(content or b""))).with_columns(direction=direction())
