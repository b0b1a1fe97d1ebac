"""What a movement touches: the open career, and the acting duties that end with it."""

from __future__ import annotations

from django.db.models import Q

from nawa.registry.enums import DEPARTURES
from nawa.registry.models import ActingAssignment, CareerEntry, Person, Position
from nawa.registry.queries.scopes import active
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
