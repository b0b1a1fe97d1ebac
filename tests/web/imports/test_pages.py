"""Impor: from a file to a report by the pages alone; what they show, log, and refuse."""

from __future__ import annotations

from datetime import date
from typing import Any
from unittest.mock import Mock

import polars as pl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from nawa.accounts.roles import Role
from nawa.audit.models import ReadEntry, RecordedEvent
from nawa.exchange.enums import Declared
from nawa.exchange.models import Decision, Upload
from nawa.exchange.tasks import checking
from nawa.registry import actions as registry
from nawa.registry.models import Person
from nawa.workbook.reading import read_here
from tests.exchange.uploading import again, applied, book, uploaded, work_off, workbook
from tests.office import HEAD, STAFF, TEACHER, office, rows
from tests.web.roles import enter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "read", read_here)


@pytest.fixture
def stored() -> Upload:
    return applied(office())


def changed() -> dict[str, pl.DataFrame]:
    """Somebody is renamed, one is absent, a training has another day, and a kinship is declared."""
    tables = office()
    people = tables["person"].filter(pl.col("nip") != TEACHER)
    people = people.with_columns(name=pl.when(nip=HEAD).then(pl.lit("Kepala Baru")).otherwise("name"))
    return {
        "person": people,
        "training": tables["training"].with_columns(completed_on=pl.lit(date(2025, 3, 20))),
        "relative": rows("relative", {"nip": HEAD, "relative_nip": STAFF, "kinship": "SAUDARA"}),
    }


@pytest.fixture
def ready(stored: Upload) -> Upload:
    return uploaded(changed(), declared=Declared.FULL)


def at(name: str, upload: Upload, *more: str) -> str:
    return reverse(name, args=[upload.public_id, *more])


def text(response: HttpResponse) -> str:
    return response.content.decode()


def send(client: Client, content: bytes, **more: Any) -> HttpResponse:
    sent = {"file": SimpleUploadedFile("b.xlsx", content), "declared": "FULL", **more}
    response: HttpResponse = client.post(reverse("import_upload"), sent)
    return response


def test_a_file_goes_from_the_upload_to_the_report_by_pages_alone(client: Client, stored: Upload) -> None:
    enter(client, Role.ANALYST)
    response = send(client, workbook(changed()))
    upload = Upload.objects.latest("pk")
    assert response.headers["Location"] == at("import", upload)
    assert "Menunggu giliran" in text(client.get(at("import", upload)))
    work_off()
    refused = client.post(at("import_apply", upload), {"preview": again(upload).preview, "mode": "SEMUA"})
    assert refused.status_code == 422
    assert "koreksi tanggal" in text(refused)
    client.post(at("import_decide_twins", upload), {"what": "KOREKSI", "all": "1"})
    people = [Person.objects.get(nip=TEACHER).public_id]
    client.post(at("import_decide_absent", upload), {"why": "PENSIUN", "on": "2026-01-01", "person": people})
    client.post(at("import_apply", upload), {"preview": again(upload).preview, "mode": "SEMUA"})
    work_off()
    report = text(client.get(at("import", upload)))
    assert "4 baris catatan ditulis." in report
    assert "Urungkan impor ini" in report
    assert Person.objects.get(nip=TEACHER).legal_status == "PENSIUN"
    client.post(at("import_undo", upload))
    work_off()
    assert "sudah diurungkan" in text(client.get(at("import", upload)))
    assert Person.objects.get(nip=HEAD).name == "Kepala"


def test_what_is_no_workbook_is_said_on_the_form(client: Client) -> None:
    enter(client, Role.ANALYST)
    response = send(client, b"%PDF-1.7 ...")
    assert response.status_code == 422
    assert "bukan buku kerja" in text(response)
    assert not Upload.objects.exists()


def test_a_change_is_shown_old_to_new_and_the_look_is_logged(client: Client, ready: Upload) -> None:
    enter(client, Role.AGENCY_HEAD)
    shown = text(client.get(at("import_rows", ready, "pegawai"), {"jenis": "BERUBAH"}))
    assert "Kepala Baru" in shown
    assert "<del>" in shown
    assert {entry.subject for entry in ReadEntry.objects.all()} == {Person.objects.get(nip=HEAD).public_id}


def test_a_look_at_what_is_wrong_and_at_the_marked_workbook_is_logged(client: Client, stored: Upload) -> None:
    heads = ("nip", "tahun", "predikat")
    people = (("nip", "nama", "jabatan_kode"), *((nip, "Orang", "KADIN") for nip in (HEAD, STAFF, TEACHER)))
    ratings = (heads, (HEAD, 2024, "BAIK"), (STAFF, 2024, "LUAR BIASA SEKALI"))
    upload = uploaded(book(pegawai=people, kinerja=ratings))
    enter(client, Role.AGENCY_HEAD)
    public = {nip: Person.objects.get(nip=nip).public_id for nip in (HEAD, STAFF, TEACHER)}
    client.get(at("import_problems", upload), {"lembar": "kinerja"})
    assert {(row.page, row.subject) for row in ReadEntry.objects.all()} == {("import_problems", public[STAFF])}
    assert client.get(at("import_marked", upload)).status_code == 200
    marked = {row.subject for row in ReadEntry.objects.filter(page="import_marked")}
    assert marked == set(public.values())


