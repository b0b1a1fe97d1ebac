"""Perbedaan Sumber: the queue, and the decisions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from nawa.accounts.permissions import Permission
from nawa.core.refusal import Refusal
from nawa.exchange import actions
from nawa.web.disagreements import pages
from nawa.web.kit.exports import download, format_of
from nawa.web.kit.guards import Request, changes, note_reads, reads, require
from nawa.web.kit.refusals import UNPROCESSABLE

_DEEDS: Final[dict[str, Callable[..., int]]] = {"catatan": actions.keep_ours, "sumber": actions.take_theirs}


@require(Permission.IMPORT_READ)
@reads
@require_safe
def index(request: Request) -> HttpResponse:
    """Show the verified facts that a file says otherwise."""
    shown = pages.index_page(request)
    note_reads(request, shown["seen"], page="disagreements")
    return render(request, "disagreements/index.html", shown)


@require(Permission.IMPORT_READ)
@reads
@require_safe
def save(request: Request, file_format: str) -> HttpResponse:
    """Give the queue, as it is filtered, as a file: to be passed on by telephone."""
    frame, seen = pages.table_of(request)
    note_reads(request, seen, page="disagreements")
    return download(frame, name=_("perbedaan sumber"), file_format=format_of(file_format))


@require(Permission.RECORDS_CHANGE)
@changes
@require_POST
def decide(request: Request) -> HttpResponse:
    """Decide on those chosen, or on all that the filters show."""
    deed = _DEEDS.get(request.POST.get("putusan", ""))
    if deed is None:
        raise Http404("putusan")
    try:
        count = _decided(request, deed)
    except Refusal as against:
        shown = pages.index_page(request, against.reasons)
        note_reads(request, shown["seen"], page="disagreements")
        return render(request, "disagreements/index.html", shown, status=UNPROCESSABLE)
    messages.success(request, ngettext("%(n)d perbedaan selesai.", "%(n)d perbedaan selesai.", count) % {"n": count})
    return redirect(f"{reverse('disagreements')}?{request.GET.urlencode()}")


def _decided(request: Request, deed: Callable[..., int]) -> int:
    chosen = pages.all_seen(request) if "semua" in request.POST else request.POST.getlist("row")
    return deed(chosen, reason=request.POST.get("alasan", "").strip(), by=request.actor, scope=request.scope)
