"""What holds for everybody under every lawful policy; the fast engine is asked, in crowds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from nawa.engine.parameters import Component, Exact, Parameters
from tests.reference.compare import CHANCES, fast
from tests.reference.engine import counted
from tests.reference.patterns import add
from tests.reference.people import NewRow, Tables
from tests.reference.strategies import Case, crowds
from tests.reference.withholding import given as evidence_given
from tests.reference.withholding import renamed, shuffled, together, withheld

CROWD = settings(suppress_health_check=(HealthCheck.too_slow,), phases=(Phase.generate,))  # a seed does not shrink
RANK = {"BELUM_DAPAT_DIPETAKAN": 0, "SEMENTARA": 1, "LENGKAP": 2}
ROW_OF = {1: 0, 3: 0, 6: 0, 2: 1, 5: 1, 8: 1, 4: 2, 7: 2, 9: 2}
COLUMN_OF = {1: 0, 2: 0, 4: 0, 3: 1, 5: 1, 7: 1, 6: 2, 8: 2, 9: 2}
Result = dict[str, Any]


def by_subject(tables: Tables, p: Parameters, on: date) -> dict[str, Result]:
    return {row["subject"]: row for row in fast(tables, p, on)}


def is_worse(after: Result, before: Result) -> bool:
    """Whether somebody stands worse: a lower status, or on either axis a lower class of the lowest box."""
    if RANK[after["status"]] < RANK[before["status"]]:
        return True
    if before["box_lowest"] is None:
        return False
    now, then = after["box_lowest"], before["box_lowest"]
    return now is None or ROW_OF[now] < ROW_OF[then] or COLUMN_OF[now] < COLUMN_OF[then]


def pairs(after: dict[str, Result], before: dict[str, Result]) -> Iterator[tuple[Result, Result]]:
    """Everybody's two results; the same people are mapped in both."""
    assert after.keys() == before.keys()
    return ((after[subject], before[subject]) for subject in before)


@given(crowds(people=60), st.randoms(use_true_random=True))
@settings(CROWD, max_examples=5)
def test_evidence_for_an_unknown_component_never_leaves_anybody_worse_off(case: Case, chance: Random) -> None:
    before = by_subject(case.tables, case.parameters, case.on)
    asked = [(subject, Component(chance.choice(row["missing"]))) for subject, row in before.items() if row["missing"]]
    after = by_subject(evidence_given(case.tables, asked, case.parameters, case.on), case.parameters, case.on)
    assert [now["subject"] for now, then in pairs(after, before) if is_worse(now, then)] == []
    assert all(component.value not in after[subject]["missing"] for subject, component in asked)


@pytest.mark.parametrize("component", list(Component))
@given(case=crowds(people=60))
@settings(CROWD, max_examples=2)
def test_withholding_all_that_a_component_rests_on_never_helps(component: Component, case: Case) -> None:
    before = by_subject(case.tables, case.parameters, case.on)
    after = by_subject(withheld(case.tables, component), case.parameters, case.on)
    helped = [now for now, then in pairs(after, before) if is_worse(then, now)]
    if component == Component.DISCIPLINE:  # a verified register answers for itself; a silent one does not
        helped = [row for row in helped if row["discipline_state"] != "VERIFIED_NONE"]
    assert helped == []


def more_awards(p: Parameters, on: date, chance: Random) -> tuple[str, NewRow]:
    return "award", {"level": chance.choice(list(p.award_points)), "awarded_on": on}


def more_teams(p: Parameters, on: date, chance: Random) -> tuple[str, NewRow]:
    role, scope = chance.choice(list(p.team_points))
    return "team_role", {"role": role, "scope": scope, "started_on": on}


def more_training(p: Parameters, on: date, chance: Random) -> tuple[str, NewRow]:
    return "training", {"kind": chance.choice((None, "TEKNIS", "SERTIFIKASI")), "hours": 3, "completed_on": on}


