"""SOTK: plans for units and posts, whom they affect, and carrying them out by a second person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nawa.accounts import actions
from nawa.accounts.permissions import Permission
from nawa.core.refusal import Refusal
from nawa.core.scans import SUFFIXES
from nawa.registry.enums import Operation, PlanState
from nawa.registry.models import Reorganisation
from nawa.registry.queries import plan_by_id
from nawa.web.kit.exports import attachment, download
from nawa.web.kit.guards import Request, changes, reads, require, whole
from nawa.web.kit.refusals import UNPROCESSABLE
from nawa.web.reorganisation import pages, people
from nawa.web.reorganisation.forms import EditionForm, HeadForm

_FORM: Final = ["GET", "HEAD", "POST"]


@require(Permission.ORGANISATION)
@reads
@require_safe
def index(request: Request) -> HttpResponse:
    """Show every plan."""
    return render(request, "reorganisation/index.html", pages.index_page(request))


@require(Permission.RECORDS_CHANGE)
@changes
@require_http_methods(_FORM)
def new(request: Request) -> HttpResponse:
    """Begin a plan."""
    whole(request)
    return _headed(request, None)


@require(Permission.ORGANISATION)
@reads
@require_safe
def plan(request: Request, plan_id: str) -> HttpResponse:
    """Show a plan: its lines, what is wrong with them, and what they do to units, posts and people."""
    return render(request, "reorganisation/plan.html", pages.plan_page(request, _plan(request, plan_id)))


@require(Permission.RECORDS_CHANGE)
@changes
@require_http_methods(_FORM)
def head(request: Request, plan_id: str) -> HttpResponse:
    """Change title, day or instrument of a plan."""
    return _headed(request, _draft(request, plan_id))


def _headed(request: Request, found: Reorganisation | None) -> HttpResponse:
    if request.method != "POST":
        return render(request, "reorganisation/head.html", pages.head_page(found))
    form = HeadForm(request.POST, request.FILES)
    refused: tuple[str, ...] = ()
    if form.is_valid():
        try:
            kept = _kept(request, found, form)
            return redirect("reorganisation", kept.public_id)
        except Refusal as told:
            refused = pages.sentences(told.reasons)
    return render(request, "reorganisation/head.html", pages.head_page(found, form, refused), status=UNPROCESSABLE)


def _kept(request: Request, found: Reorganisation | None, form: HeadForm) -> Reorganisation:
    if found is None:
        return actions.prepare_reorganisation(head=form.given(), by=request.actor)
    seen = form.cleaned_data["edition"] or 0
    return actions.revise_reorganisation(found, head=form.given(), edition=seen, by=request.actor)


@require(Permission.ORGANISATION)
@reads
@require_safe
def scan(request: Request, plan_id: str) -> HttpResponse:
    """Hand out the scan of the instrument that orders a reorganisation."""
    kept = _plan(request, plan_id).scan
    if kept is None:
        raise Http404(plan_id)
    name = f"sotk-{plan_id}.{SUFFIXES[kept.content_type]}"
    return attachment(bytes(kept.content), filename=name, content_type=kept.content_type)


@require(Permission.RECORDS_CHANGE)
@changes
@require_http_methods(_FORM)
def line(request: Request, plan_id: str, operation: str) -> HttpResponse:
    """Show the form of a line, find units and posts for it, and add it."""
    if operation not in Operation.values:
        raise Http404(operation)
    found = _draft(request, plan_id)
    outcome = pages.assessed(found).outcome
    form = pages.line_form(found, Operation(operation), outcome, request.POST or None)
    if request.method != "POST" or "cari" in request.POST:
        return render(request, "reorganisation/line.html", {**pages.line_page(found, form), "finding": True})
    return _added(request, found, form)


def _added(request: Request, found: Reorganisation, form: Any) -> HttpResponse:
    refused: tuple[str, ...] = ()
    if form.is_valid():
        said = {"operation": form.operation, "arguments": form.given(), "edition": form.cleaned_data["edition"]}
        try:
            actions.add_line(found, by=request.actor, **said)
        except Refusal as told:
            refused = pages.sentences(told.reasons)
        else:
            messages.success(request, _("Baris ditambahkan."))
            return redirect("reorganisation", found.public_id)
    return render(request, "reorganisation/line.html", pages.line_page(found, form, refused), status=UNPROCESSABLE)


@require(Permission.RECORDS_CHANGE)
@changes
@require_POST
def remove(request: Request, plan_id: str) -> HttpResponse:
    """Take a line out of a plan."""
    which = request.POST.get("baris", "")
    return _done(request, plan_id, lambda found, **seen: actions.remove_line(found, line=which, **seen))


@require(Permission.RECORDS_CHANGE)
@changes
@require_POST
def cancel(request: Request, plan_id: str) -> HttpResponse:
    """Give a plan up."""
    return _done(request, plan_id, actions.cancel_reorganisation)


@require(Permission.RECORDS_CHANGE)
@changes
@require_POST
def carry_out(request: Request, plan_id: str) -> HttpResponse:
    """Carry a plan out."""
    equal = pages.equivalent()
    return _done(
        request, plan_id, lambda found, **seen: actions.carry_out_reorganisation(found, equivalent=equal, **seen)
    )


def _done(request: Request, plan_id: str, deed: Callable[..., Any]) -> HttpResponse:
    """Do something to a plan in the edition in which it was seen, or show why not."""
    found, form = _changeable(request, plan_id), EditionForm(request.POST)
    seen = form.cleaned_data["edition"] if form.is_valid() else -1
    try:
        deed(found, edition=seen, by=request.actor)
    except Refusal as told:
        shown = pages.plan_page(request, _changeable(request, plan_id), pages.sentences(told.reasons))
        return render(request, "reorganisation/plan.html", shown, status=UNPROCESSABLE)
    messages.success(request, _("Tersimpan."))
    return redirect("reorganisation", plan_id)


@require(Permission.DIRECTORY)
@reads
@require_safe
def affected(request: Request, plan_id: str) -> HttpResponse:
    """Show whom a plan affects, of those in the reader's scope."""
    shown = people.affected_page(request, _plan(request, plan_id), request.GET.get("akibat", ""))
    return render(request, "reorganisation/affected.html", shown)


