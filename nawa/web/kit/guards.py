"""Who may call a view, and whether it may write. Every view carries one guard and one of `reads` and `changes`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from functools import wraps
from typing import Any, Final, TypeAlias

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url

from nawa.accounts.permissions import Permission
from nawa.accounts.queries import Access
from nawa.audit import actions as audit
from nawa.core.actor import Actor
from nawa.core.scope import Scope

View: TypeAlias = Callable[..., HttpResponseBase]

_WRITES: Final = ("INSERT", "UPDATE", "DELETE", "REPLACE", "TRUNCATE", "COPY", "CREATE", "ALTER", "DROP")
_noting: ContextVar[bool] = ContextVar("noting", default=False)


class Request(HttpRequest):
    """A request after the entrance: who asks, what they may, and (in a guarded view) where the permission holds."""

    access: Access
    actor: Actor
    scope: Scope
    htmx: Any


class ReadViewWroteError(RuntimeError):
    """A view that only reads tried to write."""


def require(permission: Permission) -> Callable[[View], View]:
    """Let in whoever has the permission anywhere; `request.scope` is where. Others log in first, or are refused."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return to_log_in(request)
            if not request.access.may(permission):
                raise PermissionDenied(permission)
            request.scope = request.access.scope(permission)
            return view(request, *args, **kwargs)

        return _marked(guarded, guard=str(permission))

    return guard


def whole(request: Request) -> None:
    """Refuse whoever has the permission for a part of the institution only: the matter concerns the whole of it.

    Raises:
        PermissionDenied: always then.
    """
    if not request.scope.all_units:
        raise PermissionDenied("whole")


def own(view: View) -> View:
    """Let in every employee with an account, for what is theirs (`request.access.person_id`)."""

    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return to_log_in(request)
        if not request.access.person_id:
            raise PermissionDenied("own")
        return view(request, *args, **kwargs)

    return _marked(guarded, guard="own")


def entered(view: View) -> View:
    """Let in everybody who has logged in, whatever their role."""

    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs) if request.user.is_authenticated else to_log_in(request)

    return _marked(guarded, guard="entered")


def public(view: View) -> View:
    """Let in everybody who reaches the server."""

    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    return _marked(guarded, guard="public")


def reads(view: View) -> View:
    """Make a view that writes fail; the log of reads alone may be written (`note_reads`)."""

    @wraps(view)
    def reading(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with connection.execute_wrapper(_refuse_writes):
            return view(request, *args, **kwargs)

    return _marked(reading, mode="reads")


def changes(view: View) -> View:
    """Say of a view that it may write."""

    @wraps(view)
    def changing(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    return _marked(changing, mode="changes")


def note_reads(request: Request, people: Iterable[str], *, page: str) -> None:
    """Log that the reader is about to see these people's evaluations (public ids); their own is theirs to see."""
    token = _noting.set(True)
    try:
        others = [person for person in people if person != request.access.person_id]
        audit.note_reads(others, page=page, by=request.actor)
    finally:
        _noting.reset(token)


def reader_name(request: Request) -> str:
    """Return the name of whoever reads, as what they print carries it."""
    return request.user.full_name if request.user.is_authenticated else ""


def to_log_in(request: HttpRequest) -> HttpResponse:
    """Send to the log-in page, and back afterwards; what stood in the query stays behind."""
    address = f"{resolve_url(settings.LOGIN_URL)}?next={request.path}"
    if getattr(request, "htmx", False):
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def _refuse_writes(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    if sql.lstrip(" (").upper().startswith(_WRITES) and not _noting.get():
        raise ReadViewWroteError(sql.split(maxsplit=1)[0])
    return execute(sql, params, many, context)


def _marked(view: View, **marks: str) -> View:
    for name, value in marks.items():
        setattr(view, name, value)
    return view
