"""Reading the record."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from nawa.audit.enums import Event
from nawa.audit.models import ChangeChunk, ReadEntry, RecordedEvent
from nawa.core import clock
from nawa.core.actor import Actor
from nawa.proof.merkle import Tree


def lines_of(recorded: RecordedEvent) -> Iterator[str]:
    """Yield the kept lines of a bulk deed, the leaves of its Merkle tree, in their order."""
    chunks = ChangeChunk.objects.filter(event=recorded.public_id).order_by("number")
    for lines in chunks.values_list("lines", flat=True):
        yield from lines.split("\n")


def changes_root(recorded: RecordedEvent) -> str:
    """Return the Merkle root, in hexadecimal, recomputed over the kept lines of a bulk deed."""
    return Tree.over(line.encode("ascii") for line in lines_of(recorded)).root.hex()


def reads_of(subject: str, *, limit: int) -> list[tuple[datetime.datetime, str]]:
    """Return when somebody's evaluation was read and by which actor, the newest first (one query)."""
    rows = ReadEntry.objects.filter(subject=subject).order_by("-read_at", "-pk")
    return list(rows.values_list("read_at", "read_by")[:limit])


def deeds_of(by: Actor, subject: str, *, since: datetime.date) -> set[Event]:
    """Return what somebody has done to a subject (opaque id) on a day or after it, each kind once (one query)."""
    begun = datetime.datetime.combine(since, datetime.time(), tzinfo=clock.ZONE)
    rows = RecordedEvent.objects.filter(subject_id=subject, done_by=str(by), done_at__gte=begun)
    return {Event(event) for event in rows.values_list("event", flat=True)}
