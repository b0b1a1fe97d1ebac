"""SIMATA: from a sheet to who differs and why, by the pages alone; what they show, log and withhold."""

from __future__ import annotations

import io
import re

import polars as pl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from nawa.accounts.roles import Role
from nawa.audit.models import ReadEntry
from nawa.core.scope import Scope
from nawa.evidence.models import Award
from nawa.exchange import queries
from nawa.exchange.enums import Cause
from nawa.exchange.models import Comparison
from nawa.exchange.tasks import comparing
from nawa.registry.models import Person
from nawa.talent.models import MappingResult, MappingRun
from nawa.talent.queries.places import places
from nawa.web.simata.pages import rival_words
from tests.web.roles import enter
from tests.web.simata.conftest import carried_out, content_of

pytestmark = pytest.mark.django_db


def at(name: str, comparison: Comparison, *more: str) -> str:
    return reverse(name, args=[comparison.public_id, *more])


def text(response: HttpResponse) -> str:
    return response.content.decode()


def send(client: Client, content: bytes, base: MappingRun) -> HttpResponse:
    sent = {"file": SimpleUploadedFile("simata.xlsx", content), "base": base.public_id}
    response: HttpResponse = client.post(reverse("simata_compare"), sent)
    return response


def person_with(comparison: Comparison, cause: Cause) -> Person:
    rows = queries.differences(comparison, within=places(scope=Scope.everything()))
    return Person.objects.get(pk=rows.filter(cause=str(cause))["person_id"][0])


