"""The directory, posts, the tree of units, and finding, on an office of three people."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from nawa.core.scope import Scope
from nawa.registry import actions, queries
from nawa.registry.enums import Filling, Presence
from nawa.registry.models import Person, Position, Unit
from nawa.registry.queries import Numbers, WantedPeople, WantedPosts
from tests.office import HEAD, STAFF, TEACHER, office, rows

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 1)
ALL = Scope.everything()


@pytest.fixture(autouse=True)
def registered() -> None:
    actions.apply(office(), source="WORKBOOK", import_id="")


def change(nip: str, **values: object) -> None:
    Person.objects.filter(nip=nip).update(**values)


def listed(wanted: WantedPeople | None = None, *, scope: Scope = ALL, **order: object) -> list[str]:
    found = queries.directory(wanted or WantedPeople(), scope=scope, on=DAY, **order)  # type: ignore[arg-type]
    return list(found.values_list("nip", flat=True))


def posts(wanted: WantedPosts | None = None, *, scope: Scope = ALL, **order: object) -> list[str]:
    found = queries.listed_posts(wanted or WantedPosts(), scope=scope, on=DAY, **order)  # type: ignore[arg-type]
    return list(found.values_list("code", flat=True))


def act(nip: str, code: str, kind: str = "PLT", **values: object) -> None:
    row = {"nip": nip, "position_code": code, "kind": kind, "started_on": date(2026, 9, 1), **values}
    actions.apply({"acting_assignment": rows("acting_assignment", row)}, source="W", import_id="")


# -- the directory


def test_the_directory_is_in_the_order_of_names_both_ways() -> None:
    assert listed() == [TEACHER, HEAD, STAFF]
    assert listed(descending=True) == [STAFF, HEAD, TEACHER]


@pytest.mark.parametrize("descending", [False, True])
def test_what_is_not_known_comes_last_both_ways(descending: bool) -> None:
    change(TEACHER, rank="IX")
    assert listed(order="golongan", descending=descending) == [TEACHER, HEAD, STAFF]


def test_the_highest_tier_comes_first() -> None:
    assert listed(order="jenjang")[:2] == [HEAD, TEACHER]


def test_the_directory_ends_where_the_scope_does() -> None:
    assert set(listed(scope=Scope.below("DINAS"))) == {HEAD, TEACHER}
    assert listed(scope=Scope.nothing()) == []


def test_filters_of_the_directory_combine() -> None:
    inside = frozenset(Unit.objects.filter(code__in=["DINAS", "KOTA"]).values_list("pk", flat=True))
    assert set(listed(WantedPeople(inside=inside))) == {HEAD, STAFF}
    assert listed(WantedPeople(inside=inside, tier="JPT_PRATAMA")) == [HEAD]
    assert listed(WantedPeople(inside=inside, staff_kind="PPPK")) == []


def test_whoever_has_left_is_listed_only_when_asked_for() -> None:
    change(HEAD, inactive_since=DAY)
    assert HEAD not in listed()
    assert listed(WantedPeople(presence=Presence.LEFT)) == [HEAD]


@pytest.mark.parametrize(
    ("retires_on", "soon"),
    [(DAY, False), (date(2026, 11, 2), True), (date(2027, 11, 1), True), (date(2027, 11, 2), False)],
)
def test_about_to_retire_means_within_twelve_months(retires_on: date, soon: bool) -> None:
    change(HEAD, retires_on=retires_on)
    assert (listed(WantedPeople(presence=Presence.RETIRING, retiring=ALL)) == [HEAD]) is soon


def test_who_is_about_to_retire_is_told_where_profiles_may_be_read_and_nowhere_else() -> None:
    Person.objects.update(retires_on=date(2027, 1, 1))
    soon = WantedPeople(presence=Presence.RETIRING, retiring=Scope.below("SD1"))
    assert listed(soon) == [TEACHER]
    assert listed(WantedPeople(presence=Presence.RETIRING)) == []


def test_staff_is_counted_by_kind_in_the_units_named() -> None:
    pks = dict(Unit.objects.values_list("code", "pk"))
    assert queries.makeup(inside=frozenset({pks["DINAS"], pks["SD1"]}), on=DAY) == {"PNS": 1, "PPPK": 1}


# -- posts


def test_a_post_is_filled_vacant_or_looked_after() -> None:
    act(HEAD, "SEKDIN")
    assert posts(WantedPosts(filling=Filling.FILLED)) == ["KADIN"]
    assert posts(WantedPosts(filling=Filling.VACANT)) == ["SEKDIN", "GURU"]
    assert posts(WantedPosts(filling=Filling.ACTING)) == ["SEKDIN"]


@pytest.mark.parametrize(("through", "acts"), [(date(2026, 10, 31), False), (DAY, True), (None, True)])
def test_whoever_acts_does_so_through_the_last_day(through: date | None, acts: bool) -> None:
    act(HEAD, "SEKDIN", ended_through=through)
    assert bool(posts(WantedPosts(filling=Filling.ACTING))) is acts


def test_nobody_acts_who_has_left() -> None:
    act(HEAD, "SEKDIN")
    change(HEAD, inactive_since=DAY)
    assert posts(WantedPosts(filling=Filling.ACTING)) == []


def test_posts_that_have_ended_are_listed_only_when_asked_for() -> None:
    Position.objects.filter(code="SEKDIN").update(valid_through=date(2026, 10, 31))
    assert posts() == ["KADIN", "GURU"]
    assert posts(WantedPosts(filling=Filling.ENDED)) == ["SEKDIN"]


def test_posts_are_narrowed_by_tier_by_being_critical_by_words_and_by_scope() -> None:
    Position.objects.filter(code="KADIN").update(critical=True)
    assert posts(WantedPosts(tier="ADMINISTRATOR")) == ["SEKDIN"]
    assert posts(WantedPosts(critical=True)) == ["KADIN"]
    assert posts(WantedPosts(text="dinas kepala")) == ["KADIN"]
    assert posts(WantedPosts(text="guru")) == ["GURU"]
    assert posts(scope=Scope.below("SD1")) == ["GURU"]


@pytest.mark.parametrize("order", ["jabatan", "unit", "jenjang", "kelas", "lowong"])
def test_every_order_lists_every_post_once(order: str) -> None:
    assert sorted(posts(order=order)) == sorted(posts(order=order, descending=True)) == ["GURU", "KADIN", "SEKDIN"]


def test_a_seat_names_holders_and_those_who_act() -> None:
    act(STAFF, "SEKDIN", letter_number="800/1/2026")
    seats = {seat.post.code: seat for seat in queries.seats(Position.objects.all(), on=DAY)}
    assert [(duty.person.nip, duty.since) for duty in seats["KADIN"].holders] == [(HEAD, date(2021, 3, 1))]
    assert [(duty.person.nip, duty.kind, duty.letter) for duty in seats["SEKDIN"].acting] == [
        (STAFF, "PLT", "800/1/2026")
    ]
    assert (seats["GURU"].seats, seats["GURU"].free, seats["KADIN"].free) == (5, 4, 0)


def test_the_head_of_a_unit_is_in_its_highest_managerial_post_or_in_the_one_named_so() -> None:
    dinas = Unit.objects.get(code="DINAS")
    head = queries.lead(queries.seats_of_unit(dinas.pk, on=DAY))
    assert head and head.post.code == "KADIN"
    school = Unit.objects.get(code="SD1")
    assert queries.lead(queries.seats_of_unit(school.pk, on=DAY)) is None
    Position.objects.filter(code="GURU").update(name="Kepala SD Satu", seats=1)
    named = queries.lead(queries.seats_of_unit(school.pk, on=DAY))
    assert named and named.post.code == "GURU"


def test_a_standard_of_its_own_replaces_that_of_the_tier() -> None:
    own, of_tier, none = (Position.objects.get(code=code) for code in ("KADIN", "SEKDIN", "GURU"))
    found = [queries.standards(post, on=DAY) for post in (own, of_tier, none)]
    assert [(is_own, [row.level for row in rows]) for is_own, rows in found] == [
        (True, [4]),
        (False, [3]),
        (False, []),
    ]


# -- the tree


def test_a_unit_counts_itself_and_all_below_it() -> None:
    act(HEAD, "SEKDIN")
    organisation = queries.tree(scope=ALL, on=DAY)
    numbers = {node.unit.code: node.numbers for node in organisation.nodes.values()}
    assert numbers["SD1"] == Numbers(posts=1, seats=5, held=1, vacancies=0, acting=0)
    assert numbers["DINAS"] == numbers["KOTA"] == Numbers(posts=3, seats=7, held=2, vacancies=1, acting=1)


def test_the_vacancies_of_the_tree_are_those_of_the_population() -> None:
    organisation = queries.tree(scope=ALL, on=DAY)
    counted = sum(organisation.nodes[root].numbers.vacancies for root in organisation.roots)
    assert counted == queries.population(scope=ALL, on=DAY).vacancies == 1


def test_numbers_of_one_unit_are_those_of_the_whole_tree() -> None:
    whole = queries.tree(scope=ALL, on=DAY)
    for pk, node in whole.nodes.items():
        assert queries.tree(scope=ALL, on=DAY, of=pk).nodes[pk] == node


def test_the_tree_of_a_scope_begins_at_its_units_and_names_the_path_to_them() -> None:
    organisation = queries.tree(scope=Scope.below("DINAS"), on=DAY)
    (root,) = organisation.roots
    assert organisation.nodes[root].unit.code == "DINAS"
    assert {node.unit.code for node in organisation.nodes.values()} == {"DINAS", "SD1"}
    assert [(unit.code, inside) for unit, inside in organisation.path(organisation.nodes[root].unit)] == [
        ("KOTA", False)
    ]
    assert organisation.unit(Unit.objects.get(code="KOTA").pk) is None


def test_a_unit_that_has_ended_stands_beside_the_tree_and_its_children_take_root() -> None:
    Unit.objects.filter(code="DINAS").update(valid_through=date(2026, 10, 31), successor_code="KOTA")
    organisation = queries.tree(scope=ALL, on=DAY)
    assert [unit.code for unit in organisation.ended] == ["DINAS"]
    assert {organisation.nodes[root].unit.code for root in organisation.roots} == {"KOTA", "SD1"}
    successor = organisation.coded("KOTA")
    assert successor and successor.name == "Kota"
    assert organisation.coded("") is None


def test_the_tree_takes_four_queries_at_most(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for scope in (ALL, Scope.below("DINAS"), Scope.nothing()):
        with django_assert_max_num_queries(4):
            queries.tree(scope=scope, on=DAY)


# -- finding


@pytest.mark.parametrize(
    ("text", "nips"),
    [("kepala", [HEAD]), ("KEP", [HEAD]), ("19700101", [HEAD]), ("1970 0101", [HEAD]), ("0101", []), ("kepala x", [])],
)
def test_people_are_found_by_all_words_or_by_the_first_digits_of_the_nip(text: str, nips: list[str]) -> None:
    assert [person.nip for person in queries.find_people(text, scope=ALL, on=DAY)] == nips


def test_two_words_are_found_in_any_order() -> None:
    change(STAFF, name="Siti Nur Aminah")
    assert [person.nip for person in queries.find_people("aminah siti", scope=ALL, on=DAY)] == [STAFF]


def test_nobody_is_found_outside_the_scope_nor_after_they_have_left() -> None:
    assert not queries.find_people("Staf", scope=Scope.below("DINAS"), on=DAY)
    change(STAFF, inactive_since=DAY)
    assert not queries.find_people("Staf", scope=ALL, on=DAY)


def test_posts_and_units_are_found_by_name_or_code_within_the_scope() -> None:
    assert [post.code for post in queries.find_posts("sekdin", scope=ALL, on=DAY)] == ["SEKDIN"]
    assert [unit.code for unit in queries.find_units("satu sd", scope=ALL)] == ["SD1"]
    assert not queries.find_units("Kota", scope=Scope.below("SD1"))
    assert not queries.find_posts("Kepala", scope=Scope.below("SD1"), on=DAY)


def test_what_begins_with_the_text_comes_first_and_then_what_holds_it_as_typed() -> None:
    Unit.objects.filter(code="KOTA").update(name="Satu Kota SD")
    Unit.objects.filter(code="DINAS").update(name="Bagian SD Satu")
    assert [unit.code for unit in queries.find_units("SD Satu", scope=ALL)] == ["SD1", "DINAS", "KOTA"]
