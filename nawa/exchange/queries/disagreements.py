"""Reading the disagreements between verified facts and files."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from nawa.core.deadlines import Queue
from nawa.core.models import Identified
from nawa.core.scope import Scope
from nawa.core.sheets import SheetMap
from nawa.exchange.enums import Outcome
from nawa.exchange.frames import SHEET_MAPS
from nawa.exchange.models import Disagreement, Import
from nawa.registry import queries as registry

_BESIDE: Final = ("made", "person__unit", "person__position__unit", "unit")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record comes from (`source`, a code), and who verified it, and when."""

    source: str
    verified_by: str
    verified_at: datetime.datetime | None


def origins_of(rows: Iterable[Disagreement]) -> Mapping[str, Origin]:
    """Return where the records come from that files contradict, by their opaque ids (one query)."""
    subjects: dict[str, list[str]] = {}
    for one in rows:
        subjects.setdefault(one.table, []).append(one.subject)
    found = [_origins(SHEET_MAPS[table], named) for table, named in subjects.items()]
    first, *others = found or [Disagreement.objects.none()]
    return {subject: Origin(*told) for subject, *told in first.union(*others, all=True)}


def recorded(sheet_map: SheetMap, subjects: Iterable[str]) -> QuerySet[Any]:
    """Return the records that these opaque ids name."""
    rows: QuerySet[Any] = sheet_map.model._base_manager.all()
    if issubclass(sheet_map.model, Identified):
        return rows.filter(public_id__in=list(subjects))
    return rows.filter(pk__in=[int(subject.rpartition("-")[2]) for subject in subjects])


def _origins(sheet_map: SheetMap, subjects: Iterable[str]) -> QuerySet[Any, Any]:
    is_named = issubclass(sheet_map.model, Identified)
    key = F("public_id") if is_named else Concat(Value(f"{sheet_map.table}-"), Cast("pk", CharField()))
    rows = recorded(sheet_map, subjects).order_by()
    return rows.values_list(key, "source", "verified_by", "verified_at")


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
