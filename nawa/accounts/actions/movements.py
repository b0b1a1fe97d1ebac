"""A movement of somebody: the registry and their access change together."""

from __future__ import annotations

from django.db import transaction

from nawa.accounts import queries, rules
from nawa.accounts.actions.powers import end_delegation, end_role
from nawa.core import clock, locks
from nawa.core.actor import Actor
from nawa.core.refusal import refuse_if
from nawa.registry import actions as registry
from nawa.registry.models import Person, Position
from nawa.registry.queries import movement
from nawa.registry.rules.moves import Decree, Movement


@transaction.atomic
def move_person(*, person: Person, to: Position | None, decree: Decree, seen: str, by: Actor) -> Movement:
    """Record a decree, and end from today the roles that were tied to what somebody leaves behind.

    A role as head of a unit always ends: it belongs to the post, and whoever gives roles gives it anew.

    Raises:
        Refusal: as `registry.actions.move_person`; `move.oneself`; as `end_role`. Nothing is then kept.
    """
    refuse_if(rules.reasons_against_moving(queries.account_of(person), by=by))
    locks.hold(locks.RECORDS)
    today = clock.today()
    touched = queries.access_moved(movement(person=person, to=to, decree=decree), on=today)
    for row in touched.lent:
        end_delegation(delegation=row, before=today, by=by)
    for grant in touched.ending:
        end_role(grant=grant, before=today, by=by)  # before they are gone, or the last administrator might go unseen
    return registry.move_person(person=person, to=to, decree=decree, seen=seen, by=by)
