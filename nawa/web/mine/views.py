"""What employees see of themselves: their box, its reasons, and who has looked."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nawa.core import clock
from nawa.core.scope import Scope
from nawa.web.kit.exports import attachment
from nawa.web.kit.guards import Request, own, reader_name, reads
from nawa.web.kit.periods import Period, period_of
from nawa.web.kit.profile.card import card_of
from nawa.web.kit.profile.page import Profile, profile_of
from nawa.web.mine.looks import looks_at


@own
@reads
@require_safe
def index(request: Request) -> HttpResponse:
    """Show the reader's own result in a period that employees may see; nobody else's, whatever the address says."""
    period = period_of(request, unpublished=False)
    looks = looks_at(request.access.person_id)
    context = {"period": period, "profile": _own(request, period), "looks": looks, "printed_at": clock.now()}
    return render(request, "mine/index.html", context)


@own
@reads
@require_safe
def card(request: Request) -> HttpResponse:
    """Give the reader's own talent card as a PDF."""
    period = period_of(request, unpublished=False)
    profile = _own(request, period)
    if period is None or profile is None or profile.mapped is None:
        raise Http404("card")
    content = card_of(profile, profile.mapped, period, printed_by=reader_name(request))
    return attachment(content, filename="kartu-talenta-saya.pdf", content_type="application/pdf")


def _own(request: Request, period: Period | None) -> Profile | None:
    me = request.access.person_id
    return profile_of(me, period, scope=Scope.everything(), unpublished=False, is_own=True)
