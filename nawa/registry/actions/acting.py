"""Acting duties: recorded by their letter, and ended."""

from __future__ import annotations

import datetime

from django.db import transaction

from nawa.audit import actions as audit
from nawa.audit.enums import Event
from nawa.core import clock, locks
from nawa.core.actor import Actor
from nawa.core.models import Source
from nawa.core.refusal import refuse_if
from nawa.registry import queries
from nawa.registry.models import ActingAssignment, Person, Position
from nawa.registry.rules import acting as rules
from nawa.registry.rules.acting import Law, Letter


@transaction.atomic
def record_duty(
    *, person: Person, position: Position, kind: str, letter: Letter, seen: frozenset[str], law: Law, by: Actor
) -> ActingAssignment:
    """Record that somebody acts in a post by a letter; one that follows a duty without a break extends it.

    `seen` are the codes of what was found wrong with it when whoever records it last looked.

    Raises:
        Refusal: as `rules.reasons_against_recording`.
    """
    locks.hold(locks.RECORDS)
    today = clock.today()
    duty = rules.duty_by_letter(person, position, kind, letter)
    (found,) = queries.examined([duty], retiring=None, law=law, on=today)
    others = ActingAssignment.objects.filter(person=person, position=position)
    refuse_if(
        rules.reasons_against_recording(
            duty, letter, others=others, findings=found.findings, seen=seen, law=law, today=today
        )
    )
    duty.source, duty.verified_by, duty.verified_at = Source.RECORDED, str(by), clock.now()
    duty.save()
    audit.record(Event.DUTY_RECORDED, subject=person, by=by, details=_told(duty))
    return duty


@transaction.atomic
def end_duty(*, duty: ActingAssignment, through: datetime.date, seen: datetime.date | None, by: Actor) -> None:
    """Let a duty end through a day, or state the last day of one that had none; `seen` is the one stated before.

    Raises:
        Refusal: as `rules.reasons_against_ending`.
    """
    locks.hold(locks.RECORDS)
    row = ActingAssignment.objects.select_for_update(of=("self",)).select_related("person").get(pk=duty.pk)
    refuse_if(rules.reasons_against_ending(row, through, seen=seen))
    row.ended_through = through
    row.source, row.import_id, row.verified_by, row.verified_at = Source.RECORDED, "", str(by), clock.now()
    row.save(update_fields=["ended_through", "source", "import_id", "verified_by", "verified_at"])
    audit.record(Event.DUTY_ENDED, subject=row.person, by=by, details=_told(row))


def _told(duty: ActingAssignment) -> dict[str, object]:
    told = {"kind": duty.kind, "position": str(duty.position_id)}
    return {**told, "since": duty.started_on, "through": duty.ended_through}
