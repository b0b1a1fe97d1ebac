"""Plt & Plh: the desk of acting duties."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nawa.accounts.permissions import Permission
from nawa.web.acting.desk import as_table, desk_of, desk_page
from nawa.web.kit.exports import download, format_of
from nawa.web.kit.guards import Request, reads, require


@require(Permission.ORGANISATION)
@reads
@require_http_methods(["GET", "HEAD", "POST"])  # what is searched for is sent, and stands in no address
def index(request: Request) -> HttpResponse:
    """Show who acts in which post, and what is wrong with it."""
    return render(request, "acting/index.html", desk_page(request))


@require(Permission.ORGANISATION)
@reads
@require_http_methods(["GET", "HEAD", "POST"])
def save(request: Request, file_format: str) -> HttpResponse:
    """Give the whole list, as it is filtered, as a file."""
    return download(as_table(desk_of(request)), name=_("plt-plh"), file_format=format_of(file_format))
