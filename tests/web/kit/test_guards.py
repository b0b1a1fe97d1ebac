"""Guards: who comes in, where their permission holds, and that a view which reads cannot write."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.test import RequestFactory

from nawa.accounts.models import User
from nawa.accounts.permissions import Permission
from nawa.accounts.queries import Access
from nawa.audit.models import ReadEntry
from nawa.core.actor import Actor, ActorKind
from nawa.core.scope import Scope
from nawa.web.kit.guards import ReadViewWroteError, Request, changes, entered, note_reads, own, public, reads, require

ME, OTHER = "aaaaaaaaaaaaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbbbbbbbbbbbb"


def asked(access: Access | None = None, path: str = "/peta/?kotak=9") -> Request:
    """A request of somebody with this access, or (None) of nobody."""
    request = RequestFactory().get(path)
    request.user = User(username="u") if access else type("Nobody", (), {"is_authenticated": False})()
    request.access = access or Access()
    request.actor = Actor(ActorKind.USER, ME)
    request.htmx = False
    return request


def may(permission: Permission, scope: Scope, person: str = "") -> Access:
    return Access(user_id=ME, person_id=person, scopes={permission: scope})


def answer(request: Request) -> HttpResponse:
    return HttpResponse(str(getattr(request, "scope", "")))


def test_nobody_is_sent_to_log_in_and_back_without_what_stood_in_the_query() -> None:
    for guarded in (require(Permission.MAP_PEOPLE)(answer), own(answer), entered(answer)):
        response = guarded(asked())
        assert response.status_code == 302
        assert response.headers["Location"] == "/masuk/?next=/peta/"


def test_a_fragment_asked_for_by_nobody_leads_the_whole_page_to_log_in() -> None:
    request = asked()
    request.htmx = True
    response = require(Permission.MAP_PEOPLE)(answer)(request)
    assert response.headers["HX-Redirect"] == "/masuk/?next=/peta/"


def test_without_the_permission_somebody_is_refused() -> None:
    with pytest.raises(PermissionDenied):
        require(Permission.MAP_PEOPLE)(answer)(asked(may(Permission.MAP_COUNTS, Scope.everything())))


def test_a_permission_over_no_unit_is_none() -> None:
    with pytest.raises(PermissionDenied):
        require(Permission.MAP_PEOPLE)(answer)(asked(may(Permission.MAP_PEOPLE, Scope.nothing())))


def test_the_view_learns_where_the_permission_holds() -> None:
    request = asked(may(Permission.MAP_PEOPLE, Scope.below("DINKES")))
    require(Permission.MAP_PEOPLE)(answer)(request)
    assert request.scope == Scope.below("DINKES")


def test_ones_own_pages_need_an_employee_behind_the_account() -> None:
    with pytest.raises(PermissionDenied):
        own(answer)(asked(Access(user_id=ME)))
    assert own(answer)(asked(Access(user_id=ME, person_id=OTHER))).status_code == 200


@pytest.mark.parametrize("wrap", [require(Permission.TRAIL), own, entered, public])
def test_guard_and_mode_are_marked_for_all_to_see(wrap: Callable[..., object]) -> None:
    assert getattr(wrap(reads(answer)), "mode", "") == "reads"
    assert getattr(wrap(changes(answer)), "mode", "") == "changes"
    assert getattr(wrap(changes(answer)), "guard", "")


def writes(request: Request) -> HttpResponse:
    User.objects.create(username="x", name="X")
    return HttpResponse()


@pytest.mark.django_db
def test_a_view_that_reads_cannot_write() -> None:
    with pytest.raises(ReadViewWroteError), transaction.atomic():
        public(reads(writes))(asked())
    assert not User.objects.exists()


@pytest.mark.django_db
def test_a_view_that_changes_can() -> None:
    assert public(changes(writes))(asked()).status_code == 200
    assert User.objects.exists()


@pytest.mark.django_db
def test_reads_of_others_are_logged_and_ones_own_are_not() -> None:
    def looks(request: Request) -> HttpResponse:
        note_reads(request, [OTHER, ME], page="profile")
        return HttpResponse()

    public(reads(looks))(asked(Access(user_id="cccccccccccccccccccccccccc", person_id=ME)))
    entry = ReadEntry.objects.get()
    assert (entry.subject, entry.page, entry.read_by) == (OTHER, "profile", f"user:{ME}")
