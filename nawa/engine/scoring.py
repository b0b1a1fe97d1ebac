"""From points to axis scores, completeness, status and classes, in whole numbers; see `docs/scoring.md` §2 and §6."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce
from operator import add
from typing import Final

import polars as pl

from nawa.engine.exact import MILLION, MOST_POINTS, half_up
from nawa.engine.parameters import AXIS_OF, REGISTER_OF, Axis, Component, Parameters, State, Status

CLASSES: Final[Mapping[Axis, tuple[str, str, str]]] = {
    Axis.PERFORMANCE: ("BELOW", "AS_EXPECTED", "ABOVE"),
    Axis.POTENTIAL: ("LOW", "MIDDLE", "HIGH"),
}
"""Names of the classes of an axis, low first. Levels 0, 1 and 2 stand for them until they are named."""


CONTINUOUS: Final = (Component.FEEDBACK, Component.COMPETENCE, Component.POTENTIAL)
"""Components that can earn any number of points from 0 to 100; the others earn the values of their scale."""


def scale(component: Component, parameters: Parameters) -> tuple[int, ...]:
    """Return the whole points that a component's codes or bands give, ascending; nothing where it has neither."""
    learning, career = parameters.learning, parameters.career
    tables: Mapping[Component, Iterable[int]] = {
        Component.RATING: parameters.rating.points.values(),
        Component.AWARD: parameters.award_points.values(),
        Component.TEAM: parameters.team_points.values(),
        Component.FEEDBACK: parameters.feedback.points.values(),
        Component.TRAINING: (band.points for band in learning.training_bands),
        Component.CERTIFICATION: (band.points for band in learning.certification_bands),
        Component.TENURE: (band.points for band in career.tenure_bands),
        Component.BREADTH: career.breadth_points.values(),
        Component.ACTING: career.acting_points.values(),
        Component.EDUCATION: parameters.education_points.values(),
        Component.FIELD: parameters.field_points.values(),
        Component.DISCIPLINE: (*parameters.discipline.points.values(), parameters.discipline.serving_points),
    }
    points = {min(value, 100) for value in tables.get(component, ())}
    if component in REGISTER_OF:
        points.add(parameters.weighing[component].none_points)
    return tuple(sorted(points))


def greatest_points(component: Component, parameters: Parameters) -> int:
    """Return the most that evidence of a component can earn, in millionths."""
    return MOST_POINTS if component in CONTINUOUS else MILLION * max(scale(component, parameters))


def on_axis(axis: Axis, parameters: Parameters) -> tuple[Component, ...]:
    """Return the components that count on an axis, in order."""
    return tuple(component for component in parameters.components if AXIS_OF[component] is axis)


def axis_columns(parameters: Parameters) -> list[pl.Expr]:
    """Return three columns per axis, named `<axis>_<what>`.

    `proved` is Σ points × weight, `possible` that with all that is unknown at its greatest, `known` the known weight.
    """
    columns = []
    for axis in Axis:
        proved, possible, known = [], [], []
        for component in on_axis(axis, parameters):
            weight = parameters.weighing[component].weight
            points, unknown = pl.col(f"{component.lower()}_points"), is_unknown(component)
            proved.append(points.fill_null(0) * weight)
            possible.append(points.fill_null(greatest_points(component, parameters)) * weight)
            known.append(pl.when(unknown).then(0).otherwise(weight))
        stem = axis.lower()
        sums = {"proved": proved, "possible": possible, "known": known}
        columns += [reduce(add, terms).cast(pl.Int64).alias(f"{stem}_{name}") for name, terms in sums.items()]
    return columns


def is_unknown(component: Component) -> pl.Expr:
    """Whether nothing is known of a component."""
    return pl.col(f"{component.lower()}_state") == State.UNKNOWN


def status(parameters: Parameters) -> pl.Expr:
    """How complete the result is, from the known weights of both axes."""
    known = {axis: pl.col(f"{axis.lower()}_known") for axis in Axis}
    base, least = parameters.weight_base, parameters.provisional_completeness
    complete = pl.all_horizontal(known[axis] == base[axis] for axis in Axis)
    enough = pl.all_horizontal(known[axis] * 100 >= least * base[axis] for axis in Axis)
    return (
        pl.when(complete)
        .then(pl.lit(Status.LENGKAP))
        .when(enough)
        .then(pl.lit(Status.SEMENTARA))
        .otherwise(pl.lit(Status.BELUM_DAPAT_DIPETAKAN))
    )


def completeness(parameters: Parameters) -> list[pl.Expr]:
    """Known shares of the weights in ten-thousandths of a percent: of each axis, and of both by the talent weights."""
    base, talent = parameters.weight_base, parameters.talent_weights
    known = {axis: pl.col(f"{axis.lower()}_known") for axis in Axis}
    shares = [half_up(known[axis] * MILLION, base[axis]).alias(f"{axis.lower()}_completeness_e4") for axis in Axis]
    other = {Axis.PERFORMANCE: Axis.POTENTIAL, Axis.POTENTIAL: Axis.PERFORMANCE}
    both = reduce(add, (known[axis] * talent[axis] * base[other[axis]] for axis in Axis))
    denominator = 100 * base[Axis.PERFORMANCE] * base[Axis.POTENTIAL]
    return [*shares, half_up(both * MILLION, denominator).alias("completeness_e4")]


def score(axis: Axis, parameters: Parameters) -> pl.Expr:
    """The axis score: what has been proved, or (renormalise) that over the known weight, rounded half up."""
    proved, known = pl.col(f"{axis.lower()}_proved"), pl.col(f"{axis.lower()}_known")
    if parameters.unknown == "floor":
        return proved
    return half_up(proved * parameters.weight_base[axis], pl.when(known > 0).then(known))


def talent_score(parameters: Parameters) -> pl.Expr:
    """The two scores by their talent weights, in millionths of a point, half up."""
    base, talent = parameters.weight_base, parameters.talent_weights
    other = {Axis.PERFORMANCE: Axis.POTENTIAL, Axis.POTENTIAL: Axis.PERFORMANCE}
    sum_ = reduce(add, (pl.col(f"{axis.lower()}_score") * talent[axis] * base[other[axis]] for axis in Axis))
    return half_up(sum_, 100 * base[Axis.PERFORMANCE] * base[Axis.POTENTIAL])


def level(axis: Axis, parameters: Parameters, value: pl.Expr, weight: pl.Expr | int | None = None) -> pl.Expr:
    """Return 0, 1 or 2: the class of Σ points × weight against the cut-offs times the weight it was formed over.

    `weight` is the axis' weight base unless given: with the known weight, a mean is compared without dividing.
    """
    over = parameters.weight_base[axis] if weight is None else weight
    cutoffs = parameters.cutoffs[axis]
    high, middle = value >= cutoffs.high * MILLION * over, value >= cutoffs.middle * MILLION * over
    return high.cast(pl.Int64) + middle.cast(pl.Int64)


def official_level(axis: Axis, parameters: Parameters) -> pl.Expr:
    """The class that the result shows, by the profile's way with what is unknown."""
    proved = pl.col(f"{axis.lower()}_proved")
    if parameters.unknown == "floor":
        return level(axis, parameters, proved)
    return level(axis, parameters, proved, pl.col(f"{axis.lower()}_known"))
