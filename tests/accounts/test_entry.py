"""Slips, activation, second factors and shutting: who may, what ends by it, and that nobody comes into more powers."""

from __future__ import annotations

import datetime
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import connection
from django.test import Client

from nawa.accounts.actions import (
    Slip,
    activate,
    close_account,
    drop_second_factor,
    open_accounts,
    open_administrator,
    open_outsider,
    renew_slip,
    reopen_account,
)
from nawa.accounts.enums import AccountState, DelegationKind
from nawa.accounts.models import Delegation, Grant, User
from nawa.accounts.queries import WHOLE, newcomers, state_of
from nawa.accounts.roles import Role
from nawa.accounts.rules import SLIP_DAYS
from nawa.audit.models import RecordedEvent
from nawa.audit.rules import details_of
from nawa.core import clock, codes
from nawa.core.actor import Actor
from nawa.core.refusal import Refusal
from nawa.core.scope import Scope
from nawa.registry.models import Person
from tests.accounts.conftest import PASSWORD, acting, given, may, opened
from tests.office import HEAD, STAFF, TEACHER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("staffed")]

BY = Actor.system("tests")


def told(event: str) -> list[dict[str, Any]]:
    return [details_of(row) for row in RecordedEvent.objects.filter(event=event).order_by("pk")]


def only(slips: list[Slip]) -> Slip:
    (slip,) = slips
    return slip


# -- opening in bulk


def test_everybody_in_a_unit_and_below_gets_an_account_and_a_code_of_their_own() -> None:
    slips = open_accounts(scope=Scope.below("DINAS"), renew=False, by=BY)
    assert {slip.account.person.nip for slip in slips if slip.account.person} == {HEAD, TEACHER}
    assert len({slip.code for slip in slips}) == 2
    assert {state_of(slip.account, on=clock.today()) for slip in slips} == {AccountState.WAITING}
    assert told("accounts.accounts_opened") == [{"accounts": 2, "renewed": 0, "through": f"{slips[0].through}"}]


def test_a_code_has_sixty_bits_and_is_kept_as_its_hash_alone() -> None:
    slip = only(open_accounts(scope=Scope.below("SD1"), renew=False, by=BY))
    assert 32**codes.LENGTH == 2**60
    kept = User.objects.values_list("activation", "password", "username", "name").get()
    assert slip.code not in " ".join(kept)
    assert slip.code not in repr(slip)
    assert not any(slip.code in row.canonical for row in RecordedEvent.objects.all())


def test_leavers_get_no_account_and_nobody_gets_a_second_one() -> None:
    Person.objects.filter(nip=HEAD).update(inactive_since=clock.today())
    assert {slip.account.username for slip in open_accounts(scope=Scope.everything(), renew=False, by=BY)} == {
        STAFF,
        TEACHER,
    }
    assert not newcomers(scope=Scope.everything(), on=clock.today()).exists()
    with pytest.raises(Refusal, match=r"accounts\.nobody"):
        open_accounts(scope=Scope.everything(), renew=False, by=BY)


def test_unused_slips_are_made_anew_on_demand_and_the_old_codes_are_void() -> None:
    first = only(open_accounts(scope=Scope.below("SD1"), renew=False, by=BY))
    second = only(open_accounts(scope=Scope.below("SD1"), renew=True, by=BY))
    assert second.account.pk == first.account.pk
    with pytest.raises(Refusal):
        activate(login=TEACHER, code=first.code, password=PASSWORD)
    assert activate(login=TEACHER, code=second.code, password=PASSWORD).check_password(PASSWORD)
    assert told("accounts.accounts_opened")[-1]["renewed"] == 1


