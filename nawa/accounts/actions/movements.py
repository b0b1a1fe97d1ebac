"""A movement of somebody: the registry and their access change together, on its day."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Final

from django.db import transaction

from nawa.accounts import queries, rules
from nawa.accounts.actions.powers import end_delegation, end_role
from nawa.accounts.models import Delegation, Grant
from nawa.core import clock, locks
from nawa.core.actor import Actor
from nawa.core.refusal import Refusal, refuse_if
from nawa.registry import actions as registry
from nawa.registry.enums import MoveState
from nawa.registry.models import ActingAssignment, Person, PlannedMove, Position
from nawa.registry.queries import due_moves, movement
from nawa.registry.rules.moves import Decree, Movement, decree_of, reasons_against_moving

TICK: Final = Actor.system("tick")
"""Who lets plans wait or wait no more. What they change is the deed of whoever recorded the decree."""


@transaction.atomic
def move_person(*, person: Person, to: Position | None, decree: Decree, seen: str, by: Actor) -> Movement:
    """Record a decree, and end from today the roles that were tied to what somebody leaves behind.

    A role as head of a unit always ends: it belongs to the post, and whoever gives roles gives it anew.

    Raises:
        Refusal: as `registry.actions.move_person`; `move.oneself`; `move.powers`; as `end_role`. Nothing is then kept.
    """
    refuse_if(rules.reasons_against_moving(queries.account_of(person), by=by))
    locks.hold(locks.RECORDS)
    today = clock.today()
    touched = queries.access_moved(movement(person=person, to=to, decree=decree), on=today)
    _end(touched.ending, touched.lent, before=today, by=by)  # before they are gone: the last administrator is seen
    return registry.move_person(person=person, to=to, decree=decree, seen=seen, by=by)


@transaction.atomic
def end_duty(*, duty: ActingAssignment, through: datetime.date, seen: datetime.date | None, by: Actor) -> None:
    """Let an acting duty end through a day, and with it the roles and delegations that were given for it.

    They end after the same day, and today at the earliest.

    Raises:
        Refusal: as `registry.actions.end_duty` and `end_role`; `move.powers`. Nothing is then kept.
    """
    registry.end_duty(duty=duty, through=through, seen=seen, by=by)
    today = clock.today()
    before = max(today, through + datetime.timedelta(days=1))
    _end(queries.given_for([duty], on=before), queries.lent_for([duty], on=before), before=before, by=by)


def _end(grants: Sequence[Grant], lent: Sequence[Delegation], *, before: datetime.date, by: Actor) -> None:
    """End roles that go with a post or a duty, unless they reach further than those of whoever records its end."""
    exceeds = queries.beyond([*grants, *lent], by, on=clock.today())
    for row in lent:
        end_delegation(delegation=row, before=before, by=by)
    for grant in grants:
        end_role(grant=grant, before=before, by=by)
    refuse_if(rules.reasons_against_ending_with_movement(exceeds=exceeds))  # that nobody else gives roles is told first


@transaction.atomic
def plan_move(*, person: Person, to: Position | None, decree: Decree, seen: str, by: Actor) -> PlannedMove:
    """Record a decree whose day has not come: `carry_out_due` does the rest on its day.

    Raises:
        Refusal: as `registry.actions.plan_move`; `move.oneself`.
    """
    refuse_if(rules.reasons_against_moving(queries.account_of(person), by=by))
    return registry.plan_move(person=person, to=to, decree=decree, seen=seen, by=by)


@transaction.atomic
def cancel_move(*, plan: PlannedMove, reason: str, by: Actor) -> None:
    """Give up a movement that waits.

    Raises:
        Refusal: as `registry.actions.cancel_move`; `move.oneself`.
    """
    refuse_if(rules.reasons_against_moving(queries.account_of(plan.person), by=by))
    registry.cancel_move(plan=plan, reason=reason, by=by)


def carry_out_due() -> list[PlannedMove]:
    """Carry out the movements whose day has come, each by itself and once; return them.

    All rules are asked again. What one stands against waits with the reason, and is tried again. Whoever leaves a post
    makes room for the next, so those that wait are looked at until nothing moves.
    """
    done: list[PlannedMove] = []
    while moved := [plan for plan in due_moves(on=clock.today()) if not _is_held(plan) and _carry_out(plan)]:
        done += moved
    return done


def _is_held(plan: PlannedMove) -> bool:
    """Tell without the lock whether the very thing still stands against a plan that did so before (three queries)."""
    if not plan.against:
        return False
    moved = movement(person=plan.person, to=plan.to, decree=decree_of(plan))
    against = reasons_against_moving(moved, seen=plan.seen, today=clock.today())
    return [reason.code for reason in against] == [code for code, _arguments in plan.against]


@transaction.atomic
def _carry_out(due: PlannedMove) -> bool:
    locks.hold(locks.RECORDS)
    plan = PlannedMove.objects.select_for_update().get(pk=due.pk)
    if plan.state != MoveState.WAITING:  # another tick, or somebody who cancelled it, was faster
        return False
    by = Actor.named(plan.recorded_by)
    try:
        move_person(person=plan.person, to=plan.to, decree=decree_of(plan), seen=plan.seen, by=by)
    except Refusal as refused:  # what it had changed is undone with its own savepoint
        registry.hold_move(plan, refused.reasons, by=TICK)
        return False
    registry.close_move(plan, MoveState.CARRIED_OUT, by=TICK)
    return True
