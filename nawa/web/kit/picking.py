"""Choosing a person or a post for a form: what is typed is sent, and only opaque ids stand in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.http import Http404

from nawa.core import clock
from nawa.registry.models import Person, Position
from nawa.registry.queries import SHORTEST, find_people, find_posts, people, post_in_scope
from nawa.web.kit.guards import Request
from nawa.web.kit.people import full_name

AT_ONCE: Final = 12
"""Hits that are offered; of more it is said that there are more."""

PERSON: Final = "pegawai"
POST: Final = "jabatan"


@dataclass(frozen=True, slots=True)
class Hit:
    """Somebody or something to choose, what tells it from its namesakes, and the address with it chosen."""

    name: str
    about: str
    url: str


@dataclass(frozen=True, slots=True)
class Pick:
    """A choice that a form needs: `parameter` names it in addresses, `text` is what was searched for."""

    parameter: str
    text: str
    hits: tuple[Hit, ...]
    has_more: bool

    @property
    def is_asked(self) -> bool:
        """Whether something was searched for."""
        return bool(self.text)


def person_pick(request: Request) -> Pick:
    """Return the people in scope who are called as what was sent (one query)."""
    text = _text(request, PERSON)
    found = list(find_people(text, scope=request.scope, on=clock.today())[: AT_ONCE + 1]) if text else []
    hits = (Hit(full_name(one), _where(one), with_choice(request, PERSON, one.public_id)) for one in found[:AT_ONCE])
    return Pick(PERSON, text, tuple(hits), len(found) > AT_ONCE)


def post_pick(request: Request) -> Pick:
    """Return the posts in scope that are called as what was sent (two queries at most)."""
    text = _text(request, POST)
    found = list(find_posts(text, scope=request.scope, on=clock.today())[: AT_ONCE + 1]) if text else []
    hits = (Hit(one.name, one.unit.name, with_choice(request, POST, str(one.pk))) for one in found[:AT_ONCE])
    return Pick(POST, text, tuple(hits), len(found) > AT_ONCE)


def chosen_person(request: Request) -> Person | None:
    """Return the person whom the address names, if it names any (two queries at most).

    Raises:
        Http404: they do not exist, or lie outside the scope.
    """
    asked = request.GET.get(PERSON, "")
    return person_in_scope(request, asked) if asked else None


def person_in_scope(request: Request, public_id: str) -> Person:
    """Return a person by their opaque id, with unit and post (two queries at most).

    Raises:
        Http404: they do not exist, or lie outside the scope.
    """
    rows = people(scope=request.scope).select_related("unit", "position__unit")
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise Http404(public_id)
    return found


def chosen_post(request: Request) -> Position | None:
    """Return the post that the address names, if it names any, with its unit and how many hold it.

    Two queries at most.

    Raises:
        Http404: it does not exist, or lies outside the scope.
    """
    asked = request.GET.get(POST, "")
    if not asked:
        return None
    on = clock.today()
    found = post_in_scope(int(asked), scope=request.scope, on=on) if asked.isascii() and asked.isdigit() else None
    if found is None:
        raise Http404(asked)
    return found


def with_choice(request: Request, parameter: str, value: str) -> str:
    """Return the address of this page with a choice made, or (an empty value) taken back."""
    said: Mapping[str, str] = {**request.GET.dict(), parameter: value}
    return "?" + urlencode({name: one for name, one in said.items() if one})


def _text(request: Request, parameter: str) -> str:
    text = " ".join(request.POST.get(f"cari_{parameter}", "").split())[:100]
    return text if len(text) >= SHORTEST else ""


def _where(person: Person) -> str:
    post = person.position.name if person.position else person.position_name
    unit = person.unit or (person.position.unit if person.position else None)
    return " · ".join(text for text in (post, unit.name if unit else "") if text)
