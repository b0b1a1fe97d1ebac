"""What a search finds, within the reader's scopes: names, posts and units, and nothing of how well anybody does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from nawa.accounts.permissions import Permission
from nawa.core import clock
from nawa.registry.models import Person
from nawa.registry.queries import find_people, find_posts, find_units
from nawa.web.kit.guards import Request
from nawa.web.kit.people import full_name, readable
from nawa.web.kit.shell import places_of

SUGGESTED: Final = 8
"""Hits of each kind that are suggested while somebody types."""

AT_ONCE: Final = 25
"""Hits of each kind on the page of results; the lists show the rest."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found, what tells it from its namesakes, and where it leads (nowhere: an empty address)."""

    name: str
    about: str
    url: str


@dataclass(frozen=True, slots=True)
class Kind:
    """Hits of one kind. `everything` is the address of the list to which the same text can be sent."""

    icon: str
    label: str
    hits: tuple[Hit, ...]
    everything: str = ""


def found(request: Request, text: str, *, most: int) -> list[Kind]:
    """Return what is called so, kinds without a hit left out."""
    of_records = (look(request, text, most) for look in (_people, _units, _posts))
    return [kind for kind in (*of_records, _pages(request, text)) if kind.hits]


def _people(request: Request, text: str, most: int) -> Kind:
    rows, more = _first(find_people(text, scope=request.access.scope(Permission.DIRECTORY), on=clock.today()), most)
    addresses = readable(request, rows)
    alike = request.access.scope(Permission.DIRECTORY) == request.access.scope(Permission.ORGANISATION)
    hits = tuple(
        Hit(full_name(person), _about(person), addresses.get(person.pk) or (_post_of(person) if alike else ""))
        for person in rows
    )
    return Kind("people", _("Pegawai"), hits, reverse("directory") if more else "")


def _posts(request: Request, text: str, most: int) -> Kind:
    rows, more = _first(find_posts(text, scope=request.access.scope(Permission.ORGANISATION), on=clock.today()), most)
    hits = tuple(Hit(post.name, post.unit.name, reverse("post", args=[post.pk])) for post in rows)
    return Kind("post", _("Jabatan"), hits, reverse("posts") if more else "")


def _units(request: Request, text: str, most: int) -> Kind:
    rows, more = _first(find_units(text, scope=request.access.scope(Permission.ORGANISATION)), most)
    above = {unit.pk: unit.parent.name if unit.parent else "" for unit in rows}
    hits = tuple(Hit(unit.name, above[unit.pk], reverse("unit", args=[unit.pk])) for unit in rows)
    return Kind("tree", _("Unit"), hits, reverse("organisation") if more else "")


def _pages(request: Request, text: str) -> Kind:
    words = text.lower().split()
    places = [(str(place.label), reverse(place.url_name)) for place in places_of(request.access)]
    hits: Iterable[Hit] = (Hit(name, "", url) for name, url in places if all(word in name.lower() for word in words))
    return Kind("home", _("Halaman"), tuple(hits))


def _first(rows: QuerySet[Any], most: int) -> tuple[list[Any], bool]:
    """Return the first of the rows, and whether there are more (one query)."""
    read = list(rows[: most + 1])
    return read[:most], len(read) > most


def _about(person: Person) -> str:
    post = person.position.name if person.position else person.position_name
    unit = person.unit or (person.position.unit if person.position else None)
    return " · ".join(text for text in (post, unit.name if unit else "") if text)


def _post_of(person: Person) -> str:
    """Return the address of somebody's post where it is in the same unit as they are, and so in the same scope."""
    post = person.position
    return reverse("post", args=[post.pk]) if post and person.unit_id in (None, post.unit_id) else ""
