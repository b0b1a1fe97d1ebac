"""Peta Talenta."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods

from nawa.accounts.permissions import Permission
from nawa.core import clock
from nawa.talent.queries.places import places
from nawa.web.kit.exports import FORMATS, attachment, download
from nawa.web.kit.guards import Request, note_reads, reads, require
from nawa.web.kit.periods import Period, period_of
from nawa.web.map.board import board_of, periods
from nawa.web.map.counts import counts_of


@require(Permission.MAP_COUNTS)
@reads
@require_http_methods(["GET", "HEAD", "POST"])  # what is searched for is sent, and stands in no address
def index(request: Request) -> HttpResponse:
    """Show the map: who stands where, or how many, as the reader may."""
    period = period_of(request)
    if period is None:
        return render(request, "map/none.html")
    if not request.access.may(Permission.MAP_PEOPLE):
        return _counts(request, period)
    context = board_of(request, period).context()
    note_reads(request, context["shown"], page="map")
    template = "map/board.html" if request.htmx else "map/index.html"
    return render(request, template, {**context, **_head(period), "periods": periods(request)})


@require(Permission.MAP_PEOPLE)
@reads
@require_http_methods(["GET", "HEAD", "POST"])
def save(request: Request, file_format: str) -> HttpResponse:
    """Give what the page shows as a file: the whole list, or the drawing."""
    period = period_of(request)
    if period is None or file_format not in (*FORMATS, "svg"):
        raise Http404(file_format)
    board = board_of(request, period)
    if file_format == "svg":
        note_reads(request, board.scatter.people, page="map-drawing")
        drawing = render_to_string("map/scatter.html", {"scatter": board.scatter, "period": period, "alone": True})
        return attachment(drawing.encode(), filename="peta-talenta.svg", content_type="image/svg+xml")
    frame, people = board.written()
    note_reads(request, people, page="map-file")
    return download(frame, name="peta talenta", file_format="xlsx" if file_format == "xlsx" else "csv")


def _counts(request: Request, period: Period) -> HttpResponse:
    if request.method == "POST":
        raise PermissionDenied(Permission.MAP_PEOPLE)
    counts = counts_of(request, period.run, places(scope=request.scope))
    template = "map/numbers.html" if request.htmx else "map/counts.html"
    return render(request, template, {"counts": counts, "grid": counts.grid, **_head(period)})


def _head(period: Period) -> dict[str, Any]:
    return {"period": period, "printed_at": clock.now()}
