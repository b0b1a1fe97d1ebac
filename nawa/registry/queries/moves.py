"""What a movement touches: the open career, and the acting duties that end with it; and movements yet to come."""

from __future__ import annotations

import datetime

from django.db.models import Count, Q, QuerySet

from nawa.core.scope import Scope
from nawa.registry.enums import DEPARTURES, MoveState
from nawa.registry.models import ActingAssignment, CareerEntry, Person, PlannedMove, Position
from nawa.registry.queries.scopes import active, people
from nawa.registry.rules.acting import seats_of
from nawa.registry.rules.moves import Decree, Movement, is_ended_by


def movement(*, person: Person, to: Position | None, decree: Decree) -> Movement:
    """Return what a decree would do to a person (in scope), and to the post (in scope) that they move to.

    Three queries at most.
    """
    others = Person.objects.filter(active(decree.since), position=to).exclude(pk=person.pk)
    held = others.count() if to else 0
    is_full = to is not None and held + 1 >= seats_of(to)
    career = CareerEntry.objects.filter(person=person, ended_through=None, assignment__in=("", "D"))
    lasting = Q(ended_through__isnull=True) | Q(ended_through__gte=decree.since)
    around = ActingAssignment.objects.filter(lasting, Q(person=person) | Q(position=to, position__isnull=False))
    leaves = decree.kind in DEPARTURES
    duties = list(around.select_related("person", "position__unit").order_by("started_on", "pk"))
    ending = [duty for duty in duties if is_ended_by(duty, person, to, leaves=leaves, is_full=is_full)]
    rest = [duty for duty in duties if duty.person_id == person.pk and duty not in ending]
    entries = tuple(career.order_by("started_on", "pk"))
    return Movement(person, to, decree, held, entries, tuple(ending), tuple(rest))


def planned_moves(*, scope: Scope) -> QuerySet[PlannedMove]:
    """Return the movements of people in scope that were recorded before their day, the next to come first."""
    rows = PlannedMove.objects.select_related("person__position__unit", "person__unit", "to__unit")
    rows = rows if scope.all_units else rows.filter(person__in=people(scope=scope))
    return rows.order_by("since", "pk")


def due_moves(*, on: datetime.date) -> QuerySet[PlannedMove]:
    """Return those that wait and whose day has come, the earliest first."""
    return planned_moves(scope=Scope.everything()).filter(state=MoveState.WAITING, since__lte=on)


def held_back(rows: QuerySet[PlannedMove]) -> QuerySet[PlannedMove]:
    """Return those of which the day has come and against which something stood."""
    return rows.filter(state=MoveState.WAITING).exclude(against=[])


def waiting_moves(*, scope: Scope) -> tuple[int, int]:
    """Count the planned movements of people in scope that wait, and those of them that are held back (one query)."""
    rows = planned_moves(scope=scope).filter(state=MoveState.WAITING).order_by()
    counted = rows.aggregate(waiting=Count("pk"), held=Count("pk", filter=~Q(against=[])))
    return counted["waiting"], counted["held"]
