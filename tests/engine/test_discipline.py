"""DISCIPLINE: what is being served, or was imposed within five years."""

from __future__ import annotations

from datetime import date

import pytest

from nawa.engine.learning import discipline
from tests.engine.build import Row, earns, points


def _sanction(level: str = "SEDANG", started_on: date = date(2024, 1, 1), **row: object) -> Row:
    return {"level": level, "started_on": started_on, **row}


def _after(level: str, ended_before: date = date(2025, 1, 1)) -> Row:
    return _sanction(level, date(2015, 1, 1), ended_before=ended_before, state="SELESAI")


@pytest.mark.parametrize(("level", "earned"), [("RINGAN", 75), ("SEDANG", 50), ("BERAT", 25)])
def test_a_past_sanction_earns_by_its_level(level: str, earned: int) -> None:
    found = earns(discipline, discipline=[_after(level)])
    assert points(found) == earned
    assert found is not None and (found["raw"], found["expires_on"]) == (level, date(2030, 1, 1))


@pytest.mark.parametrize(
    ("row", "serving"),
    [
        ({"ended_before": date(2026, 11, 2)}, True),
        ({"ended_before": date(2026, 11, 1)}, False),
        ({"ended_before": None, "state": None}, True),
        ({"ended_before": None, "state": "BERJALAN"}, True),
        ({"ended_before": None, "state": "SELESAI"}, False),
    ],
)
def test_who_is_serving_earns_nothing(row: Row, serving: bool) -> None:
    found = earns(discipline, discipline=[_sanction(**row)])
    assert found is not None and (found["raw"] == "SERVING") is serving
    assert points(found) == (0 if serving else 50)


@pytest.mark.parametrize(("ended_before", "counts"), [(date(2021, 11, 2), True), (date(2021, 11, 1), False)])
def test_a_sanction_counts_for_five_years_after_its_end(ended_before: date, counts: bool) -> None:
    assert (earns(discipline, discipline=[_after("BERAT", ended_before)]) is not None) is counts


def test_without_an_end_the_five_years_run_from_the_start() -> None:
    assert earns(discipline, discipline=[_sanction(started_on=date(2021, 11, 2), state="SELESAI")]) is not None
    assert earns(discipline, discipline=[_sanction(started_on=date(2021, 11, 1), state="SELESAI")]) is None


@pytest.mark.parametrize("state", ["PROSES", "BATAL"])
def test_what_is_not_decided_or_was_annulled_does_not_count(state: str) -> None:
    assert earns(discipline, discipline=[_sanction(state=state)]) is None


def test_a_sanction_to_come_does_not_count() -> None:
    assert earns(discipline, discipline=[_sanction(started_on=date(2026, 11, 2))]) is None


def test_the_worst_counts_and_serving_is_worse_than_all() -> None:
    rows = [_after("RINGAN"), _after("BERAT"), _after("SEDANG")]
    assert points(earns(discipline, discipline=rows)) == 25
    served = earns(discipline, discipline=[*rows, _sanction("RINGAN")])
    assert served is not None and (served["raw"], served["source"], served["expires_on"]) == ("SERVING", 3, None)
