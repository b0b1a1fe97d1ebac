"""The page of one post."""

from __future__ import annotations

from typing import Any

from nawa.accounts.permissions import Permission
from nawa.core import clock
from nawa.registry.enums import MANAGERIAL_TIERS
from nawa.registry.models import Position
from nawa.registry.queries import post_by_code, seats, standards
from nawa.talent.queries.places import Places
from nawa.web.kit.guards import Request
from nawa.web.kit.origins import origin_of
from nawa.web.kit.people import readable
from nawa.web.organisation.seats import has_ended, named, people_in, state, tone


def post_context(request: Request, post: Position, within: Places) -> dict[str, Any]:
    """Return what the page of a post of one of these units needs: eleven queries at most.

    When a holder retires is told of those alone whose profile the reader may read: it says that the post will be empty.
    """
    on = clock.today()
    seat = seats([post], on=on)[0]
    addresses = readable(request, people_in([seat]))
    is_own, standard = standards(post, on=on)
    return {
        "post": post,
        "seat": seat,
        "state": state(seat, on),
        "tone": tone(seat, on),
        "has_ended": has_ended(post, on),
        "is_managerial": post.tier in MANAGERIAL_TIERS,
        "path": [(pk, within.names[pk]) for pk in (*within.path(post.unit_id), post.unit_id)],
        "holders": [(of, of.duty.person.pk in addresses) for of in named(seat.holders, addresses)],
        "acting": named(seat.acting, addresses),
        "tells_retirement": any(duty.person.pk in addresses for duty in seat.holders),
        "requirements": list(post.requirements.order_by("requirement")),
        "standard": standard,
        "standard_is_own": is_own,
        "standard_is_dated": any(row.valid_from or row.valid_through for row in standard),
        "may_change": request.access.may(Permission.RECORDS_CHANGE),
        "origin": origin_of(post),
        "standard_origin": origin_of(*standard),
        "successor": post_by_code(post.successor_code, inside=within.names),
    }
