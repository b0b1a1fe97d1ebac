"""Submitting, verifying and sampling evidence through the pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import fastexcel
import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from nawa.accounts.models import User
from nawa.accounts.roles import Role
from nawa.audit.models import ReadEntry, RecordedEvent
from nawa.core import clock
from nawa.evidence import actions
from nawa.evidence.enums import Cause, Kind, State
from nawa.evidence.models import Award, Submission
from nawa.policy.wording import day
from nawa.registry.models import Person, Unit
from nawa.talent.queries.statements import statements_of
from nawa.web.kit.origins import source_of
from tests.core.test_scans import photograph
from tests.evidence.submitting import AWARD, PDF, TEXTS, Office, actor, verifier
from tests.web.roles import session_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(db: None) -> Office:
    return Office()


def as_user(client: Client, user: User) -> Client:
    if user.grants.filter(role=Role.ANALYST).exists() and not is_mfa_enabled(user):
        TOTP.activate(user, generate_totp_secret())
    client.cookies[settings.SESSION_COOKIE_NAME] = session_of(user)
    return client


def paper(content: bytes = PDF, name: str = "Rina Wati.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def typed(**change: Any) -> dict[str, Any]:
    return {**AWARD, "papers": [paper()], **change}


def new(kind: Kind = Kind.AWARD) -> str:
    return reverse("my_evidence_new", args=[kind.lower()])


@pytest.mark.parametrize("kind", list(Kind))
def test_an_employee_submits_each_kind_of_fact(client: Client, office: Office, kind: Kind) -> None:
    as_user(client, office.account)
    page = client.get(new(kind)).content.decode()
    assert all(f'name="{name}"' in page for name in TEXTS[kind])
    answer = client.post(new(kind), {**TEXTS[kind], "papers": [paper(), paper(photograph("JPEG"), "a.jpg")]})
    row = Submission.objects.get()
    assert answer.headers["Location"] == reverse("my_evidence_one", args=[row.public_id])
    assert (row.kind, row.person, row.scans.count()) == (kind, office.rina, 2)
    own = client.get(answer.headers["Location"]).content.decode()
    assert "menunggu verifikasi" in own and "Pindaian 2 (JPG" in own


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"awarded_on": "31-02-2025"}, "bukan tanggal yang ada"),
        ({"awarded_on": ""}, "Kolom wajib ini kosong."),
        ({"awarded_on": f"{clock.today() + timedelta(days=1)}"}, "Tanggal ini belum tiba"),
        ({"level": "KECAMATAN"}, "KECAMATAN"),
        ({"papers": []}, "Lampirkan pindaian bukti"),
        ({"papers": [paper(b"MZ")]}, "harus berkas PDF, JPEG, atau PNG"),
        ({"papers": [paper()] * 4}, "Paling banyak 3 pindaian"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    client: Client, office: Office, change: dict[str, Any], said: str
) -> None:
    answer = as_user(client, office.account).post(new(), typed(**change))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert 'value="Inovasi Layanan"' in page and 'value="12/2025"' in page
    assert not Submission.objects.exists()


def test_a_second_click_is_told(client: Client, office: Office) -> None:
    as_user(client, office.account)
    assert client.post(new(), typed()).status_code == 302
    answer = client.post(new(), typed())
    assert answer.status_code == 422
    assert "sudah Anda ajukan" in answer.content.decode()


def test_what_is_asked_again_is_answered_or_withdrawn(client: Client, office: Office) -> None:
    row = office.submit()
    actions.ask_again(row, edition=1, cause=Cause.UNREADABLE, note="Nomornya kabur", by=actor(office.joko))
    as_user(client, office.account)
    assert "Nomornya kabur" in client.get(reverse("my_evidence_one", args=[row.public_id])).content.decode()
    address = reverse("my_evidence_answer", args=[row.public_id])
    assert 'value="Inovasi Layanan"' in client.get(address).content.decode()
    stale = client.post(address, {**AWARD, "edition": 1})
    assert "Sementara itu pengajuan ini sudah berubah" in stale.content.decode()
    assert client.post(address, {**AWARD, "name": "Inovasi Baru", "edition": 2}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.content["name"]) == (State.SUBMITTED, "Inovasi Baru")
    assert client.get(address).status_code == 302  # nothing is asked any more
    assert client.post(reverse("my_evidence_withdraw", args=[row.public_id]), {"edition": 3}).status_code == 302
    assert "ditarik" in client.get(reverse("my_evidence")).content.decode()
    assert client.post(reverse("my_evidence_withdraw", args=[row.public_id]), {"edition": 4}).status_code == 422


def test_nobody_reaches_anothers_own_pages(client: Client, office: Office) -> None:
    row = office.submit()
    scan = row.scans.get()
    as_user(client, office.joko)
    for name in ("my_evidence_one", "my_evidence_answer"):
        assert client.get(reverse(name, args=[row.public_id])).status_code == 404
    assert client.post(reverse("my_evidence_withdraw", args=[row.public_id])).status_code == 404
    assert client.get(reverse("my_evidence_scan", args=[row.public_id, scan.public_id])).status_code == 404


def test_a_scan_is_handed_out_as_a_file_and_its_opening_is_noted(client: Client, office: Office) -> None:
    row = office.submit()
    scan = row.scans.get()
    as_user(client, office.account)
    client.get(reverse("my_evidence_scan", args=[row.public_id, scan.public_id]))
    assert not ReadEntry.objects.exists()
    as_user(client, office.joko)
    answer = client.get(reverse("evidence_scan", args=[row.public_id, scan.public_id]))
    assert answer.content == PDF
    assert answer["Content-Disposition"] == f'attachment; filename="bukti-{scan.public_id}.pdf"'
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    entry = ReadEntry.objects.get()
    assert (entry.page, entry.read_by) == ("evidence_scan", str(actor(office.joko)))


def test_a_scan_of_another_submission_is_not_reached_through_ones_own(client: Client, office: Office) -> None:
    theirs, mine = office.submit(), office.submit(Kind.TEAM)
    scan = theirs.scans.get()
    as_user(client, office.joko)
    assert client.get(reverse("evidence_scan", args=[mine.public_id, scan.public_id])).status_code == 404


def test_a_verifier_of_another_unit_sees_nothing(client: Client, office: Office) -> None:
    row = office.submit()
    other = Unit.objects.create(code="LAIN", name="Dinas Lain", kind="OPD", source="WORKBOOK")
    as_user(client, verifier("lain", other))
    assert "Inovasi" not in client.get(reverse("evidence")).content.decode()
    for name in ("evidence_one",):
        assert client.get(reverse(name, args=[row.public_id])).status_code == 404
    for name in ("evidence_accept", "evidence_ask", "evidence_refuse"):
        assert client.post(reverse(name, args=[row.public_id]), {"edition": 1}).status_code == 404
    scan = reverse("evidence_scan", args=[row.public_id, row.scans.get().public_id])
    assert client.get(scan).status_code == 404


def test_a_verifier_sees_it_beside_what_is_recorded_and_accepts(client: Client, office: Office) -> None:
    old = Award.objects.create(
        person=office.rina, level="INSTANSI", awarded_on=clock.today(), name="Inovasi Layanan",
        decree_number="12/2025", source="WORKBOOK",
    )  # fmt: skip
    row = office.submit()
    as_user(client, office.joko)
    assert "isi kuncinya sama" in client.get(reverse("evidence_one", args=[row.public_id])).content.decode()
    Submission.objects.update(replaces=f"award-{old.pk}")
    assert "Inovasi Layanan" in client.get(reverse("evidence")).content.decode()
    page = client.get(reverse("evidence_one", args=[row.public_id])).content.decode()
    assert "akan digantikan" in page and "tingkat instansi" in page
    assert "Sumber: buku kerja yang diimpor, belum diverifikasi." in page
    Award.objects.update(verified_by="system:tests", verified_at=clock.now())
    page = client.get(reverse("evidence_one", args=[row.public_id])).content.decode()
    assert f"Sumber: buku kerja yang diimpor, diverifikasi {day(clock.today())}." in page
    Award.objects.update(verified_by="", verified_at=None)
    accept = reverse("evidence_accept", args=[row.public_id])
    assert client.post(accept, {"edition": 1}).headers["Location"] == reverse("evidence")
    again = client.post(accept, {"edition": 1})
    assert again.status_code == 422
    assert "Tidak ada yang Anda ubah" in again.content.decode()
    assert Award.objects.get().level == "NASIONAL"
    told = client.get(reverse("evidence_one", args=[row.public_id])).content.decode()
    assert "Isi data sebelum digantikan" in told and "Joko Susilo" in told


@pytest.mark.parametrize(("name", "state"), [("evidence_ask", "DIMINTA_LAGI"), ("evidence_refuse", "DITOLAK")])
def test_a_verifier_gives_a_reason(client: Client, office: Office, name: str, state: str) -> None:
    row = office.submit()
    as_user(client, office.joko)
    address = reverse(name, args=[row.public_id])
    lacking = client.post(address, {"edition": 1, "note": "Catatan saya"})
    assert lacking.status_code == 422
    assert "Catatan saya" in lacking.content.decode()
    assert client.post(address, {"edition": 1, "cause": "TIDAK_TERBACA", "note": "Kabur"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.cause, row.note) == (state, "TIDAK_TERBACA", "Kabur")


def test_nobody_is_offered_to_verify_their_own(client: Client, office: Office) -> None:
    row = actions.submit(person=office.joko.person, kind=Kind.AWARD, texts=AWARD, papers=[PDF], by=actor(office.joko))
    as_user(client, office.joko)
    page = client.get(reverse("evidence_one", args=[row.public_id])).content.decode()
    assert "diverifikasi orang lain" in page
    assert reverse("evidence_accept", args=[row.public_id]) not in page
    assert client.post(reverse("evidence_accept", args=[row.public_id]), {"edition": 1}).status_code == 422


def test_the_queue_has_the_overdue_first_and_is_narrowed_by_its_address(client: Client, office: Office) -> None:
    late = clock.now() - timedelta(days=30)
    fresh, old = office.submit(Kind.TEAM), office.submit(Kind.AWARD, at=late)
    asked = office.submit(Kind.TRAINING)
    actions.ask_again(asked, edition=1, cause=Cause.KNOWN, by=actor(office.joko))
    as_user(client, office.joko)

    def shown(query: str) -> list[str]:
        lines = client.get(reverse("evidence") + query).context["list"].lines
        return [line.url.split("/")[2] for line in lines]

    assert shown("") == [old.public_id, fresh.public_id]
    assert shown("?keadaan=TERLAMBAT") == [old.public_id]
    assert shown("?keadaan=DIMINTA_LAGI") == [asked.public_id]
    assert shown("?jenis=TIM_KERJA") == [fresh.public_id]
    assert shown(f"?unit={office.unit.pk}") == [old.public_id, fresh.public_id]
    assert client.get(reverse("evidence") + "?unit=99999").status_code == 404
    assert len(client.post(reverse("evidence"), {"cari": "Rina"}).context["list"].lines) == 2
    assert len(client.post(reverse("evidence"), {"cari": "Budi"}).context["list"].lines) == 0
    assert "terlambat" in client.get(reverse("evidence")).content.decode()


def test_the_list_to_pass_on_names_people_and_days_and_is_noted(client: Client, office: Office) -> None:
    office.submit()
    as_user(client, office.joko)
    answer = client.get(reverse("evidence_file", args=["xlsx"]))
    sheet = fastexcel.read_excel(answer.content).load_sheet(0).to_polars()
    assert sheet.height == 1
    assert sheet["Nama"].to_list() == ["Rina Wati"]
    assert {"Unit", "Jenis", "Batas"} <= set(sheet.columns)
    assert office.rina.nip not in str(sheet.rows())
    assert ReadEntry.objects.get().page == "evidence_file"


def test_the_analyst_judges_what_was_drawn(client: Client, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nawa.evidence.rules.submissions.is_drawn", lambda *_, **__: True)
    row = office.accept(office.submit())
    as_user(client, office.tini)
    assert "Rina Wati" in client.get(reverse("evidence_samples")).content.decode()
    judge = reverse("evidence_judge", args=[row.public_id])
    lacking = client.post(judge, {"verdict": "KELIRU"})
    assert lacking.status_code == 422
    assert "bila keliru, tulis alasannya" in lacking.content.decode()
    assert client.post(judge, {"verdict": "KELIRU", "note": "Tahunnya lain"}).status_code == 302
    assert "Penerimaannya keliru" in client.get(reverse("evidence_samples")).content.decode()
    assert client.post(judge, {"verdict": "BENAR"}).status_code == 422
    assert "Tahunnya lain" in client.get(reverse("evidence_one", args=[row.public_id])).content.decode()


def _many(office: Office, number: int) -> None:
    for place in range(number):
        person = Person.objects.create(
            nip=f"19900101201501{place:04d}",
            name=f"Orang {place}",
            unit=office.unit,
            position_name="Staf",
            source="WORKBOOK",
        )
        Submission.objects.create(
            person=person, kind=Kind.AWARD, content=AWARD, submitted_by="user:a", submitted_at=clock.now(),
            verify_through=clock.today(),
        )  # fmt: skip


def test_the_pages_ask_the_database_no_more_often_for_many(
    client: Client, office: Office, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    _many(office, 60)
    row = office.submit()
    as_user(client, office.joko)
    with django_assert_max_num_queries(15):
        assert len(client.get(reverse("evidence")).context["list"].lines) == 50
    with django_assert_max_num_queries(15):
        assert client.get(reverse("evidence_one", args=[row.public_id])).status_code == 200
    as_user(client, office.account)
    with django_assert_max_num_queries(15):
        assert client.get(reverse("my_evidence")).status_code == 200
    as_user(client, office.tini)
    with django_assert_max_num_queries(15):
        assert client.get(reverse("evidence_samples")).status_code == 200


def test_all_that_is_wrong_is_told_at_once_each_at_its_field(client: Client, office: Office) -> None:
    as_user(client, office.account)
    tomorrow = clock.today() + timedelta(days=1)
    answer = client.post(new(), {**AWARD, "level": "", "name": "x" * 400, "awarded_on": f"{tomorrow}"})
    assert answer.status_code == 422
    faults = {field.name for field, _errors in answer.context["faults"]}
    assert faults == {"level", "name", "awarded_on", "papers"}
    assert answer.content.decode().count("aria-invalid") == 4


_DEEDS: dict[str, tuple[str, dict[str, Any]]] = {
    "accept": ("evidence_accept", {}),
    "ask": ("evidence_ask", {"cause": Cause.INCOMPLETE}),
    "refuse": ("evidence_refuse", {"cause": Cause.INCOMPLETE}),
    "judge": ("evidence_judge", {"verdict": "BENAR"}),
    "withdraw": ("my_evidence_withdraw", {}),
}


@pytest.mark.parametrize("deed", _DEEDS)
def test_what_is_done_already_is_said_and_nothing_changes(
    client: Client, office: Office, monkeypatch: pytest.MonkeyPatch, deed: str
) -> None:
    monkeypatch.setattr("nawa.evidence.rules.submissions.is_drawn", lambda *_, **__: True)
    (name, given), row = _DEEDS[deed], office.submit()
    if deed == "judge":
        office.accept(row)
    as_user(client, {"judge": office.tini, "withdraw": office.account}.get(deed, office.joko))
    address = reverse(name, args=[row.public_id])
    assert client.post(address, {"edition": 1, **given}).status_code == 302
    before = Submission.objects.values().get(), Award.objects.count(), RecordedEvent.objects.count()
    again = client.post(address, {"edition": 1, **given})
    assert (again.status_code, "Tidak ada yang Anda ubah" in again.content.decode()) == (422, True)
    assert before == (Submission.objects.values().get(), Award.objects.count(), RecordedEvent.objects.count())


def test_pages_speak_english(client: Client, office: Office) -> None:
    row = office.submit()
    as_user(client, office.joko)
    client.post(reverse("language"), {"language": "en"})
    assert "waiting to be verified" in client.get(reverse("evidence_one", args=[row.public_id])).content.decode()


def waits(client: Client) -> list[str]:
    return [item.text for item in client.get(reverse("home")).context["waiting"]]


def test_the_first_page_counts_what_waits_for_each(
    client: Client, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nawa.evidence.rules.submissions.is_drawn", lambda *_, **__: True)
    office.accept(office.submit(Kind.TEAM))
    office.submit(Kind.TRAINING, at=clock.now() - timedelta(days=15))
    office.submit(Kind.AWARD, at=clock.now() - timedelta(days=12))
    office.submit(Kind.EDUCATION)
    as_user(client, office.joko)
    late, _asked, *_rest = waits(client)
    assert late.startswith("Bukti yang harus diverifikasi: 3 menunggu, 1 jatuh tempo dalam 3 hari, 1 lewat batas.")
    assert late.endswith(f"Batas terdekat {day(clock.today() - timedelta(days=1))}."), "what is late comes first"
    assert _asked.startswith("Register unit Anda")
    as_user(client, office.tini)
    assert any(text.startswith("Sampel penerimaan bukti yang harus diperiksa: 1 menunggu") for text in waits(client))


@pytest.mark.parametrize(("days", "said"), [(10, (0, 0)), (11, (1, 0)), (14, (1, 0)), (15, (0, 1))])
def test_every_queue_counts_what_is_due_soon_and_what_is_late(
    client: Client, office: Office, monkeypatch: pytest.MonkeyPatch, days: int, said: tuple[int, int]
) -> None:
    monkeypatch.setattr("nawa.evidence.rules.submissions.is_drawn", lambda *_, **__: True)
    at = clock.now() - timedelta(days=days)
    office.submit(Kind.TRAINING, at=at)
    actions.ask_again(office.submit(Kind.CAREER), edition=1, cause=Cause.INCOMPLETE, by=actor(office.joko), at=at)
    office.accept(office.submit(Kind.TEAM), at=at)
    told = f"1 menunggu, {said[0]} jatuh tempo dalam 3 hari, {said[1]} lewat batas. Batas terdekat "
    told += f"{day(clock.today() + timedelta(days=14 - days))}."
    as_user(client, office.joko)
    assert {f"Bukti yang harus diverifikasi: {told}", f"Jawaban pegawai yang ditunggu: {told}"} <= set(waits(client))
    as_user(client, office.tini)
    assert f"Sampel penerimaan bukti yang harus diperiksa: {told}" in waits(client)
    assert day(clock.today() + timedelta(days=14 - days)) in client.get(reverse("evidence_samples")).content.decode()


@pytest.mark.parametrize(
    ("days", "said"), [(0, "meminta kelengkapan"), (11, "segera jatuh tempo"), (14, "segera"), (15, "sudah lewat")]
)
def test_an_employee_is_reminded_of_what_was_asked(client: Client, office: Office, days: int, said: str) -> None:
    row = office.submit(Kind.CAREER)
    asked = clock.now() - timedelta(days=days)
    actions.ask_again(row, edition=1, cause=Cause.INCOMPLETE, by=actor(office.joko), at=asked)
    as_user(client, office.account)
    (told,) = [text for text in waits(client) if text.startswith("Riwayat jabatan: ")]
    assert said in told


def test_a_profile_says_when_and_by_whom_a_record_was_verified(office: Office) -> None:
    office.accept(office.submit())
    (record,) = statements_of(office.rina)["award"]
    on = day(clock.today())
    assert source_of([record]) == f"Sumber: diajukan pegawai, diverifikasi {on} oleh Joko Susilo."
    assert source_of([{**record, "verifier": None}]) == f"Sumber: diajukan pegawai, diverifikasi {on}."
    assert source_of([record, {**record, "verified": None}]) == "Sumber: diajukan pegawai, belum diverifikasi."
    imported = {**record, "provenance": "WORKBOOK", "verifier": None}
    assert source_of([imported, imported, record]).startswith("Sumber: buku kerja yang diimpor, diajukan pegawai, ")