def test_renewing_in_bulk_leaves_out_accounts_in_use_and_those_with_any_role() -> None:
    slips = open_accounts(scope=Scope.everything(), renew=False, by=BY)
    by_nip = {slip.account.username: slip for slip in slips}
    activate(login=HEAD, code=by_nip[HEAD].code, password=PASSWORD)
    given(by_nip[STAFF].account, Role.ANALYST, started_on=clock.today() + datetime.timedelta(days=9))
    assert [slip.account.username for slip in open_accounts(scope=Scope.everything(), renew=True, by=BY)] == [TEACHER]


def test_an_account_of_somebody_without_nip_has_a_name_of_its_own() -> None:
    slip = open_outsider(login=" wayan@univ.ac.id ", name="Prof.  Wayan", by=BY)
    assert (slip.account.username, slip.account.full_name) == ("wayan@univ.ac.id", "Prof. Wayan")
    for login, name, reason in (("wayan@univ.ac.id", "X", "taken"), (HEAD, "X", "taken"), ("", "", r"name.*login")):
        with pytest.raises(Refusal, match=reason):
            open_outsider(login=login, name=name, by=BY)


# -- activation


def test_a_code_is_typed_in_any_case_with_or_without_hyphens_and_works_once() -> None:
    slip = open_outsider(login="wayan", name="Wayan", by=BY)
    typed = f" {slip.code[:4].lower()}-{slip.code[4:8]} {slip.code[8:]} "
    account = activate(login=" wayan ", code=typed, password=PASSWORD)
    assert account.check_password(PASSWORD)
    assert state_of(account, on=clock.today()) is AccountState.ACTIVE
    row = RecordedEvent.objects.get(event="accounts.account_activated")
    assert (row.subject_id, row.done_by) == (account.public_id, f"user:{account.public_id}")
    with pytest.raises(Refusal, match=r"accounts\.activation"):
        activate(login="wayan", code=slip.code, password="lain-sama-sekali")
    assert User.objects.get(username="wayan").check_password(PASSWORD)


@pytest.mark.parametrize("case", ["wrong code", "unknown", "expired", "closed", "another's", "empty", "left"])
def test_whatever_is_wrong_is_told_alike_and_changes_nothing(case: str) -> None:
    slips = {slip.account.username: slip for slip in open_accounts(scope=Scope.everything(), renew=False, by=BY)}
    login, code = HEAD, slips[HEAD].code
    if case == "wrong code":
        code = "A" * codes.LENGTH
    elif case == "unknown":
        login = "199999999999999999"
    elif case == "expired":
        User.objects.filter(username=HEAD).update(activation_through=clock.today() - datetime.timedelta(days=1))
    elif case == "closed":
        User.objects.filter(username=HEAD).update(is_active=False)
    elif case == "another's":
        code = slips[STAFF].code
    elif case == "empty":
        User.objects.filter(username=HEAD).update(activation="", activation_through=None)
        code = ""
    else:
        Person.objects.filter(nip=HEAD).update(inactive_since=clock.today())
    with pytest.raises(Refusal) as refused:
        activate(login=login, code=code, password=PASSWORD)
    assert [str(reason) for reason in refused.value.reasons] == ["accounts.activation"]
    assert not any(user.check_password(PASSWORD) for user in User.objects.all())


def test_a_code_is_good_on_its_last_day() -> None:
    slip = open_outsider(login="wayan", name="Wayan", by=BY)
    assert slip.through == clock.today() + datetime.timedelta(days=SLIP_DAYS - 1)
    User.objects.update(activation_through=clock.today())
    assert activate(login="wayan", code=slip.code, password=PASSWORD)


@pytest.mark.django_db(transaction=True)
def test_of_those_who_use_a_code_at_once_one_comes_in() -> None:
    if connection.vendor == "sqlite":
        return  # every transaction begins with the only write lock
    slip = open_outsider(login="wayan", name="Wayan", by=BY)

    def enter(number: int) -> bool:
        try:
            activate(login="wayan", code=slip.code, password=f"{PASSWORD}-{number}")
        except Refusal:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(enter, range(4))) == 1


# -- a new slip


