"""Retensi: what is past its date, and requests for erasure; both are previewed before anything goes."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nawa.accounts.permissions import Permission
from nawa.core.refusal import Reason, Refusal, refuse_if
from nawa.exchange.actions import erasures as actions
from nawa.exchange.enums import Ground
from nawa.exchange.models import Erasure
from nawa.exchange.queries import erasures as queries
from nawa.registry.queries import people
from nawa.web.kit.guards import Request, changes, reads, require, whole
from nawa.web.kit.refusals import UNPROCESSABLE
from nawa.web.retention import pages
from nawa.web.retention.forms import AskForm


@require(Permission.QUALITY)
@reads
@require_safe
def index(request: Request) -> HttpResponse:
    """Show how many people's records are past their date, and the requests."""
    whole(request)
    return render(request, "retention/index.html", pages.index_page(request))


@require(Permission.RECORDS_ERASE)
@reads
@require_POST
def preview(request: Request) -> HttpResponse:
    """Show what would go."""
    whole(request)
    return render(request, "retention/preview.html", pages.preview_page(request, request.POST.getlist("jenis")))


@require(Permission.RECORDS_ERASE)
@changes
@require_POST
def erase(request: Request) -> HttpResponse:
    """Erase the records of the chosen kinds that are past their date."""
    whole(request)
    kinds = request.POST.getlist("jenis")
    try:
        _refuse_word(request)
        done = actions.erase_due(kinds, by=request.actor)
    except Refusal as against:
        shown = pages.preview_page(request, kinds, against.reasons)
        return render(request, "retention/preview.html", shown, status=UNPROCESSABLE)
    return _told(request, done)


@require(Permission.RECORDS_CHANGE)
@changes
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Request) -> HttpResponse:
    """Ask for the erasure of one person's records."""
    form = AskForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = UNPROCESSABLE if request.method == "POST" else 200
        return render(request, "retention/ask.html", pages.ask_page(form), status=status)
    try:
        return redirect("erasure", _asked(request, form).public_id)
    except Refusal as against:
        return render(request, "retention/ask.html", pages.ask_page(form, against.reasons), status=UNPROCESSABLE)


@require(Permission.QUALITY)
@reads
@require_safe
def one(request: Request, erasure_id: str) -> HttpResponse:
    """Show a request, and what would go with it."""
    return render(request, "retention/erasure.html", pages.erasure_page(request, _erasure(request, erasure_id)))


@require(Permission.RECORDS_ERASE)
@changes
@require_POST
def confirm(request: Request, erasure_id: str) -> HttpResponse:
    """Erase one person's records, as somebody else has asked."""
    found = _erasure(request, erasure_id)
    try:
        _refuse_word(request)
        done = actions.confirm_erasure(found, by=request.actor)
    except Refusal as against:
        shown = pages.erasure_page(request, found, against.reasons)
        return render(request, "retention/erasure.html", shown, status=UNPROCESSABLE)
    return _told(request, done)


@require(Permission.RECORDS_ERASE)
@changes
@require_POST
def decline(request: Request, erasure_id: str) -> HttpResponse:
    """Let the records stay."""
    found = _erasure(request, erasure_id)
    try:
        actions.decline_erasure(found, by=request.actor)
    except Refusal as against:
        shown = pages.erasure_page(request, found, against.reasons)
        return render(request, "retention/erasure.html", shown, status=UNPROCESSABLE)
    messages.success(request, _("Permintaan ditolak; datanya tetap."))
    return redirect("retention")


@require(Permission.RECORDS_CHANGE)
@changes
@require_POST
def withdraw(request: Request, erasure_id: str) -> HttpResponse:
    """Take back one's own request."""
    found = _erasure(request, erasure_id)
    try:
        actions.withdraw_erasure(found, by=request.actor)
    except Refusal as against:
        shown = pages.erasure_page(request, found, against.reasons)
        return render(request, "retention/erasure.html", shown, status=UNPROCESSABLE)
    messages.success(request, _("Permintaan ditarik; datanya tetap."))
    return redirect("retention")


def _asked(request: Request, form: AskForm) -> Erasure:
    said = form.cleaned_data
    person = people(scope=request.scope).filter(nip=said["nip"].strip()).first()
    if person is None:
        raise Refusal([Reason("erasure.nobody")])
    given = {name: said[name] for name in ("letter_number", "reason")}
    return actions.ask_erasure(person, ground=Ground(said["ground"]), **given, by=request.actor)


def _refuse_word(request: Request) -> None:
    typed = request.POST.get("kata", "").strip().upper()
    refuse_if([] if typed == pages.word() else [Reason("erasure.word")])


def _told(request: Request, done: Erasure) -> HttpResponse:
    text = ngettext("%(rows)d baris data pribadi dihapus.", "%(rows)d baris data pribadi dihapus.", done.rows)
    messages.success(request, text % {"rows": done.rows})
    return redirect("retention")


def _erasure(request: Request, erasure_id: str) -> Erasure:
    whole(request)
    found = queries.erasure_by_id(erasure_id, scope=request.scope)
    if found is None:
        raise Http404(erasure_id)
    return found
