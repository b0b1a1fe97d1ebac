"""Reading the registry. Every query takes the scope of the reader."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, Greatest

from nawa.core import clock
from nawa.core.dates import on_day
from nawa.core.scope import Scope
from nawa.registry.enums import CIVIL_SERVANTS, CONTRACT_STAFF, DEPARTED, MANAGERIAL_TIERS
from nawa.registry.models import Person, Position, Unit

Row = TypeVar("Row", Unit, Position, Person)


@dataclass(frozen=True, slots=True)
class Population:
    """Whom and what the institution has on a day. `vacancies` counts empty seats of managerial posts."""

    pns: int
    pppk: int
    units: int
    positions: int
    vacancies: int


def units(*, scope: Scope) -> QuerySet[Unit]:
    """Return the units in scope: those named and all below them."""
    return _within(Unit.objects.all(), scope, "id")


def positions(*, scope: Scope) -> QuerySet[Position]:
    """Return the posts of the units in scope."""
    return _within(Position.objects.all(), scope, "unit_id")


def people(*, scope: Scope) -> QuerySet[Person]:
    """Return the people of the units in scope; whoever has no unit of their own belongs to that of their post."""
    return _within(Person.objects.alias(home=Coalesce("unit_id", "position__unit_id")), scope, "home")


def active(on: datetime.date) -> Q:
    """Return the filter for people who have not left by a day."""
    return ~Q(legal_status__in=DEPARTED) & (Q(inactive_since__isnull=True) | Q(inactive_since__gt=on))


def population(*, scope: Scope, on: datetime.date | None = None) -> Population:
    """Count people, units, posts and vacancies in scope on a day (today unless given): at most five queries."""
    on = on or clock.today()
    valid = on_day(on, "valid_from", "valid_through")
    inside = subtree(scope)
    staff = _only(people(scope=Scope.everything()), inside, "home").filter(active(on))
    counted = staff.aggregate(
        pns=Count("id", filter=Q(staff_kind__in=CIVIL_SERVANTS)),
        pppk=Count("id", filter=Q(staff_kind__in=CONTRACT_STAFF)),
    )
    posts = _only(Position.objects.all(), inside, "unit_id").filter(valid)
    return Population(
        **counted,
        units=_only(Unit.objects.all(), inside, "id").filter(valid).count(),
        positions=posts.count(),
        vacancies=_vacancies(posts.filter(tier__in=MANAGERIAL_TIERS), on),
    )


def subtree(scope: Scope) -> frozenset[int] | None:
    """Return the primary keys of the units in scope, or None for all of them (one query at most)."""
    if scope.all_units:
        return None
    if scope.is_empty:
        return frozenset()
    children: dict[int | None, list[int]] = defaultdict(list)
    found: list[int] = []
    for pk, code, parent in Unit.objects.values_list("id", "code", "parent_id"):
        children[parent].append(pk)
        if code in scope.subtrees:
            found.append(pk)
    return _below(found, children)


def _below(roots: Iterable[int], children: dict[int | None, list[int]]) -> frozenset[int]:
    seen: set[int] = set()
    waiting = list(roots)
    while waiting:
        unit = waiting.pop()
        if unit not in seen:
            seen.add(unit)
            waiting += children[unit]
    return frozenset(seen)


def _within(rows: QuerySet[Row], scope: Scope, unit: str) -> QuerySet[Row]:
    return _only(rows, subtree(scope), unit)


def _only(rows: QuerySet[Row], inside: frozenset[int] | None, unit: str) -> QuerySet[Row]:
    return rows if inside is None else rows.filter(**{f"{unit}__in": inside})


def _vacancies(posts: QuerySet[Position], on: datetime.date) -> int:
    here = Q(holders__isnull=False) & _of_holder(on)
    empty = posts.annotate(held=Count("holders", filter=here)).annotate(
        free=Greatest(Coalesce(F("seats"), 1) - F("held"), 0)
    )
    return empty.aggregate(total=Sum("free"))["total"] or 0


def _of_holder(on: datetime.date) -> Q:
    left = Q(holders__legal_status__in=DEPARTED)
    return ~left & (Q(holders__inactive_since__isnull=True) | Q(holders__inactive_since__gt=on))
