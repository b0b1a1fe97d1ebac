"""What a run knew of everybody, held against its stored rows."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from nawa.core.scope import Scope
from nawa.engine.parameters import Component, State
from nawa.policy import Policy
from nawa.talent.models import MappingResult, MappingRun
from nawa.talent.queries.completeness import Known, knowledge, known, known_by
from nawa.talent.queries.places import places
from nawa.workbook.sheets import Tables
from tests.talent.test_actions import run

pytestmark = pytest.mark.django_db

EVERYWHERE = Scope.everything()


@pytest.fixture
def first(stored: Tables, policy: Policy) -> MappingRun:
    return run(policy)


def test_a_component_is_known_where_its_state_is_not_unknown(first: MappingRun, policy: Policy) -> None:
    components = policy.parameters.components
    people = knowledge(first, components, within=places(scope=EVERYWHERE))
    rows = {row.person_id: row for row in MappingResult.objects.filter(run=first)}
    assert people.height == len(rows) == 3
    states = set()
    for person in people.iter_rows(named=True):
        for component in components:
            state = rows[person["person_id"]].components[component][0]
            states.add((component, state))
            assert person[component] == (state != State.UNKNOWN)
    assert {state for _component, state in states} == set(State)


def test_the_mean_is_that_of_what_the_engine_said_of_each(first: MappingRun, policy: Policy) -> None:
    components = policy.parameters.components
    whole = known(knowledge(first, components, within=places(scope=EVERYWHERE)), components)
    said = list(MappingResult.objects.filter(run=first).values_list("completeness_e4", flat=True))
    assert whole.people == len(said)
    assert whole.completeness == pytest.approx(sum(said) / len(said) / 10_000)


def test_groups_add_up_to_the_whole_and_a_scope_sees_its_own(first: MappingRun, policy: Policy) -> None:
    components, within = policy.parameters.components, places(scope=EVERYWHERE)
    people = knowledge(first, components, within=within)
    units = known_by(people, "unit_id", {pk: pk for pk in within.names}, components)
    whole = known(people, components)
    assert {one: sum(unit.of[one] for unit in units.values()) for one in components} == whole.of
    school = places(scope=Scope.below("SD1"))
    (pk,) = school.names
    assert known(knowledge(first, components, within=school), components) == units[pk]


def test_nobody_is_no_share_and_the_rarest_come_first() -> None:
    nobody = Known(0, None, {Component.RATING: 0})
    assert nobody.share(Component.RATING) is None
    some = Known(4, 50.0, {Component.RATING: 4, Component.AWARD: 2, Component.TEAM: 1})
    assert (some.share(Component.AWARD), some.rarest) == (50.0, [Component.TEAM, Component.AWARD])


def test_what_was_read_once_is_not_asked_for_again(
    first: MappingRun, policy: Policy, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    components, within = policy.parameters.components, places(scope=EVERYWHERE)
    with django_assert_num_queries(1):
        knowledge(first, components, within=within)
    with django_assert_num_queries(0):
        knowledge(first, components, within=within)
