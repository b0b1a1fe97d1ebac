"""Recording deeds, in the transaction of the deed: either both happen or neither."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection
from django.db.transaction import TransactionManagementError

from nawa.audit import rules
from nawa.audit.enums import Event
from nawa.audit.models import ChangeChunk, ReadEntry, RecordedEvent
from nawa.core import clock, ids
from nawa.core.actor import Actor
from nawa.core.models import Identified
from nawa.core.refusal import refuse_if
from nawa.core.sheets import Changes
from nawa.proof.merkle import Tree
from nawa.proof.sealing import salt, seal

_LINES: Final = 5_000  # of one chunk: half a megabyte

Subject = Identified | str
"""What a deed was done to: a row with a public id, or an opaque id alone."""


def record(
    event: Event,
    *,
    subject: Subject,
    by: Actor,
    details: Mapping[str, Any] | None = None,
    at: datetime.datetime | None = None,
) -> RecordedEvent:
    """Write down a deed that is being done in the running transaction. `at` is now unless given.

    Raises:
        TransactionManagementError: no transaction is open.
        Refusal: `audit.details`, where the details are not what the event's form foresees.
        ValueError: the subject's id is not opaque, or `at` has no time zone.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("a deed and its event belong in one transaction")
    told = dict(details or {})
    refuse_if(rules.reasons_against_details(event, told))
    kind, name = _named(subject)
    done_at = _aware(at or clock.now())
    public_id = ids.public_id()
    text = rules.canonical_form(
        public_id=public_id, event=event, subject_kind=kind, subject_id=name, by=by, at=done_at, details=told
    )
    return RecordedEvent.objects.create(
        public_id=public_id,
        event=event,
        subject_kind=kind,
        subject_id=name,
        done_by=str(by),
        done_at=done_at,
        canonical=text,
        digest=rules.digest(text),
    )


@dataclass(frozen=True, slots=True)
class SealedChanges:
    """The row changes of a bulk deed as they will be kept, and what its event tells of them."""

    counts: Mapping[str, Any]
    lines: Sequence[str]


def seal_changes(changes: Sequence[Changes], key: bytes) -> SealedChanges:
    """Seal what a bulk deed will do under `key` (32 bytes): the long part of `record_bulk`, which needs no database.

    Raises:
        ValueError: a row's id is not opaque.
    """
    lines = [line for change in sorted(changes, key=lambda one: one.table) for line in _lines(change, key)]
    counts = {
        "tables": len(changes),
        "added": sum(change.added for change in changes),
        "corrected": sum(change.corrected for change in changes),
        "unchanged": sum(change.unchanged for change in changes),
        "changes_root": Tree.over(line.encode("ascii") for line in lines).root.hex(),
    }
    return SealedChanges(counts, lines)


def record_sealed(
    event: Event,
    *,
    sealed: SealedChanges,
    subject: Subject,
    by: Actor,
    details: Mapping[str, Any] | None = None,
    at: datetime.datetime | None = None,
) -> RecordedEvent:
    """Write down a bulk deed whose row changes were sealed before, and keep them. Raises as `record`."""
    recorded = record(event, subject=subject, by=by, details={**(details or {}), **sealed.counts}, at=at)
    starts = range(0, len(sealed.lines), _LINES)
    ChangeChunk.objects.bulk_create(
        ChangeChunk(event=recorded.public_id, number=number, lines="\n".join(sealed.lines[start : start + _LINES]))
        for number, start in enumerate(starts)
    )
    return recorded


def record_bulk(
    event: Event,
    *,
    changes: Sequence[Changes],
    key: bytes,
    subject: Subject,
    by: Actor,
    details: Mapping[str, Any] | None = None,
    at: datetime.datetime | None = None,
) -> RecordedEvent:
    """Write down a bulk deed as one event with counts and a Merkle root over its row changes, which are kept.

    The kept lines hold opaque row ids and sealed contents (`nawa.proof.sealing`, the name of a salt is `TABLE ROW`).
    `key` (32 bytes) opens them: keep it with the deed, outside the log, and destroy it when retention ends.

    Raises:
        As `record`; ValueError also where a row's id is not opaque.
    """
    return record_sealed(event, sealed=seal_changes(changes, key), subject=subject, by=by, details=details, at=at)


def note_reads(subjects: Iterable[str], *, page: str, by: Actor) -> None:
    """Write down that somebody is about to see the evaluations of these people (public ids) on a page.

    Raises:
        ValueError: the page's code is not one, or a subject is not an opaque id.
    """
    named = list(subjects)
    if not (ids.is_opaque(page) and all(map(ids.is_opaque, named))):
        raise ValueError("a read tells of a page's code and of opaque ids")
    at = clock.now()
    ReadEntry.objects.bulk_create(
        [ReadEntry(subject=subject, page=page, read_by=str(by), read_at=at) for subject in named], batch_size=5_000
    )


def _lines(changes: Changes, key: bytes) -> Iterator[str]:
    yield f"= {changes.table} {changes.heading}"
    if not all(map(ids.is_opaque, changes.rows["row"])):
        raise ValueError(f"a row of {changes.table} is not named by an opaque id")
    for row, before, after in changes.rows.iter_rows():
        name = f"{changes.table} {row}"
        own = salt(key, name)
        yield f"{name} {_sealed(own, before)} {_sealed(own, after)}"


def _sealed(own: bytes, content: str | None) -> str:
    return "-" if content is None else seal(own, content.encode()).hex()


def _named(subject: Subject) -> tuple[str, str]:
    kind, name = ("", subject) if isinstance(subject, str) else (subject._meta.label_lower, subject.public_id)
    if not ids.is_opaque(name):
        raise ValueError("the subject of an event is named by an opaque id")
    return kind, name


def _aware(at: datetime.datetime) -> datetime.datetime:
    if at.tzinfo is None:
        raise ValueError("an instant has a time zone")
    return at