def test_a_new_slip_ends_the_password_and_leaves_the_second_factor() -> None:
    helper, locked_out = opened("admin"), opened(STAFF, person=STAFF)
    given(helper, Role.ADMINISTRATOR)
    TOTP.activate(locked_out, generate_totp_secret())
    slip = renew_slip(account=locked_out, helper=may(helper), by=acting(helper))
    locked_out.refresh_from_db()
    assert not locked_out.check_password(PASSWORD)
    assert Authenticator.objects.filter(user=locked_out).exists()
    assert told("accounts.slip_renewed") == [{"through": f"{slip.through}"}]


@pytest.mark.parametrize(
    ("role", "unit", "allowed"),
    [
        (None, None, True),
        (Role.UNIT_VERIFIER, "SD1", True),  # all within what the helper may
        (Role.UNIT_VERIFIER, "KOTA", False),
        (Role.UNIT_HEAD, "DINAS", False),
        (Role.ANALYST, None, False),
        (Role.APPOINTER, None, False),
        (Role.ADMINISTRATOR, None, False),
    ],
)
def test_a_helper_of_a_unit_makes_slips_for_nobody_who_may_more(
    role: Role | None, unit: str | None, allowed: bool
) -> None:
    helper, account = opened("helper"), opened(HEAD, person=HEAD)
    given(helper, Role.UNIT_VERIFIER, "DINAS")
    if role:
        given(account, role, unit)
    if allowed:
        assert renew_slip(account=account, helper=may(helper), by=acting(helper)).code
    else:
        with pytest.raises(Refusal, match=r"accounts\.powers"):
            renew_slip(account=account, helper=may(helper), by=acting(helper))


@pytest.mark.parametrize("how", ["later", "lent"])
def test_powers_to_come_and_powers_lent_count_as_well(how: str) -> None:
    helper, account = opened("helper"), opened(HEAD, person=HEAD)
    given(helper, Role.UNIT_VERIFIER, "DINAS")
    soon = clock.today() + datetime.timedelta(days=3)
    if how == "later":
        given(account, Role.UNIT_HEAD, "DINAS", started_on=soon)
    else:
        dates = {"started_on": soon, "ended_before": soon + datetime.timedelta(days=3)}
        letter = {"kind": DelegationKind.PLT, "basis": "S/1", "delegated_by": "system:tests"}
        grant = given(opened("chief"), Role.AGENCY_HEAD)
        Delegation.objects.create(grant=grant, to=account, **dates, **letter, delegated_at=clock.now())
    with pytest.raises(Refusal, match=r"accounts\.powers"):
        renew_slip(account=account, helper=may(helper), by=acting(helper))


def test_nobody_makes_a_slip_for_themselves_for_demo_accounts_or_for_those_who_cannot_enter() -> None:
    helper = opened("admin")
    given(helper, Role.ADMINISTRATOR)
    for account, reason in (
        (helper, "oneself"),
        (opened("peraga-1", is_demo=True), "demo"),
        (opened("shut", is_active=False), "closed"),
        (opened(HEAD, person=HEAD), "left"),
    ):
        Person.objects.filter(nip=HEAD).update(inactive_since=clock.today())
        with pytest.raises(Refusal, match=rf"accounts\.{reason}"):
            renew_slip(account=account, helper=may(helper), by=acting(helper))


# -- the second factor


def test_one_administrator_alone_cannot_come_into_an_account_with_a_second_factor() -> None:
    first, second, account = opened("one"), opened("two"), opened("mayor")
    for helper in (first, second):
        given(helper, Role.ADMINISTRATOR)
    given(account, Role.APPOINTER)
    TOTP.activate(account, generate_totp_secret())
    renew_slip(account=account, helper=may(first), by=acting(first))
    with pytest.raises(Refusal, match=r"accounts\.apart"):
        drop_second_factor(account=account, helper=may(first), by=acting(first))
    drop_second_factor(account=account, helper=may(second), by=acting(second))
    assert not Authenticator.objects.filter(user=account).exists()
    with pytest.raises(Refusal, match=r"accounts\.apart"):
        renew_slip(account=account, helper=may(second), by=acting(second))
    assert told("accounts.second_factor_dropped") == [{}]


