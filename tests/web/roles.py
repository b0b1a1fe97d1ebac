"""Logging in as a role in tests: with Django's client, and in Chromium."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import login
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from playwright.sync_api import Page

from nawa.accounts.models import Grant, User
from nawa.accounts.roles import ROLES, Role
from nawa.core import clock
from nawa.core.actor import Actor
from nawa.registry.models import Person, Unit
from nawa.web.kit.entrance import note_entry

UNIT: Final = "DINAS"
"""Where the roles of a unit are granted unless a test says otherwise (`tests.office`)."""

Made = TypeVar("Made")


def account(role: Role | None, unit: str | None = None, person: Person | None = None) -> User:
    """The account that has this role (None: a plain employee), made on first use; a decider's has a second factor.

    `unit` is the code of the unit of the grant; without it a role holds everywhere, and one that is always of a unit
    holds for `UNIT`. `person` is the employee behind the account.
    """
    over = unit or (UNIT if role and ROLES[role].of_unit else None)
    username = person.nip if person else f"{role or 'PEGAWAI'}-{over or 'semua'}"
    user, _ = User.objects.get_or_create(
        username=username, defaults={"person": person, "name": "" if person else f"Uji {role or over}"}
    )
    if role and not user.grants.filter(role=role, unit__code=over).exists():
        Grant.objects.create(
            user=user,
            role=role,
            unit=Unit.objects.get(code=over) if over else None,
            started_on=clock.today(),
            granted_by=str(Actor.system("tests")),
            granted_at=clock.now(),
        )
    if role and ROLES[role].needs_second_factor and not is_mfa_enabled(user):
        TOTP.activate(user, generate_totp_secret())
    return user


def enter(client: Client, role: Role | None, unit: str | None = None, person: Person | None = None) -> User:
    """Log the client in as a role (`account`), past the second factor."""
    user = account(role, unit, person)
    client.cookies[settings.SESSION_COOKIE_NAME] = session_of(user)
    return user


def browse(page: Page, role: Role | None, unit: str | None = None, person: Person | None = None) -> User:
    """Log the browser's page in as a role (`account`), past the second factor. Its server must be running."""
    user, key = committed(lambda: _entered(role, unit, person))
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": key, "domain": "localhost", "path": "/"}
    page.context.add_cookies([cookie])  # a cookie knows the server's name and no port
    return user


def _entered(role: Role | None, unit: str | None, person: Person | None) -> tuple[User, str]:
    user = account(role, unit, person)
    return user, session_of(user)


def session_of(user: User) -> str:
    request = HttpRequest()
    request.session = SessionStore()
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    note_entry(request)
    request.session.save()
    assert request.session.session_key
    return request.session.session_key


def committed(make: Callable[[], Made]) -> Made:
    """Make something that the browser's server can see: on PostgreSQL outside of the test's own transaction."""
    if connection.vendor == "sqlite":
        return make()
    with ThreadPoolExecutor(1) as beside:
        return beside.submit(_and_close, make).result()


def _and_close(make: Callable[[], Made]) -> Made:
    try:
        return make()
    finally:
        connection.close()
