"""The tree of units, and the page of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Page, Paginator

from nawa.accounts.permissions import Permission
from nawa.core import clock
from nawa.core.scope import Scope
from nawa.registry.models import Unit
from nawa.registry.queries import Node, Numbers, Seat, Tree, find_units, lead, makeup, seats_of_unit
from nawa.web.kit.guards import Request
from nawa.web.kit.origins import origin_of
from nawa.web.kit.paging import PER_PAGE
from nawa.web.kit.people import readable
from nawa.web.organisation.seats import named, names, people_in, state, tone
from nawa.workbook.codes import STAFF_KINDS

_FOUND: Final = PER_PAGE


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit of the tree; `below` are the units right below it where the branch is open from the start."""

    node: Node
    below: Page[Branch] | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """A post of a unit, in words."""

    seat: Seat
    state: str
    tone: str
    names: str


def branches(organisation: Tree, unit: int, page: str | None) -> Page[Branch]:
    """Return the units right below a unit, fifty at a time."""
    children: Sequence[int] = organisation.nodes[unit].children if unit in organisation.nodes else ()
    return Paginator([Branch(organisation.nodes[pk]) for pk in children], PER_PAGE).get_page(page)


def roots(organisation: Tree) -> list[Branch]:
    """Return the highest units; one that stands alone is open."""
    alone = len(organisation.roots) == 1
    return [
        Branch(organisation.nodes[pk], branches(organisation, pk, None) if alone else None) for pk in organisation.roots
    ]


def found_units(text: str, organisation: Tree, *, scope: Scope) -> list[tuple[Unit, str]]:
    """Return the units in scope that are called so, the first fifty, each with the path to it in words."""
    return [(unit, path_in_words(unit, organisation)) for unit in find_units(text, scope=scope)[:_FOUND]]


def path_in_words(unit: Unit, organisation: Tree) -> str:
    """Return the units above a unit, the highest first, as one text."""
    return " › ".join(above.name for above, _is_inside in organisation.path(unit))


def unit_context(request: Request, organisation: Tree, unit: Unit) -> dict[str, Any]:
    """Return what the page of a unit needs besides the units below it: eight queries at most."""
    on = clock.today()
    seats = seats_of_unit(unit.pk, on=on)
    head = lead(seats)
    here = organisation.nodes.get(unit.pk)
    inside = organisation.below(unit.pk) if here else frozenset({unit.pk})
    knows_staff = request.access.scope(Permission.DIRECTORY) == request.scope  # so it reaches as far as the unit
    staff = makeup(inside=inside, on=on) if knows_staff else {}
    addresses = readable(request, people_in([head] if head else []))
    return {
        "path": organisation.path(unit),
        "numbers": here.numbers if here else Numbers(),
        "exists": here is not None,
        "head": head,
        "posts": [Post(seat, state(seat, on), tone(seat, on), names(seat)) for seat in seats],
        "staff": [(kind, staff[kind]) for kind in STAFF_KINDS if kind in staff],
        "origin": origin_of(unit),
        "successor": organisation.coded(unit.successor_code),
        "holders": named(head.holders if head else [], addresses),
        "acting": named(head.acting if head else [], addresses),
    }
