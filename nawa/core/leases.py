"""Who works on a run: one worker at a time, for as long as it shows signs of life.

Every function changes one row by one conditional UPDATE, so that of two workers who try the same only one succeeds.
"""

from __future__ import annotations

import datetime
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, TypeVar

from django.db import DatabaseError, connection
from django.db.models import F, Q, QuerySet

from nawa.core import clock, ids
from nawa.core.models import OPEN, Run, RunState

LEASE: Final = datetime.timedelta(seconds=60)
"""How long after its last sign of life a worker is taken for dead."""

BEAT: Final = 10.0
"""Seconds between two signs of life."""

ATTEMPTS: Final = 3
"""How often a run is tried before it is given up."""

AnyRun = TypeVar("AnyRun", bound=Run)


class LeaseLostError(Exception):
    """Somebody else has the run now, or it has ended: whatever was computed is not to be kept."""


class CancelAskedError(Exception):
    """Somebody asked to stop the run."""


def take(model: type[AnyRun], public_id: str, *, at: datetime.datetime) -> AnyRun | None:
    """Take the lease of a queued run and return it, or None: another worker has it, or it has ended."""
    worker = ids.public_id()
    taken = model._base_manager.filter(public_id=public_id, state=RunState.QUEUED).update(
        state=RunState.RUNNING, worker=worker, heartbeat_at=at, attempts=F("attempts") + 1, step="", progress=0
    )
    return model._base_manager.get(public_id=public_id, worker=worker) if taken else None


def report(run: Run, *, step: str, progress: int, at: datetime.datetime) -> None:
    """Say which step begins now; a sign of life too.

    Raises:
        LeaseLostError: as the class says.
        CancelAskedError: the run is still held, and should be ended as cancelled.
    """
    if not _held(run).update(step=step, progress=progress, heartbeat_at=at):
        raise LeaseLostError(run.public_id)
    if _held(run).filter(cancel_asked_at__isnull=False).exists():
        raise CancelAskedError(run.public_id)


def end(run: AnyRun, state: RunState, *, at: datetime.datetime, **values: Any) -> AnyRun:
    """End a run that is held, and return it as it now is; what the transaction writes beside appears with it, or never.

    Raises:
        LeaseLostError: as the class says.
    """
    if not _held(run).update(state=state, finished_at=at, worker="", **values):
        raise LeaseLostError(run.public_id)
    return type(run)._base_manager.get(pk=run.pk)


def ask_to_cancel(run: Run, *, by: str, at: datetime.datetime) -> bool:
    """Ask the worker to stop; end a run at once that no worker has. False where it has ended or was asked already."""
    rows = _rows(run).filter(cancel_asked_at__isnull=True)
    asked: dict[str, Any] = {"cancel_asked_by": by, "cancel_asked_at": at}
    ended = rows.filter(state=RunState.QUEUED).update(state=RunState.CANCELLED, finished_at=at, **asked)
    return bool(ended or rows.filter(state=RunState.RUNNING).update(**asked))


def silent(model: type[AnyRun], *, at: datetime.datetime) -> QuerySet[AnyRun]:
    """Return the open runs that have shown no sign of life for the length of a lease."""
    old = Q(heartbeat_at__lt=at - LEASE) | Q(heartbeat_at__isnull=True)
    return model._base_manager.filter(old, state__in=OPEN).order_by("pk")


def put_back(run: Run, *, at: datetime.datetime) -> bool:
    """Put a silent run back in the queue; False where it is silent no more."""
    return bool(silent(type(run), at=at).filter(pk=run.pk).update(state=RunState.QUEUED, worker="", heartbeat_at=at))


def give_up(run: Run, state: RunState, *, at: datetime.datetime, **values: Any) -> bool:
    """End a silent run; False where it is silent no more."""
    return bool(silent(type(run), at=at).filter(pk=run.pk).update(state=state, finished_at=at, worker="", **values))


@contextmanager
def alive(run: Run) -> Iterator[None]:
    """Give signs of life, from a thread and a connection of its own, for as long as the block lasts."""
    over = threading.Event()
    thread = threading.Thread(target=_beat, args=(run, over), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _beat(run: Run, over: threading.Event) -> None:
    while not over.wait(BEAT):
        try:
            _held(run).update(heartbeat_at=clock.now())
        except DatabaseError:  # a lock that lasts, a connection that broke: the next beat tries again
            connection.close()
    connection.close()


def _held(run: Run) -> QuerySet[Run]:
    return _rows(run).filter(state=RunState.RUNNING, worker=run.worker)


def _rows(run: Run) -> QuerySet[Run]:
    return type(run)._base_manager.filter(pk=run.pk)