def test_a_sheet_goes_from_the_upload_to_its_causes_by_pages_alone(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    response = send(client, content_of(mapped), mapped)
    asked = Comparison.objects.latest("pk")
    assert response.headers["Location"] == at("simata_comparison", asked)
    assert "Menunggu pekerja" in text(client.get(at("simata_comparison", asked)))
    comparing.compare_sheet.func(asked.public_id)
    watched = client.get(at("simata_comparison", asked), headers={"HX-Request": "true"})
    assert watched.headers["HX-Refresh"] == "true"
    page = text(client.get(at("simata_comparison", asked)))
    assert "dengan bobot yang berlaku di sini" in page
    assert "Bukti belum ada di SIMATA" in page
    assert "Tidak ada di SIMATA" in page
    listed = text(client.get(at("simata_people", asked) + f"?sebab={Cause.NOT_THERE}"))
    assert "Penghargaan" in listed
    one = person_with(asked, Cause.NOT_THERE)
    shown = text(client.get(at("simata_person", asked, one.public_id)))
    assert one.name in shown
    assert "Penghargaan: " in shown  # the evidence that stands here


def test_the_same_sheet_sent_twice_is_compared_once(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    content = content_of(mapped)
    assert send(client, content, mapped).status_code == 302
    before = Comparison.objects.count()
    again = send(client, content, mapped)
    assert again.status_code == 422
    assert "pengiriman kedua tidak mengubah apa pun" in text(again)
    assert Comparison.objects.count() == before


def test_what_is_no_workbook_comes_back_with_the_reason(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    response = send(client, b"%PDF", mapped)
    assert response.status_code == 422
    assert "bukan buku kerja .xlsx" in text(response)


def test_a_comparison_that_is_over_is_cancelled_no_more_and_that_is_said(client: Client, compared: Comparison) -> None:
    enter(client, Role.ANALYST)
    answer = client.post(at("simata_cancel", compared), follow=True)
    assert "Pekerjaan ini sudah berakhir" in text(answer)
    assert Comparison.objects.get(pk=compared.pk).state == "SUCCEEDED"


def test_the_lists_are_logged_and_the_summary_is_not(client: Client, compared: Comparison) -> None:
    enter(client, Role.ANALYST)
    before = ReadEntry.objects.count()
    client.get(at("simata_comparison", compared))
    assert ReadEntry.objects.count() == before
    client.get(at("simata_people", compared))
    assert ReadEntry.objects.count() > before


def test_a_unit_head_sees_people_of_the_unit_alone(client: Client, compared: Comparison) -> None:
    rows = queries.differences(compared, within=places(scope=Scope.everything()))
    inside = MappingResult.objects.filter(run=compared.base, person_id__in=rows["person_id"].drop_nulls().to_list())
    of = inside.select_related("unit", "person").exclude(unit__parent=None)[0]
    assert of.unit is not None
    outside = inside.exclude(unit__in=places(scope=Scope.below(of.unit.code)).names)[0]
    enter(client, Role.UNIT_HEAD, unit=of.unit.code)
    page = text(client.get(at("simata_people", compared)))
    assert of.person.name in page
    assert client.get(at("simata_person", compared, of.person.public_id)).status_code == 200
    assert client.get(at("simata_person", compared, outside.person.public_id)).status_code == 404


def test_whoever_sees_no_people_sees_counts_of_which_none_is_small(client: Client, mapped: MappingRun) -> None:
    few = carried_out(mapped, lambda sheet: sheet.head(sheet.height - 2))
    enter(client, Role.ASSESSOR)
    page = text(client.get(at("simata_comparison", few)))
    assert "tidak ditampilkan" in page
    assert client.get(at("simata_people", few)).status_code == 403


def test_the_patched_list_is_the_list_of_the_page(client: Client, compared: Comparison) -> None:
    enter(client, Role.ANALYST)
    address = at("simata_people", compared) + "?kolom=award"
    patched = text(client.get(address, headers={"HX-Request": "true"}))
    assert patched.strip() in text(client.get(address))


def test_the_list_to_correct_names_the_paper_and_the_value_as_their_sheet_writes_it(
    client: Client, compared: Comparison
) -> None:
    one = person_with(compared, Cause.NOT_THERE)
    award = Award.objects.filter(person=one).latest("awarded_on")
    Award.objects.filter(person=one).update(decree_number="800/123/2026")
    enter(client, Role.ANALYST)
    page = text(client.get(at("simata_letter", compared)))
    assert "800/123/2026" in page
    assert "Tambahkan pegawai ini" in page
    before = ReadEntry.objects.count()
    file = client.get(at("simata_letter_file", compared, "xlsx"))
    assert ReadEntry.objects.count() > before
    rows = pl.read_excel(io.BytesIO(file.content), infer_schema_length=None)
    row = rows.row(by_predicate=(pl.col("NIP") == one.nip) & (pl.col("Kolom SIMATA") == "Penghargaan"), named=True)
    assert (row["Di SIMATA"], row["Nomor"], row["Tanggal"]) == ("0", "800/123/2026", award.awarded_on)
    assert row["Seharusnya"] != "0"
    assert set(rows["Yang diminta"]) == {"Catat buktinya", "Tambahkan pegawai ini"}


def test_nothing_to_correct_is_said(client: Client, mapped: MappingRun) -> None:
    same = carried_out(mapped, lambda sheet: sheet)
    enter(client, Role.ANALYST)
    assert "Tidak ada yang perlu dibetulkan" in text(client.get(at("simata_letter", same)))
    assert "Tidak ada nilai yang berbeda" in text(client.get(at("simata_comparison", same)))
    assert "sama bagi semua orang" in text(client.get(at("simata_people", same)))


def test_an_emptied_comparison_says_so_and_lists_nobody(client: Client, compared: Comparison) -> None:
    kept = {"people": None, "differences": None, "has_contents": False}
    Comparison.objects.filter(pk=compared.pk).update(**kept)
    enter(client, Role.ANALYST)
    assert "Masa simpannya berakhir" in text(client.get(at("simata_comparison", compared)))
    assert client.get(at("simata_people", compared)).status_code == 404


def test_pages_ask_the_database_a_constant_number_of_times(
    client: Client, compared: Comparison, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    enter(client, Role.ANALYST)
    one = person_with(compared, Cause.NOT_THERE)
    for address in (
        reverse("simata"),
        at("simata_comparison", compared),
        at("simata_people", compared),
        at("simata_letter", compared),
        at("simata_person", compared, one.public_id),
    ):
        client.get(address)
        with django_assert_max_num_queries(15):
            assert client.get(address).status_code == 200


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_rival_rule_is_shown_in_words_and_by_no_code(compared: Comparison, language: str) -> None:
    with translation.override(language):
        said = rival_words(compared, "award", Cause.RULE, "skala-85")
    assert "100" in said
    assert "kode sumber publik aplikasi unit DJKI" in said
    assert not re.search(r"skala-85|\bS\d", said)
    assert rival_words(compared, "award", Cause.FACTOR, "1.5") == ""
