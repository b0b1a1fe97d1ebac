"""The institution in numbers."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from nawa.core import clock
from nawa.core.dates import on_day
from nawa.core.scope import Scope
from nawa.registry.enums import CIVIL_SERVANTS, CONTRACT_STAFF, MANAGERIAL_TIERS
from nawa.registry.models import Position, Unit
from nawa.registry.queries.posts import manned
from nawa.registry.queries.scopes import active, only, people, subtree


@dataclass(frozen=True, slots=True)
class Population:
    """Whom and what the institution has on a day. `vacancies` counts empty seats of managerial posts."""

    pns: int
    pppk: int
    units: int
    positions: int
    vacancies: int


def population(*, scope: Scope, on: datetime.date | None = None) -> Population:
    """Count people, units, posts and vacancies in scope on a day (today unless given): at most five queries."""
    on = on or clock.today()
    valid = on_day(on, "valid_from", "valid_through")
    inside = subtree(scope)
    staff = only(people(scope=Scope.everything()), inside, "home").filter(active(on))
    counted = staff.aggregate(
        pns=Count("id", filter=Q(staff_kind__in=CIVIL_SERVANTS)),
        pppk=Count("id", filter=Q(staff_kind__in=CONTRACT_STAFF)),
    )
    posts = only(Position.objects.all(), inside, "unit_id").filter(valid)
    empty = manned(posts.filter(tier__in=MANAGERIAL_TIERS), on=on)
    return Population(
        **counted,
        units=only(Unit.objects.all(), inside, "id").filter(valid).count(),
        positions=posts.count(),
        vacancies=empty.aggregate(total=Sum("free"))["total"] or 0,
    )
