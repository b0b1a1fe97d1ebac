"""What all deeds of a worker share: saying which step begins, moving an upload on, keeping its parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from nawa.audit import actions as audit
from nawa.core import clock, leases
from nawa.core.actor import Actor
from nawa.core.models import RunState
from nawa.exchange.enums import MOVES, PROGRESS, Failure, Stage, Step
from nawa.exchange.models import Content, Upload, Work


class DeedFailed(Exception):  # noqa: N818 - an orderly end, not an error of the program
    """A deed that came to nothing, with the code of why and what a page needs to say more."""

    def __init__(self, failure: Failure, **details: object) -> None:
        self.failure, self.details = failure, details
        super().__init__(failure)


def begin(work: Work, step: Step) -> None:
    """Say which step begins. Raises as `nawa.core.leases.report`."""
    leases.report(work, step=step, progress=PROGRESS[step], at=clock.now())


def finish(work: Work, to: Stage, **values: Any) -> Upload:
    """End work that is held with its result, and move the upload on; in the transaction of the deed.

    Raises `LeaseLostError` where the work is held no more; then nothing of the deed may stay.
    """
    leases.end(work, RunState.SUCCEEDED, at=clock.now(), progress=100)
    upload = Upload.objects.select_for_update().get(pk=work.upload_id)
    move(upload, to, **values)
    return upload


def move(upload: Upload, to: Stage, **values: Any) -> None:
    """Move an upload to a stage, if the table of moves knows of it.

    Raises:
        KeyError: it does not.
    """
    _ = MOVES[Stage(upload.stage), to]
    for name, value in {"stage": to, **values}.items():
        setattr(upload, name, value)
    upload.save()


def tell_move(upload: Upload, origin: Stage, by: Actor, details: Mapping[str, Any]) -> None:
    """Record a move, where it has an event of its own."""
    event = MOVES[origin, Stage(upload.stage)].event
    if event is not None:
        audit.record(event, subject=upload, by=by, details=details)


def keep(upload: Upload, parts: Iterable[Content]) -> None:
    """Keep parts of an upload in place of those of the same names."""
    made = list(parts)
    Content.objects.filter(upload=upload, name__in=[part.name for part in made]).delete()
    for part in made:
        part.save()
