"""Movements recorded before their day: those that wait, those held up, and what became of the others."""

from __future__ import annotations

from typing import Any, Final

from django.http import Http404
from django.utils.translation import gettext as _

from nawa.accounts.permissions import Permission
from nawa.accounts.queries import names_of
from nawa.core import clock
from nawa.core.refusal import Reason
from nawa.policy import wording
from nawa.registry.enums import MoveState
from nawa.registry.models import PlannedMove
from nawa.registry.queries import held_back, planned_moves, waiting_moves
from nawa.web.kit.actors import who
from nawa.web.kit.guards import Request
from nawa.web.kit.languages import spoken
from nawa.web.kit.paging import page_of
from nawa.web.kit.people import full_name

HELD: Final = "tertahan"
CLOSED: Final = "selesai"


def planned_page(request: Request) -> dict[str, Any]:
    """Return what the list shows: four queries at most."""
    rows = planned_moves(scope=request.scope)
    asked = request.GET.get("keadaan", "")
    waiting, held = waiting_moves(scope=request.scope)
    closed = rows.exclude(state=MoveState.WAITING).order_by("-closed_at", "-pk")
    shown = {HELD: held_back(rows), CLOSED: closed}.get(asked, rows.filter(state=MoveState.WAITING))
    page = page_of(shown, request.GET.get("halaman"))
    return {
        "asked": asked if asked in (HELD, CLOSED) else "",
        "tabs": [
            ("", _("Menunggu"), waiting),
            (HELD, _("Tertahan"), held),
            (CLOSED, _("Selesai"), None),
        ],
        "page": page,
        "rows": [(plan, full_name(plan.person), _tone(plan)) for plan in page],
        "on": clock.today(),
    }


def waiting_of(request: Request, public_id: str) -> list[PlannedMove]:
    """Return what waits of somebody, for whoever may record movements of theirs (two queries at most)."""
    scope = request.access.scope(Permission.RECORDS_CHANGE)
    if scope.is_empty:
        return []
    return list(planned_moves(scope=scope).filter(person__public_id=public_id, state=MoveState.WAITING))


def plan_in_scope(request: Request, public_id: str) -> PlannedMove:
    """Return a planned movement of somebody in scope (one query).

    Raises:
        Http404: there is none of this id.
    """
    plan = planned_moves(scope=request.scope).filter(public_id=public_id).first()
    if plan is None:
        raise Http404(public_id)
    return plan


def plan_page(plan: PlannedMove, reasons: tuple[Reason, ...] = (), typed: str = "") -> dict[str, Any]:
    """Return what the page of one planned movement shows (one query)."""
    names = names_of(filter(None, [plan.recorded_by, plan.closed_by]))
    return {
        "plan": plan,
        "name": full_name(plan.person),
        "tone": _tone(plan),
        "waits": plan.state == MoveState.WAITING,
        "held": [wording.refusal(code, arguments, spoken()) for code, arguments in plan.against],
        "recorded_by": who(plan.recorded_by, names),
        "closed_by": who(plan.closed_by, names) if plan.closed_by else "",
        "reasons": [wording.refusal(reason.code, reason.arguments, spoken()) for reason in reasons],
        "typed": typed,
    }


def _tone(plan: PlannedMove) -> str:
    tones = {MoveState.CARRIED_OUT.value: "good", MoveState.WAITING.value: "attention"}
    return "danger" if plan.against else tones.get(plan.state, "")
