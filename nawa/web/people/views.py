"""The talent profile of one person."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nawa.accounts.permissions import Permission
from nawa.core import clock
from nawa.web.kit.exports import attachment
from nawa.web.kit.guards import Request, note_reads, reader_name, reads, require
from nawa.web.kit.periods import period_of
from nawa.web.kit.profile.card import card_of
from nawa.web.kit.profile.page import profile_of


@require(Permission.PROFILE)
@reads
@require_safe
def show(request: Request, public_id: str) -> HttpResponse:
    """Show somebody's result with its reasons, to whoever may see theirs."""
    period = period_of(request)
    unpublished = request.access.may(Permission.UNPUBLISHED)
    profile = profile_of(public_id, period, scope=request.scope, unpublished=unpublished)
    if profile is None:
        raise Http404(public_id)
    note_reads(request, [public_id], page="profile")
    context = {"period": period, "profile": profile, "printed_at": clock.now()}
    return render(request, "people/profile.html", context)


@require(Permission.PROFILE)
@reads
@require_safe
def card(request: Request, public_id: str) -> HttpResponse:
    """Give somebody's talent card as a PDF."""
    period = period_of(request)
    profile = profile_of(public_id, period, scope=request.scope, unpublished=False)
    if period is None or profile is None or profile.mapped is None:
        raise Http404(public_id)
    note_reads(request, [public_id], page="profile-card")
    content = card_of(profile, profile.mapped, period, printed_by=reader_name(request))
    return attachment(content, filename="kartu-talenta.pdf", content_type="application/pdf")
