"""Bukti Saya: what an employee submits about themselves, and what became of it. Nobody else's, whatever is asked."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nawa.core.refusal import Refusal
from nawa.evidence import actions
from nawa.evidence.enums import Kind, State
from nawa.evidence.models import Submission
from nawa.evidence.queries import submissions as queries
from nawa.policy.sentences import label
from nawa.web.evidence import pages
from nawa.web.evidence.forms import EditionForm, FactForm
from nawa.web.kit.guards import Request, changes, own, reads
from nawa.web.kit.languages import spoken
from nawa.web.kit.paging import page_of
from nawa.web.kit.refusals import UNPROCESSABLE, sentences


@own
@reads
@require_safe
def index(request: Request) -> HttpResponse:
    """Show what the reader has submitted, the latest first."""
    page = page_of(queries.own(request.access.person_id), request.GET.get("halaman"))
    kinds = [(kind.lower(), label("evidence_kinds", kind, spoken())) for kind in Kind]
    shown = {"page": page, "rows": [pages.told(row) for row in page.object_list], "kinds": kinds}
    return render(request, "evidence/mine.html", shown)


@own
@changes
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request, kind: str) -> HttpResponse:
    """Show the form of a kind of fact, and take in what is typed."""
    found, person = _kind(kind), pages.me(request)
    known = queries.known(person, found)
    if request.method != "POST":
        form = FactForm(kind=found, person=person, known=known)
        return render(request, "evidence/fact.html", pages.fact_page(found, form))
    return _submitted(request, FactForm(request.POST, request.FILES, kind=found, person=person, known=known))


@own
@reads
@require_safe
def one(request: Request, submission_id: str) -> HttpResponse:
    """Show one of the reader's own submissions."""
    return render(request, "evidence/own.html", pages.own_page(_mine(request, submission_id)))


@own
@changes
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: Request, submission_id: str) -> HttpResponse:
    """Show the form of what was asked again, and take in the answer."""
    row = _mine(request, submission_id)
    if row.state != State.ASKED_AGAIN:
        return redirect("my_evidence_one", submission_id)
    form = partial(
        FactForm,
        kind=Kind(row.kind),
        person=row.person,
        kept=row.scans.count(),
        known=queries.known(row.person, Kind(row.kind)),
    )
    if request.method == "POST":
        return _answered(request, row, form(request.POST, request.FILES))
    shown = pages.fact_page(Kind(row.kind), form(initial={**row.content, "replaces": row.replaces}), row=row)
    return render(request, "evidence/fact.html", shown)


@own
@changes
@require_POST
def withdraw(request: Request, submission_id: str) -> HttpResponse:
    """Take back a submission of one's own, or show why not."""
    row, form = _mine(request, submission_id), EditionForm(request.POST)
    against: tuple[str, ...] = ()
    if form.is_valid():
        try:
            actions.withdraw(row, edition=form.cleaned_data["edition"], by=request.actor)
        except Refusal as refused:
            against = sentences(refused.reasons)
        else:
            messages.success(request, _("Pengajuan ditarik."))
            return redirect("my_evidence")
    shown = pages.own_page(_mine(request, submission_id), against)
    return render(request, "evidence/own.html", shown, status=UNPROCESSABLE)


@own
@reads
@require_safe
def scan(request: Request, submission_id: str, scan_id: str) -> HttpResponse:
    """Hand out a scan that the reader has submitted."""
    return pages.handed_out(queries.scan_by_id(_mine(request, submission_id), scan_id))


def _submitted(request: Request, form: FactForm) -> HttpResponse:
    refused: tuple[str, ...] = ()
    if form.is_valid():
        data = form.cleaned_data
        given: dict[str, Any] = {"texts": form.texts, "papers": data["papers"], "replaces": data.get("replaces", "")}
        try:
            row = actions.submit(person=form.person, kind=form.kind, by=request.actor, **given)
        except Refusal as told:
            refused = sentences(told.reasons)
        else:
            messages.success(request, _("Bukti diajukan. Anda dapat mengikuti keadaannya di sini."))
            return redirect("my_evidence_one", row.public_id)
    return render(request, "evidence/fact.html", pages.fact_page(form.kind, form, refused), status=UNPROCESSABLE)


def _answered(request: Request, row: Submission, form: FactForm) -> HttpResponse:
    refused: tuple[str, ...] = ()
    if form.is_valid():
        given: dict[str, Any] = {
            "texts": form.texts,
            "papers": form.cleaned_data["papers"],
            "edition": _edition(request),
            "replaces": form.cleaned_data.get("replaces", ""),
        }
        try:
            actions.answer(row, by=request.actor, **given)
        except Refusal as told:
            refused = sentences(told.reasons)
        else:
            messages.success(request, _("Jawaban Anda terkirim."))
            return redirect("my_evidence_one", row.public_id)
    shown = pages.fact_page(form.kind, form, refused, row=row)
    return render(request, "evidence/fact.html", shown, status=UNPROCESSABLE)


def _edition(request: Request) -> int:
    """Return the edition that whoever sent the form has seen; one that never was for nonsense."""
    form = EditionForm(request.POST)
    return int(form.cleaned_data["edition"]) if form.is_valid() else 0


def _kind(name: str) -> Kind:
    if name not in {kind.lower() for kind in Kind}:
        raise Http404(name)
    return Kind(name.upper())


def _mine(request: Request, submission_id: str) -> Submission:
    found = queries.own(request.access.person_id).filter(public_id=submission_id).first()
    if found is None:
        raise Http404(submission_id)
    return found
