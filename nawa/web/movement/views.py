"""Pergerakan."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nawa.accounts.permissions import Permission
from nawa.core.refusal import Refusal
from nawa.policy import wording
from nawa.talent import actions
from nawa.web.kit.exports import download, format_of
from nawa.web.kit.guards import Request, changes, note_reads, reads, require
from nawa.web.kit.languages import spoken
from nawa.web.kit.lists import list_context, whole
from nawa.web.movement import pages
from nawa.web.movement.listing import movers_of


@require(Permission.MAP_COUNTS)
@reads
@require_safe
def index(request: Request) -> HttpResponse:
    """Show two maps side by side; to a page that watches the causes being computed only that."""
    pair = pages.pair_of(request)
    if pair is None:
        return render(request, "movement/none.html")
    context = pages.summary_page(request, pair)
    if not request.htmx:
        return render(request, "movement/index.html", context)
    if context["movement"] is None or not context["movement"].is_open:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "movement/progress.html", context)


@require(Permission.MAP_PEOPLE)
@reads
@require_http_methods(["GET", "HEAD", "POST"])  # what is searched for is sent, and stands in no address
def movers(request: Request) -> HttpResponse:
    """Show who stands in another box, and what moved each."""
    pair = _pair(request)
    context = list_context(*movers_of(request, pair))
    note_reads(request, [line.url.rstrip("/").rpartition("/")[2] for line in context["list"].lines], page="movers")
    template = "movement/list.html" if request.htmx else "movement/movers.html"
    return render(request, template, {**context, "pair": pair})


@require(Permission.MAP_PEOPLE)
@reads
@require_http_methods(["GET", "HEAD", "POST"])
def save(request: Request, file_format: str) -> HttpResponse:
    """Give the whole list, as it is filtered and in the columns that are shown, as a file."""
    asked, source, _filters = movers_of(request, _pair(request))
    frame, people = whole(source, asked), source.read(list(source.rows))
    note_reads(request, [mover.of.public_id for mover in people], page="movers")
    return download(frame, name=_("pergerakan"), file_format=format_of(file_format))


@require(Permission.RUN_START)
@changes
@require_POST
def trace(request: Request, run_id: str) -> HttpResponse:
    """Ask what moved people to a map from the one that was sent."""
    if not request.scope.all_units:
        raise PermissionDenied("whole")
    earlier, later = pages.run_of(request, request.POST.get("dari", "")), pages.run_of(request, run_id)
    if pages.is_asked(earlier, later):
        messages.warning(request, _("Sebabnya sudah diminta; permintaan kedua tidak mengubah apa pun."))
    try:
        actions.trace_movement(earlier=earlier, later=later, by=request.actor)
    except Refusal as refused:
        for reason in refused.reasons:
            messages.warning(request, wording.refusal(reason.code, reason.arguments, spoken()))
    return redirect(pages.Pair(earlier, later).url)


def _pair(request: Request) -> pages.Pair:
    pair = pages.pair_of(request)
    if pair is None:
        raise Http404("pair")
    return pair
