"""Access moves with its holder: what ends, what stays, and that it happens with the registry or not at all."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from nawa.accounts.actions import cancel_move, carry_out_due, end_duty, end_role, move_person, plan_move
from nawa.accounts.models import Delegation, Grant, User
from nawa.accounts.queries import access_moved, headless
from nawa.accounts.roles import Role
from nawa.audit.enums import Event
from nawa.audit.models import RecordedEvent
from nawa.core import clock
from nawa.core.refusal import Refusal
from nawa.registry.actions import apply
from nawa.registry.enums import Move, MoveState
from nawa.registry.models import ActingAssignment, CareerEntry, Person, PlannedMove, Position
from nawa.registry.queries import movement
from nawa.registry.rules.moves import Decree, standing
from tests.accounts.conftest import acting, given, opened
from tests.office import HEAD, STAFF, rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("staffed")]


def day(number: int) -> datetime.date:
    return clock.today() + datetime.timedelta(days=number)


@pytest.fixture
def clerk() -> User:
    """Somebody who keeps the records and may end any role, and the administrators who are always there."""
    for name in ("admin", "colleague"):
        given(opened(name), Role.ADMINISTRATOR)
    clerk = opened("clerk")
    given(clerk, Role.ANALYST)
    given(clerk, Role.ADMINISTRATOR)
    return clerk


@pytest.fixture
def analyst(clerk: User) -> User:
    """Somebody who keeps the records, and gives no roles."""
    Grant.objects.filter(user=clerk, role=Role.ADMINISTRATOR).delete()
    return clerk


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


@pytest.mark.parametrize("through", [-1, 5])
def test_what_was_given_for_a_duty_ends_with_the_duty_and_not_before(clerk: User, through: int) -> None:
    act = {"nip": STAFF, "position_code": "SEKDIN", "kind": "PLT", "started_on": day(-9)}
    apply({"acting_assignment": rows("acting_assignment", act)}, source="W", import_id="one")
    account = opened("staff", person=STAFF)
    stood_in = given(account, Role.UNIT_HEAD, "DINAS", acting_as="PLT", ended_before=day(30), basis="SP/1")
    elsewhere = given(account, Role.UNIT_HEAD, "SD1", acting_as="PLT", ended_before=day(30), basis="SP/2")
    duty = ActingAssignment.objects.get(person__nip=STAFF)
    end_duty(duty=duty, through=day(through), seen=None, by=acting(clerk))
    for grant in (stood_in, elsewhere):
        grant.refresh_from_db()
    assert (stood_in.ended_before, elsewhere.ended_before) == (max(day(0), day(through + 1)), day(30))
    assert RecordedEvent.objects.filter(event=Event.ROLE_ENDED).count() == 1
    duty.refresh_from_db()
    assert (duty.ended_through, duty.import_id) == (day(through), "")


def test_the_last_administrator_does_not_leave_and_nothing_is_kept(clerk: User) -> None:
    Grant.objects.filter(role=Role.ADMINISTRATOR).delete()
    given(opened("head", person=HEAD), Role.ADMINISTRATOR)
    with pytest.raises(Refusal, match=r"accounts\.last_administrator"):
        move(clerk, HEAD, kind=Move.RETIREMENT)
    assert Person.objects.get(nip=HEAD).inactive_since is None
    assert not RecordedEvent.objects.filter(event=Event.PERSON_DEPARTED).exists()


@pytest.mark.parametrize(
    ("role", "unit", "beyond"),
    [
        (Role.ADMINISTRATOR, None, True),
        (Role.APPOINTER, None, True),
        (Role.UNIT_VERIFIER, "DINAS", True),
        (Role.UNIT_HEAD, "DINAS", False),
        (Role.ANALYST, None, False),
    ],
)
def test_nobody_ends_with_a_departure_a_role_that_reaches_further_than_their_own(
    analyst: User, role: Role, unit: str | None, beyond: bool
) -> None:
    grant = given(opened("head", person=HEAD), role, unit)
    if beyond:
        assert codes(lambda: move(analyst, HEAD, kind=Move.RETIREMENT)) == ["move.powers"]
        assert not ended(grant)
        assert Person.objects.get(nip=HEAD).inactive_since is None
        end_role(grant=grant, before=clock.today(), by=acting(User.objects.get(username="admin")))
    move(analyst, HEAD, kind=Move.RETIREMENT)  # once whoever gives roles has ended it, or where it is no more
    assert ended(grant)
    assert Person.objects.get(nip=HEAD).inactive_since == clock.today()


def test_nor_what_was_lent_or_given_for_a_duty(analyst: User) -> None:
    act = {"nip": STAFF, "position_code": "SEKDIN", "kind": "PLT", "started_on": day(-9)}
    apply({"acting_assignment": rows("acting_assignment", act)}, source="W", import_id="")
    account = opened("staff", person=STAFF)
    given(account, Role.UNIT_VERIFIER, "DINAS", acting_as="PLT", ended_before=day(30), basis="SP/1")
    duty = ActingAssignment.objects.get(person__nip=STAFF)
    assert codes(lambda: end_duty(duty=duty, through=day(-1), seen=None, by=acting(analyst))) == ["move.powers"]
    assert codes(lambda: move(analyst, HEAD, "SEKDIN")) == ["move.powers"]


def test_a_plan_waits_on_its_day_until_such_a_role_has_ended(analyst: User, monkeypatch: pytest.MonkeyPatch) -> None:
    grant = given(opened("head", person=HEAD), Role.UNIT_VERIFIER, "SD1")
    planned = plan(analyst, HEAD, "SEKDIN")
    later(monkeypatch, 3)
    assert carry_out_due() == carry_out_due() == []
    planned.refresh_from_db()
    assert planned.against == [["move.powers", {}]]
    end_role(grant=grant, before=clock.today(), by=acting(User.objects.get(username="admin")))
    assert carry_out_due() == [planned]


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


# -- recorded before their day


def plan(by: User, nip: str, to: str, ahead: int = 3) -> PlannedMove:
    person, post = Person.objects.get(nip=nip), Position.objects.get(code=to)
    said = Decree(Move.TRANSFER, "821/9", day(ahead), inaugurated_on=day(ahead))
    return plan_move(person=person, to=post, decree=said, seen=standing(person), by=acting(by))


def post_of(nip: str) -> str | None:
    return Person.objects.values_list("position__code", flat=True).get(nip=nip)


def later(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    """Let it be some days later."""
    at = clock.now() + datetime.timedelta(days)
    monkeypatch.setattr(clock, "now", lambda: at)
    monkeypatch.setattr(clock, "today", lambda: at.astimezone(clock.ZONE).date())


def codes(deed: Callable[[], object]) -> list[str]:
    with pytest.raises(Refusal) as caught:
        deed()
    return [reason.code for reason in caught.value.reasons]


def test_what_was_recorded_before_its_day_happens_on_it_with_the_roles(
    clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    grant = given(opened("head", person=HEAD), Role.UNIT_HEAD, "DINAS")
    planned = plan(clerk, HEAD, "SEKDIN")
    assert (carry_out_due(), post_of(HEAD)) == ([], "KADIN")
    later(monkeypatch, 5)  # nobody looked for two days
    assert carry_out_due() == [planned]
    assert carry_out_due() == []
    planned.refresh_from_db()
    assert (planned.state, planned.closed_by) == (MoveState.CARRIED_OUT, "system:tick")
    person = Person.objects.get(nip=HEAD)
    assert (post_of(HEAD), person.position_since) == ("SEKDIN", planned.since)
    assert person.verified_by == str(acting(clerk))
    assert CareerEntry.objects.filter(person=person, started_on=planned.since).count() == 1
    assert ended(grant)
    told = RecordedEvent.objects.filter(event__in=(Event.MOVE_PLANNED, Event.PERSON_APPOINTED))
    assert [row.done_by for row in told] == 2 * [str(acting(clerk))]


def test_what_stands_against_a_plan_is_kept_until_somebody_makes_room(
    clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    staff, head = plan(clerk, STAFF, "KADIN", 1), plan(clerk, HEAD, "SEKDIN", 2)
    later(monkeypatch, 1)
    assert carry_out_due() == carry_out_due() == []
    staff.refresh_from_db()
    assert (staff.state, staff.against) == (MoveState.WAITING, [["move.no_seat", {"seats": 1}]])
    assert RecordedEvent.objects.filter(event=Event.MOVE_HELD).count() == 1  # told once, however often it is tried
    later(monkeypatch, 1)
    assert carry_out_due() == [head, staff]
    assert (post_of(HEAD), post_of(STAFF)) == ("SEKDIN", "KADIN")


def test_a_plan_of_somebody_who_has_moved_since_changes_nothing(clerk: User, monkeypatch: pytest.MonkeyPatch) -> None:
    planned = plan(clerk, HEAD, "SEKDIN")
    move(clerk, HEAD, kind=Move.RELEASE)
    later(monkeypatch, 3)
    assert (carry_out_due(), post_of(HEAD)) == ([], None)
    planned.refresh_from_db()
    assert [code for code, _arguments in planned.against] == ["move.meanwhile"]


def test_a_plan_is_made_once_and_cancelled_with_a_reason(clerk: User, monkeypatch: pytest.MonkeyPatch) -> None:
    planned = plan(clerk, HEAD, "SEKDIN")
    own = opened("own", person=STAFF)
    assert codes(lambda: plan(clerk, HEAD, "SEKDIN")) == ["move.planned"]
    assert codes(lambda: plan(own, STAFF, "SEKDIN")) == ["move.oneself"]
    assert codes(lambda: cancel_move(plan=planned, reason=" ", by=acting(clerk))) == ["move.reason"]
    cancel_move(plan=planned, reason="Keputusannya dicabut", by=acting(clerk))
    assert codes(lambda: cancel_move(plan=planned, reason="lagi", by=acting(clerk))) == ["move.closed"]
    later(monkeypatch, 3)
    assert (carry_out_due(), post_of(HEAD)) == ([], "KADIN")


@pytest.mark.django_db(transaction=True)
def test_of_two_ticks_at_once_one_carries_a_plan_out(clerk: User) -> None:
    planned = plan(clerk, HEAD, "SEKDIN")
    PlannedMove.objects.update(since=clock.today(), inaugurated_on=None)

    def tick(_number: int) -> list[PlannedMove]:
        try:
            return carry_out_due()
        finally:
            connection.close()

    at_once = 1 if connection.vendor == "sqlite" else 2  # there every transaction begins with the only write lock
    with ThreadPoolExecutor(at_once) as pool:
        done = list(pool.map(tick, range(2)))
    assert sorted(done, key=len) == [[], [planned]]
    assert RecordedEvent.objects.filter(event=Event.PERSON_APPOINTED).count() == 1
    assert CareerEntry.objects.filter(person=planned.person, title="Sekretaris", ended_through=None).count() == 1
