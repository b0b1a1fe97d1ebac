"""The talent profile of one person."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nawa.accounts.permissions import Permission
from nawa.talent.queries.profiles import result_of
from nawa.web.kit.guards import Request, note_reads, reads, require
from nawa.web.kit.periods import period_of
from nawa.web.kit.profile import profile


@require(Permission.PROFILE)
@reads
@require_safe
def show(request: Request, public_id: str) -> HttpResponse:
    """Show somebody's result with its reasons, to whoever may see theirs."""
    period = period_of(request)
    result = result_of(public_id, period.run, scope=request.scope) if period else None
    if period is None or result is None:
        raise Http404(public_id)
    note_reads(request, [public_id], page="profile")
    unpublished = request.access.may(Permission.UNPUBLISHED)
    context = {"period": period, "profile": profile(result, period, unpublished=unpublished), "person": result.person}
    return render(request, "people/profile.html", context)
