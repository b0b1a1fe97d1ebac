"""Windows of time: years and months after a date, and the months between two."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nawa.engine.windows import months_after, months_and_days, within_years, years_after

DAYS = st.dates(date(1950, 1, 1), date(2060, 12, 31))


def _one(expr: pl.Expr) -> date:
    found: date = pl.select(expr).item()
    return found


def test_a_year_after_a_leap_day_is_the_28th_of_february() -> None:
    assert _one(years_after(pl.lit(date(2024, 2, 29)), 1)) == date(2025, 2, 28)
    assert _one(years_after(pl.lit(date(2024, 2, 29)), 4)) == date(2028, 2, 29)


def test_a_month_after_the_31st_is_the_last_day_of_a_shorter_month() -> None:
    assert _one(months_after(pl.lit(date(2026, 1, 31)), 1)) == date(2026, 2, 28)
    assert _one(months_after(pl.lit(date(2026, 1, 31)), 2)) == date(2026, 3, 31)


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        (date(2026, 11, 1), True),
        (date(2026, 11, 2), False),
        (date(2021, 11, 2), True),
        (date(2021, 11, 1), False),
    ],
)
def test_a_window_includes_the_day_itself_and_excludes_the_day_it_expires(day: date, counts: bool) -> None:
    rows = pl.LazyFrame({"day": [day]})
    assert within_years(rows, "day", 5, on=date(2026, 11, 1)).collect().height == counts


def test_a_leap_day_expires_on_the_28th_of_february() -> None:
    rows = pl.LazyFrame({"day": [date(2020, 2, 29)]})
    assert within_years(rows, "day", 5, on=date(2025, 2, 27)).collect()["expires_on"].item() == date(2025, 2, 28)
    assert within_years(rows, "day", 5, on=date(2025, 2, 28)).collect().is_empty()


def test_an_own_end_takes_the_place_of_the_window() -> None:
    rows = pl.LazyFrame({"day": [date(2010, 1, 1), date(2010, 1, 1)], "end": [date(2027, 1, 1), None]})
    kept = within_years(rows, "day", 3, on=date(2026, 11, 1), expires=pl.col("end")).collect()
    assert kept["expires_on"].to_list() == [date(2027, 1, 1)]


def _between(start: date, end: date) -> tuple[int, int]:
    months, days = months_and_days(np.array([start], "datetime64[D]"), np.array([end], "datetime64[D]"))
    return int(months[0]), int(days[0])


@pytest.mark.parametrize(
    ("start", "end", "months", "days"),
    [
        (date(2026, 1, 15), date(2026, 1, 15), 0, 0),
        (date(2026, 1, 15), date(2026, 2, 14), 0, 30),
        (date(2026, 1, 15), date(2026, 2, 15), 1, 0),
        (date(2026, 1, 31), date(2026, 2, 27), 0, 27),
        (date(2026, 1, 31), date(2026, 2, 28), 1, 0),
        (date(2026, 1, 31), date(2026, 3, 30), 1, 30),
        (date(2026, 1, 31), date(2026, 3, 31), 2, 0),
        (date(2024, 2, 29), date(2025, 2, 28), 12, 0),
    ],
)
def test_months_between_two_days_are_whole_and_the_rest_is_days(start: date, end: date, months: int, days: int) -> None:
    assert _between(start, end) == (months, days)


@given(DAYS, st.integers(0, 12_000))
def test_months_are_the_greatest_number_that_fits(start: date, length: int) -> None:
    end = start + timedelta(days=length)
    months, days = _between(start, end)
    fits = _one(months_after(pl.lit(start), months))
    assert fits + timedelta(days=days) == end
    assert _one(months_after(pl.lit(start), months + 1)) > end
