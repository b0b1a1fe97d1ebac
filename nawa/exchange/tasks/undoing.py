"""Undoing an import: all of it, as long as nothing newer stands on it; otherwise it is said what does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

import polars as pl
from django.db import IntegrityError, transaction
from django.db.models import Model

from nawa.audit import actions as audit
from nawa.audit.actions import SealedChanges
from nawa.audit.enums import Event
from nawa.core import locks
from nawa.core.actor import Actor
from nawa.core.returns import Back, Return, changed, copied, newer, references
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
    with copied([(SHEET_MAPS[table], back) for table, back in backs.items()]) as returns:
        found = _found(returns, partial(newer, import_id=made.public_id))
        if found.is_empty():
            begin(work, Step.WRITE)
            found = _write(work, made, returns, sealed)
    if found.height:
        with transaction.atomic():
            keep(work.upload, [Content.of_frame(work.upload, parts.NEWER, found)])
        raise DeedFailed(Failure.NEWER, rows=found.height)


def _back(upload: Upload, table: str) -> Back | None:
    rows = parts.frame(upload, parts.UNDO + table)
    held = parts.frame(upload, parts.PROVENANCE + table)
    return Back(rows, held) if rows is not None and held is not None and rows.height else None


def _write(work: Work, made: Import, returns: list[Return], sealed: SealedChanges) -> pl.DataFrame:
    """Lock the records and take everything back; or return what has come to stand against it."""
    by, told = Actor.named(work.started_by), {"removed": sum(int(one.back.rows["is_new"].sum()) for one in returns)}
    try:
        with transaction.atomic():
            locks.hold(locks.RECORDS)
            found = _found(returns, changed)
            if found.is_empty():
                _take_back(work, {one.sheet_map.table: one for one in returns})
                queueing.withdraw(made, by=by)
                audit.record_sealed(Event.IMPORT_UNDONE, sealed=sealed, subject=made, by=by, details=told)
    except IntegrityError as named:  # somebody names a row at this very moment
        raise DeedFailed(Failure.NEWER, rows=0) from named
    return found


def _take_back(work: Work, returns: dict[str, Return]) -> None:
    """Take everything back; what was kept for that goes."""
    upload = finish(work, Stage.UNDONE, has_contents=False)
    for app in _APPS:
        app.undo(returns)
    Content.objects.filter(upload=upload).delete()


def _found(returns: list[Return], not_as_left: Callable[[Return], list[str]]) -> pl.DataFrame:
    """Return what stands against undoing."""
    return pl.DataFrame(list(_against(returns, not_as_left)), parts.NEWER_SCHEMA, orient="row")


def _against(returns: list[Return], not_as_left: Callable[[Return], list[str]]) -> Iterator[tuple[str, str, str]]:
    """Yield the table and opaque id of each row that is newer or that something newer names, and why."""
    for one in returns:
        table, rows = one.sheet_map.table, one.back.rows
        for row in not_as_left(one):
            yield table, row, ""
        for reference in references(one, returns):
            for row in rows.filter(pl.col("pk").is_in(reference.named))["row"]:
                yield table, row, _named_by(reference.model)


def _named_by(model: type[Model]) -> str:
    """A table of the workbook, or the kind of row that is none."""
    of_sheets: dict[Any, str] = {held.model: table for table, held in SHEET_MAPS.items()}
    return of_sheets.get(model, model._meta.label_lower)
