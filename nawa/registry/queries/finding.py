"""Finding people, posts and units by what somebody types."""

from __future__ import annotations

import datetime
from typing import Final, TypeVar

from django.db.models import Case, Q, QuerySet, Value, When
from django.db.models.functions import Lower

from nawa.core.dates import on_day
from nawa.core.scope import Scope
from nawa.registry.models import Person, Position, Unit
from nawa.registry.queries.scopes import active, people, positions, units

SHORTEST: Final = 2
"""Letters below which nothing is looked for: one letter finds everybody."""

_WORDS: Final = 6

Row = TypeVar("Row", Person, Position, Unit)


def called(text: str, prefix: str = "") -> Q:
    """Return the filter for people whose name holds every word, or whose NIP begins with the digits.

    `prefix` leads to them from another table's rows.
    """
    digits = "".join(text.split())
    if digits.isascii() and digits.isdigit():
        return Q(**{f"{prefix}nip__startswith": digits})
    return _worded(text, f"{prefix}name")


def titled(text: str) -> Q:
    """Return the filter for posts or units whose name holds every word, or whose code is the text."""
    return _worded(text, "name") | Q(code__iexact=text)


def find_people(text: str, *, scope: Scope, on: datetime.date) -> QuerySet[Person]:
    """Return the people in scope who work on a day and are called so, each with unit and post."""
    staff = people(scope=scope).filter(active(on)).select_related("unit", "position__unit")
    return _nearest_first(staff.filter(called(text)), text)


def find_posts(text: str, *, scope: Scope, on: datetime.date) -> QuerySet[Position]:
    """Return the posts in scope that exist on a day and are called so, each with its unit."""
    posts = positions(scope=scope).filter(on_day(on, "valid_from", "valid_through")).select_related("unit")
    return _nearest_first(posts.filter(titled(text)), text)


def find_units(text: str, *, scope: Scope) -> QuerySet[Unit]:
    """Return the units in scope that are called so, also those that exist no more, each with the unit above."""
    return _nearest_first(units(scope=scope).select_related("parent").filter(titled(text)), text)


def _worded(text: str, field: str) -> Q:
    wanted = Q()
    for word in text.split()[:_WORDS]:
        wanted &= Q(**{f"{field}__icontains": word})
    return wanted


def _nearest_first(rows: QuerySet[Row], text: str) -> QuerySet[Row]:
    """Return the rows that begin with the text first, then those that hold it as it was typed."""
    first = Case(
        When(name__istartswith=text, then=Value(0)), When(name__icontains=text, then=Value(1)), default=Value(2)
    )
    return rows.order_by(first, Lower("name"), "pk")
