"""The directory: who works where. Nothing in it says how well, nor why somebody has left."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Lower

from nawa.core.scope import Scope
from nawa.registry.enums import Presence
from nawa.registry.models import Person
from nawa.registry.queries.finding import called
from nawa.registry.queries.scopes import active, only, people
from nawa.workbook.codes import RANKS, STAFF_KINDS, TIERS

RETIRING_WITHIN: Final = 12
"""Months before retirement in which somebody is listed as about to retire."""


@dataclass(frozen=True, slots=True)
class WantedPeople:
    """Whom a reader wants to see; empty means everybody who works here. `inside`: units by primary key, and no others.

    `retiring` is where the reader may know when somebody retires: a post that is about to be vacated is a secret.
    """

    inside: frozenset[int] | None = None
    tier: str = ""
    staff_kind: str = ""
    presence: Presence = Presence.ACTIVE
    text: str = ""
    retiring: Scope = field(default_factory=Scope.nothing)


def _ranked(field: str, codes: Mapping[str, Any]) -> Case:
    places = (When(**{field: code}, then=Value(place)) for place, code in enumerate(codes))
    return Case(*places, default=None, output_field=IntegerField())


_ORDERS: Final[Mapping[str, Any]] = {
    "unit": Lower(Coalesce("unit__name", "position__unit__name")),
    "jabatan": Lower(Coalesce("position__name", "position_name")),
    "jenjang": _ranked("position__tier", TIERS),
    "jenis": _ranked("staff_kind", STAFF_KINDS),
    "golongan": _ranked("rank", RANKS),
}
"""What the directory can be sorted by besides names, as addresses name it; tiers fall from the highest."""


def directory(
    wanted: WantedPeople, *, scope: Scope, on: datetime.date, order: str = "nama", descending: bool = False
) -> QuerySet[Person]:
    """Return the people in scope whom a reader wants to see on a day, in order.

    Equals stand in the order of their names; unknown values come last in both directions.
    """
    rows = only(people(scope=scope), wanted.inside, "home").filter(_present(wanted, on))
    if wanted.tier:
        rows = rows.filter(position__tier=wanted.tier)
    if wanted.staff_kind:
        rows = rows.filter(staff_kind=wanted.staff_kind)
    if wanted.text:
        rows = rows.filter(called(wanted.text))
    if order == "nama":
        return rows.order_by(Lower("name").desc() if descending else Lower("name").asc(), "pk")
    key = F("sorted_by")
    first = key.desc(nulls_last=True) if descending else key.asc(nulls_last=True)
    return rows.alias(sorted_by=_ORDERS[order]).order_by(first, Lower("name"), "pk")


def at_work(of: Sequence[int]) -> list[Person]:
    """Return these people (primary keys, of people in scope) in this order, each with unit and post (one query)."""
    found = Person.objects.select_related("unit", "position__unit").in_bulk(of)
    return [found[pk] for pk in of]


def makeup(*, inside: frozenset[int], on: datetime.date) -> dict[str, int]:
    """Count the people of these units (in scope) on a day by staff kind (one query)."""
    staff = only(people(scope=Scope.everything()), inside, "home").filter(active(on)).order_by()
    return dict(staff.values_list("staff_kind").annotate(number=Count("pk")))


def _present(wanted: WantedPeople, on: datetime.date) -> Q:
    if wanted.presence is Presence.LEFT:
        return ~active(on)
    if wanted.presence is Presence.ACTIVE:
        return active(on)
    soon = Q(retires_on__gt=on, retires_on__lte=_months_after(on, RETIRING_WITHIN))
    return active(on) & soon & Q(pk__in=people(scope=wanted.retiring).order_by().values("pk"))


def _months_after(day: datetime.date, months: int) -> datetime.date:
    """Return the last day on which as many months have not yet passed, or just have."""
    years, month = divmod(day.month - 1 + months, 12)
    first = datetime.date(day.year + years, month + 1, 1)
    following = (first + datetime.timedelta(days=31)).replace(day=1)
    return min(first + datetime.timedelta(days=day.day - 1), following - datetime.timedelta(days=1))
