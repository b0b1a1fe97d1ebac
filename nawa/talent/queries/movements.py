"""What lies between two runs: who stands elsewhere, how far they went, and what moved them. Only in scope."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import polars as pl

from nawa.engine.movement import Cause
from nawa.engine.parameters import Parameters
from nawa.policy.keeping import kept
from nawa.talent.models import MappingRun, Movement
from nawa.talent.queries.flows import direction_of
from nawa.talent.queries.maps import everybody
from nawa.talent.queries.places import Places


@dataclass(frozen=True, slots=True)
class Between:
    """Two runs side by side, of the people who were in some units at both times.

    `people` is everybody on both maps: `box_before`, `box`, `direction`, `steps` (classes on both axes together, null
    where a box is missing), and unit and post of later. `fresh` and `gone` are how many stand on one of them only.
    """

    people: pl.DataFrame
    fresh: int
    gone: int


def between(earlier: MappingRun, later: MappingRun, *, within: Places) -> Between:
    """Return two runs side by side (no query once both are in memory)."""
    old, new = (everybody(run, within=within) for run in (earlier, later))
    former = old.select("person_id", box_before="box", level_before=_levels(earlier))
    both = new.with_columns(level=_levels(later)).join(former, on="person_id", maintain_order="left")
    steps = pl.sum_horizontal(
        (pl.col("level").list.get(axis) - pl.col("level_before").list.get(axis)).abs() for axis in (0, 1)
    )
    has_both = pl.col("box").is_not_null() & pl.col("box_before").is_not_null()
    people = both.with_columns(direction=direction_of(), steps=pl.when(has_both).then(steps))
    return Between(people.drop("level", "level_before"), new.height - both.height, old.height - both.height)


def movement_of(earlier: MappingRun, later: MappingRun) -> Movement | None:
    """Return what is known, or being computed, of what moved people; without its tables (one query)."""
    return Movement.objects.filter(earlier=earlier, later=later).defer("people", "changes").first()


def caused(movement: Movement, people: pl.DataFrame) -> pl.DataFrame:
    """Return, for these people, by which cause they went from which box to which: one row for each that moved them.

    Columns `person_id`, `cause`, `box_before`, `box`, in the order of the causes.
    """
    told = _tables(movement.public_id)[0].join(people.select("person_id"), on="person_id", how="semi")
    steps = [
        told.select("person_id", cause=pl.lit(str(cause)), box_before=f"box_{start}", box=f"box_{end}").filter(
            pl.col("box").ne_missing(pl.col("box_before"))
        )
        for cause, (start, end) in zip(Cause, pairwise(range(len(Cause) + 1)), strict=True)
    ]
    return pl.concat(steps)


def changes(movement: Movement, people: Sequence[int]) -> pl.DataFrame:
    """Return what changed of the components of these people, cause by cause (`nawa.engine.movement.Movement`)."""
    return _tables(movement.public_id)[1].filter(pl.col("person_id").is_in(list(people)))


def _levels(run: MappingRun) -> pl.Expr:
    """The two classes (0 low, 1 middle, 2 high) of a run's boxes, by the table of its own policy."""
    parameters: Parameters = kept(run.policy_text, run.on).parameters
    places = {box: [y, x] for y, row in enumerate(parameters.box_table) for x, box in enumerate(row)}
    return pl.col("box").replace_strict(places, default=None, return_dtype=pl.List(pl.Int64))


@lru_cache(maxsize=4)
def _tables(public_id: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """A movement never changes once it has ended, so it is read once and held (one query)."""
    found = Movement.objects.values_list("people", "changes").get(public_id=public_id)
    first, second = (pl.read_parquet(io.BytesIO(bytes(content or b""))) for content in found)
    return first, second
