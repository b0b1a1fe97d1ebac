"""What employees see of themselves: exactly their own, only what is published, and who has looked."""

from __future__ import annotations

import pytest
from django.test import Client

from nawa.accounts.roles import Role
from nawa.audit.models import ReadEntry
from nawa.talent.models import MappingResult, MappingRun
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
