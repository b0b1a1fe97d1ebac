"""The directory, and the talent profile of one person."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nawa.accounts.permissions import Permission
from nawa.core import clock
from nawa.web.kit.exports import attachment, download, format_of
from nawa.web.kit.guards import Request, note_reads, reader_name, reads, require
from nawa.web.kit.lists import list_context, whole
from nawa.web.kit.periods import period_of
from nawa.web.kit.profile.card import card_of
from nawa.web.kit.profile.page import profile_of
from nawa.web.people.directory import directory_of
from nawa.web.people.planned import planned_page, waiting_of


@require(Permission.DIRECTORY)
@reads
@require_http_methods(["GET", "HEAD", "POST"])  # what is searched for is sent, and stands in no address
def index(request: Request) -> HttpResponse:
    """Show who works where."""
    context = list_context(*directory_of(request))
    return render(request, "people/list.html" if request.htmx else "people/index.html", context)


@require(Permission.DIRECTORY)
@reads
@require_http_methods(["GET", "HEAD", "POST"])
def save(request: Request, file_format: str) -> HttpResponse:
    """Give the whole list, as it is filtered and in the columns that are shown, as a file."""
    asked, source, _filters = directory_of(request)
    return download(whole(source, asked), name=_("pegawai"), file_format=format_of(file_format))


@require(Permission.RECORDS_CHANGE)
@reads
@require_safe
def planned(request: Request) -> HttpResponse:
    """Show the movements that were recorded before their day."""
    return render(request, "people/planned.html", planned_page(request))


@require(Permission.PROFILE)
@reads
@require_safe
def show(request: Request, public_id: str) -> HttpResponse:
    """Show somebody's result with its reasons, to whoever may see theirs."""
    period = period_of(request)
    unpublished = request.access.may(Permission.UNPUBLISHED)
    profile = profile_of(public_id, period, scope=request.scope, unpublished=unpublished)
    if profile is None:
        raise Http404(public_id)
    note_reads(request, [public_id], page="profile")
    may_change = request.access.may(Permission.RECORDS_CHANGE)
    context = {"period": period, "profile": profile, "printed_at": clock.now(), "may_change": may_change}
    return render(request, "people/profile.html", context | {"planned": waiting_of(request, public_id)})


@require(Permission.PROFILE)
@reads
@require_safe
def card(request: Request, public_id: str) -> HttpResponse:
    """Give somebody's talent card as a PDF."""
    period = period_of(request)
    profile = profile_of(public_id, period, scope=request.scope, unpublished=False)
    if period is None or profile is None or profile.mapped is None:
        raise Http404(public_id)
    note_reads(request, [public_id], page="profile-card")
    content = card_of(profile, profile.mapped, period, printed_by=reader_name(request))
    return attachment(content, filename="kartu-talenta.pdf", content_type="application/pdf")
