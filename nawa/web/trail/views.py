"""Jejak Audit: what happened, and who has looked at whom."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from nawa.accounts.permissions import Permission
from nawa.audit.queries import event_by_id, events, read_entries
from nawa.web.kit.events import lines_of
from nawa.web.kit.exports import FORMATS, download
from nawa.web.kit.guards import Request, note_reads, reads, require, whole
from nawa.web.kit.paging import MOST_COUNTED, Stretch, stretch_of
from nawa.web.kit.refusals import UNPROCESSABLE
from nawa.web.trail import lines, readers
from nawa.web.trail.sought import EVENTS, READS, Asked, asked_of


@require(Permission.TRAIL)
@reads
@require_safe
def index(request: Request) -> HttpResponse:
    """Show what happened, the newest first."""
    whole(request)
    return render(request, "trail/index.html", _events(request))


@require(Permission.TRAIL)
@reads
@require_safe
def save(request: Request, file_format: str) -> HttpResponse:
    """Give the events that the address asks for as a file; more than a file may hold are refused."""
    whole(request)
    rows = events(asked_of(request, EVENTS).sought, scope=request.scope)[: MOST_COUNTED + 1]
    found = list(rows) if file_format in FORMATS else []
    if len(found) > MOST_COUNTED:
        return render(request, "trail/index.html", {**_events(request), "too_many": True}, status=UNPROCESSABLE)
    return _file(lines.written(lines_of(found, request.access)), "jejak audit", file_format)


@require(Permission.TRAIL)
@reads
@require_safe
def show(request: Request, event_id: str) -> HttpResponse:
    """Show an event as it was recorded, and whether it still is what was recorded."""
    whole(request)
    found = event_by_id(event_id, scope=request.scope)
    if found is None:
        raise Http404(event_id)
    recompute = request.GET.get("akar") == "hitung"
    return render(request, "trail/event.html", lines.event_page(found, request.access, recompute=recompute))


@require(Permission.READ_LOG)
@reads
@require_http_methods(["GET", "HEAD", "POST"])  # whom somebody searches for is sent, and stands in no address
def reading(request: Request) -> HttpResponse:
    """Show who has looked at whom. To ask about one person is itself noted: that person can see it."""
    return render(request, "trail/reading.html", _reads(request))


@require(Permission.READ_LOG)
@reads
@require_safe
def save_reading(request: Request, file_format: str) -> HttpResponse:
    """Give the reads that the address asks for as a file; more than a file may hold are refused."""
    asked = asked_of(request, READS)
    rows = read_entries(asked.sought, among=readers.among(request.scope))[: MOST_COUNTED + 1]
    found = list(rows) if file_format in FORMATS else []
    if len(found) > MOST_COUNTED:
        return render(request, "trail/reading.html", {**_reads(request), "too_many": True}, status=UNPROCESSABLE)
    _note(request, asked)
    return _file(readers.written(readers.looks_of(found, scope=request.scope)), "catatan baca", file_format)


def _events(request: Request) -> dict[str, Any]:
    asked = asked_of(request, EVENTS)
    found = _stretch(events(asked.sought, scope=request.scope), "done_at", asked)
    return {
        **_page(asked, found, lines.words_of(asked)),
        "lines": lines_of(found.rows, request.access),
        "kinds": lines.kinds(),
        "may_read_log": request.access.may(Permission.READ_LOG),
    }


def _reads(request: Request) -> dict[str, Any]:
    asked = asked_of(request, READS)
    _note(request, asked)
    found = _stretch(read_entries(asked.sought, among=readers.among(request.scope)), "read_at", asked)
    text = " ".join(request.POST.get("cari", "").split())[:100]
    return {
        **_page(asked, found, readers.words_of(asked, scope=request.scope)),
        "lines": readers.looks_of(found.rows, scope=request.scope),
        "text": text,
        "found": readers.search(text, asked, scope=request.scope) if len(text) > 1 else [],
        "may_trail": request.access.scope(Permission.TRAIL).all_units,
    }


def _page(asked: Asked, found: Stretch, words: dict[str, str]) -> dict[str, Any]:
    return {
        "asked": asked,
        "sought": asked.sought,
        "list": found,
        "most": MOST_COUNTED,
        "chips": asked.chips(words),
        "newer": found.newer and asked.url(newer_than=found.newer),
        "older": found.older and asked.url(older_than=found.older),
    }


def _stretch(rows: Any, instant: str, asked: Asked) -> Stretch:
    return stretch_of(rows, instant=instant, newer_than=asked.newer_than, older_than=asked.older_than)


def _note(request: Request, asked: Asked) -> None:
    if asked.sought.subject:
        if not readers.knows(asked.sought.subject, scope=request.scope):
            raise Http404(READS["subject"])
        note_reads(request, [asked.sought.subject], page=readers.PAGE)


def _file(table: Any, name: str, file_format: str) -> HttpResponse:
    if file_format not in FORMATS:
        raise Http404(file_format)
    return download(table, name=name, file_format="xlsx" if file_format == "xlsx" else "csv")
