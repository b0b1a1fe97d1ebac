"""ACTING: the highest duty as an acting holder."""

from __future__ import annotations

from datetime import date

import pytest

from nawa.engine.career import acting
from tests.engine.build import Row, bkn, earns, points

PERSON: list[Row] = [{"tier": "PENGAWAS"}]


def _duty(kind: str = "PLT", tier: str | None = "ADMINISTRATOR", started_on: date = date(2020, 1, 1)) -> Row:
    return {"kind": kind, "tier": tier, "started_on": started_on}


@pytest.mark.parametrize(
    ("kind", "tier", "raw", "earned"),
    [
        ("PJ", None, "PJ", 100),
        ("PLT", "ADMINISTRATOR", "PLT_HIGHER", 80),
        ("PLT", "PENGAWAS", "PLT_SAME", 60),
        ("PLT", "PELAKSANA", "PLT_SAME", 60),
        ("PLT", None, "PLT_SAME", 60),
        ("PLH", "ADMINISTRATOR", "PLH_HIGHER", 40),
        ("PLH", "PENGAWAS", "PLH_SAME", 20),
    ],
)
def test_a_duty_earns_by_its_kind_and_whether_it_was_higher(kind: str, tier: str | None, raw: str, earned: int) -> None:
    found = earns(acting, person=PERSON, acting=[_duty(kind, tier)])
    assert points(found) == earned
    assert found is not None and (found["raw"], found["table"]) == (raw, "acting")


def test_additional_duties_and_duties_to_come_do_not_count() -> None:
    assert earns(acting, person=PERSON, acting=[_duty("TT")]) is None
    assert earns(acting, person=PERSON, acting=[_duty(started_on=date(2026, 11, 2))]) is None
    assert earns(acting, person=PERSON, acting=[_duty(started_on=date(2026, 11, 1))]) is not None


def test_a_duty_recorded_in_the_career_counts_too() -> None:
    row: Row = {"assignment": "PLT", "tier": "ADMINISTRATOR", "started_on": date(2020, 1, 1)}
    found = earns(acting, person=PERSON, career=[row])
    assert found is not None and (found["raw"], found["table"]) == ("PLT_HIGHER", "career")


@pytest.mark.parametrize(("began", "raw"), [(date(2019, 12, 31), "PLT_HIGHER"), (date(2020, 1, 1), "PLT_SAME")])
def test_the_tier_held_when_the_duty_began_decides(began: date, raw: str) -> None:
    career: list[Row] = [
        {"tier": "PENGAWAS", "started_on": date(2010, 1, 1), "ended_before": date(2020, 1, 1)},
        {"tier": "ADMINISTRATOR", "started_on": date(2020, 1, 1)},
    ]
    found = earns(acting, person=[{"tier": "ADMINISTRATOR"}], career=career, acting=[_duty(started_on=began)])
    assert found is not None and found["raw"] == raw


def test_of_two_posts_begun_on_one_day_the_higher_is_the_tier_held() -> None:
    day = date(2020, 1, 1)
    career: list[Row] = [{"tier": tier, "started_on": day} for tier in ("ADMINISTRATOR", "PENGAWAS")]
    found = earns(acting, person=PERSON, career=career, acting=[_duty(started_on=day)])
    assert found is not None and found["raw"] == "PLT_SAME"


def test_without_any_tier_held_a_duty_is_the_same() -> None:
    found = earns(acting, acting=[_duty()])
    assert found is not None and found["raw"] == "PLT_SAME"


def test_the_highest_duty_is_shown_and_never_expires() -> None:
    rows = [_duty("PLH"), _duty("PLT"), _duty("PLT", started_on=date(2024, 1, 1)), _duty("PLH")]
    found = earns(acting, person=PERSON, acting=rows)
    assert found is not None
    assert (found["source"], found["on"], found["expires_on"]) == (2, date(2024, 1, 1), None)


def test_the_rival_value_for_a_daily_duty_can_be_chosen() -> None:
    same = _duty("PLH", "PENGAWAS")
    assert points(earns(acting, parameters=bkn("plh-sama-40"), person=PERSON, acting=[same])) == 40
