"""What moved people from one map to another; each cause alone, all together, and nothing lost between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from bench.records import synthetic_records
from nawa.engine.movement import Cause, Movement, Reading, maps_between, movement
from nawa.engine.parameters import Component
from nawa.engine.pipeline import map_talent
from nawa.engine.tables import Records
from tests.engine.build import BKN, ON, Row, records
from tests.engine.whole import whole_person

LATER = date(2027, 1, 15)
CROWD = Reading(synthetic_records(300, seed=7), BKN, ON)


def _of_the_crowd(others: Records) -> Records:
    """Other records, of the same people."""
    names = dict(zip(others["person"]["subject"], CROWD.records["person"]["subject"], strict=True))
    return Records(
        {
            name: frame.with_columns(pl.col("subject").replace(names)) if "subject" in frame.columns else frame
            for name, frame in others.tables.items()
        }
    )


NEWER = Reading(_of_the_crowd(synthetic_records(300, seed=8)), replace(BKN, unknown="renormalise"), LATER)


def moved(before: Reading, after: Reading) -> Movement:
    return movement(maps_between(before, after), before.parameters, after.parameters)


def whole(on: date = ON, **changes: list[Row]) -> Reading:
    return Reading(records(**{**whole_person(), **changes}), BKN, on)


def told(found: Movement) -> list[tuple[str, str]]:
    return list(found.changes["cause", "component"].iter_rows())


def test_the_same_reading_moves_nobody() -> None:
    found = moved(CROWD, CROWD)
    assert found.changes.height == 0
    assert found.people.height == map_talent(CROWD.records, BKN, on=ON).map.height
    assert (
        found.people.filter(pl.any_horizontal(pl.col(f"box_{n}").ne_missing(pl.col("box_0")) for n in range(5))).height
        == 0
    )


def test_it_begins_with_the_earlier_map_and_ends_with_the_later() -> None:
    found = moved(CROWD, NEWER)
    ends = {0: map_talent(CROWD.records, BKN, on=ON).map, 4: map_talent(NEWER.records, NEWER.parameters, on=LATER).map}
    for place, one in ends.items():
        expected = dict(one["subject", "box"].iter_rows())
        assert all(expected[subject] == box for subject, box in found.people["subject", f"box_{place}"].iter_rows())
    assert set(found.changes["cause"]) == {"AGE", "POST", "EVIDENCE"}
    assert found.people.filter(pl.col("performance_1").ne_missing(pl.col("performance_0"))).height > 0  # the policy


def test_a_component_s_changes_lead_from_its_first_points_to_its_last() -> None:
    found = moved(CROWD, NEWER)
    first, last = maps_between(CROWD, NEWER)[0], maps_between(CROWD, NEWER)[-1]
    for component in (Component.AWARD, Component.TENURE, Component.COMPETENCE):
        name = f"{component.lower()}_points"
        start, end = dict(first["subject", name].iter_rows()), dict(last["subject", name].iter_rows())
        steps: dict[str, int | None] = dict(start)
        for row in found.changes.filter(component=str(component)).iter_rows(named=True):
            if row["points_before"] != row["points"]:
                assert steps[row["subject"]] == row["points_before"]
                steps[row["subject"]] = row["points"]
        assert all(steps[subject] == end[subject] for subject in found.people["subject"])


def test_evidence_that_grew_too_old_is_the_passing_of_time_with_the_day_on_which_it_ended() -> None:
    award = [{"level": "INSTANSI", "awarded_on": date(2021, 12, 1)}]
    found = moved(whole(award=award), whole(LATER, award=award))
    aged = found.changes.filter(component="AWARD")
    assert aged["cause"].to_list() == [Cause.AGE]
    assert aged["ended_on"].to_list() == [date(2026, 12, 1)]
    assert (aged["state"].to_list(), aged["points"].to_list()) == (
        ["UNKNOWN"],
        [None],
    )  # nobody verified that there is none


def test_a_new_row_is_evidence_with_its_day() -> None:
    grown = [*whole_person()["award"], {"level": "NASIONAL", "awarded_on": date(2026, 10, 1)}]
    found = moved(whole(), whole(award=grown))
    assert told(found) == [(Cause.EVIDENCE, "AWARD")]
    assert found.changes["dated_on"].to_list() == [date(2026, 10, 1)]


def test_another_post_is_told_apart_from_evidence() -> None:
    person = whole_person()["person"][0]
    found = moved(whole(), whole(person=[{**person, "tier": "ADMINISTRATOR", "position_since": date(2026, 10, 1)}]))
    assert {cause for cause, _ in told(found)} == {Cause.POST}
    assert "TENURE" in {component for _, component in told(found)}


def test_another_policy_moves_scores_before_anything_else() -> None:
    harder = replace(BKN, award_points=dict.fromkeys(BKN.award_points, 0))
    found = moved(whole(), replace(whole(), parameters=harder))
    assert told(found) == [(Cause.POLICY, "AWARD")]
    assert found.people["performance_1"].item() < found.people["performance_0"].item()
    assert found.people["performance_4"].item() == found.people["performance_1"].item()


@pytest.mark.parametrize("absent", ["before", "after"])
def test_who_is_on_one_map_only_was_not_moved(absent: str) -> None:
    readings: Mapping[str, Reading] = {"before": whole(), "after": whole()}
    readings = {**readings, absent: Reading(records(person=[]), BKN, ON)}
    found = moved(readings["before"], readings["after"])
    assert (found.people.height, found.changes.height) == (0, 0)