@require(Permission.DIRECTORY)
@reads
@require_safe
def save(request: Request, plan_id: str) -> HttpResponse:
    """Give all whom a plan affects, of those in the reader's scope, as a file."""
    frame = people.affected_frame(request, _plan(request, plan_id))
    return download(frame, name=_("terdampak SOTK"), file_format="xlsx")


@require(Permission.RECORDS_CHANGE)
@changes
@require_POST
def decide(request: Request, plan_id: str) -> HttpResponse:
    """Place people whom a plan leaves without a post, or let them be without one for a time; or find posts for it."""
    found, form = _draft(request, plan_id), EditionForm(request.POST)
    refused: tuple[str, ...] = ()
    if "cari" not in request.POST:
        try:
            _decided(request, found, form.cleaned_data["edition"] if form.is_valid() else -1)
            messages.success(request, _("Keputusan tersimpan."))
            return redirect("reorganisation_affected", plan_id)
        except Refusal as told:
            refused = pages.sentences(told.reasons)
    shown = people.affected_page(request, _draft(request, plan_id), request.POST.get("akibat", ""), refused)
    return render(request, "reorganisation/affected.html", shown, status=UNPROCESSABLE if refused else 200)


def _decided(request: Request, found: Reorganisation, edition: int) -> None:
    post = "" if "tanpa" in request.POST else request.POST.get("post", "") or "?"
    actions.decide_on_people(
        found,
        people=people.chosen_people(request, found),
        post=post,
        edition=edition,
        by=request.actor,
        equivalent=pages.equivalent(),
    )


def _plan(request: Request, plan_id: str) -> Reorganisation:
    found = plan_by_id(plan_id, drafts=pages.may_see_drafts(request))
    if found is None:
        raise Http404(plan_id)
    return found


def _changeable(request: Request, plan_id: str) -> Reorganisation:
    whole(request)
    return _plan(request, plan_id)


def _draft(request: Request, plan_id: str) -> Reorganisation:
    """Return a plan that can still be changed; a closed one has no such page, and tells a form from before why."""
    found = _changeable(request, plan_id)
    if found.state != PlanState.DRAFT and request.method != "POST":
        raise Http404(plan_id)
    return found
