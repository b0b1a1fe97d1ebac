"""Acting duties recorded by their letter, extended and ended: what is kept, what refuses, what the log tells."""

from __future__ import annotations

from dataclasses import replace
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
from nawa.registry.models import ActingAssignment, Person, Position
from nawa.registry.rules.acting import Law, Letter
from tests.office import HEAD, STAFF, TEACHER, office

pytestmark = pytest.mark.django_db
BY = Actor(ActorKind.USER, "tester")
LAW = Law(months=3, extensions=1, tier_steps=1, equivalent_tiers={})
SEEN = frozenset({"acting.post_filled"})


@pytest.fixture(autouse=True)
def registered() -> None:
    actions.apply(office(), source="WORKBOOK", import_id="")


def letter(**values: Any) -> Letter:
    day = clock.today()
    usual = {"number": "800/7/2026", "dated_on": day, "started_on": day, "ended_through": day + timedelta(60)}
    return Letter(**{**usual, **values})


def record(nip: str = STAFF, code: str = "SEKDIN", kind: str = "PLT", **values: Any) -> ActingAssignment:
    given = {"seen": frozenset(), "law": LAW, **{name: values.pop(name) for name in ("seen", "law") if name in values}}
    person, post = Person.objects.get(nip=nip), Position.objects.get(code=code)
    return actions.record_duty(person=person, position=post, kind=kind, letter=letter(**values), by=BY, **given)


def refused(*args: str, **values: Any) -> list[str]:
    with pytest.raises(Refusal) as caught:
        record(*args, **values)
    return [reason.code for reason in caught.value.reasons]


def test_a_recorded_duty_is_kept_as_verified_by_whoever_recorded_it() -> None:
    row = record()
    row.refresh_from_db()
    assert (row.kind, row.letter_number, row.letter_dated_on) == ("PLT", "800/7/2026", clock.today())
    assert (row.source, row.verified_by) == (Source.RECORDED, str(BY))
    assert row.verified_at is not None


def test_the_log_tells_of_it_without_a_name() -> None:
    row = record()
    event = RecordedEvent.objects.get(event=Event.DUTY_RECORDED)
    assert (event.subject_kind, event.subject_id) == ("registry.person", row.person.public_id)
    assert details_of(event)["position"] == str(row.position_id)
    assert STAFF not in event.canonical
    assert "Penugasan PLT" in sentence(event)


def test_a_second_click_records_nothing_more() -> None:
    record()
    assert refused() == ["acting.overlaps"]
    assert ActingAssignment.objects.count() == 1
    assert RecordedEvent.objects.filter(event=Event.DUTY_RECORDED).count() == 1


def test_what_was_found_wrong_has_to_be_seen_first() -> None:
    assert refused(STAFF, "KADIN") == ["acting.other_findings"]
    record(STAFF, "KADIN", seen=SEEN)
    assert refused(TEACHER, "KADIN", seen=SEEN) == ["acting.other_findings"]  # somebody acts there by now


def test_what_a_confirmed_rule_finds_wrong_refuses_even_if_it_was_seen() -> None:
    too_long = {"ended_through": clock.today() + timedelta(100), "seen": frozenset({"acting.too_long"})}
    law = replace(LAW, confirmed=frozenset({"acting.months"}))
    assert refused(law=law, **too_long) == ["acting.too_long"]
    assert record(**too_long)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"number": ""}, "letter.number"),
        ({"number": "8" * 301}, "letter.number"),
        ({"dated_on": clock.today() + timedelta(1)}, "letter.future"),
        ({"ended_through": clock.today() - timedelta(1)}, "acting.order"),
    ],
)
def test_a_letter_has_a_number_a_date_and_an_order(values: dict[str, Any], code: str) -> None:
    assert refused(**values) == [code]
    assert not ActingAssignment.objects.exists()


def test_nobody_acts_in_their_own_post() -> None:
    assert "acting.own_post" in refused(HEAD, "KADIN")


@pytest.mark.parametrize(("since", "gone"), [(0, True), (1, False)])
def test_whoever_has_left_by_the_first_day_does_not_act(since: int, gone: bool) -> None:
    Person.objects.filter(nip=STAFF).update(inactive_since=clock.today() + timedelta(since))
    if gone:
        assert refused() == ["acting.gone"]
    else:
        assert record(seen=frozenset({"acting.holder_left"}))


@pytest.mark.parametrize(
    ("valid", "exists"),
    [
        ({"valid_through": -1}, False),
        ({"valid_through": 0}, True),
        ({"valid_from": 0}, True),
        ({"valid_from": 1}, False),
    ],
)
def test_a_post_exists_on_the_first_day(valid: dict[str, int], exists: bool) -> None:
    days = {name: clock.today() + timedelta(number) for name, number in valid.items()}
    Position.objects.filter(code="SEKDIN").update(**days)
    if exists:
        assert record()
    else:
        assert refused() == ["acting.no_post"]


def test_a_letter_that_follows_extends_and_the_second_extension_is_found() -> None:
    first = record()
    start = first.ended_through + timedelta(1)  # type: ignore[operator]
    second = record(started_on=start, ended_through=start + timedelta(60))
    start = second.ended_through + timedelta(1)  # type: ignore[operator]
    third = {"started_on": start, "ended_through": start + timedelta(60)}
    assert refused(**third) == ["acting.other_findings"]
    assert record(**third, seen=frozenset({"acting.over_extended"}))


def end(row: ActingAssignment, through: date, seen: date | None) -> list[str]:
    try:
        actions.end_duty(duty=row, through=through, seen=seen, by=BY)
    except Refusal as refusal:
        return [reason.code for reason in refusal.reasons]
    return []


def test_a_duty_ends_early_and_the_log_tells() -> None:
    row = record()
    assert end(row, clock.today(), row.ended_through) == []
    row.refresh_from_db()
    assert row.ended_through == clock.today()
    assert details_of(RecordedEvent.objects.get(event=Event.DUTY_ENDED))["through"] == clock.today().isoformat()


def test_a_duty_without_a_last_day_is_given_one() -> None:
    row = record()
    ActingAssignment.objects.update(ended_through=None, source="DEMO", verified_by="", verified_at=None)
    assert end(row, clock.today() + timedelta(5), None) == []
    row.refresh_from_db()
    assert (row.source, row.verified_by) == (Source.RECORDED, str(BY))


def test_an_ending_does_not_go_beyond_the_letter_nor_before_the_first_day() -> None:
    row = record()
    through = row.ended_through
    assert through
    assert end(row, through, through) == ["acting.not_earlier"]
    assert end(row, row.started_on - timedelta(1), through) == ["acting.order"]
    assert end(row, row.started_on, through) == []


def test_whoever_saw_an_older_last_day_changes_nothing() -> None:
    row = record()
    through = row.ended_through
    end(row, clock.today() + timedelta(3), through)
    assert end(row, clock.today(), through) == ["acting.meanwhile"]
    row.refresh_from_db()
    assert row.ended_through == clock.today() + timedelta(3)
