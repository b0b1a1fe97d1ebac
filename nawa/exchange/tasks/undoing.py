"""Undoing an import: all of it, as long as nothing newer stands on it; otherwise it is said what does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import polars as pl
from django.db import IntegrityError, transaction
from django.db.models import Model

from nawa.audit import actions as audit
from nawa.audit.enums import Event
from nawa.core import locks
from nawa.core.actor import Actor
from nawa.core.returns import Back, newer, references
from nawa.evidence import actions as evidence
from nawa.exchange.enums import Failure, Stage, Step
from nawa.exchange.frames import SHEET_MAPS
from nawa.exchange.models import Content, Import, Upload, Work
from nawa.exchange.queries import parts
from nawa.exchange.tasks import queueing
from nawa.exchange.tasks.steps import DeedFailed, begin, finish, keep
from nawa.registry import actions as registry
from nawa.talent import actions as talent

_APPS: Final = (talent, evidence, registry)
"""Whoever names rows of another goes first."""


def undo(work: Work) -> None:
    """Take back what an import has written: rows added go, rows corrected say again what they said.

    Raises:
        DeedFailed: something is newer; which rows is kept with the upload.
    """
    begin(work, Step.PREPARE)
    backs = {table: back for table in SHEET_MAPS if (back := _back(work.upload, table)) is not None}
    made = work.upload.made
    if made is None or not made.key:
        raise DeedFailed(Failure.UNFORESEEN)
    changes = [back.changes(SHEET_MAPS[table]) for table, back in backs.items()]
    sealed = audit.seal_changes(changes, bytes.fromhex(made.key))
    removed = sum(change.removed for change in changes)
    begin(work, Step.WRITE)
    try:
        with transaction.atomic():
            found = _against_undoing(backs, made)
            if found is None:
                by, told = Actor.named(work.started_by), {"removed": removed}
                _take_back(work, backs)
                queueing.withdraw(made, by=by)
                audit.record_sealed(Event.IMPORT_UNDONE, sealed=sealed, subject=made, by=by, details=told)
    except IntegrityError as named:  # somebody names a row at this very moment
        raise DeedFailed(Failure.NEWER, rows=0) from named
    if found is not None:
        with transaction.atomic():
            keep(work.upload, [Content.of_frame(work.upload, parts.NEWER, found)])
        raise DeedFailed(Failure.NEWER, rows=found.height)


def _back(upload: Upload, table: str) -> Back | None:
    rows = parts.frame(upload, parts.UNDO + table)
    held = parts.frame(upload, parts.PROVENANCE + table)
    return Back(rows, held) if rows is not None and held is not None and rows.height else None


def _against_undoing(backs: dict[str, Back], made: Import) -> pl.DataFrame | None:
    """Lock the records, and return what stands against undoing, if anything does."""
    locks.hold(locks.RECORDS)
    against = pl.DataFrame(list(_against(backs, made.public_id)), parts.NEWER_SCHEMA, orient="row")
    return against if against.height else None


def _take_back(work: Work, backs: dict[str, Back]) -> None:
    """Take everything back; what was kept for that goes."""
    upload = finish(work, Stage.UNDONE, has_contents=False)
    for app in _APPS:
        app.undo(backs)
    Content.objects.filter(upload=upload).delete()


def _against(backs: dict[str, Back], import_id: str) -> Iterator[tuple[str, str, str]]:
    """Yield the table and opaque id of each row that is newer or that something newer names, and why."""
    beside: dict[type[Model], set[int]] = {
        SHEET_MAPS[table].model: set(back.rows["pk"]) for table, back in backs.items()
    }
    for table, back in backs.items():
        for row in newer(SHEET_MAPS[table], back, import_id=import_id):
            yield table, row, ""
        by_key: dict[int, str] = dict(back.rows.select("pk", "row").iter_rows())
        for reference in references(SHEET_MAPS[table], back, beside):
            for pk in reference.named:
                yield table, by_key[pk], _named_by(reference.model)


def _named_by(model: type[Model]) -> str:
    """A table of the workbook, or the kind of row that is none."""
    of_sheets: dict[Any, str] = {held.model: table for table, held in SHEET_MAPS.items()}
    return of_sheets.get(model, model._meta.label_lower)
