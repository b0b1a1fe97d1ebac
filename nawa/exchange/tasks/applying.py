"""Applying an upload: everything is made ready beside the records, which are then locked as short as may be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import polars as pl
from django.db import IntegrityError, transaction

from nawa.audit import actions as audit
from nawa.audit.actions import SealedChanges
from nawa.audit.enums import Event
from nawa.core import clock, ids, locks
from nawa.core.actor import Actor
from nawa.core.models import Source
from nawa.core.refusal import Refusal
from nawa.core.returns import provenance
from nawa.core.scope import Scope
from nawa.core.sheets import Names, Plan, StaleError, was
from nawa.evidence import actions as evidence
from nawa.exchange import queries
from nawa.exchange.enums import About, Change, Failure, Stage, Step, Twin
from nawa.exchange.frames import SHEET_MAPS, departures, parted, settled
from nawa.exchange.models import Content, Decision, Import, Upload, Work
from nawa.exchange.queries import parts
from nawa.exchange.rules import broken_rule, kept_through, loops
from nawa.exchange.tasks import queueing
from nawa.exchange.tasks.steps import DeedFailed, begin, finish, keep
from nawa.proof.sealing import new_key
from nawa.registry import actions as registry
from nawa.talent import actions as talent
from nawa.workbook.sheets import Tables

_APPS: Final = (registry, evidence, talent)
"""In the order in which their tables name one another's rows."""


@dataclass(frozen=True, slots=True)
class _Ready:
    """A deed that only waits for the lock."""

    plans: Mapping[Any, list[Plan]]  # by app
    key: bytes
    sealed: SealedChanges
    undo: tuple[Content, ...]
    left: Tables  # rows that differ from a verified fact, by table
    agreed: Mapping[str, pl.Series]  # opaque ids of rows that say what is stored, where that may end a disagreement

    def all_plans(self) -> Iterator[Plan]:
        for plans in self.plans.values():
            yield from plans


def apply(work: Work) -> None:
    """Write what the preview shows and what was decided about it, as one deed.

    Raises:
        DeedFailed: the records are not what the preview was compared with, or the database refuses a row.
    """
    begin(work, Step.PREPARE)
    try:
        ready = _prepare(work.upload)
        begin(work, Step.WRITE)
        _write(work, ready)
    except (StaleError, Refusal) as stale:
        raise DeedFailed(Failure.STALE) from stale
    except IntegrityError as broken:
        raise DeedFailed(Failure.RULE, problem=broken_rule(broken, SHEET_MAPS).as_dict()) from broken


def _prepare(upload: Upload) -> _Ready:
    settled_rows = {table: parted(table, rows) for table, rows in _touched(upload).items()}
    touched = {table: written for table, (written, _left) in settled_rows.items()}
    left = {table: of_table for table, (_written, of_table) in settled_rows.items() if of_table.height}
    unchanged = {table: counts["unchanged"] for table, counts in upload.counts.items()}
    names = Names()
    plans = {app: app.plan_changes(touched, unchanged=unchanged, names=names) for app in _APPS}
    key = new_key()
    changes = [planned.changes for of_app in plans.values() for planned in of_app]
    undo = tuple(_undo_part(upload, planned) for of_app in plans.values() for planned in of_app)
    return _Ready(plans, key, audit.seal_changes(changes, key), undo, left, _agreed(upload))


def _agreed(upload: Upload) -> dict[str, pl.Series]:
    """Return the rows of the file that say what is stored, of tables about which a disagreement is open."""
    found: dict[str, pl.Series] = {}
    for table in queueing.open_tables() & upload.counts.keys():
        compared = parts.frame(upload, parts.DIFFERENCE + table, ["row", "change"])
        if compared is not None:
            found[table] = compared.filter(pl.col("change") == Change.UNCHANGED)["row"]
    return found


def _touched(upload: Upload) -> Tables:
    """Return the rows to be written by table: those of the file, and the people who were said to have left."""
    corrections: dict[str, list[int]] = {}
    of_twins = Decision.objects.filter(upload=upload, about=About.TWIN, choice=Twin.CORRECTION)
    for table, subject in of_twins.values_list("table", "subject"):
        corrections.setdefault(table, []).append(int(subject.partition("-")[0]))
    touched: Tables = {}
    for table, counts in upload.counts.items():
        compared = parts.frame(upload, parts.DIFFERENCE + table)
        if compared is not None:
            touched[table] = settled(table, compared, corrections.get(table, ()), counts["given"])
    absent = Decision.objects.filter(upload=upload, about=About.ABSENT)
    left = departures({who: (why, on) for who, why, on in absent.values_list("subject", "choice", "effective_on")})
    if left.height:
        shape = touched["person"]
        touched["person"] = pl.concat([shape, left.select(set(left.columns) & set(shape.columns))], how="diagonal")
    return touched


def _undo_part(upload: Upload, planned: Plan) -> Content:
    """What is needed to undo this: which rows, what they say afterwards, and what corrected ones said before."""
    before = [was(name) for name in planned.sheet_map.stored]
    rows = planned.rows.select("pk", "row", "is_new", "before", "after", *before)
    return Content.of_frame(upload, parts.UNDO + planned.sheet_map.table, rows)


@transaction.atomic
def _write(work: Work, ready: _Ready) -> None:
    """The short part: nothing is computed here that could be computed before."""
    locks.hold(locks.RECORDS)
    _refuse_loops(ready)
    upload, by, at = work.upload, Actor.named(work.started_by), clock.now()
    made = Import.objects.create(
        public_id=ids.public_id(),
        source=Source.WORKBOOK,
        declared=upload.declared,
        content_hash=upload.content_hash,
        counts={planned.sheet_map.table: _counts(planned) for planned in ready.all_plans()},
        key=ready.key.hex(),
        imported_by=str(by),
        imported_at=at,
    )
    moved = finish(work, Stage.APPLIED, made=made, kept_through=kept_through(at))
    for planned in ready.all_plans():
        corrected = planned.rows.filter(~pl.col("is_new"))["pk"].to_list()
        held = provenance(planned.sheet_map, corrected)
        keep(moved, [Content.of_frame(moved, parts.PROVENANCE + planned.sheet_map.table, held)])
    for app, plans in ready.plans.items():
        app.carry_out(plans, source=Source.WORKBOOK, import_id=made.public_id)
    Content.objects.bulk_create(ready.undo)
    queueing.queue(ready.left, ready.agreed, made)
    details = {"file": upload.content_hash}
    audit.record_sealed(Event.WORKBOOK_IMPORTED, sealed=ready.sealed, subject=made, by=by, details=details, at=at)


def _counts(planned: Plan) -> list[int]:
    changes = planned.changes
    return [changes.added, changes.corrected, changes.unchanged]


def _refuse_loops(ready: _Ready) -> None:
    """Units that somebody else moved meanwhile may close a loop with ours."""
    units = [planned.rows for planned in ready.all_plans() if planned.sheet_map.table == "unit"]
    if (
        units
        and units[0].height
        and any(True for _ in loops({"unit": units[0]}, queries.held(scope=Scope.everything())))
    ):
        raise DeedFailed(Failure.STALE)
