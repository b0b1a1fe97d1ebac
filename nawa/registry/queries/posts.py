"""Posts: how many of their seats are taken, and who holds or acts in them."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest, Lower

from nawa.core.dates import on_day
from nawa.core.scope import Scope
from nawa.registry.enums import MANAGERIAL_TIERS, Filling
from nawa.registry.models import ActingAssignment, CompetencyStandard, Person, Position
from nawa.registry.queries.finding import titled
from nawa.registry.queries.scopes import active, only, positions
from nawa.workbook.codes import TIERS

RANK: Final = Case(
    *(When(tier=tier, then=Value(number)) for number, tier in enumerate(TIERS)), output_field=IntegerField()
)
_FILLINGS: Final[Mapping[Filling, Q]] = {
    Filling.FILLED: Q(free=0),
    Filling.VACANT: Q(free__gt=0),
    Filling.ACTING: Q(acting__gt=0),
}
_ORDERS: Final[Mapping[str, Any]] = {
    "jabatan": Lower("name"),
    "unit": Lower("unit__name"),
    "jenjang": RANK,
    "kelas": F("job_class"),
    "lowong": F("free"),
}
"""What a list of posts can be sorted by, as addresses name it; tiers fall from the highest."""


@dataclass(frozen=True, slots=True)
class WantedPosts:
    """Which posts a reader wants to see; empty means all that exist. `inside`: units by primary key, and no others."""

    inside: frozenset[int] | None = None
    tier: str = ""
    filling: Filling | None = None
    critical: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """Somebody in a post: as its holder (`kind` is empty) or acting in it; `through` is the last day, if one is set."""

    person: Person
    kind: str
    since: datetime.date | None
    through: datetime.date | None = None
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Seat:
    """A post with those who are in it: definitive holders, and those who act."""

    post: Position
    holders: list[Duty] = field(default_factory=list)
    acting: list[Duty] = field(default_factory=list)

    @property
    def seats(self) -> int:
        """How many seats the post has; a number that is not known counts as one."""
        return 1 if self.post.seats is None else self.post.seats

    @property
    def free(self) -> int:
        """How many seats nobody holds."""
        return max(self.seats - len(self.holders), 0)


def manned(posts: QuerySet[Position], *, on: datetime.date) -> QuerySet[Position]:
    """Return the posts with how many hold them (`held`) and act in them (`acting`), and the empty seats (`free`)."""
    held = _counted(Person.objects.filter(active(on), position=OuterRef("pk")))
    stood_in = _counted(acting(on).filter(position=OuterRef("pk")))
    counted = posts.annotate(held=held, acting=stood_in)
    return counted.annotate(free=Greatest(Coalesce(F("seats"), 1) - F("held"), 0))


def existing(*, scope: Scope, on: datetime.date) -> QuerySet[Position]:
    """Return the posts in scope that exist on a day."""
    return positions(scope=scope).filter(on_day(on, "valid_from", "valid_through"))


def listed_posts(
    wanted: WantedPosts, *, scope: Scope, on: datetime.date, order: str = "jenjang", descending: bool = False
) -> QuerySet[Position]:
    """Return the posts in scope that a reader wants to see, in order; the highest first, usually.

    Unknown values come last in both directions.
    """
    rows = existing(scope=scope, on=on)
    if wanted.filling is Filling.ENDED:
        rows = positions(scope=scope).exclude(on_day(on, "valid_from", "valid_through"))
    rows = only(rows, wanted.inside, "unit_id")
    if wanted.filling in _FILLINGS or order == "lowong":
        rows = manned(rows, on=on).filter(_FILLINGS.get(wanted.filling or Filling.ENDED, Q()))
    if wanted.tier:
        rows = rows.filter(tier=wanted.tier)
    if wanted.critical:
        rows = rows.filter(critical=True)
    if wanted.text:
        rows = rows.filter(titled(wanted.text))
    key = F("sorted_by")
    first = key.desc(nulls_last=True) if descending else key.asc(nulls_last=True)
    return rows.alias(sorted_by=_ORDERS[order]).order_by(first, "echelon", Lower("name"), "pk")


def with_units(posts: Sequence[int]) -> list[Position]:
    """Return these posts (primary keys, of posts in scope) in this order, each with its unit (one query)."""
    found = Position.objects.select_related("unit").in_bulk(posts)
    return [found[pk] for pk in posts]


def seats(found: Iterable[Position], *, on: datetime.date) -> list[Seat]:
    """Return posts (in scope) with their people on a day: two queries, however many posts."""
    listed = {post.pk: Seat(post) for post in found}
    for person in Person.objects.filter(active(on), position__in=listed).order_by(Lower("name"), "pk"):
        listed[person.position_id or 0].holders.append(Duty(person, "", person.position_since))
    for row in acting(on).filter(position__in=listed).select_related("person").order_by("started_on", "pk"):
        duty = Duty(row.person, row.kind, row.started_on, row.ended_through, row.letter_number)
        listed[row.position_id].acting.append(duty)
    return list(listed.values())


def seats_of_unit(unit: int, *, on: datetime.date) -> list[Seat]:
    """Return the posts of a unit (in scope), the highest first, with their people on a day (three queries)."""
    posts = Position.objects.filter(on_day(on, "valid_from", "valid_through"), unit=unit)
    return seats(posts.order_by(RANK, "echelon", "-job_class", "name", "pk"), on=on)


def lead(among: Iterable[Seat]) -> Seat | None:
    """Return the seat of a unit's head: the highest managerial post, else the one post that is named as a head's."""
    alone = [seat for seat in among if seat.seats == 1]
    managers = [seat for seat in alone if seat.post.tier in MANAGERIAL_TIERS]
    named = [seat for seat in alone if seat.post.name.startswith(("Kepala ", "Direktur ", "Ketua "))]
    return next(iter([*managers, *named]), None)


def post_by_id(pk: int, *, inside: Collection[int]) -> Position | None:
    """Return a post of these units (in scope), also one that exists no more, with its unit (one query)."""
    post = Position.objects.select_related("unit").filter(pk=pk).first()
    return post if post and post.unit_id in inside else None


def post_by_code(code: str, *, inside: Collection[int]) -> Position | None:
    """Return the post of these units (in scope) that has this code (one query; none without a code)."""
    post = Position.objects.filter(code=code).first() if code else None
    return post if post and post.unit_id in inside else None


def standards(post: Position, *, on: datetime.date) -> tuple[bool, list[CompetencyStandard]]:
    """Return the competences that a post asks for on a day, and whether the standard is its own or that of its tier.

    A standard of its own replaces that of the tier altogether. Of a post that has ended by then it is the last one (one
    query).
    """
    if post.valid_through is not None:
        on = min(on, post.valid_through)
    rows = CompetencyStandard.objects.filter(position_code__in=(post.code, f"JENJANG:{post.tier}"))
    rows = rows.filter(on_day(on, "valid_from", "valid_through"))
    by_code: dict[str, list[CompetencyStandard]] = defaultdict(list)
    for row in rows.order_by("pk"):
        by_code[row.position_code].append(row)
    own = by_code[post.code]
    return bool(own), own or by_code[f"JENJANG:{post.tier}"]


def acting(on: datetime.date) -> QuerySet[ActingAssignment]:
    """Return the duties that hold on a day, of people who have not left."""
    return ActingAssignment.objects.filter(active(on, "person__"), on_day(on, "started_on", "ended_through"))


def _counted(rows: QuerySet[Any]) -> Coalesce:
    number = rows.order_by().values("position").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number), 0, output_field=IntegerField())
