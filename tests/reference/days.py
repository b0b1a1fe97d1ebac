"""Calendar arithmetic of `docs/scoring.md` §1, in plain Python."""

from __future__ import annotations

import calendar
from datetime import date


def months_after(day: date, months: int) -> date:
    """The same day of the month `months` later (or earlier), or the month's last day if it is shorter."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month0 + 1, min(day.day, calendar.monthrange(year, month0 + 1)[1]))


def years_after(day: date, years: int) -> date:
    """The same month and day `years` later (or earlier); 29 February becomes 28 February where there is none."""
    return months_after(day, 12 * years)


def whole_months(begin: date, end: date) -> tuple[int, int]:
    """Whole months from `begin` to `end` (excluded), and the days that remain."""
    months = 12 * (end.year - begin.year) + end.month - begin.month
    if months_after(begin, months) > end:
        months -= 1
    return months, (end - months_after(begin, months)).days


def begun(day: date | None, on: date) -> bool:
    """Whether something of that day exists on `on`."""
    return day is not None and day <= on


def in_window(day: date | None, years: int, on: date) -> bool:
    """Whether evidence of that day still counts on `on`."""
    return day is not None and day <= on < years_after(day, years)
