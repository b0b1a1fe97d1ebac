"""SIMATA: the sheet of a published map."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nawa.accounts.permissions import Permission
from nawa.exchange.frames import sheet_of
from nawa.talent.queries import published_by_id
from nawa.talent.queries.profiles import policy_of
from nawa.web.kit.exports import download
from nawa.web.kit.guards import Request, note_reads, reads, require
from nawa.web.simata import pages


@require(Permission.MAP_COUNTS)
@reads
@require_safe
def index(request: Request) -> HttpResponse:
    """Show what can be handed to SIMATA."""
    return render(request, "simata/index.html", pages.index_page(request))


@require(Permission.MAP_PEOPLE)
@reads
@require_safe
def sheet(request: Request, run_id: str) -> HttpResponse:
    """Hand out a published map as SIMATA's sheet; it holds everybody."""
    _whole(request)
    run = published_by_id(run_id)
    if run is None:
        raise Http404(run_id)
    frame, people = sheet_of(run, policy_of(run).parameters)
    note_reads(request, people, page="simata_sheet")
    return download(frame, name=f"simata-{run.on.isoformat()}", file_format="xlsx")


def _whole(request: Request) -> None:
    """What goes to SIMATA covers the whole institution: whoever may for a part of it only is refused."""
    if not request.scope.all_units:
        raise PermissionDenied("whole")
