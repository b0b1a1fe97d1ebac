"""Siklus: runs by month, their checks, and each step to publication."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nawa.accounts.permissions import Permission
from nawa.core import clock
from nawa.core.refusal import Refusal
from nawa.core.scans import SUFFIXES
from nawa.talent import actions, queries
from nawa.talent.enums import MOVES, Stage
from nawa.talent.models import Cycle, MappingRun
from nawa.web.cycles import pages
from nawa.web.cycles.forms import MoveForm, OpenForm, ReleaseForm, StartForm, move_form
from nawa.web.cycles.gate import may_release
from nawa.web.kit.exports import attachment
from nawa.web.kit.guards import Request, View, changes, reads, require, whole
from nawa.web.kit.refusals import UNPROCESSABLE, sentences


@require(Permission.UNPUBLISHED)
@reads
@require_safe
def index(request: Request) -> HttpResponse:
    """Show the cycles, the latest first, each with its runs."""
    return render(request, "cycles/index.html", pages.index_page(request))


@require(Permission.RUN_START)
@changes
@require_POST
def open_cycle(request: Request) -> HttpResponse:
    """Open the cycle of a month; one that is open already is shown."""
    whole(request)
    form = OpenForm(request.POST, today=clock.today(), taken=set())
    if not form.is_valid():
        return render(request, "cycles/index.html", pages.index_page(request, form), status=UNPROCESSABLE)
    opened = actions.open_cycle(**form.cleaned_data, by=request.actor)
    return redirect("cycle", opened.public_id)


@require(Permission.UNPUBLISHED)
@reads
@require_safe
def cycle(request: Request, cycle_id: str) -> HttpResponse:
    """Show a cycle: start a run, and what became of its runs."""
    return render(request, "cycles/cycle.html", pages.cycle_page(request, _cycle(cycle_id)))


@require(Permission.RUN_START)
@changes
@require_POST
def start(request: Request, cycle_id: str) -> HttpResponse:
    """Ask for a run in a cycle."""
    whole(request)
    found, form = _cycle(cycle_id), StartForm(request.POST)
    reasons: tuple[str, ...] = ()
    if form.is_valid():
        try:
            return redirect("run", actions.request_run(cycle=found, **form.cleaned_data, by=request.actor).public_id)
        except Refusal as refused:
            reasons = sentences(refused.reasons)
    return render(request, "cycles/cycle.html", pages.cycle_page(request, found, form, reasons), status=UNPROCESSABLE)


@require(Permission.UNPUBLISHED)
@reads
@require_safe
def run(request: Request, run_id: str) -> HttpResponse:
    """Show a run; to a page that watches its progress only that, and the whole page once it has ended."""
    found = _run(run_id)
    if request.htmx and not found.is_open:
        return HttpResponse(headers={"HX-Refresh": "true"})
    template = "cycles/progress.html" if request.htmx else "cycles/run.html"
    return render(request, template, pages.run_page(request, found))


@require(Permission.UNPUBLISHED)
@reads
@require_safe
def letter(request: Request, run_id: str, stage: str) -> HttpResponse:
    """Hand out the scan of the letter with which a run came to a stage."""
    scan = queries.scan_of(_run(run_id), stage)
    if scan is None:
        raise Http404(stage)
    name = f"surat-{stage.lower()}-{run_id}.{SUFFIXES[scan.content_type]}"
    return attachment(bytes(scan.content), filename=name, content_type=scan.content_type)


@require(Permission.RUN_START)
@changes
@require_POST
def cancel(request: Request, run_id: str) -> HttpResponse:
    """Ask for a run to be stopped."""
    whole(request)
    try:
        actions.cancel_run(run=_run(run_id), by=request.actor)
    except Refusal as refused:
        messages.warning(request, " ".join(sentences(refused.reasons)))
    return redirect("run", run_id)


@require(Permission.UNPUBLISHED)
@changes
@require_POST
def release(request: Request, run_id: str) -> HttpResponse:
    """Let a run be published although its data are not complete enough, or show why not."""
    if not may_release(request):
        raise PermissionDenied(Permission.RUN_RELEASE)
    found, form = _run(run_id), ReleaseForm(request.POST)
    return _saved(
        request, found, form, lambda: actions.release(found, reason=form.cleaned_data["why"], by=request.actor)
    )


def move(to: Stage) -> View:
    """Return the view that brings runs to a stage; it lets in whoever may make that move."""
    (permission,) = {move.permission for (_origin, stage), move in MOVES.items() if stage is to}

    @require(permission)
    @changes
    @require_POST
    def moving(request: Request, run_id: str) -> HttpResponse:
        """Bring a run to this stage, or show why not."""
        whole(request)
        return _moved(request, _run(run_id), to)

    return moving


def _moved(request: Request, found: MappingRun, to: Stage) -> HttpResponse:
    form = move_form(Stage(found.current_stage or Stage.COMPUTED), to)(request.POST, request.FILES, to=to)
    return _saved(request, found, form, lambda: actions.advance(found, to=to, by=request.actor, **form.given()))


def _saved(
    request: Request, found: MappingRun, form: MoveForm | ReleaseForm, deed: Callable[[], object]
) -> HttpResponse:
    """Do what the form asks for and lead back to the run, or show it again with why not."""
    reasons: tuple[str, ...] = ()
    if form.is_valid():
        try:
            deed()
        except Refusal as refused:
            reasons = sentences(refused.reasons)
        else:
            messages.success(request, _("Tersimpan."))
            return redirect("run", found.public_id)
    shown = pages.run_page(request, _run(found.public_id), form, reasons)
    return render(request, "cycles/run.html", shown, status=UNPROCESSABLE)


def _cycle(cycle_id: str) -> Cycle:
    found = queries.cycle_by_id(cycle_id)
    if found is None:
        raise Http404(cycle_id)
    return found


def _run(run_id: str) -> MappingRun:
    found = queries.any_run(run_id)
    if found is None:
        raise Http404(run_id)
    return found
