"""Dates as numpy days, in whole columns."""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np

from nawa.demo.chance import Array, Days, Floats, Ints

NO_DAY: Final = np.datetime64("NaT", "D")


def day(on: date) -> np.datetime64:
    """A Python date as a numpy day."""
    return np.datetime64(on, "D")


def plus_months(days: Days, months: Ints | int) -> Days:
    """The same day so many months later, or the last day of a month that is too short."""
    month = days.astype("datetime64[M]")
    day_of_month = (days - month.astype("datetime64[D]")).astype(np.int64)
    target = month + np.asarray(months).astype("timedelta64[M]")
    length = ((target + 1).astype("datetime64[D]") - target.astype("datetime64[D]")).astype(np.int64)
    moved: Days = target.astype("datetime64[D]") + np.minimum(day_of_month, length - 1).astype("timedelta64[D]")
    return moved


def plus_years(days: Days, years: Ints | int) -> Days:
    """The same day so many years later; 29 February becomes 28 February."""
    return plus_months(days, np.asarray(years) * 12)


def plus_days(days: Days, count: Array | int) -> Days:
    """So many days later; a fraction of a day is dropped."""
    moved: Days = days + np.asarray(count).astype(np.int64).astype("timedelta64[D]")
    return moved


def first_of_month(days: Days) -> Days:
    """The first day of each day's month, when decrees take effect."""
    return days.astype("datetime64[M]").astype("datetime64[D]")


def years_between(start: Days, end: Days) -> Floats:
    """Years from start to end in fractions of 365.25 days: for the shape of a career, never for a rule."""
    span: Floats = (end - start).astype(np.int64) / 365.25
    return span


def year_of(days: Days) -> Ints:
    """The calendar year of each day."""
    return days.astype("datetime64[Y]").astype(np.int64) + 1970


def written(days: Days, pattern: str) -> list[str]:
    """Each day as text, by `pattern` with {y}, {m} and {d}; empty where there is no day."""
    texts = np.datetime_as_string(days)
    return ["" if text == "NaT" else pattern.format(y=text[:4], m=text[5:7], d=text[8:]) for text in texts.tolist()]
