"""Reading the disagreements between verified facts and files."""

from __future__ import annotations

from typing import Final

from django.db.models import Q, QuerySet

from nawa.core.deadlines import Queue
from nawa.core.scope import Scope
from nawa.exchange.enums import Outcome
from nawa.exchange.models import Disagreement, Import
from nawa.registry import queries as registry

_BESIDE: Final = ("made", "person__unit", "person__position__unit", "unit")


def disagreements(*, scope: Scope) -> QuerySet[Disagreement]:
    """Return the disagreements about people and units in scope; what is about neither is the whole institution's."""
    rows = Disagreement.objects.all()
    if scope.all_units:
        return rows
    people, units = registry.people(scope=scope), registry.units(scope=scope)
    return rows.filter(Q(person__in=people.values("pk")) | Q(unit__in=units.values("pk")))


def open_disagreements(*, scope: Scope) -> QuerySet[Disagreement]:
    """Return those that wait for a decision, the longest waiting first."""
    rows = disagreements(scope=scope).filter(outcome=Outcome.OPEN)
    return rows.select_related(*_BESIDE).order_by("found_at", "pk")


def to_settle(*, scope: Scope, within_days: int) -> Queue:
    """Return those that wait for a decision; the days run from when they were found."""
    return Queue(open_disagreements(scope=scope), "found_at", within_days)


def queued_by(made: Import) -> int:
    """Return how many disagreements an import has queued that were not withdrawn (one query)."""
    return Disagreement.objects.filter(made=made).exclude(outcome=Outcome.WITHDRAWN).count()


def decided_disagreements(*, scope: Scope) -> QuerySet[Disagreement]:
    """Return those that have ended, the latest first."""
    rows = disagreements(scope=scope).exclude(outcome=Outcome.OPEN)
    return rows.select_related(*_BESIDE).order_by("-decided_at", "-pk")
