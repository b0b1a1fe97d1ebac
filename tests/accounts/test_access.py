"""What an account may do on a day: grants, their dates and units, delegation, and who needs a second factor."""

from __future__ import annotations

import datetime

import pytest

from nawa.accounts.enums import DelegationKind
from nawa.accounts.models import Delegation, Grant, User
from nawa.accounts.permissions import DECIDING, Permission
from nawa.accounts.queries import access_of, open_account
from nawa.accounts.roles import ROLES, Role
from nawa.core import clock
from nawa.core.actor import Actor
from nawa.core.scope import Scope
from nawa.exchange.actions import import_workbook
from nawa.registry.models import Person, Unit
from tests.office import HEAD, office

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 11, 1)
BY = str(Actor.system("tests"))


def user(name: str = "a", **more: object) -> User:
    return User.objects.create(username=name, **{"name": name, **more})


def grant(to: User, role: Role, unit: str | None = None, **dates: datetime.date) -> Grant:
    over = Unit.objects.get(code=unit) if unit else None
    days = {"started_on": DAY, **dates}
    return Grant.objects.create(user=to, role=role, unit=over, granted_by=BY, granted_at=clock.now(), **days)


@pytest.fixture
def held() -> None:
    import_workbook(office(), by=Actor.system("tests"))


def test_without_a_grant_nothing_is_permitted() -> None:
    access = access_of(user(), on=DAY)
    assert not any(map(access.may, Permission))
    assert access.scope(Permission.MAP_PEOPLE) == Scope.nothing()


@pytest.mark.parametrize("role", list(Role))
def test_a_role_gives_its_permissions_and_no_other(role: Role, held: None) -> None:
    somebody = user()
    grant(somebody, role, "DINAS" if ROLES[role].of_unit else None)
    access = access_of(somebody, on=DAY)
    assert {permission for permission in Permission if access.may(permission)} == ROLES[role].permissions


def test_a_grant_over_a_unit_holds_there_and_below(held: None) -> None:
    head = user()
    grant(head, Role.UNIT_HEAD, "DINAS")
    assert access_of(head, on=DAY).scope(Permission.PROFILE) == Scope.below("DINAS")


def test_grants_over_several_units_add_up_and_one_over_all_swallows_them(held: None) -> None:
    somebody = user()
    grant(somebody, Role.UNIT_HEAD, "DINAS")
    grant(somebody, Role.UNIT_HEAD, "SD1")
    assert access_of(somebody, on=DAY).scope(Permission.PROFILE) == Scope.below("DINAS", "SD1")
    grant(somebody, Role.INSPECTORATE)
    assert access_of(somebody, on=DAY).scope(Permission.PROFILE) == Scope.everything()


@pytest.mark.parametrize(("day", "holds"), [(-1, False), (0, True), (29, True), (30, False)])
def test_a_grant_holds_from_its_first_day_to_the_one_before_its_end(day: int, holds: bool) -> None:
    somebody = user()
    grant(somebody, Role.ANALYST, ended_before=DAY + datetime.timedelta(days=30))
    assert access_of(somebody, on=DAY + datetime.timedelta(days=day)).may(Permission.RUN_START) is holds


def lend(of: Grant, to: User, days: int = 10) -> Delegation:
    until = DAY + datetime.timedelta(days=days)
    dates = {"started_on": DAY, "ended_before": until, "delegated_by": BY, "delegated_at": clock.now()}
    return Delegation.objects.create(grant=of, to=to, kind=DelegationKind.PLT, basis="SP/1", **dates)


def test_a_delegated_role_holds_for_its_days_and_says_what_it_is() -> None:
    chief, stand_in = user("chief"), user("stand-in")
    lend(grant(chief, Role.AGENCY_HEAD), stand_in)
    access = access_of(stand_in, on=DAY)
    assert access.may(Permission.RUN_RELEASE)
    assert [(held.delegated_as, held.through) for held in access.roles] == [
        (DelegationKind.PLT, DAY + datetime.timedelta(days=9))
    ]
    assert not access_of(stand_in, on=DAY + datetime.timedelta(days=10)).may(Permission.RUN_RELEASE)


def test_a_role_lent_by_an_account_that_was_shut_is_gone() -> None:
    chief, stand_in = user("chief"), user("stand-in")
    lend(grant(chief, Role.AGENCY_HEAD), stand_in)
    chief.is_active = False
    chief.save()
    assert not access_of(stand_in, on=DAY).may(Permission.RUN_RELEASE)


@pytest.mark.parametrize("role", list(Role))
def test_whoever_decides_needs_a_second_factor(role: Role, held: None) -> None:
    somebody = user()
    grant(somebody, role, "DINAS" if ROLES[role].of_unit else None)
    assert access_of(somebody, on=DAY).needs_second_factor is bool(ROLES[role].permissions & DECIDING)


def test_no_administrator_sees_scores() -> None:
    scores = {Permission.MAP_COUNTS, Permission.MAP_PEOPLE, Permission.PROFILE, Permission.UNPUBLISHED}
    assert not ROLES[Role.ADMINISTRATOR].permissions & scores


def test_an_outside_auditor_changes_nothing() -> None:
    reading = {permission for permission in Permission if permission.endswith((".read", ".counts", ".people"))}
    more = {Permission.DIRECTORY, Permission.UNPUBLISHED, Permission.READ_LOG}
    assert ROLES[Role.AUDITOR].permissions <= reading | more


def test_a_leaver_is_nobody_at_once(held: None) -> None:
    person = Person.objects.get(nip=HEAD)
    account = user("head", person=person)
    assert open_account(account.pk, on=DAY) == account
    Person.objects.filter(pk=person.pk).update(inactive_since=DAY)
    assert open_account(account.pk, on=DAY) is None


def test_an_account_that_is_shut_is_nobody() -> None:
    account = user(is_active=False)
    assert open_account(account.pk, on=DAY) is None