def test_nobody_takes_off_their_own_second_factor_as_a_helper_nor_one_that_is_not_there() -> None:
    helper, account = opened("admin"), opened("mayor")
    given(helper, Role.ADMINISTRATOR)
    TOTP.activate(helper, generate_totp_secret())
    with pytest.raises(Refusal, match=r"accounts\.oneself"):
        drop_second_factor(account=helper, helper=may(helper), by=acting(helper))
    with pytest.raises(Refusal, match=r"accounts\.no_second_factor"):
        drop_second_factor(account=account, helper=may(helper), by=acting(helper))


# -- shutting


def test_a_shut_account_holds_and_lends_nothing_and_comes_back_by_a_new_slip_only(client: Client) -> None:
    helper, account = opened("admin"), opened(STAFF, person=STAFF)
    given(helper, Role.ADMINISTRATOR)
    client.force_login(account)
    close_account(account=account, helper=may(helper), by=acting(helper))
    assert state_of(account, on=clock.today()) is AccountState.CLOSED
    with pytest.raises(Refusal, match=r"accounts\.closed"):
        close_account(account=account, helper=may(helper), by=acting(helper))
    reopen_account(account=account, helper=may(helper), by=acting(helper))
    account.refresh_from_db()
    assert state_of(account, on=clock.today()) is AccountState.WAITING
    assert not account.check_password(PASSWORD)
    assert client.get("/saya/").status_code == 302  # a session of before does not come to life again
    with pytest.raises(Refusal, match=r"accounts\.not_closed"):
        reopen_account(account=account, helper=may(helper), by=acting(helper))


def test_an_analyst_shuts_no_account_that_may_more_and_nobody_their_own() -> None:
    analyst, account = opened("analyst"), opened("mayor")
    given(analyst, Role.ANALYST)
    given(account, Role.APPOINTER)
    with pytest.raises(Refusal, match=r"accounts\.powers"):
        close_account(account=account, helper=may(analyst), by=acting(analyst))
    with pytest.raises(Refusal, match=r"accounts\.oneself"):
        close_account(account=analyst, helper=may(analyst), by=acting(analyst))


def test_the_last_administrator_who_can_enter_is_not_shut() -> None:
    first, second = opened("one"), opened("two")
    given(first, Role.ADMINISTRATOR)
    given(second, Role.ADMINISTRATOR)
    User.objects.filter(pk=second.pk).update(password="!")  # has never come in
    with pytest.raises(Refusal, match=r"accounts\.last_administrator"):
        close_account(account=first, helper=WHOLE, by=BY)
    second.set_password(PASSWORD)
    second.save()
    close_account(account=first, helper=WHOLE, by=BY)


# -- the first administrator


def test_the_first_administrator_is_let_in_and_again_when_locked_out() -> None:
    slip = open_administrator(login="siti@kota.go.id", name="Siti", by=Actor.command_line())
    account = activate(login="siti@kota.go.id", code=slip.code, password=PASSWORD)
    TOTP.activate(account, generate_totp_secret())
    again = open_administrator(login="siti@kota.go.id", name="", by=Actor.command_line())
    assert again.account.pk == account.pk
    assert not Authenticator.objects.filter(user=account).exists()
    assert list(Grant.objects.values_list("user", "role", "unit")) == [(account.pk, Role.ADMINISTRATOR, None)]


def test_an_employee_becomes_the_first_administrator_under_their_nip() -> None:
    slip = open_administrator(login=STAFF, name="", by=Actor.command_line())
    assert slip.account.person == Person.objects.get(nip=STAFF)
    assert told("accounts.role_given") == [
        {"account": slip.account.public_id, "role": "ADMINISTRATOR", "since": f"{clock.today()}"}
    ]
