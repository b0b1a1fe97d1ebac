import pytest
from pytest_django import DjangoAssertNumQueries

from nawa.core.scope import Scope
from nawa.policy import Policy, load
from nawa.talent import queries
from nawa.talent.actions import run_mapping
from nawa.workbook.sheets import Tables
from tests.office import HEAD, STAFF, TEACHER
from tests.talent.conftest import BY, DAY

pytestmark = pytest.mark.django_db


def everywhere() -> queries.MapSummary:
    summary = queries.latest_map(scope=Scope.everything(), unpublished=True)
    assert summary is not None
    return summary


def test_there_is_no_map_before_the_first_run() -> None:
    assert queries.latest_map(scope=Scope.everything(), unpublished=True) is None


def test_the_map_counts_everybody_once(stored: Tables, policy: Policy) -> None:
    run_mapping(policy=policy, on=DAY, by=BY)
    summary = everywhere()
    assert {status: people for (_, status), people in summary.counts.items()} == {"LENGKAP": 1, "SEMENTARA": 1}
    assert {box for box, _ in summary.counts} <= set(range(1, 10))
    assert summary.unmapped == 1


def test_the_map_names_its_day_policy_and_stamp(stored: Tables, policy: Policy) -> None:
    run_mapping(policy=policy, on=DAY, by=BY)
    summary = everywhere()
    assert (summary.as_of, summary.stamp) == (DAY, policy.stamp)
    assert policy.version in summary.policy_label
    assert summary.finished_at is not None


def test_the_latest_run_is_shown(stored: Tables, policy: Policy) -> None:
    run_mapping(policy=policy, on=DAY, by=BY)
    latest = run_mapping(policy=load("bkn-411-2025", on=DAY), on=DAY, by=BY)
    assert everywhere().run == latest
    assert everywhere().stamp == ""


def test_a_scope_sees_its_units_and_all_below(stored: Tables, policy: Policy) -> None:
    made = run_mapping(policy=policy, on=DAY, by=BY)
    people = {
        code: set(queries.results(made, scope=Scope.below(code)).values_list("person__nip", flat=True))
        for code in ("KOTA", "DINAS", "SD1")
    }
    assert people == {"KOTA": {HEAD, STAFF, TEACHER}, "DINAS": {HEAD, TEACHER}, "SD1": {TEACHER}}
    assert not queries.results(made, scope=Scope.nothing()).exists()


def test_the_map_of_a_scope_counts_its_people_only(stored: Tables, policy: Policy) -> None:
    run_mapping(policy=policy, on=DAY, by=BY)
    summary = queries.latest_map(scope=Scope.below("SD1"), unpublished=True)
    assert summary is not None
    assert (summary.counts, summary.unmapped) == ({}, 1)


def test_the_map_takes_as_many_queries_for_one_unit_as_for_all(
    stored: Tables, policy: Policy, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    run_mapping(policy=policy, on=DAY, by=BY)
    for scope in (Scope.everything(), Scope.below("KOTA"), Scope.nothing()):
        with django_assert_max_num_queries(3):
            queries.latest_map(scope=scope, unpublished=True)
