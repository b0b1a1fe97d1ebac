"""Posts: how many of their seats are taken, and who holds or acts in them."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from django.db.models import Case, Count, F, IntegerField, Model, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest

from nawa.core.dates import on_day
from nawa.core.scope import Scope
from nawa.registry.enums import MANAGERIAL_TIERS, Filling
from nawa.registry.models import ActingAssignment, CompetencyStandard, Person, Position
from nawa.registry.queries.scopes import active, positions
from nawa.workbook.codes import TIERS

_RANK: Final = Case(
    *(When(tier=tier, then=Value(number)) for number, tier in enumerate(TIERS)), output_field=IntegerField()
)
_FILLINGS: Final[Mapping[Filling, Q]] = {
    Filling.VACANT: Q(free__gt=0, acting=0),
    Filling.ACTING: Q(free__gt=0, acting__gt=0),
    Filling.FILLED: Q(free=0),
}


@dataclass(frozen=True, slots=True)
class Duty:
    """Somebody in a post: as its holder (`kind` is empty) or acting in it; `through` is the last day, if one is set."""

    person: Person
    kind: str
    since: datetime.date | None
    through: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Seat:
    """A post with those who are in it: definitive holders, and those who act."""

    post: Position
    holders: list[Duty] = field(default_factory=list)
    acting: list[Duty] = field(default_factory=list)


def manned(posts: QuerySet[Position], *, on: datetime.date) -> QuerySet[Position]:
    """Return the posts with how many hold them (`held`) and act in them (`acting`), and the empty seats (`free`)."""
    held = _counted(Person.objects.filter(active(on), position=OuterRef("pk")))
    acting = _counted(_acting(on).filter(position=OuterRef("pk")))
    counted = posts.annotate(held=held, acting=acting)
    return counted.annotate(free=Greatest(Coalesce(F("seats"), 1) - F("held"), 0))


def posts(*, scope: Scope, on: datetime.date) -> QuerySet[Position]:
    """Return the posts in scope that exist on a day, the highest first, each with its unit and as `manned`."""
    existing = positions(scope=scope).filter(on_day(on, "valid_from", "valid_through"))
    return manned(existing, on=on).select_related("unit").order_by(_RANK, "echelon", "-job_class", "name", "pk")


def filled(found: QuerySet[Position], filling: Filling) -> QuerySet[Position]:
    """Return those of `posts` that are filled, vacant, or vacant but looked after by somebody who acts."""
    return found.filter(_FILLINGS[filling])


def seats(found: Iterable[Position], *, on: datetime.date) -> list[Seat]:
    """Return posts (in scope) with their people on a day: two queries, however many posts."""
    listed = {post.pk: Seat(post) for post in found}
    for person in Person.objects.filter(active(on), position__in=listed).order_by("name"):
        listed[person.position_id or 0].holders.append(Duty(person, "", person.position_since))
    for row in _acting(on).filter(position__in=listed).select_related("person").order_by("started_on"):
        listed[row.position_id].acting.append(Duty(row.person, row.kind, row.started_on, row.ended_through))
    return list(listed.values())


def lead(among: Iterable[Seat]) -> Seat | None:
    """Return the seat of a unit's head: the highest managerial post, else the one post that is named as a head's."""
    alone = [seat for seat in among if (seat.post.seats or 1) == 1]
    managers = [seat for seat in alone if seat.post.tier in MANAGERIAL_TIERS]
    named = [seat for seat in alone if seat.post.name.startswith(("Kepala ", "Direktur ", "Ketua "))]
    return next(iter([*managers, *named]), None)


def standards(post: Position) -> list[CompetencyStandard]:
    """Return the competences that a post asks for: its own standard, else that of its tier (one query)."""
    rows = CompetencyStandard.objects.filter(position_code__in=(post.code, f"JENJANG:{post.tier}"))
    by_code: dict[str, list[CompetencyStandard]] = defaultdict(list)
    for row in rows.order_by("pk"):
        by_code[row.position_code].append(row)
    return by_code[post.code] or by_code[f"JENJANG:{post.tier}"]


def acting_posts(*, scope: Scope, on: datetime.date) -> int:
    """Count the managerial posts in scope in which somebody acts on a day."""
    managerial = positions(scope=scope).filter(tier__in=MANAGERIAL_TIERS)
    return managerial.filter(pk__in=_acting(on).values("position")).count()


def _acting(on: datetime.date) -> QuerySet[ActingAssignment]:
    return ActingAssignment.objects.filter(active(on, "person__"), on_day(on, "started_on", "ended_through"))


def _counted(rows: QuerySet[Model]) -> Coalesce:
    number = rows.order_by().values("position").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number), 0, output_field=IntegerField())
