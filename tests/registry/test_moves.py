"""Movements of people: what a decree changes, what it refuses, and what the log tells of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from nawa.audit.enums import Event
from nawa.audit.models import RecordedEvent
from nawa.audit.rules import details_of, sentence
from nawa.core import clock
from nawa.core.actor import Actor, ActorKind
from nawa.core.models import Source
from nawa.core.refusal import Refusal
from nawa.registry import actions
from nawa.registry.enums import Move
from nawa.registry.models import ActingAssignment, CareerEntry, Person, Position
from nawa.registry.queries import movement, seats
from nawa.registry.rules.moves import Decree, Movement, standing, unlike_kind
from tests.office import HEAD, STAFF, TEACHER, office, rows

pytestmark = pytest.mark.django_db
BY = Actor(ActorKind.USER, "tester")
LADDER = {"PELAKSANA": ("JF_AHLI_PERTAMA",)}


def today() -> date:
    return clock.today()


@pytest.fixture(autouse=True)
def registered() -> None:
    tables = office()
    current = {"nip": HEAD, "title": "Kepala Dinas", "started_on": date(2021, 3, 1), "assignment": "D"}
    actions.apply({**tables, "career_entry": rows("career_entry", current)}, source="WORKBOOK", import_id="")


def person(nip: str) -> Person:
    return Person.objects.select_related("position", "unit").get(nip=nip)


def decree(kind: Move = Move.TRANSFER, **values: Any) -> Decree:
    usual = {"number": "821/5/2026", "since": today(), "inaugurated_on": today()}
    return Decree(kind, **{**usual, **values})


def move(nip: str, to: str = "", kind: Move = Move.TRANSFER, seen: str | None = None, **values: Any) -> Movement:
    row = person(nip)
    post = Position.objects.get(code=to) if to else None
    given = standing(row) if seen is None else seen
    return actions.move_person(person=row, to=post, decree=decree(kind, **values), seen=given, by=BY)


def refused(*args: Any, **values: Any) -> list[str]:
    with pytest.raises(Refusal) as caught:
        move(*args, **values)
    return [reason.code for reason in caught.value.reasons]


def act(nip: str, code: str, since: int, through: int | None = None) -> None:
    row = {"nip": nip, "position_code": code, "kind": "PLT", "started_on": today() - timedelta(since)}
    row |= {"ended_through": None if through is None else today() + timedelta(through)}
    actions.apply({"acting_assignment": rows("acting_assignment", row)}, source="W", import_id="")


def test_an_appointment_changes_person_and_career_whole() -> None:
    move(HEAD, "SEKDIN")
    row = person(HEAD)
    assert (row.position.code, row.position_name, row.unit.code) == ("SEKDIN", "Sekretaris", "DINAS")  # type: ignore[union-attr]
    assert (row.position_since, row.inaugurated_on, row.superior_nip) == (today(), today(), "")
    assert (row.source, row.verified_by) == (Source.RECORDED, str(BY))
    old, new = CareerEntry.objects.filter(person=row).order_by("started_on")
    assert (old.ended_through, old.verified_by) == (today() - timedelta(1), str(BY))
    assert (new.title, new.started_on, new.ended_through, new.assignment) == ("Sekretaris", today(), None, "D")
    assert (new.position_code, new.tier, new.decree_number) == ("SEKDIN", "ADMINISTRATOR", "821/5/2026")
    assert new.verified_at is not None


def test_the_old_post_is_vacant_and_the_new_one_filled() -> None:
    move(HEAD, "SEKDIN")
    standings = {seat.post.code: seat.free for seat in seats(Position.objects.all(), on=today())}
    assert (standings["KADIN"], standings["SEKDIN"]) == (1, 0)


def test_acting_duties_in_a_post_that_is_filled_end_the_day_before_and_others_last() -> None:
    act(HEAD, "SEKDIN", 40)
    act(STAFF, "SEKDIN", 20)
    act(HEAD, "GURU", 10)
    moved = move(HEAD, "SEKDIN")
    ends = {(row.person.nip, row.position.code): row.ended_through for row in ActingAssignment.objects.all()}
    eve = today() - timedelta(1)
    assert ends == {(HEAD, "SEKDIN"): eve, (STAFF, "SEKDIN"): eve, (HEAD, "GURU"): None}
    assert [duty.position.code for duty in moved.lasting] == ["GURU"]


def test_a_duty_that_began_on_the_very_day_lasts_that_day() -> None:
    act(STAFF, "SEKDIN", 0)
    move(HEAD, "SEKDIN")
    assert ActingAssignment.objects.get().ended_through == today()


def test_others_go_on_acting_in_a_post_that_has_a_seat_left() -> None:
    act(STAFF, "GURU", 20)
    move(HEAD, "GURU")
    assert ActingAssignment.objects.get().ended_through is None


def test_when_somebody_retires_follows_the_age_limit_of_the_new_post() -> None:
    Person.objects.filter(nip=HEAD).update(born_on=date(1970, 12, 5), retires_on=date(2031, 1, 1))
    Position.objects.filter(code="SEKDIN").update(retirement_age=58)
    move(HEAD, "SEKDIN")
    assert person(HEAD).retires_on == date(2029, 1, 1)


def test_without_an_age_limit_the_day_of_retirement_stays() -> None:
    Person.objects.filter(nip=HEAD).update(born_on=date(1970, 12, 5), retires_on=date(2031, 1, 1))
    move(HEAD, "SEKDIN")
    assert person(HEAD).retires_on == date(2031, 1, 1)


def test_a_release_leaves_the_post_vacant_and_the_person_in_their_unit() -> None:
    act(HEAD, "SEKDIN", 9)
    move(HEAD, kind=Move.RELEASE, title="Pelaksana", inaugurated_on=None)
    row = person(HEAD)
    assert (row.position, row.position_name, row.unit.code) == (None, "Pelaksana", "DINAS")  # type: ignore[union-attr]
    assert CareerEntry.objects.get(person=row, ended_through=None).title == "Pelaksana"
    assert ActingAssignment.objects.get().ended_through is None


@pytest.mark.parametrize(
    ("kind", "status"), [(Move.RETIREMENT, "PENSIUN"), (Move.DEATH, "DIBERHENTIKAN"), (Move.TRANSFER_OUT, "")]
)
def test_whoever_leaves_is_inactive_and_everything_of_theirs_ends(kind: Move, status: str) -> None:
    act(HEAD, "SEKDIN", 9)
    move(HEAD, kind=kind, inaugurated_on=None)
    row = person(HEAD)
    assert (row.legal_status, row.inactive_since, row.verified_by) == (status, today(), str(BY))
    assert not CareerEntry.objects.filter(person=row, ended_through=None).exists()
    assert ActingAssignment.objects.get().ended_through == today() - timedelta(1)
    assert [seat.free for seat in seats(Position.objects.filter(code="KADIN"), on=today())] == [1]
    assert refused(HEAD, kind=kind, inaugurated_on=None) == ["move.gone"] or kind is Move.TRANSFER_OUT


def test_somebody_about_to_retire_may_retire_and_is_appointed_no_more() -> None:
    Person.objects.filter(nip=HEAD).update(legal_status="MPP", inactive_since=today() - timedelta(90))
    assert refused(HEAD, "SEKDIN") == ["move.gone"]
    assert move(HEAD, kind=Move.RETIREMENT, inaugurated_on=None)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"number": ""}, "letter.number"),
        ({"since": clock.today() + timedelta(1)}, "move.future"),
        ({"inaugurated_on": clock.today() + timedelta(1)}, "move.inaugurated"),
        ({"since": date(2021, 3, 1)}, "move.too_early"),
        ({"seen": "something else"}, "move.meanwhile"),
    ],
)
def test_a_decree_that_cannot_be_is_refused_and_nothing_is_kept(values: dict[str, Any], code: str) -> None:
    assert refused(HEAD, "SEKDIN", **values) == [code]
    assert person(HEAD).position.code == "KADIN"  # type: ignore[union-attr]
    assert not RecordedEvent.objects.filter(event__startswith="registry.person").exists()


def test_the_day_after_the_present_post_began_is_early_enough() -> None:
    assert move(HEAD, "SEKDIN", since=date(2021, 3, 2))


def test_a_post_is_free_exists_and_is_another_one() -> None:
    assert refused(STAFF, "KADIN") == ["move.no_seat"]
    assert refused(HEAD, "KADIN") == ["move.same_post"]
    assert refused(STAFF) == ["move.which_post"]
    Position.objects.filter(code="SEKDIN").update(valid_through=today() - timedelta(1))
    assert refused(STAFF, "SEKDIN") == ["move.no_post"]
    Position.objects.filter(code="SEKDIN").update(valid_through=today())
    assert move(STAFF, "SEKDIN")


def test_a_post_whose_holder_leaves_on_the_day_is_free() -> None:
    move(HEAD, kind=Move.RETIREMENT, inaugurated_on=None)
    assert move(STAFF, "KADIN")


def test_only_a_holder_is_released_and_a_released_one_does_something() -> None:
    assert refused(STAFF, kind=Move.RELEASE, title="Pelaksana") == ["move.no_position"]
    assert refused(HEAD, kind=Move.RELEASE) == ["move.title"]


def test_a_second_click_changes_nothing_more() -> None:
    seen = standing(person(HEAD))
    move(HEAD, "SEKDIN", seen=seen)
    assert refused(HEAD, "SEKDIN", seen=seen) == ["move.meanwhile"]
    assert CareerEntry.objects.filter(person__nip=HEAD).count() == 2


def test_the_log_tells_posts_and_days_and_not_why_somebody_has_left() -> None:
    move(HEAD, "SEKDIN", Move.DEMOTION)
    move(STAFF, "KADIN", Move.PROMOTION)
    move(TEACHER, kind=Move.DEATH, inaugurated_on=None)
    appointed = RecordedEvent.objects.filter(event=Event.PERSON_APPOINTED).order_by("pk")
    assert [details_of(event)["kind"] for event in appointed] == ["PENURUNAN", "PROMOSI"]
    assert [details_of(event)["origin"] == "none" for event in appointed] == [False, True]
    left = RecordedEvent.objects.get(event=Event.PERSON_DEPARTED)
    assert details_of(left) == {"since": today().isoformat(), "duties": 0}
    assert "MENINGGAL" not in sentence(left)
    assert TEACHER not in left.canonical


@pytest.mark.parametrize(
    ("kind", "to", "warns"),
    [
        (Move.PROMOTION, "SEKDIN", True),  # from the head of an office down
        (Move.TRANSFER, "SEKDIN", True),
        (Move.DEMOTION, "SEKDIN", False),
        (Move.CONFIRMATION, "SEKDIN", False),
        (Move.DEMOTION, "GURU", False),
    ],
)
def test_tiers_that_do_not_fit_the_kind_of_movement_warn(kind: Move, to: str, warns: bool) -> None:
    found = movement(person=person(HEAD), to=Position.objects.get(code=to), decree=decree(kind))
    assert bool(unlike_kind(found, LADDER)) is warns
    assert unlike_kind(movement(person=person(STAFF), to=None, decree=decree(kind)), LADDER) == []
