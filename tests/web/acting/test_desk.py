"""The desk of acting duties: what it counts, lists, withholds and hands out."""

from __future__ import annotations

import html
import io
import re
from datetime import date, timedelta

import polars as pl
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from nawa.accounts.roles import Role
from nawa.core import clock
from nawa.registry import actions
from nawa.registry.models import ActingAssignment, Person
from tests.office import HEAD, STAFF, TEACHER, office, rows
from tests.web.roles import enter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def registered() -> None:
    actions.apply(office(), source="WORKBOOK", import_id="")


def today() -> date:
    return clock.today()


def act(nip: str, code: str, since: int, through: int | None, kind: str = "PLT", letter: str = "800/1/2026") -> None:
    """A duty that began so many days ago and ends in so many days."""
    day = today()
    row = {"nip": nip, "position_code": code, "kind": kind, "started_on": day - timedelta(since)}
    row |= {"ended_through": None if through is None else day + timedelta(through), "letter_number": letter}
    actions.apply({"acting_assignment": rows("acting_assignment", row)}, source="W", import_id="")


def read(client: Client, address: str = "/plt/", **sent: str) -> str:
    answer = client.post(address, sent) if sent else client.get(address)
    assert answer.status_code == 200
    return html.unescape(re.sub(r"\s+", " ", answer.content.decode()))


def tiles(page: str) -> dict[str, int]:
    found = re.findall(r'class="tile[^"]*"[^>]*><strong>(\d+)</strong> <span>([^<]+)</span>', page)
    return {label: int(number) for number, label in found}


def table(client: Client, query: str = "", **sent: str) -> pl.DataFrame:
    address = f"/plt/berkas/xlsx/{query}"
    answer = client.post(address, sent) if sent else client.get(address)
    return pl.read_excel(io.BytesIO(answer.content))


def test_the_desk_counts_what_presses(client: Client) -> None:
    act(HEAD, "SEKDIN", 200, None)
    act(STAFF, "GURU", 10, 7)
    act(STAFF, "KADIN", 2, 8, "PLH")
    act(TEACHER, "GURU", -3, 30)
    enter(client, Role.ANALYST)
    assert tiles(read(client)) == {
        "Bertugas hari ini": 3,
        "Berakhir dalam 7 hari": 1,
        "Lewat batas": 1,
        "Tugas rangkap": 2,
        "Lowong tanpa pelaksana": 0,
        "Perpindahan terencana": 0,
    }


def test_a_finding_is_told_with_its_rule_and_that_nobody_has_confirmed_it(client: Client) -> None:
    act(HEAD, "SEKDIN", 200, None, letter="")
    enter(client, Role.ANALYST)
    page = read(client)
    assert "lewat batas, tanpa hari terakhir, tanpa surat" in page
    assert re.search(r"Lama penunjukan Plt dan Plh: 3 bulan \([^)]+\) · perlu konfirmasi", page)
    assert "SE Kepala BKN 1/SE/I/2021 · perlu konfirmasi" in page


def test_an_empty_desk_says_why_and_names_the_vacant_posts(client: Client) -> None:
    enter(client, Role.ANALYST)
    page = read(client)
    assert "Tidak ada yang bertugas sebagai Plt, Plh, atau Pj" in page
    assert tiles(page)["Lowong tanpa pelaksana"] == 1
    assert "Sekretaris" in page.partition('id="lowong"')[2]


def test_filters_are_chips_and_the_file_holds_what_is_shown(client: Client) -> None:
    act(HEAD, "SEKDIN", 200, None)
    act(STAFF, "GURU", 10, 7)
    enter(client, Role.ANALYST)
    page = read(client, "/plt/?keadaan=berakhir-7")
    assert "1 penugasan" in page
    assert 'class="chip" href="?">Berakhir dalam 7 hari' in page
    assert table(client, "?keadaan=berakhir-7")["Pelaksana"].to_list() == ["Staf"]
    assert table(client)["Pelaksana"].to_list() == ["Kepala", "Staf"]
    assert table(client)["Hari berjalan"].to_list() == [201, 11]
    assert "Tidak ada penugasan yang cocok" in read(client, "/plt/?jenis=PJ")


