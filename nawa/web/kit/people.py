"""People in lists that tell nothing of how well they do: their names, and whose profile the reader may open."""

from __future__ import annotations

from collections.abc import Collection

from django.urls import reverse

from nawa.accounts.permissions import Permission
from nawa.registry.models import Person
from nawa.talent.queries import latest_visible, results
from nawa.web.kit.guards import Request


def full_name(person: Person) -> str:
    """Return somebody's name with their titles."""
    front = f"{person.front_title} " if person.front_title else ""
    return f"{front}{person.name}{f', {person.back_title}' if person.back_title else ''}"


def profiles(request: Request, people: Collection[Person]) -> dict[int, str]:
    """Return the addresses of the profiles that the reader may open, of these people: three queries at most."""
    if not people or not request.access.may(Permission.PROFILE):
        return {}
    run = latest_visible(unpublished=request.access.may(Permission.UNPUBLISHED))
    if run is None:
        return {}
    shown = results(run, scope=request.access.scope(Permission.PROFILE)).filter(person__in=people)
    rows = shown.order_by().values_list("person_id", "person__public_id")
    return {pk: reverse("profile", args=[public_id]) for pk, public_id in rows}
