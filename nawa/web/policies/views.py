"""Kebijakan: what holds and held, drafts, what they would change, and each step into force."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nawa.accounts.permissions import Permission
from nawa.core import clock
from nawa.core.refusal import Reason, Refusal
from nawa.core.scans import SUFFIXES
from nawa.policy.drafting import parent_entries
from nawa.policy.layouts import Chapter
from nawa.rulebook import actions, queries
from nawa.rulebook.enums import MOVES, State
from nawa.rulebook.models import PolicyVersion
from nawa.rulebook.rules import policy_in_force
from nawa.talent import actions as talent
from nawa.talent.queries import simulations
from nawa.web.kit.exports import attachment
from nawa.web.kit.guards import Request, View, changes, note_reads, reads, require, whole
from nawa.web.kit.refusals import UNPROCESSABLE
from nawa.web.policies import effects, pages
from nawa.web.policies.forms import DraftForm, day_in, edition_in, move_form, typed_in


@require(Permission.POLICY_READ)
@reads
@require_safe
def index(request: Request) -> HttpResponse:
    """Show every policy with its versions and when each holds."""
    return render(request, "policies/index.html", pages.index_page(request))


@require(Permission.POLICY_READ)
@reads
@require_safe
def version(request: Request, policy_id: str) -> HttpResponse:
    """Show a version: every rule in words, where it comes from, and what may be done with the version."""
    return render(request, "policies/version.html", pages.version_page(request, _version(request, policy_id)))


@require(Permission.POLICY_READ)
@reads
@require_safe
def compare(request: Request, policy_id: str) -> HttpResponse:
    """Show in what a version differs from another, its parent unless one is named."""
    found = _version(request, policy_id)
    other = _version(request, request.GET["dengan"]) if request.GET.get("dengan") else found.parent
    if other is None:
        other = next((row for row in queries.approved(found.code) if row != found), found)
    return render(request, "policies/compare.html", pages.compare_page(request, found, other))


@require(Permission.POLICY_READ)
@reads
@require_safe
def instrument(request: Request, policy_id: str) -> HttpResponse:
    """Hand out the scan of the instrument that set a version in force."""
    scan = _version(request, policy_id).scan
    if scan is None:
        raise Http404(policy_id)
    name = f"kebijakan-{policy_id}.{SUFFIXES[scan.content_type]}"
    return attachment(bytes(scan.content), filename=name, content_type=scan.content_type)


@require(Permission.POLICY_DRAFT)
@changes
@require_POST
def draft(request: Request, policy_id: str) -> HttpResponse:
    """Begin a draft from an approved version."""
    whole(request)
    parent, form = _version(request, policy_id), DraftForm(request.POST)
    refused: tuple[str, ...] = ()
    if form.is_valid():
        try:
            made = actions.draft(parent=parent, version=form.cleaned_data["version"], by=request.actor)
            return redirect("policy_write", made.public_id, Chapter.WEIGHTS.value)
        except Refusal as told:
            refused = pages.sentences(told.reasons)
    shown = pages.version_page(request, parent, form, refused)
    return render(request, "policies/version.html", shown, status=UNPROCESSABLE)


@require(Permission.POLICY_DRAFT)
@changes
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: Request, policy_id: str, chapter: str) -> HttpResponse:
    """Show a chapter of a draft, and keep what is typed in it, right or wrong."""
    whole(request)
    found, part = _version(request, policy_id), _chapter(chapter)
    if found.state != State.DRAFT or found.parent is None:
        return redirect("policy", policy_id)
    template = "policies/findings.html" if request.htmx else "policies/draft.html"
    if request.method != "POST":
        return render(request, template, pages.draft_page(found, part))
    return _written(request, found, part, template)


def _written(request: Request, found: PolicyVersion, chapter: Chapter, template: str) -> HttpResponse:
    own = parent_entries(policy_in_force(found.parent or found, on=clock.today()))
    typed, seen = typed_in(request.POST, own, chapter), edition_in(request.POST)
    day = {"proposed_from": day_in(request.POST)} if chapter is Chapter.HEAD else {}
    try:
        kept = actions.write(found, chapter=chapter, typed=typed, edition=seen, by=request.actor, **day)
    except Refusal as refused:
        shown = pages.draft_page(_version(request, found.public_id), chapter, typed, pages.sentences(refused.reasons))
        return render(request, template, shown, status=200 if request.htmx else UNPROCESSABLE)
    if request.htmx:
        return render(request, template, pages.draft_page(kept, chapter))
    messages.success(request, _("Tersimpan."))
    return redirect("policy_write", found.public_id, chapter.value)


def move(to: State) -> View:
    """Return the view that brings versions to a state; it lets in whoever may make that move."""
    (permission,) = {move.permission for (_origin, state), move in MOVES.items() if state is to}

    @require(permission)
    @changes
    @require_POST
    def moving(request: Request, policy_id: str) -> HttpResponse:
        """Bring a version to this state, or show why not."""
        whole(request)
        return _moved(request, _version(request, policy_id), to)

    return moving


def _moved(request: Request, found: PolicyVersion, to: State) -> HttpResponse:
    form = move_form(found.state, to)(request.POST, request.FILES, to=to)
    refused: tuple[str, ...] = ()
    if form.is_valid():
        try:
            actions.advance(found, to=to, by=request.actor, **form.given())
        except Refusal as told:
            refused = pages.sentences(told.reasons)
        else:
            messages.success(request, _("Tersimpan."))
            return redirect("policy", found.public_id)
    shown = pages.version_page(request, _version(request, found.public_id), form, refused)
    return render(request, "policies/version.html", shown, status=UNPROCESSABLE)


@require(Permission.POLICY_READ)
@reads
@require_safe
def simulation(request: Request, policy_id: str) -> HttpResponse:
    """Show what a version would change; to a page that watches only its progress, and reload that page at its end."""
    found = effects.simulation_page(request, _version(request, policy_id))
    is_open = found["simulation"] is not None and found["simulation"].is_open
    if request.htmx and not is_open:
        return HttpResponse(headers={"HX-Refresh": "true"})
    template = "policies/progress.html" if request.htmx else "policies/simulation.html"
    return render(request, template, found)


@require(Permission.POLICY_DRAFT)
@changes
@require_POST
def simulate(request: Request, policy_id: str) -> HttpResponse:
    """Ask what a version would change."""
    whole(request)
    try:
        talent.simulate(version=_version(request, policy_id), by=request.actor)
    except Refusal as refused:
        messages.warning(request, " ".join(pages.sentences(refused.reasons)))
    return redirect("policy_simulation", policy_id)


@require(Permission.POLICY_DRAFT)
@changes
@require_POST
def cancel(request: Request, policy_id: str) -> HttpResponse:
    """Ask for the simulation that was shown to be stopped; one that another has taken the place of is over."""
    whole(request)
    version, found = _version(request, policy_id), simulations.simulation_by_id(request.POST.get("simulasi", ""))
    try:
        if found is None or found.version != version:
            raise Refusal([Reason("work.no_cancel")])
        talent.cancel_simulation(simulation=found, by=request.actor)
    except Refusal as against:
        messages.warning(request, " ".join(pages.sentences(against.reasons)))
    return redirect("policy_simulation", policy_id)


@require(Permission.MAP_PEOPLE)
@reads
@require_safe
def affected(request: Request, policy_id: str, listing: str) -> HttpResponse:
    """Show who would move, or stand nearest to a cut-off."""
    found = effects.affected_page(request, _version(request, policy_id), listing)
    note_reads(request, [person.public_id for person in found["rows"]], page="policy_affected")
    return render(request, "policies/affected.html", found)


def _version(request: Request, policy_id: str) -> PolicyVersion:
    found = queries.version_by_id(policy_id, drafts=pages.may_see_drafts(request))
    if found is None:
        raise Http404(policy_id)
    return found


def _chapter(name: str) -> Chapter:
    if name not in list(Chapter):
        raise Http404(name)
    return Chapter(name)
