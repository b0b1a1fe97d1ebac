"""From checked provisions to the engine's parameters; refuses what only several provisions together can get wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import lcm
from typing import Any, Final

from nawa.engine.parameters import (
    AXIS_OF,
    INDICATOR_OF,
    Assessment,
    Axis,
    Career,
    Component,
    Discipline,
    Feedback,
    Indicator,
    Learning,
    Normal,
    Parameters,
    Rating,
    Source,
    Steps,
    Weighing,
)
from nawa.policy.problems import PolicyRefused, Problem
from nawa.policy.provisions import Provision
from nawa.policy.schema import RULES

Values = Mapping[str, Any]

MOST_PARTS: Final = 20_000  # of an axis' weights: with more, the engine's whole numbers could pass 64 bits

_UNSTEPPED: Final = (Component.FEEDBACK, Component.COMPETENCE, Component.POTENTIAL)  # their values form no scale


def checked(provisions: Mapping[str, Provision], granted: Values) -> tuple[dict[str, Any], list[Problem]]:
    """Return each value as its shape gives it, by path, and every problem of a single provision."""
    values: dict[str, Any] = dict(granted)
    problems = [Problem(path, "missing", {}) for path in RULES if path not in provisions and path not in granted]
    for path, item in provisions.items():
        rule = RULES.get(path)
        if rule is None:
            problems.append(Problem(path, "unknown_path", {}))
        elif item.unit != rule.unit:
            problems.append(Problem(f"{path}.unit", "wrong_unit", {"value": item.unit, "unit": rule.unit}))
        else:
            try:
                values[path] = rule.shape(item.value, path)
            except PolicyRefused as refused:
                problems.extend(refused.problems)
    return values, problems


def contradictions(values: Values) -> Iterator[Problem]:
    """Yield what single provisions cannot show: sums, orders, and rules that need one another."""
    for axis in Axis:
        total = sum(weight for component, weight in _weights(values).items() if AXIS_OF[component] is axis)
        if total != 100:
            yield Problem("indicators", "axis_sum", {"axis": axis, "total": float(total)})
        elif _base(values, axis) > MOST_PARTS:
            yield Problem("indicators", "too_fine", {"axis": axis, "most": MOST_PARTS})
    for indicator in Indicator:
        shares = _shares(values, indicator)
        if values[f"indicators.{indicator}.weight"] and not sum(shares.values()):
            yield Problem(f"components.{next(iter(shares))}.share", "no_share", {"indicator": indicator})
    if sum(values["map.talent_weights"].values()) != 100:
        yield Problem("map.talent_weights", "talent_sum", {"total": sum(values["map.talent_weights"].values())})
    outside = set(values["people.candidate_staff_kinds"]) - set(values["people.mapped_staff_kinds"])
    if outside:
        yield Problem("people.candidate_staff_kinds", "not_mapped", {"kinds": ", ".join(sorted(outside))})
    fit = values["field.points"]
    if not fit["SUITABLE"] >= fit["RELATED"] >= fit["UNSUITABLE"]:
        yield Problem("field.points", "fit_order", {})
    yield from _wrong_errors(values)


def _wrong_errors(values: Values) -> Iterator[Problem]:
    for component in Component:
        error, path = values[f"components.{component}.error"], f"components.{component}.error"
        if isinstance(error, Steps) and component in _UNSTEPPED:
            yield Problem(path, "no_steps", {})
        if isinstance(error, Normal) and component not in _UNSTEPPED:
            yield Problem(path, "no_normal", {})


def parameters(values: Values, *, identity: Mapping[str, str], stamp: str | None) -> Parameters:
    """Build the engine's parameters from checked values; `identity` gives policy id, version and hash."""
    bases = {axis: _base(values, axis) for axis in Axis}
    weights = _weights(values)
    weighing = {
        component: Weighing(
            weight=int(weights[component] * bases[AXIS_OF[component]] / 100),
            none_points=values.get(f"components.{component}.none_points", 0),
            error=values[f"components.{component}.error"],
            absent=values[f"components.{component}.absent"],
        )
        for component in Component
    }
    return Parameters(
        policy_id=identity["id"],
        policy_version=identity["version"],
        policy_hash=identity["hash"],
        stamp=stamp,
        weight_base=bases,
        weighing=weighing,
        talent_weights={axis: values["map.talent_weights"][axis] for axis in Axis},
        cutoffs={axis: values[f"map.cutoffs.{axis}"] for axis in Axis},
        box_table=values["map.box_table"],
        follow_ups=values["map.follow_ups"],
        pool_boxes=values["map.pool_boxes"],
        **_section(values, "people"),
        unknown=values["completeness.unknown"],
        provisional_completeness=values["completeness.provisional"],
        coverage_months=values["completeness.coverage_months"],
        rating=Rating(**_section(values, "rating")),
        feedback=Feedback(**_section(values, "feedback")),
        assessment=_assessment(values),
        learning=Learning(**_section(values, "learning")),
        career=Career(**_section(values, "career")),
        discipline=Discipline(**_section(values, "discipline")),
        award_points=values["award.points"],
        award_years=values["award.years"],
        team_points=values["team.points"],
        team_years=values["team.years"],
        education_points=values["education.points"],
        field_points=values["field.points"],
    )


def _section(values: Values, name: str) -> dict[str, Any]:
    """Return the values of one group by their own names, which are the fields of its dataclass."""
    return {path.removeprefix(f"{name}."): value for path, value in values.items() if path.startswith(f"{name}.")}


def _assessment(values: Values) -> Assessment:
    section = _section(values, "assessment")
    sources = {key: tuple(map(Source, section[key])) for key in ("competence_sources", "potential_sources")}
    return Assessment(**{**section, **sources})


def _shares(values: Values, indicator: Indicator) -> dict[Component, int]:
    inside = [component for component in Component if INDICATOR_OF[component] is indicator]
    return {component: values.get(f"components.{component}.share", 1) for component in inside}


def _weights(values: Values) -> dict[Component, Fraction]:
    """Return each component's exact percent of its axis: its indicator's weight by its share."""
    found = {}
    for indicator in Indicator:
        shares = _shares(values, indicator)
        for component, share in shares.items():
            part = Fraction(share, sum(shares.values()) or 1)
            found[component] = values[f"indicators.{indicator}.weight"] * part
    return {component: found[component] for component in Component}


def _base(values: Values, axis: Axis) -> int:
    """Return the least sum of weights in which every component of the axis has a whole weight."""
    percents = [weight for component, weight in _weights(values).items() if AXIS_OF[component] is axis]
    return 100 * lcm(*(weight.denominator for weight in percents))
