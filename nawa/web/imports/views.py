"""Impor: upload, preview, decisions, and the deeds that follow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nawa.accounts.permissions import Permission
from nawa.core.refusal import Refusal
from nawa.exchange import actions, queries
from nawa.exchange.enums import Absence, Declared, Mode, Twin
from nawa.exchange.models import Upload
from nawa.exchange.queries import Wanted, parts
from nawa.exchange.rules import MOST_BYTES
from nawa.web.imports import pages
from nawa.web.imports.forms import AbsenceForm, ApplyForm, TwinForm, UploadForm
from nawa.web.kit.cells import UNSHOWN
from nawa.web.kit.exports import attachment
from nawa.web.kit.guards import Request, changes, note_reads, reads, require, whole
from nawa.web.kit.languages import spoken
from nawa.web.kit.refusals import UNPROCESSABLE, sentences
from nawa.workbook.sheets import BY_NAME

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require(Permission.IMPORT_READ)
@reads
@require_safe
def index(request: Request) -> HttpResponse:
    """Show the uploads, the latest first."""
    whole(request)
    return render(request, "imports/index.html", pages.index_page(request))


@require(Permission.IMPORT_APPLY)
@changes
@require_POST
def upload(request: Request) -> HttpResponse:
    """Take a file in."""
    whole(request)
    refused: tuple[str, ...] = ()
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            return redirect("import", _accepted(request, form).public_id)
        except Refusal as against:
            refused = sentences(against.reasons)
    return render(request, "imports/index.html", pages.index_page(request, form, refused), status=UNPROCESSABLE)


@require(Permission.IMPORT_READ)
@reads
@require_safe
def one(request: Request, upload_id: str) -> HttpResponse:
    """Show an upload; to a page that watches its progress only that, and the whole page once the work has ended."""
    shown = pages.upload_page(request, _upload(request, upload_id))
    if request.htmx and not shown["underway"]:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "imports/progress.html" if request.htmx else "imports/upload.html", shown)


@require(Permission.IMPORT_READ)
@reads
@require_http_methods(["GET", "HEAD", "POST"])  # what is searched for is sent, and stands in no address
def rows(request: Request, upload_id: str, sheet: str) -> HttpResponse:
    """Show the rows of a sheet beside the records."""
    found = _upload(request, upload_id)
    table = BY_NAME[sheet].table if sheet in BY_NAME else ""
    if table not in found.counts or table in UNSHOWN or not found.has_contents:
        raise Http404(sheet)
    context, people = pages.rows_page(found, table, _wanted(request))
    note_reads(request, people, page="import_rows")
    return render(request, "imports/rows.html", context)


@require(Permission.IMPORT_READ)
@reads
@require_safe
def problems(request: Request, upload_id: str) -> HttpResponse:
    """Show what is wrong in the file."""
    found = _upload(request, upload_id)
    shown = pages.problems_page(found, request.GET.get("lembar", ""), pages.number(request.GET.get("hal")))
    note_reads(request, shown["seen"], page="import_problems")
    return render(request, "imports/problems.html", shown)


@require(Permission.IMPORT_READ)
@reads
@require_safe
def marked(request: Request, upload_id: str) -> HttpResponse:
    """Hand the workbook back with its bad cells marked."""
    found = _upload(request, upload_id)
    content = parts.content(found, parts.MARKED)
    if content is None:
        raise Http404(upload_id)
    note_reads(request, pages.people_in_file(found), page="import_marked")
    return attachment(content, filename=f"impor-{upload_id}-masalah.xlsx", content_type=_XLSX)


@require(Permission.IMPORT_READ)
@reads
@require_safe
def absent(request: Request, upload_id: str) -> HttpResponse:
    """Show the people whom a full file does not name."""
    return render(request, "imports/absent.html", pages.absent_page(request, _upload(request, upload_id)))


@require(Permission.IMPORT_APPLY)
@changes
@require_POST
def decide_absent(request: Request, upload_id: str) -> HttpResponse:
    """Say why people are absent: those chosen, or all who are left."""
    refused: tuple[str, ...] = ()
    found, form = _upload(request, upload_id), AbsenceForm(request.POST)
    if form.is_valid():
        people = (text.partition(" ") for text in request.POST.getlist("person"))
        chosen = None if "all" in request.POST else {person: seen for person, _space, seen in people}
        given = {"why": Absence(form.cleaned_data["why"]), "on": form.cleaned_data["on"]}
        refused = _tried(request, lambda: actions.decide_absences(found, chosen, **given, by=request.actor))
        if not refused:
            return redirect("import_absent", upload_id)
    shown = pages.absent_page(request, _upload(request, upload_id), form, refused)
    return render(request, "imports/absent.html", shown, status=UNPROCESSABLE)


@require(Permission.IMPORT_READ)
@reads
@require_safe
def twins(request: Request, upload_id: str) -> HttpResponse:
    """Show new rows that may be corrections."""
    shown = pages.twins_page(request, _upload(request, upload_id))
    note_reads(request, shown["seen"], page="import_twins")
    return render(request, "imports/twins.html", shown)


@require(Permission.IMPORT_APPLY)
@changes
@require_POST
def decide_twins(request: Request, upload_id: str) -> HttpResponse:
    """Say whether new rows correct stored ones: those chosen, or all that are left."""
    refused: tuple[str, ...] = ()
    found, form = _upload(request, upload_id), TwinForm(request.POST)
    if form.is_valid():
        rows = (text.split(" ") for text in request.POST.getlist("row") if text.count(" ") == 2)
        chosen = None if "all" in request.POST else {(table, subject): seen for table, subject, seen in rows}
        what = Twin(form.cleaned_data["what"])
        refused = _tried(request, lambda: actions.decide_twins(found, chosen, what=what, by=request.actor))
        if not refused:
            return redirect("import_twins", upload_id)
    shown = pages.twins_page(request, _upload(request, upload_id), form, refused)
    note_reads(request, shown["seen"], page="import_twins")
    return render(request, "imports/twins.html", shown, status=UNPROCESSABLE)


@require(Permission.IMPORT_APPLY)
@changes
@require_POST
def check_again(request: Request, upload_id: str) -> HttpResponse:
    """Ask for a new preview."""
    found = _upload(request, upload_id)
    return _answer(request, found, lambda: actions.check_again(found, by=request.actor))


@require(Permission.IMPORT_APPLY)
@changes
@require_POST
def apply(request: Request, upload_id: str) -> HttpResponse:
    """Ask for the upload to be applied."""
    found, form = _upload(request, upload_id), ApplyForm(request.POST)
    if not form.is_valid():
        return render(request, "imports/upload.html", pages.upload_page(request, found), status=UNPROCESSABLE)
    given = {"mode": Mode(form.cleaned_data["mode"]), "preview": form.cleaned_data["preview"]}
    return _answer(request, found, lambda: actions.apply_upload(found, **given, by=request.actor))


@require(Permission.IMPORT_APPLY)
@changes
@require_POST
def cancel(request: Request, upload_id: str) -> HttpResponse:
    """Stop what is being done, or give the upload up."""
    found = _upload(request, upload_id)
    return _answer(request, found, lambda: actions.cancel_upload(found, by=request.actor))


@require(Permission.IMPORT_APPLY)
@changes
@require_POST
def undo(request: Request, upload_id: str) -> HttpResponse:
    """Ask for the import to be undone."""
    found = _upload(request, upload_id)
    return _answer(request, found, lambda: actions.undo_import(found, by=request.actor))


def _accepted(request: Request, form: UploadForm) -> Upload:
    sent = form.cleaned_data["file"]
    content = sent.read(MOST_BYTES + 1)
    declared = Declared(form.cleaned_data["declared"])
    return actions.accept(content, file_name=sent.name or "", declared=declared, by=request.actor, language=spoken())


def _wanted(request: Request) -> Wanted:
    given = request.GET
    return Wanted(
        change=given.get("jenis", ""),
        column=given.get("kolom", ""),
        text=request.POST.get("cari", "").strip()[:100],
        page=pages.number(given.get("hal")),
    )


def _tried(request: Request, deed: Callable[[], object]) -> tuple[str, ...]:
    try:
        deed()
    except Refusal as against:
        return sentences(against.reasons)
    messages.success(request, _("Keputusan tersimpan."))
    return ()


def _answer(request: Request, found: Upload, deed: Callable[[], object]) -> HttpResponse:
    """Do it and show the upload, or show why not."""
    try:
        deed()
    except Refusal as against:
        shown = pages.upload_page(request, _upload(request, found.public_id), sentences(against.reasons))
        return render(request, "imports/upload.html", shown, status=UNPROCESSABLE)
    return redirect("import", found.public_id)


def _upload(request: Request, upload_id: str) -> Upload:
    whole(request)
    found = queries.upload_by_id(upload_id, scope=request.scope)
    if found is None:
        raise Http404(upload_id)
    return found
