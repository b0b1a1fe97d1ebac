"""What may be done with SIMATA's sheet: held beside a map; and what time does to what that gave."""

from __future__ import annotations

import datetime
import hashlib

from django.db import transaction
from django.db.models import QuerySet

from nawa.audit import actions as audit
from nawa.audit.enums import Event
from nawa.core import clock, leases, locks
from nawa.core.actor import Actor
from nawa.core.constraints import NAME
from nawa.core.models import OPEN, RunState
from nawa.core.refusal import Reason, refuse_if
from nawa.exchange import rules
from nawa.exchange.enums import Failure
from nawa.exchange.models import Comparison
from nawa.exchange.tasks.comparing import compare_sheet
from nawa.talent.models import MappingRun


@transaction.atomic
def compare_with_simata(content: bytes, *, file_name: str, base: MappingRun, by: Actor) -> Comparison:
    """Take SIMATA's sheet in, and ask for it to be compared with a run's map; both are there or neither.

    Raises:
        Refusal: as `rules.reasons_against_comparing`.
    """
    locks.hold(f"comparison {base.public_id}")
    digest = hashlib.sha256(content).hexdigest()
    underway = Comparison.objects.filter(base=base, digest=digest, state__in=OPEN).exists()
    refuse_if(rules.reasons_against_comparing(len(content), content[:64], underway=underway))
    at = clock.now()
    asked = Comparison.objects.create(
        base=base,
        file_name=file_name[-NAME:],
        file_size=len(content),
        digest=digest,
        file=content,
        kept_through=rules.kept_through(at),
        started_by=str(by),
        started_at=at,
        heartbeat_at=at,
    )
    audit.record(Event.SIMATA_COMPARED, subject=asked, by=by, details={"file": asked.digest, "on": base.on})
    compare_sheet.enqueue(asked.public_id)
    return asked


@transaction.atomic
def cancel_comparison(comparison: Comparison, *, by: Actor) -> None:
    """Ask for a comparison to be stopped; its file goes.

    Raises:
        Refusal: `work.no_cancel`.
    """
    asked = leases.ask_to_cancel(comparison, by=str(by), at=clock.now())
    refuse_if([] if asked else [Reason("work.no_cancel")])
    let_go(Comparison.objects.filter(pk=comparison.pk, state=RunState.CANCELLED))


def tick_comparisons(*, at: datetime.datetime) -> list[Comparison]:
    """Take care of comparisons whose worker was killed, and return them; empty those whose time is over."""
    cared = [one for one in leases.silent(Comparison, at=at) if _taken_care_of(one, at)]
    today = at.astimezone(clock.ZONE).date()
    for one in Comparison.objects.filter(has_contents=True, kept_through__lt=today).exclude(state__in=OPEN):
        _empty(one)
    return cared


@transaction.atomic
def _empty(comparison: Comparison) -> None:
    if let_go(Comparison.objects.filter(pk=comparison.pk, has_contents=True)):
        details = {"on": comparison.base.on}
        audit.record(Event.SIMATA_EMPTIED, subject=comparison, by=Actor.system("tick"), details=details)


def let_go(rows: QuerySet[Comparison]) -> int:
    """Take out of comparisons what tells of people, and return of how many."""
    return rows.update(file=None, people=None, differences=None, file_name="", has_contents=False)


@transaction.atomic
def _taken_care_of(one: Comparison, at: datetime.datetime) -> bool:
    if one.cancel_asked_at or (one.state == RunState.RUNNING and one.attempts >= leases.ATTEMPTS):
        state = RunState.CANCELLED if one.cancel_asked_at else RunState.FAILED
        ended = leases.give_up(one, state, at=at, failure="" if one.cancel_asked_at else Failure.ABANDONED)
        let_go(Comparison.objects.filter(pk=one.pk, state=state))
        return ended
    if leases.put_back(one, at=at):
        compare_sheet.enqueue(one.public_id)
        return True
    return False
