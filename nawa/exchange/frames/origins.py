"""The records that files contradict: found by the opaque ids of their rows, and where they come from."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast, Concat

from nawa.core.models import Identified
from nawa.core.sheets import SheetMap
from nawa.exchange.frames.tables import SHEET_MAPS
from nawa.exchange.models import Disagreement


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
