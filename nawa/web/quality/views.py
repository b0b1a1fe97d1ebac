"""Kualitas Data."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nawa.accounts.permissions import Permission
from nawa.web.kit.exports import download, format_of
from nawa.web.kit.guards import Request, reads, require
from nawa.web.quality.basis import basis_of
from nawa.web.quality.heat import heat_of, written


@require(Permission.QUALITY)
@reads
@require_safe
def index(request: Request) -> HttpResponse:
    """Show of how many people each component is known, by unit and by tier."""
    basis = basis_of(request)
    if basis is None:
        return render(request, "quality/none.html", {"tab": "kelengkapan"})
    return render(request, "quality/index.html", {**basis.context(), "heat": heat_of(basis), "tab": "kelengkapan"})


@require(Permission.QUALITY)
@reads
@require_safe
def save(request: Request, file_format: str) -> HttpResponse:
    """Give the table of units that the page shows as a file."""
    basis = basis_of(request)
    if basis is None:
        raise Http404(file_format)
    return download(written(heat_of(basis)), name=_("kelengkapan data"), file_format=format_of(file_format))