def test_what_is_searched_for_is_sent_and_finds_by_name(client: Client, ready: Upload) -> None:
    enter(client, Role.ANALYST)
    shown = text(client.post(at("import_rows", ready, "pegawai"), {"cari": "staf"}))
    assert STAFF in shown
    assert HEAD not in shown


def test_kinship_is_counted_and_never_shown(client: Client, ready: Upload) -> None:
    enter(client, Role.ANALYST)
    assert "keluarga_pegawai" in text(client.get(at("import", ready)))
    assert client.get(at("import_rows", ready, "keluarga_pegawai")).status_code == 404


def test_whoever_reads_sees_no_button(client: Client, ready: Upload) -> None:
    enter(client, Role.INSPECTORATE)
    for name in ("import", "import_absent", "import_twins", "imports"):
        address = reverse(name) if name == "imports" else at(name, ready)
        shown = client.get(address)
        assert shown.status_code == 200
        assert b'method="post" action="/impor/' not in shown.content


def test_an_old_form_shows_the_new_preview_and_writes_nothing(client: Client, ready: Upload) -> None:
    enter(client, Role.ANALYST)
    client.post(at("import_decide_twins", ready), {"what": "TAMBAHAN", "all": "1"})
    response = client.post(at("import_apply", ready), {"preview": "lama", "mode": "SEMUA"})
    assert response.status_code == 422
    assert "sudah diperbarui" in text(response)
    assert Person.objects.get(nip=HEAD).name == "Kepala"


def test_a_connection_that_breaks_while_it_is_written_is_said_and_it_can_be_tried_again(
    client: Client, ready: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(client, Role.ANALYST)
    client.post(at("import_decide_twins", ready), {"what": "KOREKSI", "all": "1"})
    with monkeypatch.context() as broken:
        broken.setattr(registry, "carry_out", Mock(side_effect=OperationalError("server closed the connection")))
        client.post(at("import_apply", ready), {"preview": ready.preview, "mode": "SEMUA"})
        work_off()
    shown = text(client.get(at("import", ready)))
    assert "Tidak berhasil menerapkan" in shown
    assert "Tidak ada yang ditulis" in shown
    assert "Coba lagi" in shown
    assert Person.objects.get(nip=HEAD).name == "Kepala"
    client.post(at("import_apply", ready), {"preview": ready.preview, "mode": "SEMUA"})
    work_off()
    assert Person.objects.get(nip=HEAD).name == "Kepala Baru"


def test_a_button_pressed_twice_does_it_once(client: Client, stored: Upload) -> None:
    enter(client, Role.ANALYST)
    upload = uploaded(office())
    for status in (302, 422):
        response = client.post(at("import_apply", upload), {"preview": upload.preview, "mode": "SEMUA"})
        assert response.status_code == status
    work_off()
    assert again(upload).made is not None


@pytest.mark.parametrize("deed", ["cancel", "check", "decide_absent", "decide_twins", "undo"])
def test_a_second_click_changes_nothing_and_the_page_says_how_things_stand(
    client: Client, ready: Upload, deed: str
) -> None:
    enter(client, Role.ANALYST)
    upload = (
        applied({"person": office()["person"].with_columns(birth_place=pl.lit("Kendal"))}) if deed == "undo" else ready
    )
    person = f"{Person.objects.get(nip=TEACHER).public_id} "
    body: dict[str, Any] = {
        "decide_absent": {"why": "PENSIUN", "on": "2026-01-01", "person": [person]},
        "decide_twins": {"what": "KOREKSI", "all": "1"},
    }.get(deed, {})

    def click() -> str:
        response = client.post(at(f"import_{deed}", upload), body)
        assert response.status_code in (302, 422)
        return text(response if response.status_code == 422 else client.get(response.headers["Location"]))

    click()
    kept = everything()
    told = click()
    assert everything() == kept
    assert SAID[deed] in told.split("<main")[1]


SAID = {
    "cancel": "Pada tahap ini (dibatalkan) hal itu tidak dapat dilakukan lagi",
    "check": "sedang dikerjakan",
    "decide_absent": "Tidak ada lagi yang menunggu keputusan",
    "decide_twins": "Tidak ada lagi yang menunggu keputusan",
    "undo": "sedang dikerjakan",
}


def everything() -> list[Any]:
    """What there is of uploads, of what was decided on them and of people, and how many deeds were recorded."""
    tables = (Upload, Decision, Person)
    return [*(list(table.objects.order_by("pk").values()) for table in tables), RecordedEvent.objects.count()]


def test_the_english_pages_say_it_in_english(client: Client, ready: Upload) -> None:
    enter(client, Role.ANALYST)
    client.post(reverse("language"), {"language": "en", "next": "/"})
    assert "What will change" in text(client.get(at("import", ready)))


@pytest.mark.parametrize(
    ("name", "more", "most"),
    [("imports", (), 12), ("import", (), 13), ("import_rows", ("pegawai",), 12), ("import_absent", (), 11)],
)
def test_pages_take_a_constant_number_of_queries(
    client: Client,
    ready: Upload,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    name: str,
    more: tuple[str, ...],
    most: int,
) -> None:
    enter(client, Role.ANALYST)
    address = reverse(name) if name == "imports" else at(name, ready, *more)
    client.get(address)
    with django_assert_max_num_queries(most):
        client.get(address)
