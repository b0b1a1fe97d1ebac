"""Bukti for those who verify and sample: the queue, one submission with its scans, and each decision."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nawa.accounts.permissions import Permission
from nawa.core.refusal import Refusal
from nawa.evidence import actions
from nawa.evidence.enums import State
from nawa.evidence.models import Submission
from nawa.evidence.queries import submissions as queries
from nawa.web.evidence import pages
from nawa.web.evidence.forms import CauseForm, EditionForm, VerdictForm
from nawa.web.evidence.queue import queue_of
from nawa.web.evidence.samples import samples_of, samples_page
from nawa.web.kit.exports import download, format_of
from nawa.web.kit.guards import Request, View, changes, note_reads, reads, require
from nawa.web.kit.lists import Asked, keys, list_context, whole
from nawa.web.kit.refusals import UNPROCESSABLE, sentences

_DEEDS: Final[Mapping[State, Callable[..., Submission]]] = {
    State.ACCEPTED: actions.accept,
    State.ASKED_AGAIN: actions.ask_again,
    State.REFUSED: actions.refuse,
}


@require(Permission.EVIDENCE_READ)
@reads
@require_http_methods(["GET", "HEAD", "POST"])  # what is searched for is sent, and stands in no address
def index(request: Request) -> HttpResponse:
    """Show what waits to be verified in the reader's units, the overdue first."""
    context = {**list_context(*queue_of(request)), "may_sample": request.access.may(Permission.EVIDENCE_SAMPLE)}
    return render(request, "evidence/list.html" if request.htmx else "evidence/index.html", context)


@require(Permission.EVIDENCE_READ)
@reads
@require_http_methods(["GET", "HEAD", "POST"])
def save(request: Request, file_format: str) -> HttpResponse:
    """Give the list, as it is filtered, as a file: to be passed on by telephone."""
    asked, source, _filters = queue_of(request)
    people = {submission.person.public_id for submission in source.read(list(keys(source)))}
    note_reads(request, sorted(people), page="evidence_file")
    return download(whole(source, asked), name=_("bukti"), file_format=format_of(file_format))


@require(Permission.EVIDENCE_READ)
@reads
@require_safe
def one(request: Request, submission_id: str) -> HttpResponse:
    """Show a submission beside what is recorded already, and what may be done with it."""
    return render(request, "evidence/one.html", pages.verify_page(request, _submission(request, submission_id)))


@require(Permission.EVIDENCE_READ)
@reads
@require_safe
def scan(request: Request, submission_id: str, scan_id: str) -> HttpResponse:
    """Hand out a scan of a submission."""
    found = _submission(request, submission_id)
    answer = pages.handed_out(queries.scan_by_id(found, scan_id))
    note_reads(request, [found.person.public_id], page="evidence_scan")
    return answer


def decide(to: State) -> View:
    """Return the view that brings a submission to a state."""

    @require(Permission.EVIDENCE_VERIFY)
    @changes
    @require_POST
    def deciding(request: Request, submission_id: str) -> HttpResponse:
        """Decide, or show why not."""
        return _decided(request, _submission(request, submission_id), to)

    return deciding


@require(Permission.EVIDENCE_SAMPLE)
@reads
@require_safe
def samples(request: Request) -> HttpResponse:
    """Show the acceptances that were drawn."""
    return render(request, "evidence/samples.html", samples_page(request))


@require(Permission.EVIDENCE_SAMPLE)
@reads
@require_safe
def save_samples(request: Request, file_format: str) -> HttpResponse:
    """Give the drawn acceptances as a file."""
    source = samples_of(request)
    people = {submission.person.public_id for submission in source.read(list(keys(source)))}
    note_reads(request, sorted(people), page="evidence_file")
    return download(whole(source, Asked()), name=_("sampel penerimaan bukti"), file_format=format_of(file_format))


@require(Permission.EVIDENCE_SAMPLE)
@changes
@require_POST
def judge(request: Request, submission_id: str) -> HttpResponse:
    """Say whether an acceptance was right, or show why not."""
    found, form = _submission(request, submission_id), VerdictForm(request.POST, auto_id="sampel-%s")
    against = _tried(actions.sample, found, form, request)
    if against is None:
        messages.success(request, _("Hasil sampel tersimpan."))
        return redirect("evidence_samples")
    shown = pages.verify_page(request, _submission(request, submission_id), refused=against)
    form_shown = {"verdict_form": form} if shown["verdict_form"] else {}
    return render(request, "evidence/one.html", {**shown, **form_shown}, status=UNPROCESSABLE)


def _decided(request: Request, found: Submission, to: State) -> HttpResponse:
    shape = EditionForm if to is State.ACCEPTED else CauseForm
    form = shape(request.POST, auto_id=f"{to.lower()}-%s")
    against = _tried(_DEEDS[to], found, form, request)
    if against is None:
        messages.success(request, _("Keputusan tersimpan."))
        return redirect("evidence")
    again = _submission(request, found.public_id)
    shown = pages.verify_page(request, again, (to, form) if again.edition == found.edition else None, against)
    return render(request, "evidence/one.html", shown, status=UNPROCESSABLE)


def _tried(deed: Callable[..., Any], found: Submission, form: Any, request: Request) -> tuple[str, ...] | None:
    """Do it with what was typed; return why not, or None where it is done."""
    if not form.is_valid():
        return ()
    try:
        deed(found, **form.cleaned_data, by=request.actor)
    except Refusal as refused:
        return sentences(refused.reasons)
    return None


def _submission(request: Request, submission_id: str) -> Submission:
    found = queries.submission_by_id(submission_id, scope=request.scope)
    if found is None:
        raise Http404(submission_id)
    return found
