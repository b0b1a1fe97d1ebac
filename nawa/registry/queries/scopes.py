"""Which rows a scope lets through: units and all below them, their posts, and their people."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, TypeAlias, TypeVar

from django.db.models import Model, Q, QuerySet
from django.db.models.functions import Coalesce

from nawa.core import clock
from nawa.core.scope import Scope
from nawa.registry.enums import DEPARTED
from nawa.registry.models import Person, Position, Unit

Row = TypeVar("Row", bound=Model)
_UnitRow: TypeAlias = tuple[int, str, int | None, str, datetime.date | None]

_HELD: Final[ContextVar[list[_UnitRow] | None]] = ContextVar("units read once", default=None)


def units(*, scope: Scope) -> QuerySet[Unit]:
    """Return the units in scope: those named and all below them."""
    return _within(Unit.objects.all(), scope, "id")


def ended_units(*, on: datetime.date) -> frozenset[int]:
    """Return the primary keys of the units that are no more on a day (one query)."""
    return frozenset(Unit.objects.filter(valid_through__lt=on).values_list("pk", flat=True))


def positions(*, scope: Scope) -> QuerySet[Position]:
    """Return the posts of the units in scope."""
    return _within(Position.objects.all(), scope, "unit_id")


def people(*, scope: Scope) -> QuerySet[Person]:
    """Return the people of the units in scope; whoever has no unit of their own belongs to that of their post."""
    return _within(Person.objects.alias(home=Coalesce("unit_id", "position__unit_id")), scope, "home")


def active(on: datetime.date, prefix: str = "") -> Q:
    """Return the filter for people who have not left by a day; `prefix` leads to them from another table's rows."""
    stays = Q(**{f"{prefix}inactive_since__isnull": True}) | Q(**{f"{prefix}inactive_since__gt": on})
    return ~Q(**{f"{prefix}legal_status__in": DEPARTED}) & stays


def subtree(scope: Scope) -> frozenset[int] | None:
    """Return the primary keys of the units in scope, or None for all of them (one query at most).

    A unit that exists no more belongs to the one that has taken its place as well: what it left behind is theirs.
    """
    if scope.all_units:
        return None
    if scope.is_empty:
        return frozenset()
    children: dict[int | None, list[int]] = defaultdict(list)
    found: list[int] = []
    rows = _unit_rows()
    keys = {code: pk for pk, code, _parent, _successor, _through in rows}
    today = clock.today()
    for pk, code, parent, successor, through in rows:
        children[parent].append(pk)
        if successor in keys and through is not None and through < today:
            children[keys[successor]].append(pk)
        if code in scope.subtrees:
            found.append(pk)
    return _below(found, children)


@contextmanager
def holding_units() -> Iterator[None]:
    """Read the units once for all scopes that are asked about within the block, which changes none."""
    token = _HELD.set([])
    try:
        yield
    finally:
        _HELD.reset(token)


def _unit_rows() -> list[_UnitRow]:
    held = _HELD.get()
    if held:
        return held
    rows: list[_UnitRow] = list(Unit.objects.values_list("id", "code", "parent_id", "successor_code", "valid_through"))
    if held is not None:
        held += rows
    return rows


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
    return only(rows, subtree(scope), unit)


def only(rows: QuerySet[Row], inside: frozenset[int] | None, unit: str) -> QuerySet[Row]:
    """Return the rows whose unit is inside (`subtree`)."""
    return rows if inside is None else rows.filter(**{f"{unit}__in": inside})


def nips_named(text: str, *, scope: Scope) -> list[str]:
    """Return the NIP of people whose name holds a text (one query)."""
    return list(people(scope=scope).filter(name__icontains=text).values_list("nip", flat=True))


def names_by_nip(nips: Iterable[str], *, scope: Scope) -> dict[str, tuple[str, str]]:
    """Return name and public id of people by their NIP (one query)."""
    found = people(scope=scope).filter(nip__in=list(nips)).values_list("nip", "name", "public_id")
    return {nip: (name, public_id) for nip, name, public_id in found}
