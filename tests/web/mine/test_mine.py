"""What employees see of themselves: exactly their own, only what is published, and who has looked."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from nawa.accounts.roles import Role
from nawa.audit.models import ReadEntry
from nawa.core.actor import Actor
from nawa.policy.loading import load
from nawa.policy.wording import day
from nawa.registry.models import Person
from nawa.talent.actions import run_mapping
from nawa.talent.enums import Stage
from nawa.talent.models import MappingResult, MappingRun, RunStage
from tests.documents.examples import text
from tests.publishing import walk
from tests.web.conftest import DAY
from tests.web.roles import enter

pytestmark = pytest.mark.django_db


def somebody() -> MappingResult:
    return MappingResult.objects.filter(status="LENGKAP").select_related("person").order_by("pk")[0]


def test_an_employee_sees_their_own_box_and_reasons(client: Client, mapped: MappingRun) -> None:
    result = somebody()
    enter(client, None, person=result.person)
    page = client.get("/saya/").content.decode()
    assert f"Kotak {result.box}" in page
    assert "Apa yang mengubahnya?" in page
    assert not ReadEntry.objects.exists()


def test_nobody_elses_page_is_theirs(client: Client, mapped: MappingRun) -> None:
    result = somebody()
    other = MappingResult.objects.exclude(pk=result.pk).select_related("person").first()
    assert other is not None
    enter(client, None, person=result.person)
    assert client.get(f"/pegawai/{other.person.public_id}/").status_code == 403
    assert client.get("/peta/").status_code == 403


def test_who_has_looked_is_told_by_role_and_day(client: Client, mapped: MappingRun) -> None:
    result = somebody()
    reader = Client()
    enter(reader, Role.ANALYST)
    reader.get(f"/pegawai/{result.person.public_id}/")
    enter(client, None, person=result.person)
    assert "Analis kepegawaian" in client.get("/saya/").content.decode()


def test_an_account_without_an_employee_has_no_such_page(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.COMMITTEE_MEMBER)
    response = client.get("/saya/")
    assert response.status_code == 403
    assert "Bukan wewenang Anda" in response.content.decode()


def test_nobody_is_sent_to_log_in(client: Client, mapped: MappingRun) -> None:
    assert client.get("/saya/").headers["Location"] == "/masuk/?next=/saya/"


def test_english_is_spoken_where_chosen(client: Client, mapped: MappingRun) -> None:
    enter(client, None, person=somebody().person)
    client.post("/bahasa/", {"language": "en", "next": "/saya/"})
    assert "Why this box?" in client.get("/saya/").content.decode()


@pytest.mark.parametrize("parameter", ["id", "public_id", "person", "pegawai", "orang"])
def test_no_parameter_opens_anybody_elses_page(client: Client, mapped: MappingRun, parameter: str) -> None:
    result = somebody()
    other = MappingResult.objects.exclude(person__name=result.person.name).select_related("person")[5]
    enter(client, None, person=result.person)
    page = client.get("/saya/", {parameter: other.person.public_id}).content.decode()
    assert result.person.name in page
    assert other.person.name not in page
    told = text(client.get("/saya/kartu.pdf", {parameter: other.person.public_id}).content)
    assert result.person.name in told
    assert other.person.name not in told


def test_ones_own_card_is_a_pdf_and_logs_nothing(client: Client, mapped: MappingRun) -> None:
    result = somebody()
    enter(client, None, person=result.person)
    response = client.get("/saya/kartu.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert f"Kotak {result.box}" in text(response.content)
    assert not ReadEntry.objects.exists()


def test_a_run_that_is_not_open_for_contest_is_nobodys_to_see(client: Client, mapped: MappingRun) -> None:
    run = run_mapping(policy=load("semarang", on=DAY), on=DAY, by=Actor.system("test"))
    result = somebody()
    enter(client, None, person=result.person)
    assert client.get(f"/saya/?periode={run.public_id}").status_code == 404
    assert client.get(f"/saya/kartu.pdf?periode={run.public_id}").status_code == 404
    assert run.public_id not in client.get("/saya/").content.decode()


def test_during_the_contest_one_is_told_until_when_and_where_to_turn(client: Client, mapped: MappingRun) -> None:
    run = walk(run_mapping(policy=load("semarang", on=DAY), on=DAY, by=Actor.system("test")), Stage.CONTEST)
    through = RunStage.objects.get(run=run, stage=Stage.CONTEST).contest_through
    assert through is not None
    enter(client, None, person=somebody().person)
    page = client.get("/saya/").content.decode()
    assert f"Masa sanggah sampai dengan {day(through)}" in page
    assert "pejabat penilai Anda" in page
    assert "masa sanggah" in page


def test_once_published_nothing_is_said_of_contesting(client: Client, mapped: MappingRun) -> None:
    enter(client, None, person=somebody().person)
    assert "Masa sanggah sampai" not in client.get("/saya/").content.decode()


def test_whoever_is_in_no_map_sees_their_own_records_and_why(client: Client, mapped: MappingRun) -> None:
    person = Person.objects.create(
        nip="199901012026111001", name="Pendatang Baru", position_name="Staf", source="WORKBOOK"
    )
    enter(client, None, person=person)
    page = client.get("/saya/").content.decode()
    assert "Belum ada hasil untuk Anda" in page
    assert "Perjalanan karier" in page
    assert client.get("/saya/kartu.pdf").status_code == 404


def test_an_unmapped_employee_of_contract_sees_the_same_page(client: Client, mapped: MappingRun) -> None:
    result = MappingResult.objects.filter(staff_kind="PPPK").select_related("person").order_by("pk")[0]
    enter(client, None, person=result.person)
    page = client.get("/saya/").content.decode()
    assert "PPPK" in page
    assert "Apa yang mengubahnya?" in page


def test_it_takes_few_queries(client: Client, mapped: MappingRun, django_assert_max_num_queries: Any) -> None:
    enter(client, None, person=somebody().person)
    with django_assert_max_num_queries(15):
        client.get("/saya/")
