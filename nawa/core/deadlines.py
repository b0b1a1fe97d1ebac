"""Deadlines of what waits for somebody: how much of it there is, what is due soon, and what is late."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, Min, Q, QuerySet, Value

from nawa.core.clock import ZONE


@dataclass(frozen=True, slots=True)
class Queue:
    """Rows that wait, by the field of their deadline: a date, or the instant since which `within_days` run."""

    rows: QuerySet[Any]
    by: str
    within_days: int | None = None


@dataclass(frozen=True, slots=True)
class Pressing:
    """What waits: all of it, what is due within the days of the reminder, what is late, and the earliest deadline."""

    waiting: int = 0
    soon: int = 0
    overdue: int = 0
    first: datetime.date | None = None


def due_after(at: datetime.datetime, days: int) -> datetime.date:
    """Return the last day on which something is in time that somebody has so many days for."""
    return at.astimezone(ZONE).date() + datetime.timedelta(days=days)


def pressing(queues: Mapping[str, Queue], *, on: datetime.date, remind_days: int) -> dict[str, Pressing]:
    """Count what waits in each queue by its deadline. One query; all deadlines are dates, or all instants."""
    found = {name: Pressing() for name in queues}
    first, *others = (_counted(name, one, on, remind_days) for name, one in queues.items())
    for name, waiting, overdue, near, earliest in first.union(*others, all=True) if others else first:
        days = queues[name].within_days
        due = due_after(earliest, days) if days is not None and earliest else earliest
        found[name] = Pressing(waiting, near - overdue, overdue, due)
    return found


def _counted(name: str, queue: Queue, on: datetime.date, remind_days: int) -> QuerySet[Any, tuple[Any, ...]]:
    late, near = (Q(**{f"{queue.by}__lt": _limit(queue, on, days)}) for days in (0, remind_days + 1))
    rows = queue.rows.order_by().values(queue=Value(name, CharField()))
    counted = rows.annotate(
        waiting=Count("pk"), overdue=Count("pk", filter=late), near=Count("pk", filter=near), earliest=Min(queue.by)
    )
    told: QuerySet[Any, tuple[Any, ...]] = counted.values_list("queue", "waiting", "overdue", "near", "earliest")
    return told


def _limit(queue: Queue, on: datetime.date, days: int) -> datetime.date:
    """Before this a row has its deadline so many days after a day, or earlier."""
    if queue.within_days is None:
        return on + datetime.timedelta(days=days)
    began = on + datetime.timedelta(days=days - queue.within_days)
    return datetime.datetime.combine(began, datetime.time.min, tzinfo=ZONE)
