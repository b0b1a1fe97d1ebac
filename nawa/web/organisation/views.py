"""Units and posts."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nawa.accounts.permissions import Permission
from nawa.core import clock
from nawa.registry.queries import post_by_id, tree
from nawa.talent.queries.places import places
from nawa.web.kit.exports import download, format_of
from nawa.web.kit.guards import Request, reads, require
from nawa.web.kit.lists import list_context, searched, whole
from nawa.web.organisation.listing import posts_of
from nawa.web.organisation.posts import post_context
from nawa.web.organisation.units import branches, found_units, roots, unit_context


@require(Permission.ORGANISATION)
@reads
@require_http_methods(["GET", "HEAD", "POST"])  # what is searched for is sent, and stands in no address
def index(request: Request) -> HttpResponse:
    """Show the units as a tree, or those that are called as what was searched for."""
    organisation = tree(scope=request.scope, on=clock.today())
    text = searched(request)
    found = found_units(text, organisation, scope=request.scope) if text else None
    context = {"roots": roots(organisation), "ended": organisation.ended, "text": text, "found": found}
    return render(request, "organisation/index.html", context)


@require(Permission.ORGANISATION)
@reads
@require_safe
def unit(request: Request, unit_id: int) -> HttpResponse:
    """Show a unit with its posts and the units below it; a branch of the tree asks for the latter alone."""
    organisation = tree(scope=request.scope, on=clock.today(), of=unit_id)
    shown = organisation.unit(unit_id)
    if shown is None:
        raise Http404(unit_id)
    context = {"unit": shown, "below": branches(organisation, unit_id, request.GET.get("halaman"))}
    if request.htmx:
        return render(request, "organisation/branches.html", context)
    return render(request, "organisation/unit.html", {**context, **unit_context(request, organisation, shown)})


@require(Permission.ORGANISATION)
@reads
@require_http_methods(["GET", "HEAD", "POST"])
def posts(request: Request) -> HttpResponse:
    """Show the posts as a list."""
    context = list_context(*posts_of(request))
    return render(request, "organisation/list.html" if request.htmx else "organisation/posts.html", context)


@require(Permission.ORGANISATION)
@reads
@require_http_methods(["GET", "HEAD", "POST"])
def save(request: Request, file_format: str) -> HttpResponse:
    """Give the whole list of posts, as it is filtered and in the columns that are shown, as a file."""
    asked, source, _filters = posts_of(request)
    return download(whole(source, asked), name=_("jabatan"), file_format=format_of(file_format))


@require(Permission.ORGANISATION)
@reads
@require_safe
def post(request: Request, post_id: int) -> HttpResponse:
    """Show a post: who is in it, and what it asks for."""
    within = places(scope=request.scope)
    shown = post_by_id(post_id, inside=within.names)
    if shown is None:
        raise Http404(post_id)
    return render(request, "organisation/post.html", post_context(request, shown, within))
