"""Catatan baca: who has looked at whom, for those alone who watch over it."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

import nawa.web
from nawa.accounts.roles import Role
from nawa.audit.models import ReadEntry
from nawa.talent.models import MappingResult, MappingRun
from nawa.web.trail.readers import PAGE, PAGES
from tests.web.map.reading import largest_office, results_in, text_of
from tests.web.roles import enter

pytestmark = pytest.mark.django_db


@pytest.fixture
def looked(mapped: MappingRun) -> list[MappingResult]:
    """Two people, of whom an analyst has looked at the first twice and at the other once."""
    results = list(MappingResult.objects.filter(run=mapped).select_related("person").order_by("pk")[:2])
    analyst = Client()
    enter(analyst, Role.ANALYST)
    for result in (results[0], results[0], results[1]):
        assert analyst.get(reverse("profile", args=[result.person.public_id])).status_code == 200
    return results


def lines(client: Client, **asked: str) -> list[tuple[str, str, str]]:
    answer = client.get(reverse("read_log"), asked)
    assert answer.status_code == 200
    return [(line.by, line.of, line.page) for line in answer.context["lines"]]


@pytest.mark.parametrize("role", [Role.INSPECTORATE, Role.AUDITOR])
def test_those_who_watch_see_the_names_of_readers_and_of_people(
    client: Client, looked: list[MappingResult], role: Role
) -> None:
    enter(client, role)
    first, second = (result.person.name for result in looked)
    reader = "Uji ANALIS"  # the account's name in tests
    assert lines(client) == [
        (reader, second, "Profil Talenta"),
        (reader, first, "Profil Talenta"),
        (reader, first, "Profil Talenta"),
    ]
    assert "Analis kepegawaian" in client.get(reverse("read_log")).content.decode()


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.INSPECTORATE, Role.AUDITOR)])
def test_nobody_else_comes_to_the_log_or_its_file(client: Client, looked: list[MappingResult], role: Role) -> None:
    enter(client, role, unit="KOTA" if role in (Role.UNIT_HEAD, Role.UNIT_VERIFIER) else None)
    assert client.get(reverse("read_log")).status_code == 403
    assert client.get(reverse("read_log_file", args=["csv"])).status_code == 403
    assert "/jejak/baca/" not in client.get("/").content.decode()


def test_to_ask_about_one_person_is_noted_and_to_look_through_the_log_is_not(
    client: Client, looked: list[MappingResult]
) -> None:
    user = enter(client, Role.INSPECTORATE)
    person = looked[0].person
    before = ReadEntry.objects.count()
    lines(client)
    lines(client, pembaca=f"user:{user.public_id}")
    assert ReadEntry.objects.count() == before
    lines(client, pegawai=person.public_id)
    client.get(reverse("read_log_file", args=["csv"]), {"pegawai": person.public_id})
    noted = ReadEntry.objects.filter(page=PAGE).values_list("subject", "read_by")
    assert list(noted) == [(person.public_id, f"user:{user.public_id}")] * 2


def test_the_log_is_filtered_by_person_reader_and_day(client: Client, looked: list[MappingResult]) -> None:
    enter(client, Role.INSPECTORATE)
    reader = ReadEntry.objects.all()[0].read_by
    about = [of for by, of, page in lines(client, pegawai=looked[0].person.public_id) if page == "Profil Talenta"]
    assert about == [looked[0].person.name] * 2
    assert len(lines(client, pembaca=reader)) == 3
    assert lines(client, sampai="2020-01-01") == []


def test_somebody_who_does_not_exist_cannot_be_asked_about(client: Client, looked: list[MappingResult]) -> None:
    enter(client, Role.INSPECTORATE)
    before = ReadEntry.objects.count()
    assert client.get(reverse("read_log"), {"pegawai": "nobody"}).status_code == 404
    assert ReadEntry.objects.count() == before


def test_an_auditor_of_a_unit_sees_the_reads_of_its_people_alone(client: Client, mapped: MappingRun) -> None:
    office = largest_office()
    inside = results_in(office).select_related("person")[0].person
    outside = MappingResult.objects.exclude(unit__in=results_in(office).values("unit")).select_related("person")[0]
    analyst = Client()
    enter(analyst, Role.ANALYST)
    for person in (inside, outside.person):
        analyst.get(reverse("profile", args=[person.public_id]))
    enter(client, Role.AUDITOR, unit=office.code)
    assert [of for _by, of, _page in lines(client)] == [inside.name]
    assert client.get(reverse("read_log"), {"pegawai": outside.person.public_id}).status_code == 404
    found = client.post(reverse("read_log"), {"cari": outside.person.name}).context["found"]
    assert [one for one in found if one.person_url] == []


def test_people_and_readers_are_searched_for_by_post(client: Client, looked: list[MappingResult]) -> None:
    enter(client, Role.INSPECTORATE)
    person = looked[0].person
    answer = client.post(reverse("read_log"), {"cari": person.nip})
    (found,) = answer.context["found"]
    assert found.name == person.name
    assert found.person_url == f"?pegawai={person.public_id}"
    readers = [one for one in client.post(reverse("read_log"), {"cari": "Uji"}).context["found"] if one.reader_url]
    assert {one.name for one in readers} == {"Uji ANALIS", "Uji INSPEKTORAT"}
    assert all(one.reader_url.startswith("?pembaca=user%3A") for one in readers)
    nobody = client.post(reverse("read_log"), {"cari": "tidak ada orangnya"})
    assert "Periksa ejaannya" in nobody.content.decode()


def test_a_file_holds_what_the_list_shows(client: Client, looked: list[MappingResult]) -> None:
    enter(client, Role.AUDITOR)
    answer = client.get(reverse("read_log_file", args=["csv"]))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert [(row["Pembaca"], row["Pegawai"], row["Yang dibaca"]) for row in rows] == lines(client)


def test_the_number_of_queries_does_not_grow_with_the_reads(
    client: Client, mapped: MappingRun, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    analyst = Client()
    enter(analyst, Role.ANALYST)
    analyst.get(reverse("map"))
    enter(client, Role.INSPECTORATE)
    with django_assert_max_num_queries(12):
        assert len(lines(client)) == 50


def test_every_page_that_notes_reads_has_words_here() -> None:
    sources = Path(nawa.web.__file__).parent.rglob("*.py")
    noted = {code for path in sources for code in re.findall(r'page="([^"]+)"\)', path.read_text(encoding="utf-8"))}
    assert noted
    assert noted - set(PAGES) == set()


def test_english_is_complete(client: Client, looked: list[MappingResult]) -> None:
    enter(client, Role.AUDITOR)
    client.post("/bahasa/", {"language": "en"})
    page = text_of(client.get(reverse("read_log")).content.decode().partition("<main")[2])
    assert "Who has looked at whose evaluation" in page
    assert "Talent profile" in page
