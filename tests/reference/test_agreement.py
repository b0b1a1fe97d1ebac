"""The fast engine and the slow reference engine agree, column by column, on generated people."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from nawa.policy import load, shipped
from tests.reference.compare import disagreements
from tests.reference.patterns import every_pattern
from tests.reference.people import population
from tests.reference.profiles import djbk, parameters
from tests.reference.strategies import Case, crowds, small_cases

SMALL = settings(
    suppress_health_check=(HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example)
)
CROWD = settings(suppress_health_check=(HealthCheck.too_slow,), phases=(Phase.generate,))  # a seed does not shrink


@given(small_cases())
@settings(SMALL, max_examples=50)
def test_the_engines_agree_on_a_few_people_under_any_policy(case: Case) -> None:
    assert not disagreements(case.tables, case.parameters, case.on)


@given(crowds(people=150))
@settings(CROWD, max_examples=20)
def test_the_engines_agree_on_crowds_under_any_policy(case: Case) -> None:
    assert not disagreements(case.tables, case.parameters, case.on)


@pytest.mark.torture
@given(crowds(people=150))
@settings(CROWD, max_examples=200)
def test_the_engines_agree_on_many_crowds_under_any_policy(case: Case) -> None:
    assert not disagreements(case.tables, case.parameters, case.on)


@pytest.mark.torture
@given(small_cases())
@settings(SMALL, max_examples=500)
def test_the_engines_agree_on_a_few_people_a_great_many_times(case: Case) -> None:
    assert not disagreements(case.tables, case.parameters, case.on)


@pytest.mark.parametrize("name", shipped())
def test_the_engines_agree_under_every_profile_that_comes_with_nawa(name: str) -> None:
    on = date(2026, 11, 1)
    p = load(name, on=on).parameters
    assert not disagreements(population(Random(name), p, on, 250), p, on)


def test_the_engines_agree_on_every_pattern_of_missing_evidence() -> None:
    on = date(2026, 11, 1)
    assert not disagreements(every_pattern(parameters(), on), parameters(), on, chances=False)


@pytest.mark.torture
def test_the_engines_agree_on_the_chances_of_every_pattern_of_missing_evidence() -> None:
    on = date(2028, 2, 29)
    assert not disagreements(every_pattern(djbk(), on), djbk(), on)
    assert not disagreements(every_pattern(parameters(), on), parameters(), on)
