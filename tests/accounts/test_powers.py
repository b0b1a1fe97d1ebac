"""Giving, ending and lending roles: who may not, and that nobody lends more, or longer, than they hold."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from nawa.accounts.actions import delegate, end_delegation, end_role, give_role
from nawa.accounts.enums import DelegationKind
from nawa.accounts.models import Delegation, Grant, User
from nawa.accounts.permissions import Permission
from nawa.accounts.roles import Role
from nawa.accounts.rules import Term
from nawa.audit.models import RecordedEvent
from nawa.audit.rules import details_of
from nawa.core import clock
from nawa.core.refusal import Refusal
from nawa.core.scope import Scope
from nawa.registry.models import Person, Unit
from tests.accounts.conftest import acting, given, may, opened
from tests.office import HEAD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("staffed")]


def day(number: int) -> datetime.date:
    return clock.today() + datetime.timedelta(days=number)


@pytest.fixture
def admin() -> User:
    """An administrator of everything, with a colleague."""
    given(opened("colleague"), Role.ADMINISTRATOR)
    account = opened("admin")
    given(account, Role.ADMINISTRATOR)
    return account


def give(by: User, to: User, role: Role, unit: str | None = None, **more: Any) -> Grant:
    term = Term(more.pop("since", day(0)), more.pop("before", None), more.pop("basis", "SK/1"))
    over = Unit.objects.get(code=unit) if unit else None
    return give_role(account=to, role=role, unit=over, term=term, by=acting(by), **more)


def lend(by: User, grant: Grant, to: User, since: int = 0, before: int = 10, **more: Any) -> Delegation:
    kind = more.pop("kind", DelegationKind.LEAVE)
    return delegate(grant=grant, to=to, kind=kind, term=Term(day(since), day(before), "SP/1"), by=acting(by))


# -- giving


def test_a_role_holds_from_its_first_day_over_its_unit_and_the_log_tells_it(admin: User) -> None:
    account = opened("verifier")
    grant = give(admin, account, Role.UNIT_VERIFIER, "SD1", before=day(5))
    assert may(account).scope(Permission.ACCOUNTS_RESET) == Scope.below("SD1")
    row = RecordedEvent.objects.get(event="accounts.role_given")
    assert (row.subject_id, row.done_by) == (grant.public_id, f"user:{admin.public_id}")
    assert details_of(row) == {"account": account.public_id, "role": "VERIFIKATOR_UNIT", "since": f"{day(0)}"}


@pytest.mark.parametrize(
    ("role", "unit", "more", "reason"),
    [
        (Role.UNIT_HEAD, None, {}, r"grant\.unit"),
        (Role.ADMINISTRATOR, "DINAS", {}, r"grant\.whole"),
        (Role.ANALYST, None, {"since": day(-1)}, r"grant\.past"),
        (Role.ANALYST, None, {"before": day(0)}, r"grant\.order"),
        (Role.ANALYST, None, {"basis": ""}, r"letter\.number"),
        (Role.ANALYST, None, {"acting_as": "PLT"}, r"grant\.acting_ends"),
    ],
)
def test_a_role_is_refused_with_its_reason(
    admin: User, role: Role, unit: str | None, more: dict[str, Any], reason: str
) -> None:
    with pytest.raises(Refusal, match=reason):
        give(admin, opened("somebody"), role, unit, **more)


def test_nobody_gives_a_role_to_themselves(admin: User) -> None:
    with pytest.raises(Refusal, match=r"accounts\.role_to_oneself"):
        give(admin, admin, Role.APPOINTER)
    assert not may(admin).may(Permission.MAP_PEOPLE)


def test_leavers_and_shut_accounts_are_given_nothing(admin: User) -> None:
    gone = opened(HEAD, person=HEAD)
    Person.objects.filter(nip=HEAD).update(inactive_since=clock.today())
    for account, reason in ((gone, "left"), (opened("shut", is_active=False), "closed")):
        with pytest.raises(Refusal, match=rf"accounts\.{reason}"):
            give(admin, account, Role.ANALYST)


def test_the_same_role_over_the_same_unit_is_not_held_twice_at_a_time(admin: User) -> None:
    account = opened("head")
    give(admin, account, Role.UNIT_HEAD, "DINAS", before=day(5))
    with pytest.raises(Refusal, match=r"grant\.overlaps"):
        give(admin, account, Role.UNIT_HEAD, "DINAS", since=day(4))
    give(admin, account, Role.UNIT_HEAD, "DINAS", since=day(5))
    give(admin, account, Role.UNIT_HEAD, "SD1")


def test_a_role_in_a_vacant_post_is_shown_for_what_it_is(admin: User) -> None:
    account = opened("stand-in")
    give(admin, account, Role.UNIT_HEAD, "DINAS", acting_as="PLT", before=day(90))
    (held,) = may(account).roles
    assert (held.delegated_as, held.through) == (DelegationKind.PLT, day(89))


# -- ending


def test_a_role_ends_on_the_day_said_and_one_to_come_never_begins(admin: User) -> None:
    account = opened("analyst")
    end_role(grant=give(admin, account, Role.ANALYST), before=day(0), by=acting(admin))
    assert may(account).roles == ()
    later = give(admin, account, Role.ANALYST, since=day(5))
    end_role(grant=later, before=day(0), by=acting(admin))
    later.refresh_from_db()
    assert later.ended_before == later.started_on
    assert RecordedEvent.objects.filter(event="accounts.role_ended").count() == 2


def test_what_is_past_is_not_rewritten(admin: User) -> None:
    account = opened("analyst")
    ended = given(account, Role.ANALYST, ended_before=day(0))
    with pytest.raises(Refusal, match=r"grant\.ended"):
        end_role(grant=ended, before=day(3), by=acting(admin))
    with pytest.raises(Refusal, match=r"grant\.past"):
        end_role(grant=given(account, Role.ASSESSOR), before=day(-1), by=acting(admin))


def test_the_last_administrator_keeps_the_role(admin: User) -> None:
    grants = {grant.user.username: grant for grant in Grant.objects.filter(role=Role.ADMINISTRATOR)}
    end_role(grant=grants["colleague"], before=day(0), by=acting(admin))
    with pytest.raises(Refusal, match=r"accounts\.last_administrator"):
        end_role(grant=grants["admin"], before=day(30), by=acting(admin))


# -- lending


@pytest.fixture
def chief() -> User:
    """The head of the agency."""
    return opened("chief")


@pytest.fixture
def office_of(chief: User) -> Grant:
    """The head's own grant, without an end."""
    return given(chief, Role.AGENCY_HEAD)


