"""SIMATA: the sheet of a published map, and their sheet beside ours."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from nawa.accounts.permissions import Permission
from nawa.core.refusal import Refusal
from nawa.exchange import actions, queries
from nawa.exchange.frames import sheet_of
from nawa.exchange.models import Comparison
from nawa.exchange.rules import MOST_BYTES
from nawa.talent.queries import published_by_id, run_by_id
from nawa.talent.queries.profiles import policy_of
from nawa.web.kit.exports import download, format_of
from nawa.web.kit.guards import Request, changes, note_reads, reads, require, whole
from nawa.web.kit.refusals import UNPROCESSABLE, sentences
from nawa.web.simata import letters, listing, pages, past
from nawa.web.simata.forms import CompareForm


@require(Permission.MAP_COUNTS)
@reads
@require_safe
def index(request: Request) -> HttpResponse:
    """Show the comparisons, the latest first, and what can be handed to SIMATA."""
    return render(request, "simata/index.html", pages.index_page(request))


@require(Permission.IMPORT_APPLY)
@changes
@require_POST
def compare(request: Request) -> HttpResponse:
    """Take SIMATA's sheet in, to be compared with a map."""
    whole(request)
    refused: tuple[str, ...] = ()
    form = CompareForm(request.POST, request.FILES, runs=pages.offered_runs())
    if form.is_valid():
        try:
            return redirect("simata_comparison", _asked(request, form).public_id)
        except Refusal as against:
            refused = sentences(against.reasons)
    return render(request, "simata/index.html", pages.index_page(request, form, refused), status=UNPROCESSABLE)


@require(Permission.MAP_PEOPLE)
@reads
@require_safe
def sheet(request: Request, run_id: str) -> HttpResponse:
    """Hand out a published map as SIMATA's sheet; it holds everybody."""
    whole(request)
    run = published_by_id(run_id)
    if run is None:
        raise Http404(run_id)
    frame, people = sheet_of(run, policy_of(run).parameters)
    note_reads(request, people, page="simata_sheet")
    return download(frame, name=f"simata-{run.on.isoformat()}", file_format="xlsx")


@require(Permission.MAP_COUNTS)
@reads
@require_safe
def comparison(request: Request, comparison_id: str) -> HttpResponse:
    """Show a comparison; to a page that watches its progress only that, and the whole page once it has ended."""
    found = _found(request, comparison_id)
    if request.htmx and not found.is_open:
        return HttpResponse(headers={"HX-Refresh": "true"})
    template = "simata/progress.html" if request.htmx else "simata/comparison.html"
    return render(request, template, pages.comparison_page(request, found))


@require(Permission.IMPORT_APPLY)
@changes
@require_POST
def cancel(request: Request, comparison_id: str) -> HttpResponse:
    """Ask for a comparison to be stopped."""
    whole(request)
    try:
        actions.cancel_comparison(_found(request, comparison_id), by=request.actor)
    except Refusal as against:
        messages.warning(request, " ".join(sentences(against.reasons)))
    return redirect("simata_comparison", comparison_id)


@require(Permission.MAP_PEOPLE)
@reads
@require_safe
def people(request: Request, comparison_id: str) -> HttpResponse:
    """Show who differs, in what, and why."""
    shown = listing.people_page(request, _with_contents(request, comparison_id))
    note_reads(request, shown["seen"], page="simata_people")
    return render(request, "simata/list.html" if request.htmx else "simata/people.html", shown)


@require(Permission.MAP_PEOPLE)
@reads
@require_safe
def person(request: Request, comparison_id: str, public_id: str) -> HttpResponse:
    """Show all of somebody's values on both sides."""
    shown = listing.person_page(request, _with_contents(request, comparison_id), public_id)
    note_reads(request, [public_id], page="simata_person")
    return render(request, "simata/person.html", shown)


@require(Permission.MAP_PEOPLE)
@reads
@require_safe
def letter(request: Request, comparison_id: str) -> HttpResponse:
    """Show what is to be corrected in SIMATA, by unit and with its evidence, ready to be printed and signed."""
    shown = letters.letter_page(request, _with_contents(request, comparison_id))
    note_reads(request, shown["seen"], page="simata_letter")
    return render(request, "simata/letter.html", shown)


@require(Permission.MAP_PEOPLE)
@reads
@require_safe
def letter_file(request: Request, comparison_id: str, file_format: str) -> HttpResponse:
    """Give the whole of it as a file."""
    frame, seen = letters.letter_frame(request, _with_contents(request, comparison_id))
    note_reads(request, seen, page="simata_letter")
    return download(frame, name=str(letters.TITLE), file_format=format_of(file_format))


@require(Permission.MAP_COUNTS)
@reads
@require_safe
def earlier(request: Request) -> HttpResponse:
    """Show an earlier map beside ours, in numbers."""
    return render(request, "simata/earlier.html", past.earlier_page(request))


@require(Permission.MAP_PEOPLE)
@reads
@require_safe
def earlier_people(request: Request) -> HttpResponse:
    """Show who stood where then, and now."""
    shown = past.people_page(request)
    note_reads(request, shown["seen"], page="earlier_people")
    return render(request, "simata/earlier_people.html", shown)


@require(Permission.MAP_PEOPLE)
@reads
@require_safe
def earlier_pools(request: Request) -> HttpResponse:
    """Show who was in which succession group then, and in which box they are now."""
    shown = past.pools_page(request)
    note_reads(request, shown["seen"], page="earlier_pools")
    return render(request, "simata/earlier_pools.html", shown)


def _asked(request: Request, form: CompareForm) -> Comparison:
    sent, base = form.cleaned_data["file"], run_by_id(form.cleaned_data["base"], unpublished=True)
    if base is None:
        raise Http404("base")
    content = sent.read(MOST_BYTES + 1)
    return actions.compare_with_simata(content, file_name=sent.name or "", base=base, by=request.actor)


def _found(request: Request, comparison_id: str) -> Comparison:
    unpublished = request.access.may(Permission.UNPUBLISHED)
    found = queries.comparison_by_id(comparison_id, unpublished=unpublished)
    if found is None:
        raise Http404(comparison_id)
    return found


def _with_contents(request: Request, comparison_id: str) -> Comparison:
    found = _found(request, comparison_id)
    if found.state != "SUCCEEDED" or not found.has_contents:
        raise Http404(comparison_id)
    return found
