"""Units, posts, and who holds them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, Greatest

from nawa.core import clock
from nawa.core.dates import on_day
from nawa.core.scope import Scope
from nawa.registry.enums import CIVIL_SERVANTS, CONTRACT_STAFF, DEPARTED, MANAGERIAL_TIERS
from nawa.registry.models import Position, Unit
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
    return Population(
        **counted,
        units=only(Unit.objects.all(), inside, "id").filter(valid).count(),
        positions=posts.count(),
        vacancies=_vacancies(posts.filter(tier__in=MANAGERIAL_TIERS), on),
    )


def _vacancies(posts: QuerySet[Position], on: datetime.date) -> int:
    here = Q(holders__isnull=False) & _of_holder(on)
    empty = posts.annotate(held=Count("holders", filter=here)).annotate(
        free=Greatest(Coalesce(F("seats"), 1) - F("held"), 0)
    )
    return empty.aggregate(total=Sum("free"))["total"] or 0


def _of_holder(on: datetime.date) -> Q:
    left = Q(holders__legal_status__in=DEPARTED)
    return ~left & (Q(holders__inactive_since__isnull=True) | Q(holders__inactive_since__gt=on))
