"""Finding people, posts and units by what somebody types."""

from __future__ import annotations

import datetime
import re
from typing import Final, TypeVar

from django.db.models import Case, Q, QuerySet, Value, When

from nawa.core.dates import on_day
from nawa.core.scope import Scope
from nawa.registry.models import Person, Position, Unit
from nawa.registry.queries.scopes import active, people, positions, units

SHORTEST: Final = 2
"""Letters below which nothing is looked for: one letter finds everybody."""

_LONGEST: Final = 100
_WORDS: Final = 6

Row = TypeVar("Row", Person, Position, Unit)


def find_people(text: str, *, scope: Scope, on: datetime.date) -> QuerySet[Person]:
    """Return the people in scope with all words in their names, or with these digits in their NIP."""
    staff = people(scope=scope).filter(active(on)).select_related("unit", "position")
    digits = re.sub(r"[\s.-]", "", text)
    if digits.isascii() and digits.isdigit():
        return staff.filter(nip__contains=digits).order_by("name", "pk")
    return named(staff, text)


def find_positions(text: str, *, scope: Scope, on: datetime.date) -> QuerySet[Position]:
    """Return the posts in scope with all words in their names, or with this code."""
    return named(positions(scope=scope).filter(on_day(on, "valid_from", "valid_through")).select_related("unit"), text)


def find_units(text: str, *, scope: Scope, on: datetime.date) -> QuerySet[Unit]:
    """Return the units in scope with all words in their names, or with this code."""
    return named(units(scope=scope).filter(on_day(on, "valid_from", "valid_through")).select_related("parent"), text)


def named(rows: QuerySet[Row], text: str) -> QuerySet[Row]:
    """Return the rows with all words in their names, those beginning with the text first; none if it is too short."""
    typed = " ".join(text[:_LONGEST].split())
    if len(typed) < SHORTEST:
        return rows.none()
    wanted = Q()
    for word in typed.split()[:_WORDS]:
        wanted &= Q(name__icontains=word)
    if rows.model is not Person:
        wanted |= Q(code__iexact=typed)
    first = Case(When(name__istartswith=typed, then=Value(0)), default=Value(1))
    return rows.filter(wanted).order_by(first, "name", "pk")
