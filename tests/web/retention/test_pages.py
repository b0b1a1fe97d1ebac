"""Retensi: what is past its date, a request and its confirmation, and what is said of what stays."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from nawa.accounts.roles import Role
from nawa.audit.enums import Event
from nawa.audit.models import RecordedEvent
from nawa.exchange.actions import import_workbook
from nawa.exchange.models import Erasure
from nawa.registry.models import Person
from tests.exchange.test_erasures import BY, NAME, leave, whole_office, years_ago
from tests.office import HEAD, STAFF
from tests.web.roles import enter

pytestmark = pytest.mark.django_db
PLACE = "/retensi/"


@pytest.fixture(autouse=True)
def stored() -> None:
    import_workbook(whole_office(), by=BY)


def text(response: HttpResponse) -> str:
    return response.content.decode()


def request_of(nip: str = STAFF) -> dict[str, str]:
    return {"nip": nip, "ground": "PERMINTAAN", "letter_number": "7/2026", "reason": "Surat permohonan"}


def test_it_shows_what_is_past_its_date_and_what_stays(client: Client) -> None:
    leave(years_ago(5))
    enter(client, Role.INSPECTORATE)
    shown = text(client.get(PLACE))
    assert [said for said in ("Asesmen", "5 tahun", "Yang tetap, dan mengapa") if said not in shown] == []
    assert "Tinjau penghapusan" not in shown


def test_whoever_keeps_a_part_of_the_institution_is_refused_and_has_no_such_place(client: Client) -> None:
    enter(client, Role.UNIT_VERIFIER)
    assert client.get(PLACE).status_code == 403
    assert PLACE not in text(client.get("/"))


def test_whoever_erases_for_one_unit_alone_erases_nothing_that_is_past_its_date(client: Client) -> None:
    leave(years_ago(5))
    enter(client, Role.AGENCY_HEAD, unit="SD1")
    for place in ("tinjau", "hapus"):
        assert client.post(f"{PLACE}{place}/", {"jenis": ["asesmen"], "kata": "hapus"}).status_code == 403
    assert not Erasure.objects.exists()


def test_kinds_past_their_date_are_previewed_and_erased_when_the_word_is_typed(client: Client) -> None:
    leave(years_ago(5))
    enter(client, Role.AGENCY_HEAD)
    preview = text(client.post(f"{PLACE}tinjau/", {"jenis": ["asesmen", "diklat"]}))
    assert "9 baris dari 1 pegawai" in preview
    refused = client.post(f"{PLACE}hapus/", {"jenis": ["asesmen"], "kata": "ya"})
    assert (refused.status_code, Erasure.objects.exists()) == (422, False)
    client.post(f"{PLACE}hapus/", {"jenis": ["asesmen"], "kata": "hapus"})
    assert Erasure.objects.get().rows == 9


def test_one_asks_and_another_confirms(client: Client) -> None:
    leave(years_ago(1))
    enter(client, Role.ANALYST)
    address = client.post(f"{PLACE}permohonan/", request_of())["Location"]
    asked = text(client.get(address))
    assert (NAME in asked, "Hapus untuk selamanya" in asked) == (True, False)
    assert client.post(f"{address}tegaskan/", {"kata": "HAPUS"}).status_code == 403
    enter(client, Role.AGENCY_HEAD)
    assert "Hapus untuk selamanya" in text(client.get(address))
    assert client.post(f"{address}tegaskan/", {"kata": "HAPUS"})["Location"] == PLACE
    done = text(client.get(address))
    assert ("dimusnahkan" in done, NAME in done, STAFF in done) == (True, False, False)
    assert not Person.objects.filter(nip=STAFF).exists()


def test_a_request_names_somebody_who_has_left_and_what_was_typed_stays(client: Client) -> None:
    enter(client, Role.ANALYST)
    for nip, why in ((HEAD, "masih aktif"), ("1" * 18, "Tidak ada pegawai")):
        refused = client.post(f"{PLACE}permohonan/", request_of(nip))
        assert (refused.status_code, why in text(refused), "7/2026" in text(refused)) == (422, True, True)


def test_a_request_is_declined(client: Client) -> None:
    leave(years_ago(1))
    enter(client, Role.ANALYST)
    address = client.post(f"{PLACE}permohonan/", request_of())["Location"]
    enter(client, Role.INSPECTORATE)
    assert NAME not in text(client.get(address))
    enter(client, Role.AGENCY_HEAD)
    client.post(f"{address}tolak/")
    assert (Erasure.objects.get().state, Person.objects.filter(nip=STAFF).exists()) == ("DITOLAK", True)


def test_whoever_asked_takes_it_back_while_nobody_has_decided(client: Client) -> None:
    leave(years_ago(1))
    enter(client, Role.ANALYST)
    address = client.post(f"{PLACE}permohonan/", request_of())["Location"]
    enter(client, Role.ANALYST, person=Person.objects.get(nip=HEAD))
    assert "Tarik permintaan" not in text(client.get(address))
    refused = client.post(f"{address}tarik/")
    assert (refused.status_code, "Hanya yang meminta" in text(refused)) == (422, True)
    enter(client, Role.ANALYST)
    assert "Tarik permintaan" in text(client.get(address))
    assert client.post(f"{address}tarik/")["Location"] == PLACE
    assert RecordedEvent.objects.latest("pk").event == Event.ERASURE_WITHDRAWN
    assert (Erasure.objects.get().state, Person.objects.filter(nip=STAFF).exists()) == ("DITARIK", True)
    assert client.post(f"{PLACE}permohonan/", request_of()).status_code == 302, "it can be asked for again"


@pytest.mark.parametrize("deed", ["tegaskan", "tolak", "tarik"])
def test_what_is_decided_already_stays_and_that_is_said(client: Client, deed: str) -> None:
    leave(years_ago(1))
    enter(client, Role.ANALYST)
    address = client.post(f"{PLACE}permohonan/", request_of())["Location"]
    enter(client, Role.ANALYST if deed == "tarik" else Role.AGENCY_HEAD)
    assert client.post(f"{address}{deed}/", {"kata": "HAPUS"}).status_code == 302
    (before,), events = Erasure.objects.values(), RecordedEvent.objects.count()
    again = client.post(f"{address}{deed}/", {"kata": "HAPUS"})
    assert (again.status_code, "sudah diputuskan" in text(again)) == (422, True)
    assert (Erasure.objects.values().get(), RecordedEvent.objects.count()) == (before, events)


def test_a_second_click_on_erasing_or_asking_changes_nothing_and_says_so(client: Client) -> None:
    leave(years_ago(5))
    enter(client, Role.AGENCY_HEAD)
    assert client.post(f"{PLACE}hapus/", {"jenis": ["asesmen"], "kata": "hapus"}).status_code == 302
    kept = (list(Erasure.objects.values()), RecordedEvent.objects.count())
    again = client.post(f"{PLACE}hapus/", {"jenis": ["asesmen"], "kata": "hapus"})
    assert (again.status_code, "Tidak ada data yang melewati masa simpan" in text(again)) == (422, True)
    assert (list(Erasure.objects.values()), RecordedEvent.objects.count()) == kept
    enter(client, Role.ANALYST)
    assert client.post(f"{PLACE}permohonan/", request_of()).status_code == 302
    kept = (list(Erasure.objects.values()), RecordedEvent.objects.count())
    again = client.post(f"{PLACE}permohonan/", request_of())
    assert (again.status_code, "sudah diminta" in text(again)) == (422, True)
    assert (list(Erasure.objects.values()), RecordedEvent.objects.count()) == kept


def test_the_queries_are_few(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    leave(years_ago(10))
    enter(client, Role.AGENCY_HEAD)
    client.get(PLACE)
    with django_assert_max_num_queries(15):
        client.get(PLACE)
