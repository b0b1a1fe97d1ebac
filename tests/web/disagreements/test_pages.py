"""Perbedaan Sumber: both values side by side, decisions, and what an import tells of them."""

from __future__ import annotations

import re

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from nawa.accounts.roles import Role
from nawa.audit.models import ReadEntry, RecordedEvent
from nawa.core import clock
from nawa.core.scope import Scope
from nawa.evidence.models import PerformanceRating
from nawa.exchange import queries
from nawa.exchange.models import Disagreement, Upload
from nawa.exchange.tasks import checking
from nawa.registry.models import Person, Unit
from nawa.workbook.reading import read_here
from tests.exchange.test_disagreements import rated
from tests.exchange.uploading import applied, uploaded
from tests.office import HEAD, STAFF, office
from tests.web.roles import enter

pytestmark = pytest.mark.django_db
PLACE = "/perbedaan/"


@pytest.fixture(autouse=True)
def read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "read", read_here)


@pytest.fixture
def stored() -> Upload:
    upload = applied(office())
    PerformanceRating.objects.update(verified_by="user:a", verified_at=clock.now())
    return upload


@pytest.fixture
def waiting(stored: Upload) -> Upload:
    return applied(rated("KURANG", head="BAIK"))


def text(response: HttpResponse) -> str:
    return response.content.decode()


def chosen(nip: str) -> str:
    return Disagreement.objects.get(person__nip=nip).public_id


def mark(client: Client, query: str) -> str:
    """What the page sends back for all that it shows."""
    return str(client.get(f"{PLACE}?{query}").context["all_of_them"])


def test_both_values_stand_side_by_side_and_whoever_looks_is_noted(client: Client, waiting: Upload) -> None:
    enter(client, Role.ANALYST)
    shown = text(client.get(PLACE))
    assert [said for said in ("BAIK", "KURANG", "predikat", "kinerja", STAFF) if said not in shown] == []
    assert re.search(r"Sumber: buku kerja yang diimpor, diverifikasi \d+ \w+ \d{4}", shown)
    assert re.search(r"Impor \d+ \w+ \d{4}\.", shown)
    seen = set(ReadEntry.objects.filter(page="disagreements").values_list("subject", flat=True))
    assert seen == set(Person.objects.filter(nip__in=[HEAD, STAFF]).values_list("public_id", flat=True))


def test_it_is_narrowed_by_sheet_and_unit_and_a_stranger_unit_does_not_exist(client: Client, waiting: Upload) -> None:
    enter(client, Role.ANALYST)
    assert "2 perbedaan" in text(client.get(PLACE, {"lembar": "kinerja"}))
    narrowed = text(client.get(PLACE, {"unit": Unit.objects.get(code="DINAS").pk}))
    assert [said in narrowed for said in ("1 perbedaan", HEAD, STAFF)] == [True, True, False]
    assert client.get(PLACE, {"unit": "999999"}).status_code == 404


def test_those_chosen_are_decided_with_a_reason(client: Client, waiting: Upload) -> None:
    enter(client, Role.ANALYST)
    sent = {"row": [chosen(STAFF)], "alasan": "SKP asli", "putusan": "sumber"}
    assert client.post(f"{PLACE}putuskan/?lembar=kinerja", sent)["Location"] == f"{PLACE}?lembar=kinerja"
    assert PerformanceRating.objects.get(person__nip=STAFF).rating == "KURANG"
    assert queries.open_disagreements(scope=Scope.everything()).count() == 1
    assert "SKP asli" in text(client.get(PLACE, {"keadaan": "selesai"}))


def test_a_second_click_is_told_that_it_is_decided_and_changes_nothing(client: Client, waiting: Upload) -> None:
    enter(client, Role.ANALYST)
    sent = {"row": [chosen(STAFF)], "alasan": "SKP asli", "putusan": "sumber"}
    client.post(f"{PLACE}putuskan/", sent)
    kept = (list(Disagreement.objects.order_by("pk").values()), RecordedEvent.objects.count())
    again = client.post(f"{PLACE}putuskan/", {**sent, "putusan": "catatan"})
    assert (again.status_code, "sudah selesai" in text(again)) == (422, True)
    assert (list(Disagreement.objects.order_by("pk").values()), RecordedEvent.objects.count()) == kept
    assert PerformanceRating.objects.get(person__nip=STAFF).rating == "KURANG"


def test_all_that_the_filters_show_are_decided_at_once(client: Client, waiting: Upload) -> None:
    enter(client, Role.ANALYST)
    sent = {"semua": mark(client, "lembar=kinerja"), "alasan": "SKP asli", "putusan": "catatan"}
    first = Disagreement.objects.order_by("pk").first()
    assert first is not None
    held = {field.attname: getattr(first, field.attname) for field in Disagreement._meta.concrete_fields}
    Disagreement.objects.filter(pk=first.pk).delete()
    Disagreement.objects.create(**held | {"id": held["id"] + 100})  # one that nobody saw, in place of one that ended
    refused = client.post(f"{PLACE}putuskan/?lembar=kinerja", sent)
    assert (refused.status_code, "tidak ada yang diputuskan" in text(refused)) == (422, True)
    assert queries.open_disagreements(scope=Scope.everything()).count() == 2
    sent["semua"] = mark(client, "lembar=kinerja")
    client.post(f"{PLACE}putuskan/?lembar=kinerja", sent)
    assert queries.open_disagreements(scope=Scope.everything()).count() == 0
    assert "Tidak ada fakta terverifikasi" in text(client.get(PLACE))


def test_what_was_chosen_and_written_stays_when_it_is_refused(client: Client, waiting: Upload) -> None:
    enter(client, Role.ANALYST)
    refused = client.post(f"{PLACE}putuskan/", {"row": [chosen(STAFF)], "alasan": " ", "putusan": "catatan"})
    assert refused.status_code == 422
    assert "Tuliskan alasan" in text(refused)
    assert f'value="{chosen(STAFF)}" checked' in text(refused)
    assert client.post(f"{PLACE}putuskan/", {"row": [chosen(STAFF)], "putusan": "lain"}).status_code == 404


def test_whoever_only_reads_imports_decides_nothing(client: Client, waiting: Upload) -> None:
    enter(client, Role.INSPECTORATE)
    shown = client.get(PLACE)
    assert (shown.status_code, "Ambil isi sumber" in text(shown)) == (200, False)


def test_an_import_says_how_many_rows_differ(client: Client, stored: Upload) -> None:
    enter(client, Role.ANALYST)
    upload = uploaded(rated("KURANG"))
    preview = text(client.get(reverse("import", args=[upload.public_id])))
    assert "1 baris berbeda dari fakta yang sudah diverifikasi" in preview
    rows = client.get(reverse("import_rows", args=[upload.public_id, "kinerja"]), {"jenis": "BERBEDA"})
    assert "berbeda dari fakta terverifikasi" in text(rows)
    applied(upload)
    report = text(client.get(reverse("import", args=[upload.public_id])))
    assert "1 baris berbeda dari fakta terverifikasi: catatan tidak diubah" in report


def test_the_queries_do_not_grow_with_the_rows(
    client: Client, waiting: Upload, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    enter(client, Role.ANALYST)
    client.get(PLACE)
    with django_assert_max_num_queries(15):
        client.get(PLACE)
