"""What an import leaves alone because somebody has verified it waits here for a decision, with both values."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

import polars as pl
from django.db.models import Exists, OuterRef, QuerySet

from nawa.audit import actions as audit
from nawa.audit.enums import Event
from nawa.core import clock
from nawa.core.actor import Actor
from nawa.core.scope import Scope
from nawa.core.sheets import SheetMap, was
from nawa.exchange.enums import Outcome
from nawa.exchange.frames import SHEET_MAPS
from nawa.exchange.models import Disagreement, Import
from nawa.registry import queries as registry
from nawa.workbook.sheets import Tables

_AT_ONCE: Final = 5_000


def open_tables() -> set[str]:
    """Return the tables about which a disagreement is open (one query)."""
    return set(Disagreement.objects.filter(outcome=Outcome.OPEN).values_list("table", flat=True).distinct())


def queue(left: Tables, agreed: Mapping[str, pl.Series], made: Import) -> None:
    """Queue the rows that an import left alone, and end disagreements about rows with which it agrees.

    What is open already, or was decided so before, with the very same values, is not queued again; where a file says
    something else about a row, that takes the place of what was open. In the transaction of the import.
    """
    told = dict.fromkeys(("queued", "replaced", "agreed"), 0)
    for table, rows in left.items():
        _queue_rows(table, rows, made, told)
    for table in open_tables() & agreed.keys() if any(map(len, agreed.values())) else ():
        same = _open().filter(table=table)
        agreeing = set(agreed[table])
        pks = [pk for pk, subject in same.values_list("pk", "subject") if subject in agreeing]
        told["agreed"] += _end(pks, Outcome.AGREED, made)
    if any(told.values()):
        by = Actor.named(made.imported_by)
        audit.record(Event.DISAGREEMENTS_QUEUED, subject=made, by=by, details=told, at=made.imported_at)


def withdraw(made: Import, *, by: Actor) -> None:
    """Withdraw what an import has queued, unless somebody has decided on it; what it had ended is open again."""
    ended = (Outcome.AGREED, Outcome.REPLACED)
    own = Disagreement.objects.filter(made=made, outcome__in=[Outcome.OPEN, *ended])
    withdrawn = own.update(outcome=Outcome.WITHDRAWN, decided_by=str(by), decided_at=clock.now(), closing=None)
    newer = _open().filter(table=OuterRef("table"), subject=OuterRef("subject"))  # a later file has asked since
    again = Disagreement.objects.filter(~Exists(newer), closing=made, outcome__in=ended)
    reopened = again.update(outcome=Outcome.OPEN, decided_by="", decided_at=None, closing=None)
    if withdrawn or reopened:
        details = {"withdrawn": withdrawn, "reopened": reopened}
        audit.record(Event.DISAGREEMENTS_WITHDRAWN, subject=made, by=by, details=details)


def values_of(sheet_map: SheetMap, row: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return the columns of a compared row that differ: what is stored, and what the file says."""
    pairs = {name: (row[was(name)], row[name]) for name in sheet_map.stored}
    return {name: [plain(ours), plain(theirs)] for name, (ours, theirs) in pairs.items() if ours != theirs}


def plain(value: Any) -> Any:
    """Return a value as JSON holds it."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def _queue_rows(table: str, rows: pl.DataFrame, made: Import, told: dict[str, int]) -> None:
    key = [name for name in SHEET_MAPS[table].key if name != "nip"]
    found = {row["row"]: values_of(SHEET_MAPS[table], row) for row in rows.iter_rows(named=True)}
    named = {row["row"]: [plain(row[was(name)]) for name in key] for row in rows.iter_rows(named=True)}
    last = dict(_last(table, list(found)))
    news = {subject for subject, values in found.items() if subject not in last or last[subject].values != values}
    old = [last[subject].pk for subject in news if subject in last and last[subject].outcome == Outcome.OPEN]
    told["replaced"] += _end(old, Outcome.REPLACED, made)
    people, units = _whom(rows)
    Disagreement.objects.bulk_create(
        Disagreement(
            made=made,
            table=table,
            subject=subject,
            person_id=people.get(nip),
            unit_id=units.get(unit),
            key=named[subject],
            values=found[subject],
            found_by=made.imported_by,
            found_at=made.imported_at,
        )
        for subject, nip, unit in _subjects(rows)
        if subject in news
    )
    told["queued"] += len(news)


def _last(table: str, subjects: list[str]) -> Iterator[tuple[str, Disagreement]]:
    """Yield the latest disagreement about each row that is open or was decided in favour of what is stored."""
    for some in _parts(subjects):
        rows = Disagreement.objects.filter(table=table, subject__in=some)
        for one in rows.filter(outcome__in=[Outcome.OPEN, Outcome.KEPT_OURS]).order_by("pk"):
            yield one.subject, one


def _subjects(rows: pl.DataFrame) -> Iterator[tuple[str, str | None, str | None]]:
    """Yield the opaque id of each row with the NIP of its person and the code of its unit, as stored."""
    unit = next((name for name in ("unit_code", "code") if was(name) in rows.columns), None)
    nip = pl.col(was("nip")) if was("nip") in rows.columns else pl.lit(None)
    code = pl.col(was(unit)) if unit else pl.lit(None)
    yield from rows.select("row", nip.alias("nip"), code.alias("unit")).iter_rows()


def _whom(rows: pl.DataFrame) -> tuple[dict[str | None, int], dict[str | None, int]]:
    """Return the primary keys of people by NIP or else of units by code, whichever these rows are about."""
    everything = Scope.everything()
    if was("nip") in rows.columns:
        return dict(registry.people(scope=everything).values_list("nip", "pk")), {}
    return {}, dict(registry.units(scope=everything).values_list("code", "pk"))


def _parts(keys: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(keys), _AT_ONCE):
        yield keys[start : start + _AT_ONCE]


def _open() -> QuerySet[Disagreement]:
    return Disagreement.objects.filter(outcome=Outcome.OPEN)


def _end(pks: list[int], outcome: Outcome, made: Import) -> int:
    if not pks:
        return 0
    ended = {"outcome": outcome, "closing": made, "decided_by": made.imported_by, "decided_at": made.imported_at}
    return sum(_open().filter(pk__in=some).update(**ended) for some in _parts(pks))
