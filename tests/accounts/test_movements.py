"""Access moves with its holder: what ends, what stays, and that it happens with the registry or not at all."""

from __future__ import annotations

import datetime

import pytest

from nawa.accounts.actions import move_person
from nawa.accounts.models import Delegation, Grant, User
from nawa.accounts.queries import access_moved, headless
from nawa.accounts.roles import Role
from nawa.audit.enums import Event
from nawa.audit.models import RecordedEvent
from nawa.core import clock
from nawa.core.refusal import Refusal
from nawa.registry.actions import apply
from nawa.registry.enums import Move
from nawa.registry.models import Person, Position
from nawa.registry.queries import movement
from nawa.registry.rules.moves import Decree, standing
from tests.accounts.conftest import acting, given, opened
from tests.office import HEAD, STAFF, rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("staffed")]


def day(number: int) -> datetime.date:
    return clock.today() + datetime.timedelta(days=number)


@pytest.fixture
def clerk() -> User:
    """Somebody who keeps the records, and the administrators who are always there."""
    for name in ("admin", "colleague"):
        given(opened(name), Role.ADMINISTRATOR)
    return opened("clerk")


def decree(kind: Move) -> Decree:
    return Decree(kind, "821/1", clock.today(), title="Pelaksana" if kind is Move.RELEASE else "")


def move(by: User, nip: str, to: str = "", kind: Move = Move.TRANSFER) -> None:
    person = Person.objects.get(nip=nip)
    post = Position.objects.get(code=to) if to else None
    move_person(person=person, to=post, decree=decree(kind), seen=standing(person), by=acting(by))


def ended(grant: Grant | Delegation) -> bool:
    grant.refresh_from_db()
    return grant.ended_before == clock.today()


def test_a_role_as_head_ends_with_the_post_and_the_log_tells_it(clerk: User) -> None:
    grant = given(opened("head", person=HEAD), Role.UNIT_HEAD, "DINAS")
    move(clerk, HEAD, "SEKDIN")
    assert ended(grant)
    assert RecordedEvent.objects.get(event=Event.ROLE_ENDED).subject_id == grant.public_id


@pytest.mark.parametrize(("unit", "ends"), [("KOTA", False), ("DINAS", False), ("SD1", True)])
def test_another_role_over_a_unit_ends_where_its_holder_leaves_that_unit(clerk: User, unit: str, ends: bool) -> None:
    grant = given(opened("head", person=HEAD), Role.UNIT_VERIFIER, unit)
    move(clerk, HEAD, "SEKDIN")  # in the same office, and so in the city
    assert ended(grant) is ends


def test_a_role_over_everything_stays_and_is_named_in_the_preview(clerk: User) -> None:
    account = opened("head", person=HEAD)
    head, analyst = given(account, Role.UNIT_HEAD, "DINAS"), given(account, Role.ANALYST)
    person, post = Person.objects.get(nip=HEAD), Position.objects.get(code="SEKDIN")
    found = access_moved(movement(person=person, to=post, decree=decree(Move.TRANSFER)), on=clock.today())
    assert (found.ending, found.staying) == ((head,), (analyst,))
    move(clerk, HEAD, "SEKDIN")
    assert not ended(analyst)


def test_a_release_ends_the_role_as_head_and_leaves_others_in_the_unit(clerk: User) -> None:
    account = opened("head", person=HEAD)
    head, verifier = given(account, Role.UNIT_HEAD, "DINAS"), given(account, Role.UNIT_VERIFIER, "DINAS")
    move(clerk, HEAD, kind=Move.RELEASE)
    assert ended(head)
    assert not ended(verifier)


def test_whoever_leaves_keeps_no_role_and_nothing_that_was_lent_to_them(clerk: User) -> None:
    account = opened("head", person=HEAD)
    grants = [given(account, Role.UNIT_HEAD, "DINAS"), given(account, Role.ANALYST)]
    lent = Delegation.objects.create(
        grant=given(opened("lender"), Role.AGENCY_HEAD),
        to=account,
        kind="CUTI",
        started_on=day(-1),
        ended_before=day(30),
        basis="SP/1",
        delegated_by="system:tests",
        delegated_at=clock.now(),
    )
    move(clerk, HEAD, kind=Move.RETIREMENT)
    assert all(map(ended, grants))
    assert ended(lent)


def test_what_was_given_for_an_acting_duty_ends_with_it(clerk: User) -> None:
    act = {"nip": STAFF, "position_code": "SEKDIN", "kind": "PLT", "started_on": day(-9)}
    apply({"acting_assignment": rows("acting_assignment", act)}, source="W", import_id="")
    account = opened("staff", person=STAFF)
    stood_in = given(account, Role.UNIT_HEAD, "DINAS", acting_as="PLT", ended_before=day(30), basis="SP/1")
    elsewhere = given(account, Role.UNIT_HEAD, "SD1", acting_as="PLT", ended_before=day(30), basis="SP/2")
    move(clerk, HEAD, "SEKDIN")
    assert ended(stood_in)
    assert not ended(elsewhere)


def test_the_last_administrator_does_not_leave_and_nothing_is_kept(clerk: User) -> None:
    Grant.objects.filter(role=Role.ADMINISTRATOR).delete()
    given(opened("head", person=HEAD), Role.ADMINISTRATOR)
    with pytest.raises(Refusal, match=r"accounts\.last_administrator"):
        move(clerk, HEAD, kind=Move.RETIREMENT)
    assert Person.objects.get(nip=HEAD).inactive_since is None
    assert not RecordedEvent.objects.filter(event=Event.PERSON_DEPARTED).exists()


def test_nobody_records_their_own_movement(clerk: User) -> None:
    own = opened("head", person=HEAD)
    with pytest.raises(Refusal, match=r"move\.oneself"):
        move(own, HEAD, "SEKDIN")
    move(clerk, HEAD, "SEKDIN")


def test_a_unit_whose_head_has_left_is_headless_until_somebody_is_given_the_role(clerk: User) -> None:
    given(opened("head", person=HEAD), Role.UNIT_HEAD, "DINAS")
    assert headless(since=day(-14), on=day(0)) == 0
    move(clerk, HEAD, "SEKDIN")
    assert headless(since=day(-14), on=day(0)) == 1
    assert headless(since=day(0), on=day(15)) == 0
    given(opened("next"), Role.UNIT_HEAD, "DINAS")
    assert headless(since=day(-14), on=day(0)) == 0