def test_a_holder_lends_their_own_role_and_takes_it_back(chief: User, office_of: Grant) -> None:
    stand_in = opened("stand-in")
    row = lend(chief, office_of, stand_in)
    assert may(stand_in).may(Permission.RUN_RELEASE)
    end_delegation(delegation=row, before=day(0), by=acting(chief))
    assert not may(stand_in).may(Permission.RUN_RELEASE)
    told = {one.event: details_of(one) for one in RecordedEvent.objects.filter(event__contains="deleg")}
    common = {"role": "KEPALA_BKPP", "to": stand_in.public_id}
    dates = {"kind": "CUTI", "owner": chief.public_id, "since": f"{day(0)}", "before": f"{day(10)}"}
    assert told == {
        "accounts.role_delegated": {**common, **dates},
        "accounts.delegation_ended": {**common, "before": f"{day(0)}"},
    }


def test_nobody_lends_to_themselves_nor_an_administrator_to_themselves(
    admin: User, chief: User, office_of: Grant
) -> None:
    with pytest.raises(Refusal, match=r"delegation\.own"):
        lend(chief, office_of, chief)
    with pytest.raises(Refusal, match=r"accounts\.role_to_oneself"):
        lend(admin, office_of, admin)


def test_a_delegation_does_not_outlive_the_grant_nor_begin_before_it(chief: User) -> None:
    grant = given(chief, Role.AGENCY_HEAD, started_on=day(2), ended_before=day(8))
    stand_in = opened("stand-in")
    with pytest.raises(Refusal, match=r"delegation\.outlives"):
        lend(chief, grant, stand_in, since=2, before=9)
    with pytest.raises(Refusal, match=r"delegation\.early"):
        lend(chief, grant, stand_in, since=1, before=8)
    lend(chief, grant, stand_in, since=2, before=8)


def test_a_grant_that_ends_early_takes_its_delegations_along(admin: User, chief: User, office_of: Grant) -> None:
    stand_in = opened("stand-in")
    lend(chief, office_of, stand_in)
    end_role(grant=office_of, before=day(0), by=acting(admin))
    assert may(stand_in).roles == ()


def test_a_role_has_one_stand_in_at_a_time(chief: User, office_of: Grant) -> None:
    lend(chief, office_of, opened("one"), since=0, before=5)
    other = opened("two")
    with pytest.raises(Refusal, match=r"delegation\.overlaps"):
        lend(chief, office_of, other, since=4, before=9)
    lend(chief, office_of, other, since=5, before=9)


def test_a_lent_role_is_no_grant_of_the_borrower_and_cannot_be_lent_on(chief: User, office_of: Grant) -> None:
    stand_in = opened("stand-in")
    lend(chief, office_of, stand_in)
    assert not Grant.objects.filter(user=stand_in).exists()  # only grants are lent


def test_a_role_held_as_acting_official_is_lent_to_a_daily_stand_in_only(chief: User) -> None:
    grant = given(chief, Role.AGENCY_HEAD, acting_as="PLT", ended_before=day(60), basis="SP/0")
    other = opened("other")
    with pytest.raises(Refusal, match=r"delegation\.acting"):
        lend(chief, grant, other, kind=DelegationKind.PLT)
    lend(chief, grant, other, kind=DelegationKind.PLH)


def test_nothing_is_lent_from_or_to_an_account_that_cannot_be_entered(admin: User) -> None:
    gone, shut = opened(HEAD, person=HEAD), opened("shut", is_active=False)
    grant = given(gone, Role.UNIT_HEAD, "DINAS")
    Person.objects.filter(nip=HEAD).update(inactive_since=clock.today())
    with pytest.raises(Refusal, match=r"delegation\.lender"):
        lend(admin, grant, opened("stand-in"))
    with pytest.raises(Refusal, match=r"accounts\.closed"):
        lend(admin, given(opened("chief"), Role.AGENCY_HEAD), shut)


def test_a_role_lent_by_somebody_who_then_left_is_gone(chief: User) -> None:
    gone, stand_in = opened(HEAD, person=HEAD), opened("stand-in")
    lend(gone, given(gone, Role.UNIT_HEAD, "DINAS"), stand_in)
    assert may(stand_in).may(Permission.PROFILE)
    Person.objects.filter(nip=HEAD).update(inactive_since=clock.today())
    assert not may(stand_in).may(Permission.PROFILE)
