"""People in lists that tell nothing of how well they do: their names, and whose profile the reader may open."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Exists, OuterRef
from django.urls import reverse

from nawa.accounts.permissions import Permission
from nawa.core.scope import Scope
from nawa.policy.sentences import label
from nawa.registry.models import Person
from nawa.registry.queries import only, people, subtree
from nawa.talent.models import MappingResult
from nawa.talent.queries import latest_visible
from nawa.web.kit.guards import Request
from nawa.web.kit.languages import spoken


def full_name(person: Person) -> str:
    """Return somebody's name with their titles."""
    front = f"{person.front_title} " if person.front_title else ""
    return f"{front}{person.name}{f', {person.back_title}' if person.back_title else ''}"


def short_kind(kind: str) -> str:
    """Return a kind of acting as everybody abbreviates it: Plt, Plh, Pj."""
    return label("assignments", kind, spoken()) if kind == "TT" else kind.capitalize()


def readable(request: Request, of: Collection[Person]) -> dict[int, str]:
    """Return those of these people whose profile the reader may read, each with its address: three queries at most.

    The address is empty for somebody who is not on the newest map, or was not in the reader's units then.
    """
    if not of or not request.access.may(Permission.PROFILE):
        return {}
    inside = subtree(request.access.scope(Permission.PROFILE))
    run = latest_visible(unpublished=request.access.may(Permission.UNPUBLISHED))
    mapped = only(MappingResult.objects.filter(run=run, person=OuterRef("pk")), inside, "unit_id")
    rows = only(people(scope=Scope.everything()), inside, "home").filter(pk__in=[person.pk for person in of])
    found = rows.values_list("pk", "public_id", Exists(mapped))
    return {pk: reverse("profile", args=[public_id]) if is_mapped else "" for pk, public_id, is_mapped in found}
