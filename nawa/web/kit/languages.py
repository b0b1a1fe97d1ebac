"""The language of the pages: Indonesian, unless the reader has switched to English."""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from nawa.policy.sentences import Language

SESSION_KEY: Final = "language"


def chosen_language(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: speak the language that the session holds, else Indonesian, whatever the browser prefers."""

    def answer(request: HttpRequest) -> HttpResponse:
        with translation.override(request.session.get(SESSION_KEY, "id")):
            response = get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "id")
            return response

    return answer


def spoken() -> Language:
    """Return the language in which the running request is answered."""
    return "en" if translation.get_language() == "en" else "id"
