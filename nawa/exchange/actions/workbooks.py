"""Bringing tables into the database: all or nothing, through each app's own bulk action, as one recorded deed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import polars as pl
from django.db import IntegrityError, transaction

from nawa.audit import actions as audit
from nawa.audit.enums import Event
from nawa.core import clock, locks
from nawa.core.actor import Actor
from nawa.core.models import Source
from nawa.core.scope import Scope
from nawa.core.sheets import Changes
from nawa.evidence import actions as evidence
from nawa.exchange import queries, rules
from nawa.exchange.enums import Declared
from nawa.exchange.frames import SHEET_MAPS, with_declared
from nawa.exchange.models import Import
from nawa.exchange.rules import ImportRefused
from nawa.exchange.tasks import queueing
from nawa.proof.contents import content_hash
from nawa.proof.sealing import new_key
from nawa.registry import actions as registry
from nawa.registry import queries as registry_queries
from nawa.talent import actions as talent
from nawa.workbook.problems import Problem
from nawa.workbook.sheets import BY_TABLE, Tables

_APPS: Final = (registry, evidence, talent)
"""In the order in which their tables name one another's rows."""


@dataclass(frozen=True, slots=True)
class _Deed:
    source: Source
    event: Event
    details: Mapping[str, Any]
    by: Actor
    declared: Declared
    content: str  # SHA-256 of what the tables say


@dataclass(frozen=True, slots=True)
class TableReport:
    """What an import did, or would do, to one sheet."""

    sheet: str
    added: int
    corrected: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did; with `import_id` None it was a rehearsal and nothing was kept.

    `absent` are the public ids of active people whom a file declared full does not name: to be resolved by hand.
    `disagreeing` rows differ from a verified fact, which was left alone: they wait for a decision.
    """

    import_id: str | None
    tables: tuple[TableReport, ...]
    absent: tuple[str, ...]
    problems: tuple[Problem, ...] = ()
    disagreeing: int = 0

    @property
    def added(self) -> int:
        """Rows that were not there before."""
        return sum(table.added for table in self.tables)

    @property
    def corrected(self) -> int:
        """Rows that now say something else."""
        return sum(table.corrected for table in self.tables)


def import_workbook(
    tables: Tables,
    *,
    by: Actor,
    declared: Declared = Declared.PARTIAL,
    dry_run: bool = False,
    problems: Sequence[Problem] = (),
    rows: Mapping[str, pl.Series] | None = None,
) -> ImportReport:
    """Bring the database to what the tables of a workbook say. The same workbook twice changes nothing.

    `problems` and `rows` are those of its `Reading`. An empty cell makes its value unknown; a column without any value
    says nothing and is left as it is. A rehearsal (`dry_run`) does everything and then undoes it.

    Raises:
        ImportRefused: the file has an error, or does not fit the database; nothing is kept.
    """
    if found := rules.errors(problems):
        raise ImportRefused(found)
    said = {table: rules.speaking(table, frame) for table, frame in tables.items()}
    content = content_hash(said)
    deed = _Deed(Source.WORKBOOK, Event.WORKBOOK_IMPORTED, {"file": content}, by, declared, content)
    report = _bring(said, rows or {}, deed, dry_run=dry_run)
    return replace(report, problems=tuple(problem for problem in problems if problem.code not in rules.FILE_ALONE))


def load_demo_city(tables: Tables, *, seed: int, by: Actor) -> ImportReport:
    """Bring the demo city into the database.

    Raises:
        ImportRefused: the city does not fit what the database holds; nothing is kept.
    """
    details = {"people": tables["person"].height, "seed": seed}
    deed = _Deed(Source.DEMO, Event.DEMO_CITY_LOADED, details, by, Declared.FULL, content_hash(tables))
    return _bring(tables, {}, deed, dry_run=False)


def _bring(tables: Tables, rows: Mapping[str, pl.Series], deed: _Deed, *, dry_run: bool) -> ImportReport:
    try:
        with transaction.atomic():
            locks.hold(locks.RECORDS)
            held = queries.held(scope=Scope.everything())
            if found := rules.problems_against(tables, rows, SHEET_MAPS, held):
                raise ImportRefused(found)
            report = _write({table: with_declared(table, frame) for table, frame in tables.items()}, deed)
            transaction.set_rollback(dry_run)
    except IntegrityError as broken:
        raise ImportRefused([rules.broken_rule(broken, SHEET_MAPS)]) from broken
    return replace(report, import_id=None) if dry_run else report


def _write(tables: Tables, deed: _Deed) -> ImportReport:
    made = Import(
        source=deed.source,
        declared=deed.declared,
        content_hash=deed.content,
        key=new_key().hex(),
        imported_by=str(deed.by),
        imported_at=clock.now(),
    )
    changes = [change for app in _APPS for change in app.apply(tables, source=deed.source, import_id=made.public_id)]
    made.counts = {change.table: [change.added, change.corrected, change.unchanged] for change in changes}
    made.save()
    audit.record_bulk(
        deed.event,
        changes=changes,
        key=bytes.fromhex(made.key),
        subject=made,
        by=deed.by,
        details=deed.details,
        at=made.imported_at,
    )
    left = {change.table: change.left for change in changes if change.left.height}
    queueing.queue(left, {change.table: change.agreed for change in changes}, made)
    absent = _absent(tables) if deed.declared is Declared.FULL else ()
    disagreeing = sum(frame.height for frame in left.values())
    return ImportReport(made.public_id, _reports(changes), absent, disagreeing=disagreeing)


def _reports(changes: Sequence[Changes]) -> tuple[TableReport, ...]:
    by_table = {change.table: change for change in changes}
    return tuple(
        TableReport(sheet.name, change.added, change.corrected, change.unchanged)
        for table, sheet in BY_TABLE.items()
        if (change := by_table.get(table))
    )


def _absent(tables: Tables) -> tuple[str, ...]:
    named = set(tables["person"]["nip"]) if "person" in tables else set()
    active = registry_queries.people(scope=Scope.everything()).filter(registry_queries.active(clock.today()))
    return tuple(sorted(public for nip, public in active.values_list("nip", "public_id") if nip not in named))
