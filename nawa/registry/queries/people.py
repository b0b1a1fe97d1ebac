"""Employees: the directory, one person, and where they have been. None of it says how well they do."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from django.db.models import Case, CharField, DateField, DateTimeField, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from nawa.core.constraints import NAME
from nawa.core.scope import Scope
from nawa.core.together import Part, together
from nawa.registry.enums import DEPARTED
from nawa.registry.models import ActingAssignment, CareerEntry, Education, Person, RankEntry, Unit
from nawa.registry.queries.finding import named
from nawa.registry.queries.scopes import active, people, subtree, units
from nawa.workbook.codes import RANKS, TIERS


class Presence(StrEnum):
    """Whether somebody is at work, coarse enough to tell nothing of discipline: that is for few eyes only."""

    WORKING = "bertugas"
    AWAY = "sementara-tidak"  # unpaid leave, study, suspension
    RETIRING = "mpp"
    LEFT = "keluar"


_AWAY: Final = ("CLTN", "TUGAS_BELAJAR", "PEMBERHENTIAN_SEMENTARA", "TIDAK_AKTIF")
_RETIRING: Final = "MPP"
_DIGITS: Final = re.compile(r"[\s.-]")
_RANK: Final[Mapping[str, int]] = {rank: number for number, rank in enumerate(RANKS)}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of people is narrowed to; empty values narrow nothing. Without `presence`: all who have not left."""

    text: str = ""
    unit: str = ""  # the code of a unit: it and all below it
    tier: str = ""
    staff_kind: str = ""
    presence: str = ""


ORDERS: Final[Mapping[str, tuple[Any, ...]]] = {
    "nama": ("name", "pk"),
    "jenjang": (
        Case(*(When(position__tier=tier, then=Value(place)) for place, tier in enumerate(TIERS)), default=len(TIERS)),
        "name",
        "pk",
    ),
    "golongan": (
        Case(*(When(rank=rank, then=Value(-place)) for rank, place in _RANK.items()), default=1),
        "name",
        "pk",
    ),
    "unit": ("unit__name", "name", "pk"),
}
"""Orders of the directory, by the names that addresses give them; posts and ranks fall from the highest."""


def directory(wanted: Wanted, *, scope: Scope, on: datetime.date, order: str = "nama") -> QuerySet[Person]:
    """Return the people in scope as the directory lists them, with their unit, post and `presence` on a day."""
    rows = people(scope=scope).filter(_matching(wanted, on))
    if wanted.unit:
        below = subtree(Scope.below(wanted.unit)) or frozenset()
        rows = rows.filter(home__in=below)
    if wanted.text:
        rows = _called(rows, wanted.text)
    return _described(rows, on).order_by(*ORDERS.get(order, ORDERS["nama"]))


def person(public_id: str, *, scope: Scope, on: datetime.date) -> Person | None:
    """Return one person in scope with unit, post and `presence` on a day; None where there is nobody for this reader."""
    return _described(people(scope=scope), on).filter(public_id=public_id).first()


def units_to_choose(*, scope: Scope) -> list[tuple[str, str]]:
    """Return code and name of the highest units in scope and of those right below them, for a list of choices."""
    inside = {unit.pk: unit for unit in units(scope=scope).order_by("name")}
    highest = {pk for pk, unit in inside.items() if unit.parent_id not in inside}
    shown = [unit for pk, unit in inside.items() if pk in highest or unit.parent_id in highest]
    return [(unit.code, unit.name) for unit in shown]


def unit_name(code: str) -> str:
    """Return the name of a unit, or its code where there is no such unit."""
    return Unit.objects.filter(code=code).values_list("name", flat=True).first() or code


def _matching(wanted: Wanted, on: datetime.date) -> Q:
    exact = {"position__tier": wanted.tier, "staff_kind": wanted.staff_kind}
    asked = Q(**{name: value for name, value in exact.items() if value})
    return asked & (_present(on)[Presence(wanted.presence)] if wanted.presence else active(on))


