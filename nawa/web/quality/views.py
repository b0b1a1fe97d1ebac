"""Kualitas Data."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nawa.accounts.permissions import Permission
from nawa.web.kit.exports import download, format_of
from nawa.web.kit.guards import Request, note_reads, reads, require
from nawa.web.kit.lists import keys, list_context, whole
from nawa.web.quality.basis import basis_of
from nawa.web.quality.chase import chase_page, sheet_of
from nawa.web.quality.findings import conflicts_of
from nawa.web.quality.heat import heat_of, units_of, written
from nawa.web.quality.trend import trend_of


@require(Permission.QUALITY)
@reads
@require_safe
def index(request: Request) -> HttpResponse:
    """Show of how many people each component is known, by unit and by tier."""
    basis = basis_of(request)
    if basis is None:
        return render(request, "quality/none.html", {"tab": "kelengkapan"})
    heat = heat_of(basis)
    shown = {"heat": heat, "page": units_of(basis, heat, request.GET.get("hal")), "trend": trend_of(request, basis)}
    return render(request, "quality/index.html", {**basis.context(), **shown, "tab": "kelengkapan"})


@require(Permission.QUALITY)
@reads
@require_safe
def save(request: Request, file_format: str) -> HttpResponse:
    """Give the table of units that the page shows as a file."""
    basis = basis_of(request)
    if basis is None:
        raise Http404(file_format)
    return download(written(basis, heat_of(basis)), name=_("kelengkapan data"), file_format=format_of(file_format))


@require(Permission.QUALITY)
@reads
@require_safe
def chase(request: Request) -> HttpResponse:
    """Show what to chase first: the evidence that decides most boxes."""
    basis = basis_of(request)
    if basis is None:
        return render(request, "quality/none.html", {"tab": "kejar"})
    page = chase_page(basis, request.GET.get("hal"))
    return render(request, "quality/chase.html", {**basis.context(), "page": page, "tab": "kejar"})


@require(Permission.QUALITY)
@reads
@require_safe
def sheet(request: Request, unit_id: int) -> HttpResponse:
    """Give whoever may see people the sheet of a unit: who lacks what, and what to bring."""
    basis = basis_of(request, unit=str(unit_id))
    if basis is None:
        raise Http404(unit_id)
    if not basis.sees_people:
        raise PermissionDenied(Permission.EVIDENCE_VERIFY)
    frame, people = sheet_of(basis)
    note_reads(request, people, page="quality-sheet")
    return download(frame, name=_("bukti kurang %(unit)s") % {"unit": basis.name(unit_id)}, file_format="xlsx")


@require(Permission.QUALITY)
@reads
@require_http_methods(["GET", "HEAD", "POST"])  # what is searched for is sent, and stands in no address
def findings(request: Request) -> HttpResponse:
    """Show where the records contradict each other or the law: how often, and of whom."""
    conflicts = conflicts_of(request)
    if conflicts is None:
        return render(request, "quality/unchecked.html", {"tab": "temuan"})
    context: dict[str, Any] = {**conflicts.context(), "tab": "temuan"}
    if conflicts.total and conflicts.sees_people:
        context |= list_context(*conflicts.listed(request))
        note_reads(request, conflicts.public_ids(context["list"].page.object_list), page="quality-findings")
    template = "quality/found.html" if request.htmx and "list" in context else "quality/findings.html"
    return render(request, template, context)


@require(Permission.QUALITY)
@reads
@require_http_methods(["GET", "HEAD", "POST"])
def save_findings(request: Request, file_format: str) -> HttpResponse:
    """Give the whole list of findings, as it is filtered, as a file to whoever may see people."""
    conflicts, kind = conflicts_of(request), format_of(file_format)
    if conflicts is None:
        raise Http404(file_format)
    if not conflicts.sees_people:
        raise PermissionDenied(Permission.EVIDENCE_VERIFY)
    asked, source, _filters = conflicts.listed(request)
    note_reads(request, conflicts.public_ids(keys(source)), page="quality-findings")
    return download(whole(source, asked), name=_("temuan data"), file_format=kind)
