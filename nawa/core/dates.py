"""Rows that hold from a first to a last day, as offices write them: both days count, an empty one is no bound."""

from __future__ import annotations

import datetime

from django.db import models


def on_day(on: datetime.date, start: str, through: str) -> models.Q:
    """Return the filter for rows that hold on a day, by the names of their first and last counted day."""
    begun = models.Q(**{f"{start}__lte": on}) | models.Q(**{f"{start}__isnull": True})
    lasting = models.Q(**{f"{through}__gte": on}) | models.Q(**{f"{through}__isnull": True})
    return begun & lasting
