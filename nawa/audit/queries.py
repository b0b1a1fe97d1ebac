"""Reading the record."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q, QuerySet

from nawa.audit.enums import ENTRANCE, Event
from nawa.audit.models import ChangeChunk, ReadEntry, RecordedEvent
from nawa.core.actor import Actor
from nawa.core.clock import ZONE
from nawa.core.scope import Scope
from nawa.proof.merkle import Tree

DEEDS: Final = "deeds"
"""What to look for where only deeds matter: everything but who came and left."""

MOST_CHUNKS: Final = 200
"""Parts of a bulk deed over which a root is recomputed while somebody waits: a million lines."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for in the record; empty means everything. Days are whole days here, `through` still counts.

    `kind` is an event's code, the part of codes before the dot, or `DEEDS`; the log of reads has no kinds.
    """

    since: datetime.date | None = None
    through: datetime.date | None = None
    kind: str = ""
    actor: str = ""
    subject: str = ""


EVERYTHING: Final = Sought()


def events(sought: Sought = EVERYTHING, *, scope: Scope) -> QuerySet[RecordedEvent]:
    """Return events, the newest first. Deeds concern the whole institution: a scope of some units sees none."""
    rows = RecordedEvent.objects.order_by("-done_at", "-pk").filter(_when(sought, "done_at"), _of_kind(sought.kind))
    rows = rows.filter(done_by=sought.actor) if sought.actor else rows
    rows = rows.filter(subject_id=sought.subject) if sought.subject else rows
    return rows if scope.all_units else rows.none()


def event_by_id(public_id: str, *, scope: Scope) -> RecordedEvent | None:
    """Return an event by its opaque id."""
    return events(scope=scope).filter(public_id=public_id).first()


def read_entries(sought: Sought = EVERYTHING, *, among: QuerySet[Any] | None) -> QuerySet[ReadEntry]:
    """Return who looked at whom, the newest first, of those people alone (public ids; None: everybody)."""
    rows = ReadEntry.objects.order_by("-read_at", "-pk").filter(_when(sought, "read_at"))
    rows = rows.filter(read_by=sought.actor) if sought.actor else rows
    rows = rows.filter(subject=sought.subject) if sought.subject else rows
    return rows if among is None else rows.filter(subject__in=among)


def _when(sought: Sought, instant: str) -> Q:
    condition = Q()
    if sought.since:
        condition &= Q((f"{instant}__gte", _midnight(sought.since)))
    if sought.through:
        condition &= Q((f"{instant}__lt", _midnight(sought.through + datetime.timedelta(days=1))))
    return condition


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time.min, tzinfo=ZONE)


def _of_kind(kind: str) -> Q:
    if kind == DEEDS:
        return ~Q(event__in=ENTRANCE)
    if kind and "." not in kind:
        return Q(event__in=[event for event in Event if event.startswith(f"{kind}.")])
    return Q(event=kind) if kind else Q()


def is_short(recorded: RecordedEvent) -> bool:
    """Tell whether a bulk deed's kept lines are few enough to be hashed while somebody waits."""
    return ChangeChunk.objects.filter(event=recorded.public_id).count() <= MOST_CHUNKS


def lines_of(recorded: RecordedEvent) -> Iterator[str]:
    """Yield the kept lines of a bulk deed, the leaves of its Merkle tree, in their order."""
    chunks = ChangeChunk.objects.filter(event=recorded.public_id).order_by("number")
    for lines in chunks.values_list("lines", flat=True):
        yield from lines.split("\n")


def changes_of(subject_kind: str) -> Iterator[tuple[str, str]]:
    """Yield the kept row changes of deeds done to subjects of a kind, a chunk at a time, with the subject's id."""
    events = RecordedEvent.objects.filter(subject_kind=subject_kind)
    subjects: dict[str, str] = dict(events.values_list("public_id", "subject_id"))
    chunks = ChangeChunk.objects.filter(event__in=events.values("public_id"))
    for event, lines in chunks.values_list("event", "lines").iterator(chunk_size=10):
        yield subjects[event], lines


def changes_root(recorded: RecordedEvent) -> str:
    """Return the Merkle root, in hexadecimal, recomputed over the kept lines of a bulk deed."""
    return Tree.over(line.encode("ascii") for line in lines_of(recorded)).root.hex()


def reads_of(subject: str, *, limit: int) -> list[tuple[datetime.datetime, str]]:
    """Return when somebody's evaluation was read and by which actor, the newest first (one query)."""
    rows = ReadEntry.objects.filter(subject=subject).order_by("-read_at", "-pk")
    return list(rows.values_list("read_at", "read_by")[:limit])


def deeds_of(by: Actor, subject: str, *, since: datetime.date) -> set[Event]:
    """Return what somebody has done to a subject (opaque id) on a day or after it, each kind once (one query)."""
    rows = RecordedEvent.objects.filter(subject_id=subject, done_by=str(by), done_at__gte=_midnight(since))
    return {Event(event) for event in rows.values_list("event", flat=True)}
