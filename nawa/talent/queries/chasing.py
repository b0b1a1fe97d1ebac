"""What to chase first: of whom one more piece of evidence would decide the box, whatever it turned out to show.

A component that is unknown of somebody decides their box where either

- they have no box, and with this component known enough of both axes would be known to give one; or
- their box is a range, and with this component known the lowest and the highest box would be the same, for every value
  that the component can have.

The other components stay as they are. What is worked out here uses the engine's own scales, cut-offs and levels.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import add, and_
from typing import Final

import polars as pl

from nawa.engine.exact import MILLION
from nawa.engine.parameters import AXIS_OF, Axis, Component, Parameters
from nawa.engine.scoring import CONTINUOUS, greatest_points, level, on_axis, scale

_OTHER: Final = {Axis.PERFORMANCE: Axis.POTENTIAL, Axis.POTENTIAL: Axis.PERFORMANCE}


@dataclass(frozen=True, slots=True)
class Chase:
    """A component in a unit: of how many people it is unknown, and for how many of them it decides the box."""

    unit: int
    component: Component
    lacking: int
    decides: int


def deciding(people: pl.DataFrame, parameters: Parameters) -> pl.DataFrame:
    """Return, row by row of `completeness.knowledge`, one column per component: whether it decides somebody's box."""
    return people.with_columns(_sums(parameters)).select(
        (~pl.col(one) & (_gives_a_box(one, parameters) | _ends_a_range(one, parameters))).fill_null(value=False)
        .alias(one)
        for one in parameters.components
    )  # fmt: skip


def chases(people: pl.DataFrame, groups: Mapping[int, int], parameters: Parameters) -> list[Chase]:
    """Return every pair of a group and a component that is unknown of somebody there; `groups` as `known_by` has it."""
    components = parameters.components
    decides = deciding(people, parameters).select(pl.all().name.prefix("decides_"))
    unit = pl.col("unit_id").replace_strict(dict(groups), default=None, return_dtype=pl.Int64).alias("unit")
    sums = [(~pl.col(one)).sum().alias(f"lacking_{one}") for one in components]
    sums += [pl.col(f"decides_{one}").sum() for one in components]
    counted = people.hstack(decides).with_columns(unit).drop_nulls("unit").group_by("unit").agg(sums)
    return [
        Chase(row["unit"], one, row[f"lacking_{one}"], row[f"decides_{one}"])
        for row in counted.sort("unit").iter_rows(named=True)
        for one in components
        if row[f"lacking_{one}"]
    ]


def _sums(parameters: Parameters) -> list[pl.Expr]:
    """Per axis: the known weight, what is proved, and what the unknown could add at its greatest."""
    found = []
    for axis in Axis:
        weights = [(one, parameters.weighing[one].weight) for one in on_axis(axis, parameters)]
        known = reduce(add, (pl.col(one).cast(pl.Int64) * weight for one, weight in weights))
        missing = reduce(add, ((~pl.col(one)).cast(pl.Int64) * _most(one, parameters) for one, _weight in weights))
        found += [known.alias(f"{axis}_known"), missing.alias(f"{axis}_open"), _proved(axis, known, parameters)]
    return found


def _proved(axis: Axis, known: pl.Expr, parameters: Parameters) -> pl.Expr:
    """Σ points × weight; a score that was formed over the known weight alone is brought back to it exactly."""
    score, base = pl.col(f"{axis.lower()}_score"), parameters.weight_base[axis]
    exact = score if parameters.unknown == "floor" else (2 * score * known + base) // (2 * base)
    return exact.alias(f"{axis}_proved")


def _most(component: Component, parameters: Parameters) -> int:
    return greatest_points(component, parameters) * parameters.weighing[component].weight


def _gives_a_box(component: Component, parameters: Parameters) -> pl.Expr:
    """Whether somebody without a box would have one."""
    gained = {axis: parameters.weighing[component].weight if AXIS_OF[component] is axis else 0 for axis in Axis}
    least, base = parameters.provisional_completeness, parameters.weight_base
    enough = [(pl.col(f"{axis}_known") + gained[axis]) * 100 >= least * base[axis] for axis in Axis]
    return pl.col("box").is_null() & reduce(and_, enough)


def _ends_a_range(component: Component, parameters: Parameters) -> pl.Expr:
    """Whether a range of boxes would become one box, whatever the component shows."""
    axis = AXIS_OF[component]
    weight, rest = parameters.weighing[component].weight, pl.col(f"{axis}_open") - _most(component, parameters)
    if component in CONTINUOUS:  # it can lift the range onto any cut-off within reach, unless it is the whole range
        settled = (rest == 0) | _is_one_class(axis, pl.col(f"{axis}_proved"), pl.col(f"{axis}_open"), parameters)
    else:
        values = (pl.col(f"{axis}_proved") + points * MILLION * weight for points in scale(component, parameters))
        settled = reduce(and_, (_is_one_class(axis, value, rest, parameters) for value in values))
    other = _OTHER[axis]
    beside = _is_one_class(other, pl.col(f"{other}_proved"), pl.col(f"{other}_open"), parameters)
    return (pl.col("box_lowest") != pl.col("box_highest")) & settled & beside


def _is_one_class(axis: Axis, value: pl.Expr, more: pl.Expr, parameters: Parameters) -> pl.Expr:
    return level(axis, parameters, value) == level(axis, parameters, value + more)
