"""All runs at a glance agree with what is asked one by one."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from nawa.core.scope import Scope
from nawa.policy import Policy
from nawa.talent import queries
from nawa.talent.actions import advance
from nawa.talent.enums import WAY, Stage
from nawa.talent.models import MappingResult, MappingRun
from nawa.talent.queries.overview import counted, runs, ways
from nawa.workbook.sheets import Tables
from tests.publishing import walk, walker
from tests.talent.test_actions import run

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(stored: Tables, policy: Policy) -> MappingRun:
    return run(policy)


@pytest.mark.parametrize("stage", WAY)
@pytest.mark.parametrize("unpublished", [True, False])
def test_the_newest_and_the_one_before_are_the_same_wherever_a_second_run_stands(
    first: MappingRun, policy: Policy, stage: Stage, unpublished: bool
) -> None:
    walk(first)
    second = walk(run(policy), stage)
    found = runs()
    assert found.newest(unpublished=unpublished) == queries.latest_visible(unpublished=unpublished)
    for one in (first, second):
        assert found.before(one) == queries.published_before(one)


def test_a_withdrawn_run_is_neither_the_newest_nor_on_the_way(first: MappingRun) -> None:
    advance(first, to=Stage.WITHDRAWN, expected=Stage.COMPUTED, by=walker(Stage.WITHDRAWN), reason="DIGANTI")
    found = runs()
    assert found.newest(unpublished=True) is queries.latest_visible(unpublished=True) is None
    assert found.on_the_way() == found.published() == []


def test_a_run_is_on_the_way_until_it_is_published(first: MappingRun) -> None:
    for stage in WAY[1:-1]:
        walk(first, stage)
        assert runs().on_the_way() == [first]
        assert ways([first])[first.pk][-1].stage == stage
    walk(first)
    assert runs().on_the_way() == []
    assert runs().published() == [first]


def test_counts_are_those_of_the_results_in_scope(
    first: MappingRun, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    rows = MappingResult.objects.filter(run=first)
    (whole,) = counted([first], scope=Scope.everything())
    on_map = rows.exclude(status="BELUM_DAPAT_DIPETAKAN").count()
    assert (whole.people, whole.mapped) == (3, on_map)
    assert whole.high == rows.filter(box__gte=7).count()
    (school,) = counted([first], scope=Scope.below("SD1"))
    assert school.people == 1
    with django_assert_max_num_queries(0):
        counted([first], scope=Scope.everything())


def test_a_month_has_a_run_only_in_its_own_cycle(first: MappingRun) -> None:
    assert runs().has_month(first.on.replace(day=28))
    assert not runs().has_month(first.on.replace(year=first.on.year - 1))
