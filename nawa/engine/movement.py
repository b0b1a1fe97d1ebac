"""What moved people from one map to another: the policy, the passing of time, their posts, or their evidence.

Between two maps lie four changes. They are made one after another, each with the engine itself, so that what they move
adds up to the whole: first the later policy reads the earlier records on the earlier day, then the same records are
read on the later day, then the posts become those of later, and then all evidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Final

import polars as pl

from nawa.engine.exact import half_up
from nawa.engine.parameters import Axis, Component, Parameters
from nawa.engine.pipeline import map_talent
from nawa.engine.tables import Records


class Cause(StrEnum):
    """What can move somebody, in the order in which the changes are made."""

    POLICY = "POLICY"
    AGE = "AGE"
    POST = "POST"
    EVIDENCE = "EVIDENCE"


@dataclass(frozen=True, slots=True)
class Reading:
    """A map's own input: the records, the policy's numbers, and the day as of which they are read."""

    records: Records
    parameters: Parameters
    on: date


@dataclass(frozen=True, slots=True)
class Movement:
    """What moved everybody who is on both maps.

    `people` has one row each, sorted by subject: `box_0` is the earlier box, `box_1` to `box_4` are those after each
    cause, and likewise the axis scores `performance_…` and `potential_…` in ten-thousandths of a point; null for none.
    `changes` has one row for every component whose points or state a cause changed: both before and after it, points in
    millionths; the day of the evidence that counts after it (`dated_on`), and the first day on which the evidence that
    counted before it does not any more (`ended_on`, perhaps to come).
    """

    people: pl.DataFrame
    changes: pl.DataFrame


CHANGES_SCHEMA: Final[Mapping[str, pl.DataType]] = {
    "subject": pl.String(),
    "cause": pl.String(),
    "component": pl.String(),
    "state_before": pl.String(),
    "state": pl.String(),
    "points_before": pl.Int64(),
    "points": pl.Int64(),
    "dated_on": pl.Date(),
    "ended_on": pl.Date(),
}

_POST: Final = ("tier", "position_since", "standard", "post_fields")


def maps_between(before: Reading, after: Reading) -> list[pl.DataFrame]:
    """Return five maps: the earlier, one after each cause in their order, and so at last the later."""
    rules, on = after.parameters, after.on
    readings = [before, Reading(before.records, rules, before.on), Reading(before.records, rules, on),
                Reading(_with_posts(before.records, after.records), rules, on), after]  # fmt: skip
    maps = [map_talent(before.records, before.parameters, on=before.on).map]
    for former, reading in pairwise(readings):
        is_same = reading.records is former.records and (reading.parameters, reading.on) == (
            former.parameters,
            former.on,
        )
        maps.append(maps[-1] if is_same else map_talent(reading.records, reading.parameters, on=reading.on).map)
    return maps


def movement(maps: Sequence[pl.DataFrame], before: Parameters, after: Parameters) -> Movement:
    """Return what lies between five maps (`maps_between`), the first made with the earlier numbers."""
    both = maps[0].select("subject").join(maps[-1].select("subject"), on="subject", how="semi").sort("subject")
    placed = [both.join(one, on="subject", how="left", maintain_order="left") for one in maps]
    numbers = [before, *[after] * len(Cause)]
    columns = [column for place, one in enumerate(placed) for column in _standing(one, numbers[place], place)]
    changes = [
        one
        for cause, (former, later), (old, new) in zip(Cause, pairwise(placed), pairwise(numbers), strict=True)
        for one in _changes(cause, former, later, old, new)
    ]
    empty = pl.DataFrame(schema=CHANGES_SCHEMA)
    return Movement(both.hstack(columns), pl.concat([empty, *changes]).sort("subject", maintain_order=True))


def _with_posts(before: Records, after: Records) -> Records:
    """Return the earlier records with the later posts of everybody who is in both, and what those posts ask for."""
    posts = after["person"].select("subject", *_POST, is_known=pl.lit(value=True))
    joined = before["person"].join(posts, on="subject", how="left", suffix="_later", maintain_order="left")
    later = [
        pl.when(pl.col("is_known").fill_null(value=False)).then(f"{name}_later").otherwise(name).alias(name)
        for name in _POST
    ]
    person = joined.with_columns(later).select(before["person"].columns)
    return Records({**before.tables, "person": person, "standard": after["standard"]})


def _standing(one: pl.DataFrame, parameters: Parameters, place: int) -> list[pl.Series]:
    scores = {axis: pl.col(f"{axis.lower()}_score") for axis in Axis}
    base = parameters.weight_base
    return one.select(
        pl.col("box").cast(pl.Int8).alias(f"box_{place}"),
        *(half_up(score, 100 * base[axis]).alias(f"{axis.lower()}_{place}") for axis, score in scores.items()),
    ).get_columns()


def _changes(
    cause: Cause, before: pl.DataFrame, after: pl.DataFrame, old: Parameters, new: Parameters
) -> Iterator[pl.DataFrame]:
    for component in Component:
        if component in old.components or component in new.components:
            former, later = _of(component, before, old), _of(component, after, new)
            both = before.select("subject").hstack(former.rename(lambda name: f"{name}_before")).hstack(later)
            changed = both.filter(
                pl.col("points").ne_missing(pl.col("points_before"))
                | pl.col("state").ne_missing(pl.col("state_before"))
            )
            yield changed.select(
                "subject",
                cause=pl.lit(str(cause)),
                component=pl.lit(str(component)),
                state_before="state_before",
                state="state",
                points_before="points_before",
                points="points",
                dated_on="dated_on",
                ended_on="expires_on_before",
            )


def _of(component: Component, one: pl.DataFrame, parameters: Parameters) -> pl.DataFrame:
    stem = component.lower()
    if component not in parameters.components:
        return pl.DataFrame(schema=_CELLS).clear(one.height)
    return one.select(
        state=pl.col(f"{stem}_state"),
        points=pl.col(f"{stem}_points"),
        dated_on=pl.col(f"{stem}_on"),
        expires_on=pl.col(f"{stem}_expires_on"),
    )


_CELLS: Final = {"state": pl.String(), "points": pl.Int64(), "dated_on": pl.Date(), "expires_on": pl.Date()}
