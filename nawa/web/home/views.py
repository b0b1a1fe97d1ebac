"""The first page: for whoever has logged in their own, for everybody else counts only, small ones withheld."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nawa.core.models import Source
from nawa.core.scope import Scope
from nawa.registry.queries import holding_units, people, population
from nawa.talent.queries import latest_map
from nawa.web.home.cards import page_of_reader
from nawa.web.kit.guards import Request, public, reads
from nawa.web.kit.ninebox import grid
from nawa.web.kit.periods import Period
from nawa.web.kit.smallcounts import protect


@public
@reads
@require_safe
def home(request: Request) -> HttpResponse:
    """Show the reader's own page, or to visitors what Nawa is, the institution in numbers, and the nine boxes."""
    if request.user.is_authenticated:
        with holding_units():
            return render(request, "home/own.html", page_of_reader(request))
    return render(request, "home/home.html", _for_everybody())


def _for_everybody() -> dict[str, Any]:
    scope = Scope.everything()
    city = population(scope=scope)
    summary = latest_map(scope=scope, unpublished=False)
    return {
        "city": city,
        "people": protect({"pns": city.pns, "pppk": city.pppk}),
        "is_demo": people(scope=scope).filter(source=Source.DEMO).exists(),
        "summary": summary,
        "period": summary and Period(summary.run, is_newest=True),
        "grid": summary and grid(summary.counts, summary.unmapped),
    }
