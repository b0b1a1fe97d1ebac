"""TRAINING: certificates of participation of three years, by number or by hours."""

from __future__ import annotations

from datetime import date

import pytest

from nawa.engine.learning import training
from tests.engine.build import Row, bkn, earns, points


def _rows(count: int, **row: object) -> list[Row]:
    return [{"kind": "TEKNIS", "completed_on": date(2026, 1, 1), **row}] * count


@pytest.mark.parametrize(
    ("count", "earned"), [(1, 25), (3, 25), (4, 50), (5, 50), (6, 75), (7, 75), (8, 100), (20, 100)]
)
def test_more_trainings_earn_more_by_bands(count: int, earned: int) -> None:
    found = earns(training, training=_rows(count))
    assert points(found) == earned
    assert found is not None and found["raw"] == count


@pytest.mark.parametrize(
    ("completed_on", "counts"), [(date(2023, 11, 2), True), (date(2023, 11, 1), False), (date(2026, 11, 2), False)]
)
def test_a_training_counts_for_three_years(completed_on: date, counts: bool) -> None:
    assert (earns(training, training=_rows(1, completed_on=completed_on)) is not None) is counts


def test_the_rival_window_is_five_years() -> None:
    rows = _rows(1, completed_on=date(2021, 11, 2))
    assert earns(training, training=rows) is None
    assert earns(training, parameters=bkn("diklat-5-tahun"), training=rows) is not None


def test_a_training_of_unstated_kind_counts_and_a_certification_does_not() -> None:
    assert earns(training, training=_rows(1, kind=None)) is not None
    assert earns(training, training=_rows(1, kind="SERTIFIKASI")) is None


def test_the_latest_is_shown_and_its_own_end_says_nothing() -> None:
    rows = [*_rows(1), *_rows(1, completed_on=date(2026, 6, 1), expires_on=date(2026, 7, 1)), *_rows(1)]
    found = earns(training, training=rows)
    assert found is not None
    assert (found["raw"], found["on"], found["expires_on"]) == (3, date(2026, 6, 1), date(2029, 6, 1))
    assert found["source"] == 1


@pytest.mark.parametrize(("hours", "earned"), [(0, 0), (1, 40), (4, 40), (5, 60), (10, 80), (20, 100)])
def test_by_hours_their_sum_counts(hours: int, earned: int) -> None:
    found = earns(training, parameters=bkn("diklat-jam"), training=_rows(1, hours=hours))
    assert points(found) == earned


def test_by_hours_trainings_without_hours_are_left_aside() -> None:
    hours = bkn("diklat-jam")
    rows = [*_rows(3, hours=None), *_rows(2, hours=6)]
    assert points(earns(training, parameters=hours, training=rows)) == 80
    assert earns(training, parameters=hours, training=rows[:3]) is None
