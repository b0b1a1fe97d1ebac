"""Acting duties in the database: which last, what stands around each, and posts that nobody looks after."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from nawa.core.scope import Scope
from nawa.registry import actions, queries
from nawa.registry.enums import DutyState
from nawa.registry.models import ActingAssignment, Person, Position
from nawa.registry.queries import Examined, WantedDuties, subtree
from nawa.registry.rules.acting import Law
from tests.office import HEAD, STAFF, TEACHER, office, rows

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 25)
ALL = Scope.everything()
LAW = Law(months=3, extensions=1, tier_steps=1, equivalent_tiers={})


@pytest.fixture(autouse=True)
def registered() -> None:
    actions.apply(office(), source="WORKBOOK", import_id="")


def act(nip: str, code: str, start: date, through: date | None, kind: str = "PLT") -> None:
    row = {"nip": nip, "position_code": code, "kind": kind, "started_on": start, "ended_through": through}
    actions.apply({"acting_assignment": rows("acting_assignment", row)}, source="W", import_id="")


def desk(scope: Scope = ALL, on: date = DAY, retiring: Scope = ALL) -> list[Examined]:
    return queries.examined_duties(inside=subtree(scope), retiring=subtree(retiring), law=LAW, on=on)


def codes(one: Examined) -> set[str]:
    return {reason.code for reason in one.reasons} - {"acting.no_letter", "acting.tier_unknown"}


@pytest.mark.parametrize(("on", "lasts"), [(DAY, True), (DAY + timedelta(1), False)])
def test_a_duty_is_listed_through_its_last_day(on: date, lasts: bool) -> None:
    act(HEAD, "SEKDIN", date(2026, 11, 1), DAY)
    assert bool(desk(on=on)) is lasts


def test_a_duty_that_has_not_begun_is_listed_as_coming() -> None:
    act(HEAD, "SEKDIN", DAY + timedelta(1), DAY + timedelta(9))
    (one,) = desk()
    assert not one.has_begun
    assert one.days == 0
    assert one.is_in(DutyState.COMING)


def test_duties_are_listed_by_the_units_of_their_posts() -> None:
    act(STAFF, "SEKDIN", date(2026, 11, 1), DAY)  # somebody of the whole city acts in an office
    assert len(desk(Scope.below("DINAS"))) == 1
    assert desk(Scope.below("SD1")) == []
    assert desk(Scope.nothing()) == []


def test_letters_that_follow_one_another_are_extensions() -> None:
    act(HEAD, "SEKDIN", date(2026, 4, 1), date(2026, 6, 30))
    act(HEAD, "SEKDIN", date(2026, 7, 1), date(2026, 9, 30))
    act(HEAD, "SEKDIN", date(2026, 10, 1), date(2026, 12, 30))
    (one,) = desk()
    assert codes(one) == {"acting.over_extended"}
    assert one.is_past_limit
    ActingAssignment.objects.filter(started_on=date(2026, 7, 1)).update(started_on=date(2026, 7, 2))
    assert codes(desk()[0]) == set()


def test_who_acts_beside_and_where_else_is_counted_on_common_days_alone() -> None:
    act(HEAD, "SEKDIN", date(2026, 10, 1), date(2026, 12, 1))
    act(TEACHER, "SEKDIN", date(2026, 11, 1), date(2026, 12, 1))
    act(TEACHER, "KADIN", date(2026, 11, 20), date(2026, 12, 1), "PLH")
    found = {(one.duty.person.nip, one.duty.position.code): codes(one) for one in desk()}
    assert found[HEAD, "SEKDIN"] == {"acting.several_act"}
    assert found[TEACHER, "SEKDIN"] == {"acting.several_act", "acting.several_posts"}
    assert found[TEACHER, "KADIN"] == {"acting.several_posts"}  # a Plh for a post that has its holder
    ActingAssignment.objects.filter(position__code="KADIN").update(started_on=date(2026, 12, 2), ended_through=None)
    assert all("acting.several_posts" not in codes(one) for one in desk())


def test_a_plt_in_a_post_whose_holder_has_left_is_in_order() -> None:
    act(STAFF, "KADIN", date(2026, 11, 1), DAY)
    assert codes(desk()[0]) == {"acting.post_filled"}
    Person.objects.filter(nip=HEAD).update(inactive_since=DAY)
    assert codes(desk()[0]) == set()


def test_that_a_holder_retires_is_told_where_profiles_may_be_read_and_nowhere_else() -> None:
    act(HEAD, "SEKDIN", date(2026, 11, 1), date(2026, 12, 1))
    Person.objects.filter(nip=HEAD).update(retires_on=date(2026, 12, 1))
    assert codes(desk()[0]) == {"acting.holder_retires"}
    for elsewhere in (Scope.nothing(), Scope.below("SD1")):
        assert codes(desk(retiring=elsewhere)[0]) == set()


def test_what_presses_most_comes_first() -> None:
    act(HEAD, "SEKDIN", date(2026, 11, 1), date(2026, 12, 1))
    act(HEAD, "GURU", date(2026, 5, 1), None)
    assert [one.duty.position.code for one in desk()] == ["GURU", "SEKDIN"]


@pytest.mark.parametrize(
    ("through", "state", "within"),
    [
        (DAY, DutyState.ENDING_7, True),
        (DAY + timedelta(7), DutyState.ENDING_7, True),
        (DAY + timedelta(8), DutyState.ENDING_7, False),
        (DAY + timedelta(30), DutyState.ENDING_30, True),
        (DAY + timedelta(31), DutyState.ENDING_30, False),
        (None, DutyState.ENDING_30, False),
    ],
)
def test_ending_soon_counts_today_and_the_last_of_the_days(
    through: date | None, state: DutyState, within: bool
) -> None:
    act(HEAD, "SEKDIN", date(2026, 11, 1), through)
    assert bool(queries.wanted_among(desk(), WantedDuties(state=state))) is within


def test_wanted_duties_are_narrowed_by_unit_kind_and_name() -> None:
    act(HEAD, "SEKDIN", date(2026, 11, 1), DAY)
    act(STAFF, "GURU", date(2026, 11, 1), DAY, "TT")
    unit = Position.objects.get(code="GURU").unit_id
    names = [
        [one.duty.person.nip for one in queries.wanted_among(desk(), wanted)]
        for wanted in (
            WantedDuties(inside=frozenset({unit})),
            WantedDuties(kind="PLT"),
            WantedDuties(text="staf"),
            WantedDuties(text="sekretaris"),
            WantedDuties(text="nobody"),
        )
    ]
    assert names == [[STAFF], [HEAD], [STAFF], [HEAD], []]


def test_a_vacant_managerial_post_in_which_nobody_acts_is_uncovered() -> None:
    assert [post.code for post in queries.uncovered(inside=None, on=DAY)] == ["SEKDIN"]
    act(HEAD, "SEKDIN", DAY, None)
    assert queries.uncovered(inside=None, on=DAY) == []
    assert queries.uncovered(inside=subtree(Scope.below("SD1")), on=DAY - timedelta(1)) == []


def test_what_presses_is_counted_as_the_desk_lists_it(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    act(HEAD, "SEKDIN", date(2026, 4, 1), date(2026, 6, 30))
    act(HEAD, "SEKDIN", date(2026, 7, 1), date(2026, 9, 30))
    act(HEAD, "SEKDIN", date(2026, 10, 1), DAY + timedelta(7))  # extended once too often, and about to end
    act(STAFF, "KADIN", date(2026, 6, 1), None)
    act(STAFF, "GURU", date(2026, 11, 1), DAY + timedelta(8))
    with django_assert_num_queries(1):
        counts = queries.pressing(inside=None, law=LAW, on=DAY)
    assert counts == {DutyState.PAST: 2, DutyState.ENDING_7: 1}
    assert {state: sum(one.is_in(state) for one in desk()) for state in counts} == counts
    assert queries.pressing(inside=subtree(Scope.below("SD1")), law=LAW, on=DAY) == {}


def test_the_desk_takes_the_same_queries_for_one_duty_and_for_many(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(9):
        act(HEAD, "SEKDIN", date(2026, 10, 1) + timedelta(number), None)
    with django_assert_max_num_queries(5):  # two of them for the scopes
        assert len(desk(Scope.below("KOTA"), retiring=Scope.below("KOTA"))) == 9
