"""What a reader's own first page shows of maps: their units, no small number that is not theirs to know, no scores."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta
from typing import Any, Final

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nawa.accounts.roles import ROLES, Role
from nawa.audit.models import ReadEntry
from nawa.core import clock
from nawa.core.actor import Actor
from nawa.core.scope import Scope
from nawa.engine.parameters import Status
from nawa.exchange.enums import Ground
from nawa.exchange.models import Erasure
from nawa.policy.loading import load
from nawa.registry.models import Person
from nawa.registry.queries import acting_in_managerial_posts, managerial_seats
from nawa.talent.actions import run_mapping
from nawa.talent.enums import Stage
from nawa.talent.models import MappingResult, MappingRun
from nawa.web.home.cards import Card, _guarded, cards_of
from nawa.web.kit.smallcounts import Count
from tests.publishing import walk
from tests.web.conftest import DAY
from tests.web.map.reading import largest_office, results_in, text_of
from tests.web.roles import account, enter

pytestmark = pytest.mark.django_db

NO_NUMBERS: Final = ("Peta dalam kecil", "dipetakan", "Kotak", "Yang berubah", "Keadaan instansi")


def context_of(client: Client, role: Role | None, **more: Any) -> Any:
    enter(client, role, **more)
    answer = client.get("/")
    assert answer.status_code == 200
    return answer.context


def boxes_of(grid: Any) -> dict[int, Count]:
    return {cell.box: cell.total for _name, row in grid.rows for cell in row}


def test_a_head_sees_the_boxes_of_their_own_unit(client: Client, mapped: MappingRun) -> None:
    office = largest_office()
    shown = context_of(client, Role.UNIT_HEAD, unit=office.code)["small_map"]
    there = Counter(results_in(office).filter(run=mapped).values_list("box", flat=True))
    assert {box: count.value for box, count in boxes_of(shown["grid"]).items()} == {
        box: there.get(box, 0) for box in range(1, 10)
    }
    assert sum(number for _status, _label, number in shown["statuses"]) == there.total()


def test_counts_link_to_the_map_for_those_who_may_see_who_it_is(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    assert 'href="/peta/?kotak=' in client.get("/").content.decode()
    enter(client, Role.ASSESSOR)
    assert 'href="/peta/?kotak=' not in client.get("/").content.decode()


@pytest.mark.parametrize("role", [Role.UNIT_VERIFIER, Role.ASSESSOR])
def test_those_who_may_not_know_who_it_is_see_no_small_number(client: Client, mapped: MappingRun, role: Role) -> None:
    unit = largest_office().code if ROLES[role].of_unit else None
    context = context_of(client, role, unit=unit)
    grid = context["small_map"]["grid"]
    assert not {1, 2, 3, 4} & {count.value for count in [*boxes_of(grid).values(), grid.unmapped]}
    if grid.withholds:
        assert context["small_map"]["statuses"] == []
    assert "kotak=" not in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"risen": 7, "fallen": 5, "fresh": 0, "gone": 6}, [7, 5, 0, 6]),
        ({"risen": 4, "fallen": 5, "fresh": 0, "gone": 6}, [None, 5, 0, 6]),
        ({"risen": 9, "fallen": 0, "fresh": 3, "gone": 60}, [9, 0, None, None]),
        ({"risen": 9, "fallen": 0, "fresh": 0, "gone": 4}, [9, 0, None, None]),
    ],
)
def test_of_who_came_and_who_went_both_are_withheld_or_neither(counts: dict[str, int], shown: list[int | None]) -> None:
    assert [count.value for count in _guarded(counts).values()] == shown


def test_an_administrator_sees_no_number_of_any_map(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ADMINISTRATOR)
    answer = client.get("/")
    page = text_of(answer.content.decode().partition("<main")[2])
    assert not {"standing", "small_map", "changed", "own"} & set(answer.context.keys())
    kept, _rest = page.split("Yang baru terjadi")  # of what happened the trail tells, without scores
    assert [word for word in NO_NUMBERS if word in kept] == []


def test_an_employee_sees_their_own_box_and_nothing_of_others(client: Client, mapped: MappingRun) -> None:
    result = MappingResult.objects.filter(run=mapped, status="LENGKAP").select_related("person")[0]
    context = context_of(client, None, person=result.person)
    assert context["cards"] == [Card.WAITING, Card.OWN]
    assert context["own"]["result"] == result
    page = text_of(client.get("/").content.decode())
    assert f"Kotak {result.box}" in page
    assert mapped.policy_label in page
    assert mapped.policy_version in page


def test_somebody_with_two_roles_has_the_cards_of_both_once(client: Client, mapped: MappingRun) -> None:
    person = MappingResult.objects.filter(run=mapped).select_related("person")[0].person
    account(Role.ANALYST, person=person)
    context = context_of(client, Role.INSPECTORATE, person=person)
    assert context["cards"] == [Card.WAITING, Card.OWN, Card.MAP, Card.CHANGED, Card.EVENTS]
    assert cards_of([], is_employee=False) == [Card.WAITING]


def test_what_changed_is_compared_with_the_map_published_before(client: Client, mapped: MappingRun) -> None:
    assert context_of(client, Role.ANALYST)["changed"]["base"] is None
    assert "Belum ada peta terbit sebelumnya" in client.get("/").content.decode()


# -- the appointing official


@pytest.fixture
def figures(client: Client, mapped: MappingRun) -> list[Any]:
    found: list[Any] = context_of(client, Role.APPOINTER)["standing"]
    return found


def test_the_figures_are_those_of_the_records(figures: list[Any], mapped: MappingRun) -> None:
    rows = MappingResult.objects.filter(run=mapped)
    on_map = rows.exclude(status=Status.BELUM_DAPAT_DIPETAKAN).count()
    high = rows.filter(box__in=(7, 8, 9)).count()
    seats = managerial_seats(scope=Scope.everything(), on=clock.today())
    acting = acting_in_managerial_posts(scope=Scope.everything(), on=clock.today(), months=3)
    assert figures[0].sentence == f"{on_map} dari {rows.count()} pegawai"
    assert figures[1].sentence == f"{high} dari {on_map} pegawai yang dipetakan"
    assert figures[2].value == str(sum(tier.vacant for tier in seats))
    assert [said for _tier, said in figures[2].parts] == [f"{tier.vacant} dari {tier.seats}" for tier in seats]
    assert figures[3].sentence.startswith(f"{acting.overlong} dari {acting.posts} ")


def test_every_figure_says_its_day_and_those_of_the_map_their_policy(figures: list[Any], mapped: MappingRun) -> None:
    for figure in figures[:2]:
        assert "1 November 2026" in figure.basis
        assert mapped.policy_version in figure.basis
    for figure in figures[2:]:
        assert "Hari ini" in figure.basis


def test_the_page_of_the_appointing_official_names_nobody(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.APPOINTER)
    page = client.get("/").content.decode()
    for public_id, name, nip in Person.objects.values_list("public_id", "name", "nip"):
        assert public_id not in page
        assert name not in page
        assert nip not in page


@pytest.mark.parametrize("role", list(Role))
def test_figures_of_the_institution_stand_on_three_pages_only(client: Client, mapped: MappingRun, role: Role) -> None:
    context = context_of(client, role, unit="KOTA" if ROLES[role].of_unit else None)
    expected = role in (Role.APPOINTER, Role.PROPOSER, Role.AGENCY_HEAD)
    assert bool(context.get("standing")) is expected


def test_nothing_on_the_page_counts_as_looking_at_somebody(client: Client, mapped: MappingRun) -> None:
    for role in Role:
        context_of(client, role, unit="KOTA" if ROLES[role].of_unit else None)
    assert not ReadEntry.objects.exists()


# -- cost and language


def queries_of(client: Client) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get("/")
    return len(queries)


@pytest.mark.parametrize(
    ("role", "stage"),
    [
        *((role, Stage.CONTEST) for role in (*Role, None)),
        (Role.APPOINTER, Stage.DETERMINED),
    ],
)
def test_the_page_takes_at_most_fifteen_queries(
    client: Client, mapped: MappingRun, role: Role | None, stage: Stage
) -> None:
    person = MappingResult.objects.filter(run=mapped).select_related("person").order_by("pk")[7].person
    begun = clock.now() - timedelta(days=30)
    second = run_mapping(policy=load("semarang", on=DAY), on=DAY, by=Actor.system("tests"), at=begun)
    walk(second, stage, released=False)  # now there is something to compare, and something that waits
    Erasure.objects.create(person=person, ground=Ground.REQUEST, asked_by="user:a", asked_at=begun)
    enter(client, role, unit=largest_office().code if role and ROLES[role].of_unit else None, person=person)
    client.get("/")  # the first reader of a run reads its table into memory
    assert queries_of(client) <= 15
    page = text_of(client.get("/").content.decode())
    assert ("1 permintaan penghapusan data menunggu keputusan" in page) is (role is Role.AGENCY_HEAD)


@pytest.mark.parametrize("role", [*Role, None])
def test_english_is_complete(client: Client, mapped: MappingRun, role: Role | None) -> None:
    person = MappingResult.objects.filter(run=mapped).select_related("person")[3].person
    enter(client, role, unit="KOTA" if role and ROLES[role].of_unit else None, person=person)
    client.post("/bahasa/", {"language": "en"})
    page = text_of(client.get("/").content.decode().partition("<main")[2].partition("</main")[0])
    assert re.search(r"\b(dan|yang|Anda|belum|tidak|dari)\b", page) is None, page
