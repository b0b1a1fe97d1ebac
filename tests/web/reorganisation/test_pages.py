"""SOTK: a plan from its first line to its carrying out, on the small office with its published map."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import fastexcel
import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from nawa.accounts.models import Grant
from nawa.accounts.roles import Role
from nawa.audit.models import RecordedEvent
from nawa.core import clock
from nawa.core.actor import Actor
from nawa.evidence import actions as evidence
from nawa.policy.loading import load
from nawa.registry import actions as registry
from nawa.registry.enums import PlanState
from nawa.registry.models import Person, Reorganisation, Unit
from nawa.talent import actions as talent
from nawa.talent.models import MappingRun
from tests.office import HEAD, STAFF, TEACHER, office
from tests.publishing import PDF, walk
from tests.web.conftest import DAY
from tests.web.roles import enter

pytestmark = pytest.mark.django_db
TODAY = clock.today()


@pytest.fixture
def staffed(db: None) -> None:
    """The small office, not mapped."""
    registry.apply(office(), source="WORKBOOK", import_id="")


@pytest.fixture
def published(staffed: None) -> MappingRun:
    """The office as it was mapped and published, before anything was reorganised."""
    for app in (evidence, talent):
        app.apply(office(), source="WORKBOOK", import_id="")
    return walk(talent.run_mapping(policy=load("semarang", on=DAY), on=DAY, by=Actor.system("tests")))


@pytest.fixture
def analyst(client: Client, staffed: None) -> Client:
    enter(client, Role.ANALYST)
    return client


@pytest.fixture
def other(staffed: None) -> Iterator[Client]:
    """A second person who may change records."""
    other = Client()
    enter(other, Role.ANALYST, person=Person.objects.get(nip=STAFF))
    yield other


def head(**own: Any) -> dict[str, Any]:
    named = {"title": "Penataan 2026", "effective_on": TODAY.isoformat(), "instrument": "PERWALI"}
    return {**named, "number": "9/2026", "dated_on": TODAY.isoformat(), **own}


def begun(client: Client, **own: Any) -> Reorganisation:
    client.post(reverse("reorganisation_new"), head(**own))
    return Reorganisation.objects.latest("pk")


def deed(client: Client, plan: Reorganisation, name: str, /, **sent: Any) -> Any:
    """Do something as whoever has just loaded the page."""
    plan.refresh_from_db()
    operation = sent.pop("operation", None)
    args = [plan.public_id, operation] if operation else [plan.public_id]
    return client.post(reverse(name, args=args), {"edition": plan.edition, **sent})


def add(client: Client, plan: Reorganisation, operation: str, /, **sent: Any) -> Any:
    """Find what is named, as the form does without a script, and add the line."""
    found = {f"cari_{name}": "" for name in sent}
    return deed(client, plan, "reorganisation_line", operation=operation, **found, **sent)


def shown(client: Client, name: str, plan: Reorganisation, query: str = "") -> str:
    response = client.get(reverse(name, args=[plan.public_id]) + query)
    assert response.status_code == 200
    return response.content.decode()


def test_a_plan_goes_from_its_first_line_to_its_end(analyst: Client, other: Client) -> None:
    plan = begun(analyst)
    finding = {"operation": "GANTI_NAMA_UNIT", "cari": "unit", "cari_unit": "dinas pend"}
    found = deed(analyst, plan, "reorganisation_line", **finding).content.decode()
    assert '<option value="DINAS">Dinas Pendidikan · Kota (DINAS)</option>' in found
    assert "SD Satu" not in found
    line = {"operation": "GANTI_NAMA_UNIT", "cari_unit": "dinas", "unit": "DINAS", "name": "Dinas Pendidikan Baru"}
    assert deed(analyst, plan, "reorganisation_line", **line).status_code == 422  # without a code
    assert deed(analyst, plan, "reorganisation_line", **line, code="SD1").status_code == 302
    assert "Kode SD1 sudah dipakai" in shown(analyst, "reorganisation", plan)
    plan.refresh_from_db()
    deed(analyst, plan, "reorganisation_line_remove", baris=plan.lines[0]["id"])
    assert deed(analyst, plan, "reorganisation_line", **line, code="DINAS2").status_code == 302
    page = shown(analyst, "reorganisation", plan)
    assert "Dinas Pendidikan (DINAS) berganti nama menjadi Dinas Pendidikan Baru (DINAS2)." in page
    assert "nama baru; dahulu Dinas Pendidikan" in page
    assert "Rencana dilaksanakan oleh orang lain" in page
    refused = deed(analyst, plan, "reorganisation_carry_out")
    assert (refused.status_code, Unit.objects.filter(code="DINAS2").exists()) == (422, False)
    assert deed(other, plan, "reorganisation_carry_out").status_code == 302
    done = shown(other, "reorganisation", plan)
    assert "Dilaksanakan" in done
    assert "berganti nama menjadi Dinas Pendidikan Baru (DINAS2)" in done
    assert "Jabatan tetap, unit berganti" in shown(other, "reorganisation_affected", plan)
    former = other.get(reverse("unit", args=[Unit.objects.get(code="DINAS").pk])).content.decode()
    assert "Unit ini tidak berlaku hari ini." in former
    assert "Dinas Pendidikan Baru</a>" in former


@pytest.mark.parametrize("name", ["reorganisation_carry_out", "reorganisation_cancel", "reorganisation_line_remove"])
def test_the_second_of_two_clicks_changes_nothing_and_says_why(analyst: Client, other: Client, name: str) -> None:
    plan = begun(analyst)
    add(analyst, plan, "GANTI_NAMA_UNIT", unit="DINAS", code="DINAS2", name="Dinas Pendidikan Baru")
    plan.refresh_from_db()
    sent = {"edition": plan.edition, "baris": plan.lines[0]["id"]}
    by = other if name == "reorganisation_carry_out" else analyst
    address = reverse(name, args=[plan.public_id])
    assert by.post(address, sent).status_code == 302
    before = (Reorganisation.objects.values().get(pk=plan.pk), Unit.objects.count(), RecordedEvent.objects.count())
    second = by.post(address, sent)
    why = "Sementara itu rencana ini diubah" if name == "reorganisation_line_remove" else "Rencana ini sudah"
    assert (second.status_code, why in second.content.decode()) == (422, True)
    after = (Reorganisation.objects.values().get(pk=plan.pk), Unit.objects.count(), RecordedEvent.objects.count())
    assert after == before


def test_a_plan_is_begun_once(analyst: Client) -> None:
    assert begun(analyst).state == "RANCANGAN"
    second = analyst.post(reverse("reorganisation_new"), head())
    assert (second.status_code, "yang sama sudah disusun" in second.content.decode()) == (422, True)
    assert Reorganisation.objects.count() == 1
    assert analyst.post(reverse("reorganisation_new"), head(title="Penataan lain")).status_code == 302


def test_a_form_from_before_a_plan_was_closed_is_told_so_and_what_was_typed_stays(analyst: Client) -> None:
    plan = begun(analyst)
    deed(analyst, plan, "reorganisation_cancel")
    line = {"operation": "GANTI_NAMA_UNIT", "cari_unit": "", "unit": "DINAS", "code": "DINAS2", "name": "Dinas Baru"}
    for name, sent in (
        ("reorganisation_head", head(title="Judul lain")),
        ("reorganisation_line", line),
        ("reorganisation_decide", {"tanpa": "1"}),
    ):
        answer = deed(analyst, plan, name, **dict(sent))
        assert (answer.status_code, "Rencana ini sudah" in answer.content.decode()) == (422, True), name


def test_the_map_of_before_reads_as_it_was_and_its_heads_still_read_their_people(
    analyst: Client, other: Client, published: MappingRun
) -> None:
    chief = Client()
    user = enter(chief, Role.UNIT_HEAD, unit="DINAS")
    plan = begun(analyst)
    add(analyst, plan, "GABUNG_UNIT", units=["DINAS", "SD1"], code="BARU", name="Dinas Baru", kind="OPD", parent="KOTA")
    person = Person.objects.get(nip=HEAD)
    before = chief.get(reverse("profile", args=[person.public_id])).content.decode()
    assert deed(other, plan, "reorganisation_carry_out").status_code == 302
    assert Grant.objects.get(user=user, unit__code="BARU").role == Role.UNIT_HEAD
    after = chief.get(reverse("profile", args=[person.public_id]))
    assert after.status_code == 200
    assert ("Dinas Pendidikan" in before, "Dinas Pendidikan" in after.content.decode()) == (True, True)
    assert chief.get(reverse("profile", args=[Person.objects.get(nip=TEACHER).public_id])).status_code == 200
    dinas = Unit.objects.get(code="DINAS")
    for reader in (chief, other):
        page = reader.get(reverse("map"), {"unit": dinas.pk})
        assert page.status_code == 200
        assert "Dinas Pendidikan" in page.content.decode()
    outsider = Client()
    enter(outsider, Role.UNIT_HEAD, unit="KOTA")
    assert outsider.get(reverse("profile", args=[person.public_id])).status_code == 200


def test_those_left_without_a_post_are_found_one_decided_and_placed(analyst: Client, other: Client) -> None:
    plan = begun(analyst)
    add(analyst, plan, "HAPUS_JABATAN", post="GURU")
    add(analyst, plan, "HAPUS_JABATAN", post="KADIN")
    teacher, chief = (Person.objects.get(nip=nip).public_id for nip in (TEACHER, HEAD))
    page = shown(analyst, "reorganisation_affected", plan, "?akibat=BELUM_DIPUTUSKAN")
    assert page.count("Belum diputuskan</span>") == 2
    finding = {"cari": "post", "cari_post": "sekretaris", "pegawai": [chief]}
    found = deed(analyst, plan, "reorganisation_decide", **finding).content.decode()
    assert '<option value="SEKDIN">Sekretaris' in found
    assert f'value="{chief}" form="memutuskan" checked' in found
    nothing = deed(analyst, plan, "reorganisation_decide", pegawai=[chief])
    assert (nothing.status_code, "Pilih jabatan yang berlaku" in nothing.content.decode()) == (422, True)
    assert deed(analyst, plan, "reorganisation_decide", pegawai=[chief], post="SEKDIN").status_code == 302
    assert deed(analyst, plan, "reorganisation_decide", semua="on", tanpa="ya").status_code == 302
    plan.refresh_from_db()
    assert plan.decisions == {chief: "SEKDIN", teacher: ""}
    response = analyst.get(reverse("reorganisation_affected_file", args=[plan.public_id]))
    sheet = fastexcel.read_excel(response.content).load_sheet(0).to_polars()
    assert sheet["Akibat"].to_list() == ["Ditempatkan dengan keputusan", "Tanpa jabatan sementara"]
    assert sheet["Masa jabatan"].to_list() == ["dimulai kembali", ""]
    assert deed(other, plan, "reorganisation_carry_out").status_code == 302
    assert Person.objects.get(nip=TEACHER).position_name == "Tanpa jabatan sementara"


def test_a_draft_is_for_those_who_prepare_and_a_unit_reads_of_its_own_people(analyst: Client, other: Client) -> None:
    plan = begun(analyst)
    add(analyst, plan, "PINDAH_UNIT", unit="SD1", parent="KOTA")
    chief = Client()
    enter(chief, Role.UNIT_HEAD, unit="SD1")
    assert chief.get(reverse("reorganisation", args=[plan.public_id])).status_code == 404
    assert "Belum ada perubahan SOTK" in chief.get(reverse("reorganisations")).content.decode()
    assert deed(other, plan, "reorganisation_carry_out").status_code == 302
    assert "SD Satu (SD1) pindah ke bawah Kota (KOTA)." in shown(chief, "reorganisation", plan)
    page = shown(chief, "reorganisation_affected", plan)
    assert "Guru" in page
    assert "Kepala</th>" not in page


def test_the_particulars_are_kept_corrected_and_their_scan_handed_out(analyst: Client) -> None:
    bad = analyst.post(reverse("reorganisation_new"), head(title=""))
    assert (bad.status_code, Reorganisation.objects.exists()) == (422, False)
    plan = begun(analyst, number="", dated_on="")
    assert analyst.get(reverse("reorganisation_scan", args=[plan.public_id])).status_code == 404
    scan = io.BytesIO(PDF)
    scan.name = "perwali.pdf"
    sent = head(title="Judul lain", scan=scan)
    assert deed(analyst, plan, "reorganisation_head", **sent).status_code == 302
    response = analyst.get(reverse("reorganisation_scan", args=[plan.public_id]))
    assert (response.content, response.headers["X-Content-Type-Options"]) == (PDF, "nosniff")
    stale = analyst.post(reverse("reorganisation_head", args=[plan.public_id]), {**head(), "edition": 0})
    assert "diubah orang lain" in stale.content.decode()
    assert deed(analyst, plan, "reorganisation_cancel").status_code == 302
    plan.refresh_from_db()
    assert plan.state == PlanState.CANCELLED
    assert analyst.get(reverse("reorganisation_head", args=[plan.public_id])).status_code == 404
    assert "tidak seorang pun terdampak" in shown(analyst, "reorganisation", plan)
    assert deed(analyst, plan, "reorganisation_carry_out").status_code == 422


@pytest.mark.parametrize("operation", ["UNIT_BARU", "GABUNG_UNIT", "HAPUS_UNIT", "JABATAN_BARU", "PINDAH_JABATAN"])
def test_every_operation_has_a_form_that_says_what_is_missing(analyst: Client, operation: str) -> None:
    plan = begun(analyst)
    address = reverse("reorganisation_line", args=[plan.public_id, operation])
    assert analyst.get(address).status_code == 200
    assert "errorlist" in analyst.post(address, {"edition": 1}).content.decode()
    assert analyst.get(reverse("reorganisation_line", args=[plan.public_id, "LAIN"])).status_code == 404


def test_the_pages_ask_the_database_no_more_for_more_people(
    analyst: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    plan = begun(analyst)
    add(analyst, plan, "GANTI_NAMA_UNIT", unit="DINAS", code="D2", name="Dinas Dua")
    add(analyst, plan, "HAPUS_JABATAN", post="GURU")
    for name in ("reorganisation", "reorganisation_affected"):
        analyst.get(reverse(name, args=[plan.public_id]))
        with django_assert_max_num_queries(15):
            analyst.get(reverse(name, args=[plan.public_id]))
    with django_assert_max_num_queries(15):
        analyst.get(reverse("reorganisations"))
