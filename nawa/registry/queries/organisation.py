"""The institution in numbers."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Min, Q, QuerySet
from django.db.models.functions import Coalesce

from nawa.core import clock
from nawa.core.dates import months_before, on_day
from nawa.core.scope import Scope
from nawa.registry.enums import CIVIL_SERVANTS, CONTRACT_STAFF, MANAGERIAL_TIERS
from nawa.registry.models import ActingAssignment, Position, Unit
from nawa.registry.queries.posts import manned
from nawa.registry.queries.scopes import active, only, people, positions, subtree


@dataclass(frozen=True, slots=True)
class Population:
    """Whom and what the institution has on a day. `vacancies` counts empty seats of managerial posts."""

    pns: int
    pppk: int
    units: int
    positions: int
    vacancies: int


def population(*, scope: Scope, on: datetime.date | None = None) -> Population:
    """Count people, units, posts and vacancies in scope on a day (today unless given): at most six queries."""
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
        vacancies=sum(free for _tier, _seats, free in _free_seats(posts, on)),
    )


@dataclass(frozen=True, slots=True)
class Seats:
    """The seats of a tier's posts on a day, and how many of them nobody holds definitively."""

    tier: str
    seats: int
    vacant: int


@dataclass(frozen=True, slots=True)
class Acting:
    """Managerial posts held by a *pelaksana tugas* on a day, and those held so longer than the first term."""

    posts: int
    overlong: int


def managerial_seats(*, scope: Scope, on: datetime.date) -> list[Seats]:
    """Return the seats of managerial posts in scope on a day, the highest tier first: three queries at most."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for tier, seats, free in _free_seats(positions(scope=scope).filter(on_day(on, "valid_from", "valid_through")), on):
        found[tier].append((seats, free))
    return [
        Seats(tier, sum(seats for seats, _ in found[tier]), sum(free for _, free in found[tier]))
        for tier in MANAGERIAL_TIERS
        if tier in found
    ]


def acting_in_managerial_posts(*, scope: Scope, on: datetime.date, months: int) -> Acting:
    """Count managerial posts in scope in which somebody acts on a day, and has for some months: two queries at most."""
    rows = ActingAssignment.objects.filter(on_day(on, "started_on", "ended_through"), kind="PLT")
    rows = only(rows.filter(position__tier__in=MANAGERIAL_TIERS), subtree(scope), "position__unit_id")
    begun = dict(rows.order_by().values_list("position").annotate(since=Min("started_on")))
    return Acting(len(begun), sum(since <= months_before(on, months) for since in begun.values()))


def _free_seats(posts: QuerySet[Position], on: datetime.date) -> list[tuple[str, int, int]]:
    """Return tier, seats and free seats of each managerial post (one query); no number of seats means one."""
    rows = manned(posts.filter(tier__in=MANAGERIAL_TIERS), on=on)
    return list(rows.order_by().values_list("tier", Coalesce("seats", 1), "free"))
