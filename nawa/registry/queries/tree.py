"""The units as a tree, each with what it and all below it has."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields

from nawa.core.dates import on_day
from nawa.core.scope import Scope
from nawa.registry.enums import MANAGERIAL_TIERS
from nawa.registry.models import Person, Position, Unit
from nawa.registry.queries.posts import acting
from nawa.registry.queries.scopes import active


@dataclass(frozen=True, slots=True)
class Numbers:
    """Posts, their seats, definitive holders, empty seats of managerial posts, and posts in which somebody acts."""

    posts: int = 0
    seats: int = 0
    held: int = 0
    vacancies: int = 0
    acting: int = 0


@dataclass(frozen=True, slots=True)
class Node:
    """A unit that exists; `numbers` count all in it and below it, `children` are the units right below it."""

    unit: Unit
    numbers: Numbers
    children: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """The organisation on a day as far as a reader may see it.

    `nodes` are the units in scope that exist, by primary key; `roots` the highest of them; `ended` those in scope that
    do not exist on that day. `names` hold every unit, as the path to one in scope names those above it.
    """

    nodes: Mapping[int, Node]
    roots: tuple[int, ...]
    ended: tuple[Unit, ...]
    names: Mapping[int, Unit]

    def unit(self, pk: int) -> Unit | None:
        """Return a unit in scope, also one that exists no more."""
        return self.nodes[pk].unit if pk in self.nodes else next((unit for unit in self.ended if unit.pk == pk), None)

    def path(self, unit: Unit) -> list[tuple[Unit, bool]]:
        """Return the units above a unit, the highest first, and whether each is in scope."""
        above: list[Unit] = []
        parent = self.names.get(unit.parent_id or 0)
        while parent is not None and parent not in above:
            above.insert(0, parent)
            parent = self.names.get(parent.parent_id or 0)
        return [(step, self.unit(step.pk) is not None) for step in above]

    def below(self, pk: int) -> frozenset[int]:
        """Return a unit that exists and all below it."""
        found = {pk}
        for child in self.nodes[pk].children:
            found |= self.below(child)
        return frozenset(found)

    def coded(self, code: str) -> Unit | None:
        """Return the unit of this code, wherever it stands; none without a code."""
        return next((unit for unit in self.names.values() if code and unit.code == code), None)


def tree(*, scope: Scope, on: datetime.date, of: int | None = None) -> Tree:
    """Return the organisation as it stands on a day, in the order of the records: four queries, however many units.

    Where `of` is given, numbers are counted for that unit and those below it alone; elsewhere they are zero.
    """
    names = {unit.pk: unit for unit in Unit.objects.order_by("pk")}
    inside = _inside(names.values(), scope, on)
    here = [unit for unit in inside if _exists(unit, on)]
    known = {unit.pk for unit in here}
    children: dict[int, list[int]] = defaultdict(list)
    for unit in here:
        children[unit.parent_id if unit.parent_id in known else 0].append(unit.pk)
    counted = known if of is None else _below(of, children)
    numbers = _numbers(on, None if scope.all_units and of is None else counted)
    nodes: dict[int, Node] = {}

    def grow(pk: int) -> list[int]:
        total = [sum(column) for column in zip(numbers[pk], *map(grow, children[pk]), strict=True)]
        nodes[pk] = Node(names[pk], Numbers(*total), tuple(children[pk]))
        return total

    for root in children[0]:
        grow(root)
    ended = tuple(unit for unit in inside if unit.pk not in known)
    return Tree(nodes, tuple(children[0]), ended, names)


def _inside(units: Collection[Unit], scope: Scope, on: datetime.date) -> list[Unit]:
    """Return the units in scope: those named, all below them, and those whose place they have taken."""
    if scope.all_units:
        return list(units)
    keys = {unit.code: unit.pk for unit in units}
    children: dict[int | None, list[Unit]] = defaultdict(list)
    for unit in units:
        children[unit.parent_id].append(unit)
        if unit.successor_code in keys and unit.valid_through is not None and unit.valid_through < on:
            children[keys[unit.successor_code]].append(unit)
    waiting, found = [unit for unit in units if unit.code in scope.subtrees], dict[int, Unit]()
    while waiting:
        unit = waiting.pop()
        if unit.pk not in found:
            found[unit.pk] = unit
            waiting += children[unit.pk]
    return [found[pk] for pk in sorted(found)]


def _below(unit: int, children: Mapping[int, list[int]]) -> set[int]:
    return {unit}.union(*(_below(child, children) for child in children.get(unit, ())))


def _exists(unit: Unit, on: datetime.date) -> bool:
    return (unit.valid_from is None or unit.valid_from <= on) and (
        unit.valid_through is None or on <= unit.valid_through
    )


def _numbers(on: datetime.date, units: Collection[int] | None) -> dict[int, list[int]]:
    """Return what each unit (of these) has by itself, in the order of `Numbers`.

    Three queries, summed here: faster than in the database.
    """
    holders = Person.objects.filter(active(on)).order_by()
    posts = Position.objects.filter(on_day(on, "valid_from", "valid_through")).order_by()
    if units is not None:
        holders, posts = holders.filter(position__unit__in=units), posts.filter(unit__in=units)
    held = Counter(holders.values_list("position_id", flat=True))
    acted = set(acting(on).values_list("position_id", flat=True))
    found: dict[int, list[int]] = defaultdict(lambda: [0] * len(fields(Numbers)))
    for pk, unit, tier, formation in posts.values_list("pk", "unit_id", "tier", "seats"):
        seats = 1 if formation is None else formation
        free = max(seats - held[pk], 0) if tier in MANAGERIAL_TIERS else 0
        for place, number in enumerate((1, seats, held[pk], free, int(pk in acted))):
            found[unit][place] += number
    return found
