"""How people went from box to box: in which direction, how many from each to each, by unit, tier and sex.

The tables counted here hold `box_before` and `box` (null for no box), `direction`, `unit_id`, `position_id`, `sex`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import polars as pl

from nawa.talent.queries.maps import tiers_of_posts
from nawa.talent.queries.places import Places

DIRECTIONS: Final = ("up", "down", "gained", "lost", "same")
"""To a higher box, to a lower one, to a box from none, to none from a box, and no change."""


def direction_of() -> pl.Expr:
    """Return in which direction somebody went, as one of `DIRECTIONS`."""
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


def moved(people: pl.DataFrame) -> pl.DataFrame:
    """Return those of the people whose box would be another."""
    return people.filter(pl.col("direction") != "same")


def flow(people: pl.DataFrame) -> dict[int | None, dict[int | None, int]]:
    """Return how many would go from each box (rows) to each (columns), None for no box; every cell is there."""
    boxes = (*range(9, 0, -1), None)
    counts = {(start, end): number for start, end, number in people.group_by("box_before", "box").len().iter_rows()}
    return {start: {end: counts.get((start, end), 0) for end in boxes} for start in boxes}


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


def _counted(people: pl.DataFrame, group: pl.Expr) -> Mapping[str, Mapping[str, int]]:
    table: dict[str, dict[str, int]] = {}
    rows = people.select(group.fill_null("").alias("group"), "direction").group_by("group", "direction").len()
    for name, direction, number in rows.iter_rows():
        table.setdefault(name, dict.fromkeys(DIRECTIONS, 0))[direction] = number
    return table