def _present(on: datetime.date) -> Mapping[Presence, Q]:
    here = active(on)
    return {
        Presence.WORKING: here & ~Q(legal_status__in=[*_AWAY, _RETIRING]),
        Presence.AWAY: here & Q(legal_status__in=_AWAY),
        Presence.RETIRING: here & Q(legal_status=_RETIRING),
        Presence.LEFT: ~here,
    }


def _called(rows: QuerySet[Person], text: str) -> QuerySet[Person]:
    digits = _DIGITS.sub("", text)
    if digits.isascii() and digits.isdigit():
        return rows.filter(nip__contains=digits)
    return named(rows, text)


def _described(rows: QuerySet[Person], on: datetime.date) -> QuerySet[Person]:
    gone = Q(legal_status__in=DEPARTED) | Q(inactive_since__lte=on)
    presence = Case(
        When(gone, then=Value(Presence.LEFT)),
        When(legal_status__in=_AWAY, then=Value(Presence.AWAY)),
        When(legal_status=_RETIRING, then=Value(Presence.RETIRING)),
        default=Value(Presence.WORKING),
        output_field=CharField(),
    )
    above = ("unit__parent__parent__parent", "position__unit__parent__parent__parent")
    return rows.select_related(*above).annotate(presence=presence)


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of somebody's career registers: `table` is the workbook's table.

    `code` is the kind of duty, the rank or the level of education; `title` the post or the major; `place` the unit or
    the school; `through` the last day that counts.
    """

    table: str
    code: str
    title: str
    tier: str
    place: str
    institution: str
    since: datetime.date | None
    through: datetime.date | None
    year: int | None
    document: str
    source: str
    verified_by: str
    verified_at: datetime.datetime | None


_COLUMNS: Final = {
    **dict.fromkeys(("table", "code", "title", "tier", "place", "institution"), CharField(max_length=NAME)),
    "since": DateField(),
    "through": DateField(),
    "year": IntegerField(),
    **dict.fromkeys(("document", "source", "verified_by"), CharField(max_length=NAME)),
    "verified_at": DateTimeField(),
}
_ORIGIN: Final = {"source": "source", "verified_by": "verified_by", "verified_at": "verified_at"}


def career(of: Person) -> list[Entry]:
    """Return a person's posts, ranks, acting duties and education, oldest first (one query)."""
    rows = [Entry(*(value if value is not None or _may_lack(place) else "" for place, value in enumerate(row)))
            for row in together(_COLUMNS, _registers(of))]  # fmt: skip
    return sorted(rows, key=lambda entry: (entry.since or datetime.date.min, entry.through or datetime.date.max))


def _may_lack(place: int) -> bool:
    return not isinstance(tuple(_COLUMNS.values())[place], CharField)


def _registers(of: Person) -> list[Part]:
    acting = ActingAssignment.objects.filter(person=of)
    return [
        (
            CareerEntry.objects.filter(person=of),
            {"table": Value("career_entry"), "code": "assignment", "title": "title", "place": "unit"}
            | {"tier": Coalesce(F("tier"), Value("")), "institution": "institution", "since": "started_on"}
            | {"through": "ended_through", "document": "decree_number", **_ORIGIN},
        ),
        (
            acting,
            {"table": Value("acting_assignment"), "code": "kind", "title": "position__name", "tier": "position__tier"}
            | {"place": "position__unit__name", "since": "started_on", "through": "ended_through"}
            | {"document": "letter_number", **_ORIGIN},
        ),
        (
            RankEntry.objects.filter(person=of),
            {"table": Value("rank_entry"), "code": "rank", "since": "since", **_ORIGIN},
        ),
        (
            Education.objects.filter(person=of),
            {"table": Value("education"), "code": "level", "title": "major", "tier": "field", "place": "institution"}
            | {"year": "graduated_in", **_ORIGIN},
        ),
    ]
