"""What these pages show."""

from __future__ import annotations

from typing import Any

from nawa.accounts.permissions import Permission
from nawa.talent.queries import newest_published
from nawa.web.kit.guards import Request


def index_page(request: Request) -> dict[str, Any]:
    """Return what the first page shows: the published map that can be handed over."""
    return {
        "run": newest_published(),
        "may_hand_over": request.access.scope(Permission.MAP_PEOPLE).all_units,
    }
