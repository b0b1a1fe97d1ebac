"""Between log-in and page: who is there, what they may, how long they stay, and who needs a second factor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from nawa.accounts.actions import note_entrance, note_refused_entrance
from nawa.accounts.models import User
from nawa.accounts.queries import Access, access_of, open_account
from nawa.audit.enums import Event
from nawa.core import clock
from nawa.core.actor import Actor, ActorKind
from nawa.web.kit.guards import Request
from nawa.web.kit.languages import SESSION_KEY

_SEEN: Final = "seen"
_ENTERED: Final = "entered"
_REFRESHED_AFTER: Final = 300  # seconds: a session is not written at every click
_WITHOUT_SECOND_FACTOR: Final = frozenset({"mfa_activate_totp", "account_logout", "account_reauthenticate", "language"})


class OpenAccounts(AuthenticationBackend):
    """allauth's log-in by name and password; an account that is shut, or whose employee has left, is nobody."""

    def get_user(self, user_id: Any) -> User | None:
        return open_account(user_id, on=clock.today())

    def user_can_authenticate(self, user: User | AnonymousUser | None) -> bool:
        return isinstance(user, User) and open_account(user.pk, on=clock.today()) is not None


class Adapter(DefaultAccountAdapter):
    """Accounts are opened by the institution, never by a visitor. Who comes, leaves or is turned away is recorded."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        note_entry(request)
        note_entrance(Event.ENTERED, user=user)
        if user.language:
            request.session[SESSION_KEY] = user.language
        return super().post_login(request, user, **kwargs)

    def logout(self, request: HttpRequest) -> None:
        if isinstance(request.user, User):
            note_entrance(Event.LEFT, user=request.user)
        super().logout(request)

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """Answer somebody who knows the password of a shut account: with the reason, and to the page they came from."""
        note_refused_entrance(Event.PASSWORD_REFUSED, username=user.username)
        messages.error(request, _("Akun ini tertutup. Tanyakan kepada pengelola akun di badan kepegawaian."))
        return HttpResponseRedirect(resolve_url(settings.LOGIN_URL))

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        note_refused_entrance(Event.PASSWORD_REFUSED, username=credentials.get("username", ""))


class SecondStepForm(AuthenticateForm):
    """allauth's form for the code of the second step; a wrong code is recorded (too many are refused before that)."""

    def clean_code(self) -> str:
        try:
            code: str = super().clean_code()
        except ValidationError as refused:
            if refused.code == "incorrect_code":
                note_refused_entrance(Event.CODE_REFUSED, username=self.user.username)
            raise
        return code


def note_entry(request: HttpRequest) -> None:
    """Let the session of somebody who has just logged in begin: it ends when it lies idle, or after a working day."""
    request.session[_SEEN] = request.session[_ENTERED] = clock.now().timestamp()


class Entrance:
    """Middleware: give the request its `access` and `actor`, end old sessions, ask deciders for a second factor."""

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        if isinstance(request.user, User) and _has_expired(request):
            note_entrance(Event.SESSION_IDLED, user=request.user)
            logout(request)
        user = request.user
        request.access = cast("Access", SimpleLazyObject(lambda: _access(user)))
        if isinstance(user, User):
            request.actor = Actor(ActorKind.USER, user.public_id)
        return self.get_response(request)

    def process_view(self, request: Request, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Send whoever decides or releases to set up TOTP first; log-in asks for it from then on."""
        match = request.resolver_match
        if not request.user.is_authenticated or (match and match.url_name in _WITHOUT_SECOND_FACTOR):
            return None
        if not request.access.needs_second_factor or _has_second_factor(request.user):
            return None
        return HttpResponseRedirect(resolve_url("mfa_activate_totp"))


def _access(user: Any) -> Access:
    return access_of(user, on=clock.today()) if user.is_authenticated else Access()


def _has_expired(request: HttpRequest) -> bool:
    """Tell whether the session lay idle too long, or began too long ago; note now and then that it does not."""
    now, seen = clock.now().timestamp(), request.session.get(_SEEN, 0)
    if (
        now - seen > settings.SESSION_IDLE_SECONDS
        or now - request.session.get(_ENTERED, 0) > settings.SESSION_COOKIE_AGE
    ):
        return True
    if now - seen > _REFRESHED_AFTER:
        request.session[_SEEN] = now
    return False


def _has_second_factor(user: Any) -> bool:
    """Tell whether an account has a second factor: known with the account, but in the request that logs in."""
    known: bool | None = getattr(user, "has_second_factor", None)
    return bool(is_mfa_enabled(user)) if known is None else known
