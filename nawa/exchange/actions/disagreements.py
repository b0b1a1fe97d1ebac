"""Deciding where a file says something else than a verified fact: the records stay, or the file's values are taken."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

import polars as pl
from django.db import IntegrityError, transaction

from nawa.audit import actions as audit
from nawa.audit.enums import Event
from nawa.core import clock, locks
from nawa.core.actor import Actor
from nawa.core.models import Source
from nawa.core.refusal import Reason, Refusal, refuse_if
from nawa.core.scope import Scope
from nawa.core.sheets import Names, SheetMap, stored, was
from nawa.evidence import actions as evidence
from nawa.exchange import rules
from nawa.exchange.enums import Outcome
from nawa.exchange.frames import SHEET_MAPS, recorded, rewritten
from nawa.exchange.models import Disagreement, Import
from nawa.exchange.queries import disagreements
from nawa.exchange.tasks.queueing import plain
from nawa.proof.sealing import new_key
from nawa.registry import actions as registry
from nawa.talent import actions as talent
from nawa.workbook.sheets import Tables

_APPS: Final = (registry, evidence, talent)
"""In the order in which their tables name one another's rows."""


@transaction.atomic
def keep_ours(chosen: Collection[str], *, reason: str, by: Actor, scope: Scope) -> int:
    """Let the records stay as they are where files say otherwise (public ids), and return how many they were.

    Raises:
        Refusal: `disagreement.none`, `disagreement.decided`, `disagreement.reason`.
    """
    found = _held(chosen, reason, scope)
    for made, own in _by_import(found).items():
        audit.record(Event.DISAGREEMENTS_KEPT, subject=made, by=by, details={"rows": len(own)})
    _decide(found, Outcome.KEPT_OURS, reason, by, clock.now())
    return len(found)


@transaction.atomic
def take_theirs(chosen: Collection[str], *, reason: str, by: Actor, scope: Scope) -> int:
    """Write what the files say over the verified facts, verified by whoever decides, and return how many rows.

    Raises:
        Refusal: as `keep_ours`; `disagreement.changed` where a fact is not what was compared any more,
            `disagreement.database` where the records do not take the values.
    """
    found = _held(chosen, reason, scope)
    at = clock.now()
    try:
        for made, own in _by_import(found).items():
            _take(made, own, by, at)
    except IntegrityError as broken:
        raise Refusal([Reason("disagreement.database")]) from broken
    _decide(found, Outcome.TOOK_THEIRS, reason, by, at)
    return len(found)


def _held(chosen: Collection[str], reason: str, scope: Scope) -> list[Disagreement]:
    """Lock the records, and return the chosen rows as they are now."""
    locks.hold(locks.RECORDS)
    rows = disagreements(scope=scope).filter(public_id__in=list(chosen)).select_related("made")
    found = list(rows)
    refuse_if(rules.reasons_against_settling(found, len(set(chosen)), reason))
    return found


def _by_import(found: Iterable[Disagreement]) -> dict[Import, list[Disagreement]]:
    grouped: dict[Import, list[Disagreement]] = defaultdict(list)
    for one in found:
        grouped[one.made].append(one)
    return grouped


def _decide(found: Sequence[Disagreement], to: Outcome, reason: str, by: Actor, at: datetime.datetime) -> None:
    rows = Disagreement.objects.filter(pk__in=[one.pk for one in found])
    rows.update(outcome=to, reason=reason, decided_by=str(by), decided_at=at)


def _take(made: Import, found: Iterable[Disagreement], by: Actor, at: datetime.datetime) -> None:
    touched = _touched(found)
    names, unchanged = Names(), dict.fromkeys(touched, 0)
    plans = {app: app.plan_changes(touched, unchanged=unchanged, names=names) for app in _APPS}
    for app, of_app in plans.items():
        app.carry_out(of_app, source=Source.WORKBOOK, import_id=made.public_id, verified_by=str(by), verified_at=at)
    changes = [planned.changes for of_app in plans.values() for planned in of_app]
    key = bytes.fromhex(made.key) if made.key else new_key()  # past retention nobody can open it
    audit.record_bulk(Event.DISAGREEMENTS_TAKEN, changes=changes, key=key, subject=made, by=by, at=at)


def _touched(found: Iterable[Disagreement]) -> Tables:
    by_table: dict[str, dict[str, Mapping[str, Any]]] = defaultdict(dict)
    for one in found:
        by_table[one.table][one.subject] = one.values
    return {table: _replaced(SHEET_MAPS[table], values) for table, values in by_table.items()}


def _replaced(sheet_map: SheetMap, values: Mapping[str, Mapping[str, Any]]) -> pl.DataFrame:
    """Return the stored rows (by opaque id) with the values of the file, as `compare` gives rows that change.

    Raises:
        Refusal: `disagreement.changed`.
    """
    now = stored(sheet_map, recorded(sheet_map, values))
    changed = len(values) - now.height
    rows = []
    for row in now.iter_rows(named=True):
        differing = values[row["row"]]
        changed += any(plain(row[name]) != ours for name, (ours, _theirs) in differing.items())
        told = {name: theirs for name, (_ours, theirs) in differing.items()}
        rows.append({name: told[name] if name in told else plain(value) for name, value in row.items()})
    refuse_if([Reason("disagreement.changed", {"count": changed})] if changed else [])
    frame = pl.DataFrame(rows, schema={name: _lenient(dtype) for name, dtype in now.schema.items()}, strict=False)
    frame = frame.cast(now.schema).with_columns(now[name].alias(was(name)) for name in sheet_map.stored)
    return rewritten(sheet_map, frame)


def _lenient(dtype: pl.DataType) -> pl.DataType:
    """Dates and numbers with a fraction stand as texts in what is kept of a disagreement."""
    return pl.String() if dtype == pl.Date or dtype.is_decimal() else dtype
