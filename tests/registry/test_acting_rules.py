"""What is wrong with an acting duty: each rule alone, on its first, last and next day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nawa.core.refusal import Reason
from nawa.policy.loading import load
from nawa.registry.models import ActingAssignment, Person, Position
from nawa.registry.rules import acting as rules
from nawa.registry.rules.acting import Case, Law

DAY = date(2026, 11, 25)
START, LIMIT, AFTER = date(2026, 9, 1), date(2026, 11, 30), date(2026, 12, 1)
LAW = Law(
    months=3,
    extensions=1,
    tier_steps=1,
    equivalent_tiers={"PENGAWAS": ("JF_AHLI_MUDA",), "ADMINISTRATOR": ("JF_AHLI_MADYA",)},
)


def duty(**values: Any) -> ActingAssignment:
    person = Person(id=1, position=Position(id=1, tier=values.pop("own", "PENGAWAS")), **values.pop("person", {}))
    post = Position(id=2, tier=values.pop("tier", "ADMINISTRATOR"), seats=values.pop("seats", 1))
    usual = {"kind": "PLT", "started_on": START, "ended_through": LIMIT, "letter_number": "800/1"}
    return ActingAssignment(person=person, position=post, **{**usual, **values})


def case(on: date = DAY, around: dict[str, Any] | None = None, **values: Any) -> Case:
    return Case(duty(**values), on, **(around or {}))


def code(reason: Reason | None) -> str:
    return reason.code if reason else ""


def test_a_duty_within_every_limit_is_found_nothing_wrong_with() -> None:
    assert rules.findings(case(), LAW) == []


def test_a_duty_is_given_by_a_letter() -> None:
    assert code(rules.without_letter(case(letter_number=""), LAW)) == "acting.no_letter"
    assert rules.without_letter(case(), LAW) is None


@pytest.mark.parametrize(("kind", "found"), [("PLT", True), ("PLH", True), ("PJ", False), ("TT", False)])
def test_a_letter_says_until_when_where_the_kind_has_a_limit(kind: str, found: bool) -> None:
    assert bool(rules.without_end(case(kind=kind, ended_through=None), LAW)) is found
    assert rules.without_end(case(kind=kind), LAW) is None


@pytest.mark.parametrize(("through", "found"), [(date(2026, 11, 29), False), (LIMIT, False), (AFTER, True)])
def test_a_term_is_at_most_the_months_of_the_policy(through: date, found: bool) -> None:
    reason = rules.too_long(case(ended_through=through), LAW)
    assert bool(reason) is found
    if reason:
        assert dict(reason.arguments) == {"months": 3, "limit": LIMIT, "through": through}


def test_a_term_that_begins_on_the_last_of_a_long_month_ends_within_a_short_one() -> None:
    begins = {"started_on": date(2025, 11, 30), "on": date(2026, 2, 1)}
    assert rules.too_long(case(ended_through=date(2026, 2, 27), **begins), LAW) is None
    assert rules.too_long(case(ended_through=date(2026, 2, 28), **begins), LAW)


@pytest.mark.parametrize("through", [None, date(2027, 1, 31)])
@pytest.mark.parametrize(("on", "found"), [(date(2026, 11, 29), False), (LIMIT, False), (AFTER, True)])
def test_a_duty_is_past_its_limit_from_the_day_after_it(on: date, through: date | None, found: bool) -> None:
    assert bool(rules.past_limit(case(on, ended_through=through), LAW)) is found


def test_a_duty_past_its_limit_is_told_so_once() -> None:
    codes = [reason.code for reason in rules.findings(case(AFTER, ended_through=date(2027, 1, 31)), LAW)]
    assert codes == ["acting.past_limit"]


def test_additional_tasks_and_pj_have_no_limit() -> None:
    for kind in ("TT", "PJ"):
        open_end = case(date(2030, 1, 1), kind=kind, ended_through=None)
        assert rules.past_limit(open_end, LAW) is None
        assert rules.over_extended(Case(open_end.duty, DAY, earlier=[duty()] * 9), LAW) is None


@pytest.mark.parametrize(("times", "found"), [(0, False), (1, False), (2, True)])
def test_a_duty_is_extended_no_more_often_than_the_policy_says(times: int, found: bool) -> None:
    reason = rules.over_extended(case(around={"earlier": [duty()] * times}), LAW)
    assert bool(reason) is found
    assert reason is None or dict(reason.arguments) == {"times": 2, "most": 1}


@pytest.mark.parametrize(
    ("ended", "is_extension"),
    [(date(2026, 8, 30), False), (date(2026, 8, 31), True), (date(2026, 9, 1), True), (None, True)],
)
def test_a_term_that_follows_without_a_break_is_an_extension(ended: date | None, is_extension: bool) -> None:
    earlier = duty(started_on=date(2026, 6, 1), ended_through=ended)
    assert rules.continues(duty(), earlier) is is_extension
    assert not rules.continues(earlier, duty())
    assert not rules.continues(duty(kind="PLH"), earlier)


@pytest.mark.parametrize(
    ("own", "tier", "found", "unknown"),
    [
        ("ADMINISTRATOR", "ADMINISTRATOR", False, False),
        ("PENGAWAS", "ADMINISTRATOR", False, False),
        ("PELAKSANA", "ADMINISTRATOR", True, False),
        ("JF_AHLI_MUDA", "ADMINISTRATOR", False, False),  # counts as pengawas
        ("JF_AHLI_MUDA", "JPT_PRATAMA", True, False),
        ("JPT_PRATAMA", "PENGAWAS", False, False),
        ("JF_AHLI_UTAMA", "ADMINISTRATOR", False, True),
        ("PENGAWAS", "JF_PENYELIA", False, True),
    ],
)
def test_a_holder_stands_at_most_so_many_tiers_below_the_post(own: str, tier: str, found: bool, unknown: bool) -> None:
    given = case(own=own, tier=tier)
    assert bool(rules.too_far_below(given, LAW)) is found
    assert bool(rules.tier_unknown(given, LAW)) is unknown


def test_a_holder_without_a_post_is_verified_by_hand_and_not_found_wanting() -> None:
    given = case()
    given.duty.person.position = None
    assert [reason.code for reason in rules.findings(given, LAW)] == ["acting.tier_unknown"]
    assert {"acting.tier_unknown"} <= rules.NOTES


@pytest.mark.parametrize(("since", "found"), [(date(2026, 11, 29), True), (LIMIT, True), (AFTER, False), (None, False)])
def test_a_holder_who_leaves_within_the_term_is_found(since: date | None, found: bool) -> None:
    assert bool(rules.holder_left(case(person={"inactive_since": since}), LAW)) is found


def test_a_holder_who_has_retired_is_found_without_a_date() -> None:
    assert rules.holder_left(case(person={"legal_status": "PENSIUN"}), LAW)


@pytest.mark.parametrize(("since", "found"), [(LIMIT, True), (AFTER, False), (None, False)])
def test_a_holder_who_retires_within_the_term_is_found(since: date | None, found: bool) -> None:
    assert bool(rules.holder_retires(case(person={"retires_on": since}), LAW)) is found


@pytest.mark.parametrize(("rivals", "seats", "found"), [(0, 1, False), (1, 1, True), (1, None, True), (1, 2, False)])
def test_no_more_people_act_in_a_post_than_it_has_seats(rivals: int, seats: int | None, found: bool) -> None:
    assert bool(rules.several_act(case(around={"rivals": rivals}, seats=seats), LAW)) is found


def test_a_holder_of_several_duties_is_found() -> None:
    reason = rules.several_posts(case(around={"elsewhere": 1}), LAW)
    assert reason is not None
    assert reason.arguments["posts"] == 2
    assert rules.several_posts(case(), LAW) is None


@pytest.mark.parametrize(
    ("kind", "holders", "found"),
    [
        ("PLT", 0, ""),
        ("PLT", 1, "acting.post_filled"),
        ("PJ", 1, "acting.post_filled"),
        ("PLH", 1, ""),
        ("PLH", 0, "acting.post_vacant"),
        ("TT", 1, ""),
        ("TT", 0, ""),
    ],
)
def test_a_plt_is_for_vacant_posts_and_a_plh_for_absent_holders(kind: str, holders: int, found: str) -> None:
    given = case(around={"holders": holders}, kind=kind)
    assert code(rules.post_filled(given, LAW) or rules.post_vacant(given, LAW)) == found


@pytest.mark.parametrize(
    ("through", "other_start", "meet"),
    [(date(2026, 9, 9), date(2026, 9, 10), False), (date(2026, 9, 10), date(2026, 9, 10), True), (None, AFTER, True)],
)
def test_duties_meet_when_they_share_a_day(through: date | None, other_start: date, meet: bool) -> None:
    one, other = duty(ended_through=through), duty(started_on=other_start, ended_through=None)
    assert rules.meets(one, other) is meet
    assert rules.meets(other, one) is meet


def test_only_what_the_policy_has_confirmed_binds() -> None:
    law = rules.law_of(load("bkn-411-2025", on=DAY))
    assert (law.months, law.extensions, law.tier_steps) == (3, 1, 1)
    assert not law.binds(Reason("acting.too_long"))
    bound = Law(3, 1, 1, {}, frozenset({"acting.months"}))
    assert bound.binds(Reason("acting.too_long"))
    assert not bound.binds(Reason("acting.over_extended"))
    assert not bound.binds(Reason("acting.post_filled"))
