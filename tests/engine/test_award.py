"""AWARD: the highest level of five years."""

from __future__ import annotations

from datetime import date

import pytest

from nawa.engine.performance import award
from tests.engine.build import bkn, earns, points


@pytest.mark.parametrize(
    ("level", "earned"), [("INTERNASIONAL", 100), ("NASIONAL", 75), ("LINTAS_INSTANSI", 50), ("INSTANSI", 25)]
)
def test_a_level_earns_the_points_of_the_scale(level: str, earned: int) -> None:
    assert points(earns(award, award=[{"level": level, "awarded_on": date(2026, 1, 1)}])) == earned


@pytest.mark.parametrize(
    ("awarded_on", "counts"),
    [
        (date(2026, 11, 1), True),
        (date(2026, 11, 2), False),  # has not happened yet
        (date(2021, 11, 2), True),
        (date(2021, 11, 1), False),  # expires on the very day
    ],
)
def test_an_award_counts_for_five_years(awarded_on: date, counts: bool) -> None:
    found = earns(award, award=[{"level": "INSTANSI", "awarded_on": awarded_on}])
    assert (found is not None) is counts


def test_the_highest_counts_not_the_latest() -> None:
    rows = [
        {"level": "NASIONAL", "awarded_on": date(2022, 1, 1)},
        {"level": "INSTANSI", "awarded_on": date(2026, 1, 1)},
    ]
    found = earns(award, award=rows)
    assert found is not None
    assert (found["raw"], found["on"], found["expires_on"], found["source"]) == (
        "NASIONAL",
        date(2022, 1, 1),
        date(2027, 1, 1),
        0,
    )


def test_of_equals_the_one_that_lasts_longest_is_shown_then_the_first_of_the_table() -> None:
    rows = [{"level": "INSTANSI", "awarded_on": day} for day in (date(2024, 1, 1), date(2025, 1, 1), date(2025, 1, 1))]
    found = earns(award, award=rows)
    assert found is not None and found["source"] == 1


def test_the_rival_scale_can_be_chosen() -> None:
    row = {"level": "INSTANSI", "awarded_on": date(2026, 1, 1)}
    assert points(earns(award, parameters=bkn("skala-85"), award=[row])) == 50
