"""The units as a tree."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count
from django.db.models.functions import Coalesce

from nawa.core.dates import on_day
from nawa.core.scope import Scope
from nawa.registry.enums import MANAGERIAL_TIERS
from nawa.registry.models import Person, Position, Unit
from nawa.registry.queries.posts import manned
from nawa.registry.queries.scopes import active, subtree


@dataclass(frozen=True, slots=True)
class Node:
    """A unit of the tree. `people` and `vacancies` (empty managerial seats) count all in it and below it."""

    pk: int
    code: str
    name: str
    kind: str
    people: int
    vacancies: int
    children: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """The units in scope on a day, in the order of the records; of the units above them, their names alone."""

    nodes: Mapping[int, Node]
    roots: tuple[int, ...]
    names: Mapping[int, str]
    parents: Mapping[int, int | None]

    def path(self, unit: int) -> list[int]:
        """Return the units above a unit, the highest first."""
        above: list[int] = []
        parent = self.parents.get(unit)
        while parent is not None and parent not in above:
            above.insert(0, parent)
            parent = self.parents.get(parent)
        return above

    def steps(self, unit: int) -> list[tuple[Node | None, str]]:
        """Return the path to a unit: each step with its name, and as a node where it is in scope."""
        return [(self.nodes.get(above), self.names[above]) for above in self.path(unit)]

    def children(self, unit: int) -> list[Node]:
        """Return the units right below a unit."""
        return [self.nodes[child] for child in self.nodes[unit].children]


def tree(*, scope: Scope, on: datetime.date) -> Tree:
    """Return the organisation as it stands on a day: four queries, however many units."""
    existing = {unit.pk: unit for unit in Unit.objects.filter(on_day(on, "valid_from", "valid_through")).order_by("pk")}
    parents = {pk: unit.parent_id if unit.parent_id in existing else None for pk, unit in existing.items()}
    reach = subtree(scope)
    inside = [pk for pk in existing if reach is None or pk in reach]
    children: dict[int, list[int]] = defaultdict(list)
    for pk in inside:
        children[parents[pk] or 0].append(pk)
    staff, vacancies = _people_by_unit(on), _vacancies_by_unit(on)
    nodes: dict[int, Node] = {}

    def grow(pk: int) -> Node:
        below = [grow(child) for child in children[pk]]
        nodes[pk] = Node(
            pk=pk,
            code=existing[pk].code,
            name=existing[pk].name,
            kind=existing[pk].kind,
            people=staff[pk] + sum(node.people for node in below),
            vacancies=vacancies[pk] + sum(node.vacancies for node in below),
            children=tuple(children[pk]),
        )
        return nodes[pk]

    known = frozenset(inside)
    roots = tuple(grow(pk).pk for pk in inside if parents[pk] not in known)
    return Tree(nodes, roots, {pk: unit.name for pk, unit in existing.items()}, parents)


def _people_by_unit(on: datetime.date) -> Counter[int]:
    home = Coalesce("unit_id", "position__unit_id")
    rows = Person.objects.filter(active(on)).order_by().values(home=home).annotate(number=Count("pk"))
    return Counter({row["home"]: row["number"] for row in rows})


def _vacancies_by_unit(on: datetime.date) -> Counter[int]:
    managerial = Position.objects.filter(on_day(on, "valid_from", "valid_through"), tier__in=MANAGERIAL_TIERS)
    found: Counter[int] = Counter()
    for unit, free in manned(managerial, on=on).values_list("unit_id", "free"):
        found[unit] += free
    return found