@pytest.mark.parametrize("more", [more_awards, more_teams, more_training])
@given(case=crowds(people=60), chance=st.randoms(use_true_random=True))
@settings(CROWD, max_examples=3)
def test_one_more_award_team_or_course_never_lowers_anything(more: Any, case: Case, chance: Random) -> None:
    before = by_subject(case.tables, case.parameters, case.on)
    tables = {name: list(rows) for name, rows in case.tables.items()}
    for subject in before:
        name, row = more(case.parameters, case.on, chance)
        add(tables, name, subject, row)
    after = by_subject(tables, case.parameters, case.on)
    assert [now["subject"] for now, then in pairs(after, before) if is_worse(now, then)] == []


@given(crowds(people=60), st.randoms(use_true_random=True))
@settings(CROWD, max_examples=4)
def test_the_order_of_rows_changes_nothing(case: Case, chance: Random) -> None:
    assert fast(shuffled(case.tables, chance), case.parameters, case.on) == fast(case.tables, case.parameters, case.on)


@given(crowds(people=40), crowds(people=40))
@settings(CROWD, max_examples=4)
def test_other_people_in_the_file_change_nobodys_result(ours: Case, theirs: Case) -> None:
    alone = by_subject(ours.tables, ours.parameters, ours.on)
    company = renamed(theirs.tables, lambda subject: f"x{subject}")
    both = by_subject(together(ours.tables, company), ours.parameters, ours.on)
    assert {subject: both[subject] for subject in alone} == alone


@given(crowds(people=60))
@settings(CROWD, max_examples=4)
def test_other_opaque_ids_change_only_the_ids(case: Case) -> None:
    before = by_subject(case.tables, case.parameters, case.on)
    after = by_subject(renamed(case.tables, lambda subject: subject[::-1] + "'"), case.parameters, case.on)
    assert {
        row["subject"][:-1][::-1]: {**row, "subject": row["subject"][:-1][::-1]} for row in after.values()
    } == before


@given(crowds(people=60))
@settings(CROWD, max_examples=5)
def test_chances_are_none_below_zero_and_add_to_one(case: Case) -> None:
    for row in fast(case.tables, case.parameters, case.on):
        assert sum(row[column] for column in CHANCES) == 1_000_000_000
        assert min(row[column] for column in CHANCES) >= 0


@given(crowds(people=60))
@settings(CROWD, max_examples=5)
def test_the_box_lies_between_the_lowest_and_the_highest(case: Case) -> None:
    for row in fast(case.tables, case.parameters, case.on):
        if row["box"] is not None:
            assert row["box_lowest"] <= row["box"] <= row["box_highest"]
            assert row["status"] != "LENGKAP" or row["box_lowest"] == row["box"] == row["box_highest"]


@given(crowds(people=60))
@settings(CROWD, max_examples=5)
def test_without_errors_every_possible_box_lies_between_them_and_full_knowledge_is_certainty(case: Case) -> None:
    p = case.parameters
    exact = replace(p, weighing={one: replace(weighing, error=Exact()) for one, weighing in p.weighing.items()})
    for row in fast(case.tables, exact, case.on):
        if row["box"] is not None:
            possible = [box for box in range(1, 10) if row[f"box_{box}_e9"] > 0]
            lowest, highest = row["box_lowest"], row["box_highest"]
            assert all(ROW_OF[lowest] <= ROW_OF[box] <= ROW_OF[highest] for box in possible)
            assert all(COLUMN_OF[lowest] <= COLUMN_OF[box] <= COLUMN_OF[highest] for box in possible)
            assert row["status"] != "LENGKAP" or row[f"box_{row['box']}_e9"] == 1_000_000_000


@given(crowds(people=60))
@settings(CROWD, max_examples=4)
def test_what_is_missing_is_what_completeness_lacks(case: Case) -> None:
    for row in fast(case.tables, case.parameters, case.on):
        shares = row["performance_completeness_e4"], row["potential_completeness_e4"]
        assert (row["missing"] == []) == (shares == (1_000_000, 1_000_000)) == (row["status"] == "LENGKAP")
        assert row["missing"] == [
            component.value
            for component in counted(case.parameters)
            if row[f"{component.value.lower()}_points"] is None
        ]
