"""Rows that hold from a first to a last day, as offices write them: both days count, an empty one is no bound."""

from __future__ import annotations

import calendar
import datetime

from django.db import models


def on_day(on: datetime.date, start: str, through: str) -> models.Q:
    """Return the filter for rows that hold on a day, by the names of their first and last counted day."""
    begun = models.Q(**{f"{start}__lte": on}) | models.Q(**{f"{start}__isnull": True})
    lasting = models.Q(**{f"{through}__gte": on}) | models.Q(**{f"{through}__isnull": True})
    return begun & lasting


def months_before(day: datetime.date, months: int) -> datetime.date:
    """Return the same day some months earlier, or that month's last day."""
    year, month = divmod(12 * day.year + day.month - 1 - months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def months_after(day: datetime.date, months: int) -> datetime.date:
    """Return the same day some months later, or that month's last day."""
    return months_before(day, -months)
