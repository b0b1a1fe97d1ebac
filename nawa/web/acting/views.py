"""Plt & Plh: the desk of acting duties, and the letters that are recorded there."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nawa.accounts import actions
from nawa.accounts.permissions import Permission
from nawa.core.refusal import Refusal
from nawa.web.acting.desk import as_table, desk_of, desk_page
from nawa.web.acting.forms import EndForm
from nawa.web.acting.recording import Recording, duty_of, duty_page
from nawa.web.kit.exports import download, format_of
from nawa.web.kit.guards import Request, changes, reads, require
from nawa.web.kit.refusals import UNPROCESSABLE


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


@require(Permission.RECORDS_CHANGE)
@changes
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: Request) -> HttpResponse:
    """Show what a letter would give and what is wrong with it; once that is confirmed, record it."""
    recording = Recording(request)
    if not recording.is_confirmed:
        return render(request, "acting/record.html", recording.page(), status=recording.status)
    try:
        recording.record()
    except Refusal as refused:
        return render(request, "acting/record.html", recording.page(refused.reasons), status=UNPROCESSABLE)
    messages.success(request, _("Penugasan tercatat."))
    return redirect("acting")


@require(Permission.RECORDS_CHANGE)
@changes
@require_http_methods(["GET", "HEAD", "POST"])
def duty(request: Request, duty_id: int) -> HttpResponse:
    """Show a duty; end it, or show why not."""
    row, form = duty_of(request, duty_id), EndForm(request.POST or None)
    if not form.is_valid():
        status = UNPROCESSABLE if form.is_bound else None
        return render(request, "acting/duty.html", duty_page(row, form), status=status)
    try:
        actions.end_duty(duty=row, **form.cleaned_data, by=request.actor)
    except Refusal as refused:
        return render(request, "acting/duty.html", duty_page(row, reasons=refused.reasons), status=UNPROCESSABLE)
    messages.success(request, _("Hari terakhir penugasan tercatat."))
    return redirect("acting")
