"""What employees see of themselves: their box, its reasons, and who has looked."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nawa.core.scope import Scope
from nawa.talent.queries.profiles import result_of
from nawa.web.kit.guards import Request, own, reads
from nawa.web.kit.periods import period_of
from nawa.web.kit.profile import profile
from nawa.web.mine.looks import looks_at


@own
@reads
@require_safe
def index(request: Request) -> HttpResponse:
    """Show the reader's own result in a period that employees may see; nobody else's, whatever the address says."""
    me = request.access.person_id
    period = period_of(request, unpublished=False)
    result = result_of(me, period.run, scope=Scope.everything()) if period else None
    shown = profile(result, period, unpublished=False) if period and result else None
    context = {"period": period, "profile": shown, "looks": looks_at(me)}
    return render(request, "mine/index.html", context)
