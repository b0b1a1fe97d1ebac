"""How a worker holds a deed, and how it ends, whatever happens to the worker."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Final

from django.db import DatabaseError, IntegrityError, transaction
from django_tasks import task

from nawa.audit import actions as audit
from nawa.audit.enums import Event
from nawa.core import clock, leases
from nawa.core.actor import Actor
from nawa.core.leases import CancelAskedError, LeaseLostError
from nawa.core.models import RunState
from nawa.core.sheets import StaleError
from nawa.exchange.enums import Deed, Failure
from nawa.exchange.models import Work
from nawa.exchange.tasks import applying, checking, undoing
from nawa.exchange.tasks.steps import DeedFailed

WORKER: Final = Actor.system("worker")
"""Who ends a deed that came to nothing."""

_DEEDS: Final[Mapping[str, Callable[[Work], None]]] = {
    Deed.CHECK: checking.check,
    Deed.APPLY: applying.apply,
    Deed.UNDO: undoing.undo,
}
_log = logging.getLogger(__name__)


@task()
def perform(work_id: str) -> None:
    """Carry out queued work by its opaque id; do nothing where another worker has it, or it has ended."""
    work = leases.take(Work, work_id, at=clock.now())
    if work is not None:
        carry_out(work)


def carry_out(work: Work) -> None:
    """Do a deed whose lease is held, and end it: done, cancelled, or failed with a code.

    Work that was lost to another worker is left to it.
    """
    try:
        with leases.alive(work):
            _DEEDS[work.deed](work)
    except LeaseLostError:
        _log.warning("work %s was lost to another worker", work.public_id)
    except (CancelAskedError, KeyboardInterrupt) as stopped:
        end_without_result(work, RunState.CANCELLED)
        if isinstance(stopped, KeyboardInterrupt):
            raise
    except DeedFailed as failed:
        end_without_result(work, RunState.FAILED, failed.failure, failed.details)
        _compare_again(work, failed.failure)
    except Exception as broken:
        _log.exception("work %s failed", work.public_id)
        end_without_result(work, RunState.FAILED, _failure(broken))
        _compare_again(work, _failure(broken))


def end_without_result(
    work: Work, state: RunState, failure: str = "", details: Mapping[str, object] | None = None
) -> None:
    """End work that is held, unless it was lost meanwhile, and record that."""
    try:
        with transaction.atomic():
            leases.end(work, state, at=clock.now(), failure=failure, details=dict(details or {}))
            tell_end(work, state, failure)
    except LeaseLostError:
        _log.warning("work %s was lost to another worker", work.public_id)


def tell_end(work: Work, state: RunState, failure: str = "") -> None:
    """Record that work came to nothing."""
    details = {"deed": work.deed, "state": str(state), "failure": failure or str(state)}
    audit.record(Event.IMPORT_ENDED_WITHOUT_RESULT, subject=work.upload, by=WORKER, details=details)


def _compare_again(work: Work, failure: str) -> None:
    """Make a new preview where the old one does not hold any more, in the name of whoever wanted to apply it."""
    if work.deed != Deed.APPLY or failure not in (Failure.STALE, Failure.RULE):
        return
    with transaction.atomic():
        again = Work.objects.create(
            upload=work.upload,
            deed=Deed.CHECK,
            started_by=work.started_by,
            started_at=clock.now(),
            heartbeat_at=clock.now(),
        )
        perform.enqueue(again.public_id)


def _failure(broken: Exception) -> Failure:
    if isinstance(broken, StaleError):
        return Failure.STALE
    if isinstance(broken, IntegrityError):
        return Failure.RULE
    if isinstance(broken, DatabaseError):
        return Failure.DATABASE
    return Failure.MEMORY if isinstance(broken, MemoryError) else Failure.UNFORESEEN
