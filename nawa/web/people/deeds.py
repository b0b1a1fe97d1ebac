"""What is done to people's records: a movement by a decree."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nawa.accounts.permissions import Permission
from nawa.core.refusal import Refusal
from nawa.web.kit.guards import Request, changes, require
from nawa.web.people.moving import UNPROCESSABLE, Moving


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
    messages.success(request, _("Perpindahan tercatat."))
    return redirect("post", moving.post.pk) if moving.post else redirect("directory")
