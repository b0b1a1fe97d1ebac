"""Siklus."""

from django.http import HttpResponse
from django.shortcuts import render

from nawa.accounts.permissions import Permission
from nawa.web.kit.guards import Request, reads, require


@require(Permission.UNPUBLISHED)
@reads
def index(request: Request) -> HttpResponse:
    """Show the page."""
    return render(request, "cycles/index.html")
