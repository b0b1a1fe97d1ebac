"""What is done to people's records: a movement by a decree, on its day or recorded before it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nawa.accounts import actions
from nawa.accounts.permissions import Permission
from nawa.core.refusal import Refusal
from nawa.web.kit.guards import Request, changes, require
from nawa.web.kit.refusals import UNPROCESSABLE
from nawa.web.people.moving import Moving
from nawa.web.people.planned import plan_in_scope, plan_page


@require(Permission.RECORDS_CHANGE)
@changes
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: Request) -> HttpResponse:
    """Show everything that a decree would change; once that is confirmed, record it."""
    moving = Moving(request)
    if not moving.is_confirmed:
        return render(request, "people/move.html", moving.page(), status=moving.status)
    try:
        moving.record()
    except Refusal as refused:
        return render(request, "people/move.html", moving.page(refused.reasons), status=UNPROCESSABLE)
    messages.success(request, moving.done)
    return redirect(moving.next)


@require(Permission.RECORDS_CHANGE)
@changes
@require_http_methods(["GET", "HEAD", "POST"])
def planned_move(request: Request, move_id: str) -> HttpResponse:
    """Show a planned movement; cancel it, or show why not."""
    plan, reason = plan_in_scope(request, move_id), request.POST.get("reason", "")
    if request.method != "POST":
        return render(request, "people/plan.html", plan_page(plan))
    try:
        actions.cancel_move(plan=plan, reason=reason, by=request.actor)
    except Refusal as refused:
        return render(request, "people/plan.html", plan_page(plan, refused.reasons, reason), status=UNPROCESSABLE)
    messages.success(request, _("Rencana perpindahan dibatalkan."))
    return redirect("planned_moves")
