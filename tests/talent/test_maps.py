"""A run's map as a table of people, and the units to choose from."""

from __future__ import annotations

import pytest

from nawa.core.scope import Scope
from nawa.policy import Policy
from nawa.talent.models import MappingResult, MappingRun
from nawa.talent.queries.maps import Order, Wanted, chosen, described, everybody, in_box
from nawa.talent.queries.places import places
from nawa.talent.queries.spans import spans
from nawa.workbook.sheets import Tables
from tests.talent.test_actions import run

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(stored: Tables, policy: Policy) -> MappingRun:
    return run(policy)


def names(made: MappingRun, scope: Scope, wanted: Wanted | None = None, **order: object) -> list[str]:
    within = places(scope=scope)
    people = chosen(made, wanted or Wanted(), within=within, **order)["person_id"].to_list()  # type: ignore[arg-type]
    known = described(made, people, within=within)
    return [known[person].name for person in people]


def test_everybody_of_the_run_is_there_in_the_order_of_names(made: MappingRun) -> None:
    assert names(made, Scope.everything()) == ["Guru", "Kepala", "Staf"]


def test_a_scope_holds_its_units_and_all_below(made: MappingRun) -> None:
    assert names(made, Scope.below("DINAS")) == ["Guru", "Kepala"]
    assert names(made, Scope.below("SD1")) == ["Guru"]
    assert names(made, Scope.nothing()) == []


def test_records_of_people_outside_are_not_described(made: MappingRun) -> None:
    everyone = everybody(made, within=places(scope=Scope.everything()))["person_id"].to_list()
    assert [of.name for of in described(made, everyone, within=places(scope=Scope.below("SD1"))).values()] == ["Guru"]


def test_a_unit_is_meant_with_all_below_it(made: MappingRun) -> None:
    within = places(scope=Scope.everything())
    office = next(pk for pk, code in within.codes.items() if code == "DINAS")
    assert names(made, Scope.everything(), Wanted(unit=office)) == ["Guru", "Kepala"]


def test_text_means_every_word_of_a_name_or_the_beginning_of_a_nip(made: MappingRun) -> None:
    assert names(made, Scope.everything(), Wanted(text="kepa")) == ["Kepala"]
    assert names(made, Scope.everything(), Wanted(text="1985 05")) == ["Staf"]
    assert names(made, Scope.everything(), Wanted(text="kepala staf")) == []


def test_tiers_are_sorted_as_the_law_ranks_them(made: MappingRun) -> None:
    assert names(made, Scope.everything(), order=Order.TIER) == ["Kepala", "Guru", "Staf"]
    assert names(made, Scope.everything(), order=Order.TIER, descending=True) == ["Guru", "Kepala", "Staf"]


def test_the_probability_is_that_of_the_box_shown(made: MappingRun) -> None:
    people = everybody(made, within=places(scope=Scope.everything()))
    for row in people.iter_rows(named=True):
        kept = MappingResult.objects.get(run=made, person_id=row["person_id"])
        assert row["best"] == pytest.approx(max(kept.probabilities) / 1e9)
        assert row["chance"] == (pytest.approx(kept.probabilities[kept.box - 1] / 1e9) if kept.box else None)


def test_scores_can_rise_by_what_is_missing_and_by_nothing_else(made: MappingRun, policy: Policy) -> None:
    within = places(scope=Scope.everything())
    people = in_box(everybody(made, within=within), None)["person_id"].to_list()
    for person, span in spans(made, people, policy.parameters, within=within).items():
        kept = MappingResult.objects.get(run=made, person_id=person)
        for (proved, possible), completeness in (
            (span.performance, kept.performance_completeness_e4),
            (span.potential, kept.potential_completeness_e4),
        ):
            assert 0 <= proved <= possible <= 100
            assert (proved == possible) == (completeness == 1_000_000)


def test_units_are_offered_below_a_single_top(made: MappingRun) -> None:
    within = places(scope=Scope.everything())
    assert [within.names[pk] for pk in within.branches()] == ["Dinas Pendidikan"]
    school = next(pk for pk, code in within.codes.items() if code == "SD1")
    assert [within.codes[pk] for pk in within.path(school)] == ["KOTA", "DINAS"]
    assert places(scope=Scope.below("DINAS")).path(school) != within.path(school)
