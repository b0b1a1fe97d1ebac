"""TENURE: months in the current tier."""

from __future__ import annotations

from datetime import date

import pytest

from nawa.engine.career import tenure
from tests.engine.build import Row, earns, points


def _held(
    *career: tuple[date, date | None], since: date | None = None, tier: str | None = "PENGAWAS", **row: object
) -> Row | None:
    rows: list[Row] = [{"tier": "PENGAWAS", "started_on": start, "ended_before": end, **row} for start, end in career]
    return earns(tenure, person=[{"tier": tier, "position_since": since}], career=rows)


@pytest.mark.parametrize(
    ("since", "months", "earned"),
    [
        (date(2021, 11, 1), 60, 100),
        (date(2021, 11, 2), 60, 100),  # 59 months and 30 days, which make a month
        (date(2021, 11, 3), 59, 80),
        (date(2023, 11, 1), 36, 80),
        (date(2023, 11, 3), 35, 60),
        (date(2026, 11, 1), 0, 60),
    ],
)
def test_tenure_runs_from_the_current_post_to_the_day(since: date, months: int, earned: int) -> None:
    found = _held(since=since)
    assert points(found) == earned
    assert found is not None and found["raw"] == months


def test_spells_of_the_same_tier_add_up_and_thirty_days_make_a_month() -> None:
    found = _held((date(2020, 1, 1), date(2020, 1, 16)), (date(2021, 1, 1), date(2021, 2, 16)))
    assert found is not None and found["raw"] == 2


@pytest.mark.parametrize(
    ("first", "second", "months"),
    [
        ((date(2020, 1, 1), date(2020, 7, 1)), (date(2020, 4, 1), date(2020, 10, 1)), 9),
        ((date(2020, 1, 31), date(2020, 2, 15)), (date(2020, 2, 15), date(2020, 3, 31)), 2),
        ((date(2020, 1, 1), date(2021, 1, 1)), (date(2020, 3, 1), date(2020, 4, 1)), 12),
    ],
)
def test_what_overlaps_or_touches_counts_once(first: tuple[date, date], second: tuple[date, date], months: int) -> None:
    found = _held(first, second)
    assert found is not None and found["raw"] == months


def test_a_post_in_another_tier_or_held_for_another_does_not_count() -> None:
    spell = (date(2020, 1, 1), date(2025, 1, 1))
    assert _held(spell, tier="ADMINISTRATOR") is None
    assert _held(spell, assignment="PLT") is None
    assert _held(spell, assignment="D") is not None


def test_what_begins_after_the_day_or_ends_before_it_begins_is_no_spell() -> None:
    assert _held((date(2026, 11, 2), None)) is None
    assert _held((date(2020, 1, 1), date(2020, 1, 1))) is None
    assert _held(since=date(2026, 11, 2)) is None


def test_an_open_spell_and_one_that_ends_later_are_cut_at_the_day() -> None:
    for end in (None, date(2030, 1, 1)):
        found = _held((date(2026, 1, 1), end))
        assert found is not None and found["raw"] == 10


def test_without_a_tier_tenure_is_unknown() -> None:
    assert _held(since=date(2020, 1, 1), tier=None) is None


def test_the_current_post_is_shown_before_the_latest_career_row() -> None:
    spells = ((date(2018, 1, 1), date(2019, 1, 1)), (date(2019, 1, 1), date(2020, 1, 1)))
    now, past = _held(*spells, since=date(2020, 1, 1)), _held(*spells)
    assert now is not None and (now["table"], now["source"], now["on"]) == ("person", None, date(2020, 1, 1))
    assert past is not None and (past["table"], past["source"], past["on"]) == ("career", 1, date(2019, 1, 1))
    assert now["expires_on"] is None
