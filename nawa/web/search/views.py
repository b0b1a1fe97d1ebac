"""The search over people, posts, units and pages."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from nawa.web.kit.guards import Request, entered, reads
from nawa.web.kit.lists import searched
from nawa.web.search.finding import AT_ONCE, SUGGESTED, found


@entered
@reads
@require_http_methods(["GET", "HEAD", "POST"])  # what is searched for is sent, and stands in no address
def search(request: Request) -> HttpResponse:
    """Show what is called as what was typed, as far as the reader may see it; while they type, the first of it."""
    text = searched(request)
    kinds = found(request, text, most=SUGGESTED if request.htmx else AT_ONCE) if text else []
    template = "search/suggestions.html" if request.htmx else "search/index.html"
    return render(request, template, {"text": text, "kinds": kinds, "number": sum(len(kind.hits) for kind in kinds)})
