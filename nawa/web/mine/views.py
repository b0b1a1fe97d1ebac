"""Talenta Saya."""

from django.http import HttpResponse
from django.shortcuts import render

from nawa.web.kit.guards import Request, own, reads


@own
@reads
def index(request: Request) -> HttpResponse:
    """Show the page."""
    return render(request, "mine/index.html")
