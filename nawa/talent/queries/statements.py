"""Everything that the records say about one person now, and whether a row that a run had still stands among it."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from typing import Any, Final

import polars as pl
from django.db.models import F, QuerySet, Value
from django.db.models.functions import JSONObject

from nawa.accounts.queries import names_of
from nawa.core.clock import ZONE
from nawa.core.privacy import Privacy
from nawa.core.sheets import SheetMap
from nawa.engine.tables import RECORD_SCHEMAS, SOURCE_TABLES
from nawa.evidence import frames as evidence
from nawa.registry import frames as registry
from nawa.registry.models import Person
from nawa.workbook.sheets import BY_TABLE

Statement = Mapping[str, Any]

_TOLD: Final = (*SOURCE_TABLES.values(), "rank_entry")
_MAPS: Final[Mapping[str, SheetMap]] = {
    held.table: held for held in (*registry.SHEET_MAPS, *evidence.SHEET_MAPS) if held.table in _TOLD
}
_DAYS: Final = {
    table: [name for name, dtype in held.schema.items() if dtype == pl.Date] for table, held in _MAPS.items()
}
_BESIDE: Final[Mapping[str, Mapping[str, str]]] = {
    "acting_assignment": {
        "position": "position__name",
        "unit": "position__unit__name",
        "tier": "position__tier",
    }
}
"""Words that stand in another row."""

_DERIVED: Final[Mapping[str, frozenset[str]]] = {
    "career": frozenset({"tier"}),
    "acting": frozenset({"tier"}),
    "education": frozenset({"field", "related_fields"}),
}
"""Columns that a run's input takes from elsewhere (the post, the field of a major) where the row leaves them empty."""


_SOURCE: Final = {"provenance": F("source"), "verified": F("verified_at"), "verifier": F("verified_by")}


def statements_of(person: Person) -> Mapping[str, list[Statement]]:
    """Return the records about a person by table of the workbook, sorted by key (one query, and one for verifiers).

    Each holds the table's columns, with where it comes from (`provenance`), when it was `verified` and by whom
    (`verifier`, the name of the account, None where nobody knows it); empty is None, days are dates. Who judged
    somebody is in none of them. Of the person's own row (`person`) only that is told. The person must have been found
    within the reader's scope.
    """
    first, *others = [_rows(held, person) for held in _MAPS.values()]
    found: dict[str, list[Statement]] = defaultdict(list)
    for table, row in first.union(*others, all=True):
        found[table].append(_typed(table, row))
    verified = person.verified_at and person.verified_at.astimezone(ZONE).date()
    found["person"] = [{"provenance": person.source, "verified": verified, "verifier": person.verified_by or None}]
    names = names_of({row["verifier"] for rows in found.values() for row in rows if row["verifier"]})
    for rows in found.values():
        rows[:] = [{**row, "verifier": names.get(row["verifier"] or "")} for row in rows]
    return {"person": found["person"]} | {table: sorted(found[table], key=partial(_key, table)) for table in _TOLD}


def paired(table: str, kept: Sequence[Statement], now: Sequence[Statement]) -> tuple[list[Statement | None], int]:
    """Return, for each row that a run kept of an engine table, the record that still says the same; None for none.

    The number beside is of records that no row of the run stands for: they came later, or were changed since.
    """
    waiting = list(now)
    found: list[Statement | None] = []
    for row in kept:
        same = next((place for place, record in enumerate(waiting) if _agrees(table, row, record)), None)
        found.append(None if same is None else waiting.pop(same))
    return found, len(waiting)


def _rows(held: SheetMap, person: Person) -> QuerySet[Any, Any]:
    return held.model._base_manager.filter(person=person).order_by().values_list(Value(held.table), _row(held.table))


@cache
def _row(table: str) -> JSONObject:
    held = _MAPS[table]
    columns = {name: F(field.name) for name, field in held.plain.items() if not _names_others(held, field.name)}
    beside = {name: F(path) for name, path in _BESIDE.get(table, {}).items()}
    return JSONObject(**columns, **beside, **_SOURCE, place=F("pk"))


def _names_others(held: SheetMap, field: str) -> bool:
    """Whether a field tells who judged or assessed: not for any page."""
    classes: Mapping[str, Privacy] = getattr(held.model, "privacy", {})
    return classes.get(field) is Privacy.IDENTITY


def _typed(table: str, row: Mapping[str, Any]) -> Statement:
    read: dict[str, Any] = {name: None if value == "" else value for name, value in row.items()}
    days = {name: datetime.date.fromisoformat(read[name][:10]) for name in _DAYS[table] if read[name]}
    return read | days | {"verified": _day(read["verified"])}


def _day(instant: str | None) -> datetime.date | None:
    """Return the day, here, of an instant as either database writes it: with its zone, or in UTC without."""
    if instant is None:
        return None
    at = datetime.datetime.fromisoformat(instant)
    return (at if at.tzinfo else at.replace(tzinfo=datetime.UTC)).astimezone(ZONE).date()


def _key(table: str, row: Statement) -> tuple[Any, ...]:
    values = (row.get(name) for name in BY_TABLE[table].key)
    return (*((value is not None, str(value)) for value in values), row["place"])


def _agrees(table: str, kept: Statement, record: Statement) -> bool:
    return all(kept[name] == value for name, value in _as_kept(table, record))


def _as_kept(table: str, record: Statement) -> Iterator[tuple[str, Any]]:
    """Yield a record's own columns as the engine's input would hold them."""
    for name in RECORD_SCHEMAS[table]:
        plain = name.removesuffix("_e4")
        if name in ("subject", "source", "related_fields"):
            continue
        if name == "ended_before" or (name == "expires_on" and "valid_through" in record):
            last = record["ended_through" if name == "ended_before" else "valid_through"]
            yield name, last and last + datetime.timedelta(days=1)
        elif name in _DERIVED.get(table, ()):
            stated = record.get(plain)
            if stated:
                yield name, stated.strip().lower() if name == "field" else stated
        else:
            yield name, _exact(record[plain]) if name.endswith("_e4") else record[plain]


def _exact(value: float | None) -> int | None:
    return None if value is None else round(value * 10_000)
