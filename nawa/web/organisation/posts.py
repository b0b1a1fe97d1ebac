"""The page of one post."""

from __future__ import annotations

from typing import Any

from nawa.accounts.permissions import Permission
from nawa.core import clock
from nawa.registry.enums import MANAGERIAL_TIERS
from nawa.registry.models import Position
from nawa.registry.queries import people, post_by_code, seats, standards
from nawa.talent.queries.places import places
from nawa.web.kit.guards import Request
from nawa.web.kit.people import profiles
from nawa.web.organisation.seats import has_ended, named, people_in, state, tone


def post_context(request: Request, post: Position) -> dict[str, Any]:
    """Return what the page of a post (in scope) needs: twelve queries at most.

    When a holder retires is told of those alone whose profile the reader may read: it says that the post will be empty.
    """
    on = clock.today()
    seat = seats([post], on=on)[0]
    within = places(scope=request.scope)
    addresses = profiles(request, people_in([seat]))
    known = _readable(request, [duty.person.pk for duty in seat.holders])
    is_own, standard = standards(post)
    return {
        "post": post,
        "seat": seat,
        "state": state(seat, on),
        "tone": tone(seat, on),
        "has_ended": has_ended(post, on),
        "is_managerial": post.tier in MANAGERIAL_TIERS,
        "path": [(pk, within.names[pk]) for pk in (*within.path(post.unit_id), post.unit_id)],
        "holders": [(of, of.duty.person.pk in known) for of in named(seat.holders, addresses)],
        "acting": named(seat.acting, addresses),
        "tells_retirement": bool(known),
        "requirements": list(post.requirements.order_by("requirement")),
        "standard": standard,
        "standard_is_own": is_own,
        "successor": post_by_code(post.successor_code, scope=request.scope),
    }


def _readable(request: Request, holders: list[int]) -> frozenset[int]:
    """Return those of these people whose profile the reader may read (two queries at most)."""
    if not holders or not request.access.may(Permission.PROFILE):
        return frozenset()
    readable = people(scope=request.access.scope(Permission.PROFILE)).filter(pk__in=holders)
    return frozenset(readable.values_list("pk", flat=True))
