"""Kelengkapan Register: the table, the letters, and a declaration in two steps."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nawa.accounts.permissions import Permission
from nawa.core.refusal import Refusal
from nawa.core.scans import SUFFIXES
from nawa.evidence import actions
from nawa.evidence.models import Declaration, Said
from nawa.evidence.queries import declarations as queries
from nawa.registry.models import Unit
from nawa.talent.queries.places import places
from nawa.web.coverage import pages
from nawa.web.coverage.forms import DeclarationForm, LetterForm
from nawa.web.kit.exports import attachment, download, format_of
from nawa.web.kit.guards import Request, changes, note_reads, reads, require
from nawa.web.kit.refusals import UNPROCESSABLE


@require(Permission.EVIDENCE_READ)
@reads
@require_safe
def index(request: Request) -> HttpResponse:
    """Show the units beside the registers."""
    return render(request, "coverage/index.html", pages.index_page(request))


@require(Permission.EVIDENCE_READ)
@reads
@require_safe
def save(request: Request, file_format: str) -> HttpResponse:
    """Give the registers, as they are filtered, as a file: to be passed on by telephone."""
    frame = pages.table_of(request)
    return download(frame, name=_("kelengkapan register"), file_format=format_of(file_format))


@require(Permission.EVIDENCE_READ)
@reads
@require_safe
def letters(request: Request) -> HttpResponse:
    """Show the declarations, the latest first."""
    return render(request, "coverage/letters.html", pages.letters_page(request))


@require(Permission.EVIDENCE_READ)
@reads
@require_safe
def letter(request: Request, declaration_id: str) -> HttpResponse:
    """Hand out the scan of a signed letter."""
    scan = _declaration(request, declaration_id).scan
    name = f"pernyataan-{declaration_id}.{SUFFIXES[scan.content_type]}"
    return attachment(bytes(scan.content), filename=name, content_type=scan.content_type)


@require(Permission.EVIDENCE_VERIFY)
@reads
@require_http_methods(["GET", "HEAD", "POST"])  # what is to be changed is sent back, with whom it names
def declare(request: Request) -> HttpResponse:
    """Ask what is declared, or let it be changed before it is confirmed."""
    form = _form(request) if request.method == "POST" else None
    return render(request, "coverage/declare.html", pages.declare_page(request, form))


@require(Permission.EVIDENCE_VERIFY)
@reads
@require_POST
def preview(request: Request) -> HttpResponse:
    """Show whom a declaration would cover, and ask for its letter."""
    form = _form(request)
    if not form.is_valid():
        return render(request, "coverage/declare.html", pages.declare_page(request, form), status=UNPROCESSABLE)
    return _previewed(request, pages.preview_page(request, form))


@require(Permission.EVIDENCE_VERIFY)
@changes
@require_POST
def confirm(request: Request) -> HttpResponse:
    """Declare what was previewed, by its letter."""
    form, paper = _form(request), LetterForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "coverage/declare.html", pages.declare_page(request, form), status=UNPROCESSABLE)
    if not paper.is_valid():
        return _previewed(request, pages.preview_page(request, form, paper), status=UNPROCESSABLE)
    try:
        _declared(request, form, paper)
    except Refusal as against:
        shown = pages.preview_page(request, form, paper, against.reasons)
        return _previewed(request, shown, status=UNPROCESSABLE)
    messages.success(request, _("Pernyataan tersimpan."))
    return redirect("coverage_letters")


@require(Permission.EVIDENCE_VERIFY)
@changes
@require_POST
def withdraw(request: Request, declaration_id: str) -> HttpResponse:
    """Withdraw a declaration."""
    found = _declaration(request, declaration_id)
    try:
        actions.withdraw_declaration(found, reason=request.POST.get("alasan", ""), by=request.actor)
    except Refusal as against:
        shown = pages.letters_page(request, against.reasons, declaration_id)
        return render(request, "coverage/letters.html", shown, status=UNPROCESSABLE)
    messages.success(request, _("Pernyataan ditarik."))
    return redirect("coverage_letters")


def _previewed(request: Request, shown: dict[str, Any], status: int = 200) -> HttpResponse:
    note_reads(request, shown["seen"], page="coverage_preview")
    return render(request, "coverage/preview.html", shown, status=status)


def _form(request: Request) -> DeclarationForm:
    return DeclarationForm(request.POST, within=places(scope=request.scope))


def _declared(request: Request, form: DeclarationForm, paper: LetterForm) -> None:
    said = form.cleaned_data
    unit = Unit.objects.get(pk=said["unit"])
    given = {"on": said["on"], "letter": paper.letter(), "by": request.actor}
    if said["said"] == Said.NONE:
        actions.declare_none(unit, said["registers"], nips=said["nips"], **given)
    else:
        actions.declare_complete(unit, said["registers"], **given)


def _declaration(request: Request, declaration_id: str) -> Declaration:
    found = queries.declaration_by_id(declaration_id, scope=request.scope)
    if found is None:
        raise Http404(declaration_id)
    return found
