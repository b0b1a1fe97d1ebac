from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from nawa.core.scope import Scope
from nawa.registry import actions, queries
from nawa.registry.models import ActingAssignment, Person
from tests.office import HEAD, STAFF, TEACHER, office, rows

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 1)


@pytest.fixture(autouse=True)
def registered() -> None:
    actions.apply(office(), source="WORKBOOK", import_id="")


def nips(scope: Scope) -> set[str]:
    return set(queries.people(scope=scope).values_list("nip", flat=True))


def test_everything_is_everybody() -> None:
    assert nips(Scope.everything()) == {HEAD, STAFF, TEACHER}


def test_nothing_is_nobody() -> None:
    assert nips(Scope.nothing()) == set()
    assert not queries.units(scope=Scope.nothing()).exists()


def test_a_scope_reaches_from_its_unit_to_all_below() -> None:
    assert nips(Scope.below("DINAS")) == {HEAD, TEACHER}
    assert set(queries.units(scope=Scope.below("DINAS")).values_list("code", flat=True)) == {"DINAS", "SD1"}
    assert set(queries.positions(scope=Scope.below("SD1")).values_list("code", flat=True)) == {"GURU"}


def test_whoever_has_no_unit_of_their_own_belongs_to_that_of_their_post() -> None:
    assert Person.objects.get(nip=TEACHER).unit is None
    assert nips(Scope.below("SD1")) == {TEACHER}


def test_two_scopes_are_their_union() -> None:
    assert set(queries.units(scope=Scope.below("SD1", "DINAS")).values_list("code", flat=True)) == {"DINAS", "SD1"}


def test_an_unknown_unit_is_an_empty_scope() -> None:
    assert nips(Scope.below("TIDAK-ADA")) == set()


def test_the_population_counts_people_units_posts_and_empty_managerial_seats() -> None:
    counted = queries.population(scope=Scope.everything(), on=DAY)
    assert counted == queries.Population(pns=2, pppk=1, units=3, positions=3, vacancies=1)


def test_a_post_is_vacant_from_the_day_its_holder_has_left() -> None:
    left = rows("person", {"nip": HEAD, "name": "Kepala", "position_code": "KADIN", "inactive_since": date(2026, 6, 1)})
    actions.apply({"person": left.select("nip", "name", "position_code", "inactive_since")}, source="W", import_id="")
    assert queries.population(scope=Scope.everything(), on=date(2026, 5, 31)).vacancies == 1
    assert queries.population(scope=Scope.everything(), on=date(2026, 6, 1)).vacancies == 2
    assert queries.population(scope=Scope.everything(), on=date(2026, 6, 1)).pns == 1


def test_a_unit_that_has_ended_is_not_counted() -> None:
    ended = rows("unit", {"code": "SD1", "name": "SD Satu", "valid_through": date(2026, 6, 30)})
    actions.apply({"unit": ended.select("code", "name", "valid_through")}, source="W", import_id="")
    assert queries.population(scope=Scope.everything(), on=date(2026, 6, 30)).units == 3
    assert queries.population(scope=Scope.everything(), on=date(2026, 7, 1)).units == 2


def test_the_population_of_a_scope_is_that_of_its_units() -> None:
    assert queries.population(scope=Scope.below("SD1"), on=DAY) == queries.Population(0, 1, 1, 1, 0)


def test_the_number_of_queries_does_not_depend_on_the_scope(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for scope in (Scope.everything(), Scope.below("KOTA"), Scope.nothing()):
        with django_assert_max_num_queries(6):
            queries.population(scope=scope, on=DAY)


def test_seats_are_counted_by_tier_with_those_that_nobody_holds() -> None:
    found = queries.managerial_seats(scope=Scope.everything(), on=DAY)
    assert found == [queries.Seats("JPT_PRATAMA", 1, 0), queries.Seats("ADMINISTRATOR", 1, 1)]
    assert queries.managerial_seats(scope=Scope.below("SD1"), on=DAY) == []
    Person.objects.filter(nip=HEAD).update(inactive_since=DAY)
    assert queries.managerial_seats(scope=Scope.everything(), on=DAY)[0].vacant == 1


def act(since: date, through: date | None = None, kind: str = "PLT") -> None:
    post = queries.positions(scope=Scope.everything()).get(code="SEKDIN")
    person = Person.objects.get(nip=STAFF)
    ActingAssignment.objects.create(
        person=person, position=post, kind=kind, started_on=since, ended_through=through, source="WORKBOOK"
    )


@pytest.mark.parametrize(
    ("since", "counted"),
    [
        (date(2026, 8, 2), (1, 0)),
        (date(2026, 8, 1), (1, 1)),  # three months to the day
        (date(2026, 11, 2), (0, 0)),
    ],
)
def test_acting_is_overlong_from_three_months_on(since: date, counted: tuple[int, int]) -> None:
    act(since)
    assert queries.acting_in_managerial_posts(scope=Scope.everything(), on=DAY, months=3) == queries.Acting(*counted)
    assert queries.acting_in_managerial_posts(scope=Scope.below("SD1"), on=DAY, months=3) == queries.Acting(0, 0)


def test_acting_that_has_ended_or_is_of_another_kind_is_not_counted() -> None:
    act(date(2026, 1, 1), through=date(2026, 10, 31))
    act(date(2026, 1, 1), kind="PLH")
    assert queries.acting_in_managerial_posts(scope=Scope.everything(), on=DAY, months=3) == queries.Acting(0, 0)
