"""The first page tells what is there and where from, and no small number."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from nawa.core.scope import Scope
from nawa.registry.queries import people, population
from nawa.talent.models import MappingRun
from nawa.talent.queries import latest_map

pytestmark = pytest.mark.django_db


def text_of(client: Client) -> str:
    """The page's text as a reader sees it, without mark-up."""
    answer = client.get("/")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def test_the_page_counts_what_the_institution_has(client: Client, mapped: MappingRun) -> None:
    city, page = population(scope=Scope.everything()), text_of(client)
    for label, number in {
        "PNS": city.pns,
        "PPPK": city.pppk,
        "Unit organisasi": city.units,
        "Jabatan": city.positions,
    }.items():
        assert f"{label} {dotted(number)}" in page
    assert f"Lowongan manajerial {city.vacancies}" in page


def test_the_map_names_its_period_its_policy_and_the_policys_stamp(client: Client, mapped: MappingRun) -> None:
    page = text_of(client)
    assert "Peta per 1 November 2026" in page
    assert f"{mapped.policy_label} (versi {mapped.policy_version})" in page
    assert mapped.stamp[1:] in page


def test_the_page_says_that_the_demo_city_is_synthetic(client: Client, mapped: MappingRun) -> None:
    assert "Data peraga. Pegawai kota peraga" in text_of(client)


def test_every_box_carries_its_number_and_the_laws_words(client: Client, mapped: MappingRun) -> None:
    page = text_of(client)
    assert re.findall(r"Kotak (\d)", page) == list("479258136")
    assert "di atas ekspektasi · tinggi" in page


def test_no_number_of_people_on_the_page_is_from_one_to_four(client: Client, mapped: MappingRun) -> None:
    summary = latest_map(scope=Scope.everything(), unpublished=False)
    assert summary is not None
    assert any(0 < count < 5 for count in summary.counts.values()), "the city is too large to show what is withheld"
    shown = re.findall(r"(?:lengkap|sementara|dipetakan) (\d+)|Kotak \d (\d+)", text_of(client))
    assert not {"1", "2", "3", "4"} & {number for pair in shown for number in pair}


def test_the_page_takes_few_queries_however_many_people(
    client: Client, mapped: MappingRun, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(9):
        client.get("/")


def test_the_page_holds_no_name_and_no_id_of_anybody(client: Client, mapped: MappingRun) -> None:
    page = client.get("/").content.decode()
    for person in people(scope=Scope.everything()):
        assert person.nip not in page
        assert person.public_id not in page


def test_the_page_is_read_only(client: Client) -> None:
    assert client.post("/").status_code == 405


def test_the_page_forbids_all_but_its_own_files(client: Client) -> None:
    headers = client.get("/").headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy.pop("img-src") == "'self' data:"  # the QR picture of the second factor
    assert set(policy.values()) <= {"'none'", "'self'"}
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


def test_an_unknown_address_is_answered_in_indonesian_with_a_way_back(client: Client) -> None:
    answer = client.get("/tidak-ada/")
    assert answer.status_code == 404
    assert "Halaman tidak ditemukan" in answer.content.decode()


def test_a_failure_is_answered_in_indonesian_and_tells_nothing_of_the_data(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(**_: object) -> None:
        raise ValueError("198001012005011001")

    monkeypatch.setattr("nawa.web.home.views.population", failing)
    client.raise_request_exception = False
    answer = client.get("/")
    assert answer.status_code == 500
    assert "Terjadi kesalahan" in answer.content.decode()
    assert "198001012005011001" not in answer.content.decode()