@pytest.mark.parametrize(
    ("order", "letters"),
    [
        ("masa", ["2", "3", "1"]),
        ("-masa", ["1", "3", "2"]),
        ("-temuan", ["1"]),
        ("pelaksana", ["2"]),
        ("-pelaksana", ["1", "3", "2"]),
    ],
)
def test_the_desk_is_sorted_as_the_address_says_and_its_file_too(
    client: Client, order: str, letters: list[str]
) -> None:
    act(HEAD, "SEKDIN", 400, 90, letter="1")
    act(TEACHER, "KADIN", 10, 10, letter="2")
    act(HEAD, "KADIN", 10, 40, letter="3")
    enter(client, Role.ANALYST)
    shown = read(client, f"/plt/?urut={order}")
    assert f'aria-sort="{"descending" if order.startswith("-") else "ascending"}"' in shown
    assert table(client, f"?urut={order}")["Surat perintah"].to_list()[: len(letters)] == letters


def test_a_name_that_is_searched_for_stands_in_no_address(client: Client) -> None:
    act(HEAD, "SEKDIN", 20, None)
    act(STAFF, "GURU", 10, 7)
    enter(client, Role.ANALYST)
    page = read(client, cari="Staf")
    assert "1 penugasan" in page
    assert "Staf" not in "".join(re.findall(r'(?:href|action)="([^"]*)"', page))
    assert table(client, cari="Staf")["Pelaksana"].to_list() == ["Staf"]


def test_a_reader_sees_the_posts_of_their_units_alone(client: Client) -> None:
    act(HEAD, "GURU", 20, None)
    act(STAFF, "SEKDIN", 20, None)
    enter(client, Role.UNIT_VERIFIER, unit="SD1")
    page = read(client)
    assert "1 penugasan" in page
    assert "Sekretaris" not in page
    assert client.get(f"/plt/?unit={Person.objects.get(nip=HEAD).unit_id}").status_code == 404


@pytest.mark.parametrize(("role", "told"), [(Role.UNIT_VERIFIER, False), (Role.UNIT_HEAD, True)])
def test_when_somebody_retires_is_told_to_readers_of_profiles_alone(client: Client, role: Role, told: bool) -> None:
    act(HEAD, "SEKDIN", 20, 20)
    Person.objects.filter(nip=HEAD).update(retires_on=today() + timedelta(9))
    enter(client, role)
    assert ("pelaksana pensiun" in read(client)) is told
    assert ("1 penugasan" in read(client, "/plt/?keadaan=temuan")) is told
    assert ("pelaksana pensiun" in table(client)["Temuan"][0]) is told


def test_the_bar_is_the_used_part_of_the_term_and_never_more(client: Client) -> None:
    act(HEAD, "SEKDIN", 400, None)
    act(STAFF, "GURU", 9, 60)
    enter(client, Role.ANALYST)
    page = read(client)
    widths = [int(width) for width in re.findall(r'<rect width="(\d+)" height="6"/></svg>', page)]
    assert widths[0] == 100
    assert widths[1] in (10, 11)  # ten of 89 to 92 days
    assert "hari ke-10 dari paling lama" in page


def test_the_desk_takes_the_same_queries_for_one_duty_and_for_sixty(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for since in range(60):
        act(HEAD, "SEKDIN", since, None)
    enter(client, Role.UNIT_HEAD)
    with django_assert_max_num_queries(15):
        page = read(client)
    assert "1–50 dari 60" in page
    assert "51–60 dari 60" in read(client, "/plt/?halaman=2")
    assert ActingAssignment.objects.count() == 60
