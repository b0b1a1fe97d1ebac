"""What decides a box, held against trying every value that a component can have, person by person."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import product
from typing import Any, Literal

import polars as pl
import pytest

from nawa.engine.exact import MILLION, MOST_POINTS
from nawa.engine.ninebox import BOX
from nawa.engine.parameters import AXIS_OF, Axis, Component, Parameters
from nawa.engine.scoring import CONTINUOUS, scale
from nawa.policy import Policy
from nawa.talent.queries.chasing import Chase, chases, deciding

Person = dict[Component, int | None]
"""Points in millionths by component; None where it is unknown."""


def values(one: Component, parameters: Parameters, person: Person) -> set[int]:
    """Every value a component can have; of a continuous one those around which a class can change."""
    if one not in CONTINUOUS:
        return {points * MILLION for points in scale(one, parameters)}
    axis, weight = AXIS_OF[one], parameters.weighing[one].weight
    lowest, highest = (total(axis, {**person, one: 0}, parameters, best=best) for best in (False, True))
    cutoffs = (parameters.cutoffs[axis].middle, parameters.cutoffs[axis].high)
    edges = [
        -((start - cut * MILLION * parameters.weight_base[axis]) // weight)
        for start, cut in product((lowest, highest), cutoffs)
    ]
    tried = {0, MOST_POINTS, *(edge + step for edge in edges for step in (-1, 0, 1))}
    return {points for points in tried if 0 <= points <= MOST_POINTS}


def total(axis: Axis, person: Person, parameters: Parameters, *, best: bool) -> int:
    """Σ points × weight of an axis, with the unknown at nothing or at its best."""
    return sum(
        parameters.weighing[one].weight
        * (points if points is not None else _most(one, parameters) if best else 0)
        for one, points in person.items()
        if AXIS_OF[one] is axis
    )  # fmt: skip


def _most(one: Component, parameters: Parameters) -> int:
    return MOST_POINTS if one in CONTINUOUS else max(scale(one, parameters)) * MILLION


def box(person: Person, parameters: Parameters, *, best: bool) -> int:
    levels = []
    for axis in Axis:
        value, unit = total(axis, person, parameters, best=best), MILLION * parameters.weight_base[axis]
        cutoffs = parameters.cutoffs[axis]
        levels.append((value >= cutoffs.middle * unit) + (value >= cutoffs.high * unit))
    return BOX[levels[0]][levels[1]]


def is_mapped(person: Person, parameters: Parameters) -> bool:
    least, base = parameters.provisional_completeness, parameters.weight_base
    return all(known_weight(axis, person, parameters) * 100 >= least * base[axis] for axis in Axis)


def known_weight(axis: Axis, person: Person, parameters: Parameters) -> int:
    known = (one for one, points in person.items() if points is not None and AXIS_OF[one] is axis)
    return sum(parameters.weighing[one].weight for one in known)


def decides(one: Component, person: Person, parameters: Parameters) -> bool:
    """The definition, by trying."""
    if person[one] is not None:
        return False
    if not is_mapped(person, parameters):
        return is_mapped({**person, one: 0}, parameters)
    if box(person, parameters, best=False) == box(person, parameters, best=True):
        return False
    after = [{**person, one: points} for points in values(one, parameters, person)]
    return all(box(then, parameters, best=False) == box(then, parameters, best=True) for then in after)


def somebody(chance: random.Random, parameters: Parameters) -> Person:
    person: Person = {}
    for one in parameters.components:
        possible = range(101) if one in CONTINUOUS else scale(one, parameters)
        person[one] = MILLION * chance.choice(possible) if chance.random() < 0.8 else None
    return person


def score(axis: Axis, person: Person, parameters: Parameters) -> int:
    proved, base = total(axis, person, parameters, best=False), parameters.weight_base[axis]
    if parameters.unknown == "floor":
        return proved
    known = known_weight(axis, person, parameters)
    return (2 * proved * base + known) // (2 * known)


def frame(people: list[Person], parameters: Parameters) -> pl.DataFrame:
    """The people as `completeness.knowledge` gives them."""
    rows = []
    for place, person in enumerate(people):
        mapped = is_mapped(person, parameters)
        row: dict[str, Any] = {str(one): points is not None for one, points in person.items()}
        row |= {f"{axis.lower()}_score": score(axis, person, parameters) if mapped else None for axis in Axis}
        lowest, highest = (box(person, parameters, best=best) if mapped else None for best in (False, True))
        row |= {"box": lowest, "box_lowest": lowest, "box_highest": highest, "unit_id": place % 3}
        rows.append(row)
    return pl.DataFrame(rows, infer_schema_length=None)


@pytest.fixture(scope="module")
def people(policy: Policy) -> list[Person]:
    chance = random.Random(20261125)
    return [somebody(chance, policy.parameters) for _ in range(600)]


@pytest.mark.parametrize("unknown", ["floor", "renormalise"])
def test_a_component_decides_where_no_value_of_it_leaves_two_boxes(
    policy: Policy, people: list[Person], unknown: Literal["floor", "renormalise"]
) -> None:
    parameters = replace(policy.parameters, unknown=unknown)
    found = deciding(frame(people, parameters), parameters)
    told = {one: found[one].to_list() for one in parameters.components}
    tried = {one: [decides(one, person, parameters) for person in people] for one in parameters.components}
    assert told == tried
    for kind in (Component.COMPETENCE, Component.RATING, Component.AWARD, Component.FIELD):
        assert any(tried[kind]), kind
    unmapped = [not is_mapped(person, parameters) for person in people]
    assert any(told[Component.POTENTIAL][place] for place in range(600) if unmapped[place])
    assert any(told[Component.POTENTIAL][place] for place in range(600) if not unmapped[place])


def test_pairs_count_who_lacks_and_whose_box_it_decides(policy: Policy, people: list[Person]) -> None:
    parameters = policy.parameters
    pairs = {(pair.unit, pair.component): pair for pair in chases(frame(people, parameters), {0: 7, 1: 7}, parameters)}
    assert {unit for unit, _one in pairs} == {7}  # whoever is in unit 2 is in no group
    inside = [person for place, person in enumerate(people) if place % 3 < 2]
    one = Component.COMPETENCE
    lacking = sum(person[one] is None for person in inside)
    number = sum(decides(one, person, parameters) for person in inside)
    assert pairs[7, one] == Chase(7, one, lacking, number)
