"""Movements of people: a decree changes the registry whole, or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from nawa.audit import actions as audit
from nawa.audit.enums import Event
from nawa.core import clock, locks
from nawa.core.actor import Actor
from nawa.core.models import Source
from nawa.core.refusal import Reason, refuse_if
from nawa.registry import queries
from nawa.registry.enums import STATUS_AFTER, Move, MoveState
from nawa.registry.models import CareerEntry, Person, PlannedMove, Position
from nawa.registry.rules import moves as rules
from nawa.registry.rules.moves import Decree, Movement


@transaction.atomic
def move_person(*, person: Person, to: Position | None, decree: Decree, seen: str, by: Actor) -> Movement:
    """Record a decree: an appointment `to` a post, a release, or a departure. Returns what it has changed.

    What is written is marked as verified by whoever records it. `seen` is how the person stood when they last looked
    (`rules.standing`).

    Raises:
        Refusal: as `rules.reasons_against_moving`.
    """
    locks.hold(locks.RECORDS)
    row = Person.objects.select_related("position__unit", "unit").get(pk=person.pk)
    moved = queries.movement(person=row, to=to, decree=decree)
    refuse_if(rules.reasons_against_moving(moved, seen=seen, today=clock.today()))
    origin = str(row.position_id or "none")
    mark: dict[str, Any] = {
        "source": Source.RECORDED,
        "import_id": "",
        "verified_by": str(by),
        "verified_at": clock.now(),
    }
    _close(moved, mark)
    if moved.leaves:
        _depart(moved, mark)
    else:
        _seat(moved, mark)
    _record(moved, origin, by)
    return moved


@transaction.atomic
def plan_move(*, person: Person, to: Position | None, decree: Decree, seen: str, by: Actor) -> PlannedMove:
    """Record a decree whose day has not come; nothing changes before.

    Raises:
        Refusal: as `rules.reasons_against_planning`.
    """
    locks.hold(locks.RECORDS)
    row = Person.objects.select_related("position__unit", "unit").get(pk=person.pk)
    waiting = PlannedMove.objects.filter(person=row, state=MoveState.WAITING)
    planned = frozenset(waiting.values_list("since", flat=True))
    moved = queries.movement(person=row, to=to, decree=decree)
    refuse_if(rules.reasons_against_planning(moved, seen=seen, planned=planned))
    plan = PlannedMove.objects.create(
        person=row,
        to=to,
        kind=decree.kind.value,
        number=decree.number,
        since=decree.since,
        inaugurated_on=decree.inaugurated_on,
        title=decree.title,
        seen=seen,
        recorded_by=str(by),
        recorded_at=clock.now(),
    )
    _tell(Event.MOVE_PLANNED, plan, by)
    return plan


@transaction.atomic
def cancel_move(*, plan: PlannedMove, reason: str, by: Actor) -> None:
    """Give up a movement that waits.

    Raises:
        Refusal: as `rules.reasons_against_cancelling`.
    """
    row = PlannedMove.objects.select_for_update().get(pk=plan.pk)
    refuse_if(rules.reasons_against_cancelling(row, reason=reason))
    row.reason = reason.strip()
    close_move(row, MoveState.CANCELLED, by=by)
    _tell(Event.MOVE_CANCELLED, row, by)


def close_move(plan: PlannedMove, state: MoveState, *, by: Actor) -> None:
    """Let a plan wait no more. The caller records what was done."""
    plan.state, plan.against, plan.closed_by, plan.closed_at = state, [], str(by), clock.now()
    plan.save()


def hold_move(plan: PlannedMove, reasons: Iterable[Reason], *, by: Actor) -> None:
    """Keep why a plan whose day has come could not be carried out; that it waits is recorded once."""
    is_new = not plan.against
    plan.against = [[reason.code, dict(reason.arguments)] for reason in reasons]
    plan.save(update_fields=["against"])
    if is_new:
        _tell(Event.MOVE_HELD, plan, by)


def _tell(event: Event, plan: PlannedMove, by: Actor) -> None:
    audit.record(event, subject=plan.person, by=by, details={"kind": plan.kind, "since": plan.since})


def _close(moved: Movement, mark: dict[str, Any]) -> None:
    for entry in moved.career:
        _write(entry, mark, ended_through=moved.decree.day_before)
    for duty in moved.ending:
        _write(duty, mark, ended_through=moved.last_day_of(duty))


def _depart(moved: Movement, mark: dict[str, Any]) -> None:
    status = STATUS_AFTER.get(moved.decree.kind, moved.person.legal_status)
    _write(moved.person, mark, legal_status=status, inactive_since=moved.decree.since)


def _seat(moved: Movement, mark: dict[str, Any]) -> None:
    """Put somebody into a post, or (released) into none. Who is above them is not known any more."""
    to, decree = moved.to, moved.decree
    _write(
        moved.person,
        mark,
        position=to,
        position_name=to.name if to else decree.title,
        unit=to.unit if to else moved.person.unit or (moved.person.position and moved.person.position.unit),
        position_since=decree.since,
        inaugurated_on=decree.inaugurated_on,
        retires_on=moved.retires_on,
        superior_nip="",
    )
    entry = {"ended_through": None, "inaugurated_on": decree.inaugurated_on, "decree_number": decree.number, **mark}
    CareerEntry.objects.update_or_create(
        person=moved.person,
        title=to.name if to else decree.title,
        started_on=decree.since,
        defaults={**entry, **(_of_post(to) if to else {}), "assignment": "D"},
    )


def _of_post(post: Position) -> dict[str, str]:
    told = {"position_code": post.code, "tier": post.tier, "echelon": post.echelon}
    return {**told, "unit": post.unit.name, "work_field": post.work_field}


def _write(row: Any, mark: dict[str, Any], **values: Any) -> None:
    for name, value in {**values, **mark}.items():
        setattr(row, name, value)
    row.save(update_fields=[*values, *mark])


def _record(moved: Movement, origin: str, by: Actor) -> None:
    told: dict[str, Any] = {"since": moved.decree.since, "duties": len(moved.ending)}
    if moved.leaves:
        audit.record(Event.PERSON_DEPARTED, subject=moved.person, by=by, details=told)
    elif moved.decree.kind is Move.RELEASE:
        audit.record(Event.PERSON_RELEASED, subject=moved.person, by=by, details={**told, "origin": origin})
    else:
        told |= {"kind": moved.decree.kind.value, "origin": origin, "to": str(moved.to.pk if moved.to else "none")}
        audit.record(Event.PERSON_APPOINTED, subject=moved.person, by=by, details=told)
