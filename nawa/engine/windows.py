"""Windows of time over date columns: what counts on a day, and until when. Half-open; month ends saturate."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

Days = NDArray[np.datetime64]


def years_after(day: pl.Expr, years: int) -> pl.Expr:
    """Return the same month and day some years on; 29 February becomes 28 February where there is none."""
    return day.dt.offset_by(f"{years}y")


def months_after(day: pl.Expr, months: int) -> pl.Expr:
    """Return the same day some months on, or that month's last day."""
    return day.dt.offset_by(f"{months}mo")


def within_years(rows: pl.LazyFrame, day: str, years: int, *, on: date, expires: pl.Expr | None = None) -> pl.LazyFrame:
    """Keep rows with `day ≤ on < end`; add the end as `expires_on`: the row's own (`expires`) or else `day + years`."""
    end = years_after(pl.col(day), years)
    if expires is None:
        # Cheap bound first: the exact end is then worked out for few rows.
        rows = rows.filter(pl.col(day) >= date(max(1, on.year - years), 1, 1))
    else:
        end = pl.coalesce(expires, end)
    return rows.filter(pl.col(day) <= on).with_columns(expires_on=end).filter(pl.col("expires_on") > on)


def months_and_days(start: Days, end: Days) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return whole months from start to end (the greatest n with start + n months ≤ end) and the days that remain."""
    first, last = start.astype("datetime64[M]"), end.astype("datetime64[M]")
    day = (start - first.astype("datetime64[D]")).astype(np.int64)

    def anchor(month: Days) -> Days:
        begin: Days = month.astype("datetime64[D]")
        length = ((month + 1).astype("datetime64[D]") - begin).astype(np.int64)
        anchored: Days = begin + np.minimum(day, length - 1).astype("timedelta64[D]")
        return anchored

    late = (anchor(last) > end).astype(np.int64)
    months = (last - first).astype(np.int64) - late
    return months, (end - anchor(last - late.astype("timedelta64[M]"))).astype(np.int64)


def plus_years(day: date, years: int) -> date:
    """Return, for one day, what `years_after` gives for a column."""
    leap = (day.month, day.day) == (2, 29) and (day.year + years) % 4  # the calendar of 1901 to 2099
    return day.replace(year=day.year + years, day=28 if leap else day.day)
