"""Kelengkapan Register: the table, a declaration in two steps, its letter, and its withdrawal."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from nawa.accounts.roles import Role
from nawa.audit.models import ReadEntry, RecordedEvent
from nawa.core import clock
from nawa.core.dates import months_after
from nawa.core.refusal import Refusal
from nawa.evidence import actions
from nawa.evidence.actions import Letter
from nawa.evidence.models import Declaration, RegisterCoverage
from nawa.evidence.queries.declarations import to_declare
from nawa.exchange.actions import import_workbook
from nawa.policy.wording import day
from nawa.registry.models import Person, Unit
from tests.accounts.conftest import given
from tests.evidence.test_declarations import BY, ON
from tests.office import HEAD, STAFF, TEACHER, office, rows
from tests.publishing import PDF
from tests.web.roles import enter

pytestmark = pytest.mark.django_db
PLACE = "/kelengkapan-register/"
SCAN = PDF
RECORDED = 1
"""Events before a test: the import."""


@pytest.fixture(autouse=True)
def stored() -> None:
    tables = office()
    blank = tables["person"].with_columns(verified_none=pl.lit(None, pl.List(pl.String)))
    import_workbook({**tables, "person": blank}, by=BY)


def text(response: HttpResponse) -> str:
    return response.content.decode()


def said(code: str = "DINAS", **more: Any) -> dict[str, Any]:
    given = {"unit": Unit.objects.get(code=code).pk, "said": "LENGKAP", "registers": ["disiplin"], "on": f"{ON}"}
    return {**given, "nips": "", **more}


def letter(content: bytes = SCAN) -> dict[str, Any]:
    return {"number": "800/1/2026", "scan": SimpleUploadedFile("surat.pdf", content)}


def declared(code: str = "DINAS", on: date = ON) -> Declaration:
    unit = Unit.objects.get(code=code)
    return actions.declare_complete(unit, ["disiplin"], on=on, letter=Letter("800/1", SCAN), by=BY)


def test_the_table_shows_the_letter_that_covers_each_register_and_who_is_late(client: Client) -> None:
    declared(on=clock.today())
    enter(client, Role.ANALYST)
    shown = text(client.get(PLACE))
    assert "3 dari 3 unit terlambat" in shown
    assert "oleh</span>" not in shown
    assert shown.count("Dinas Pendidikan") >= 2  # its own row, and whose letter covers the school
    late = text(client.get(PLACE, {"keadaan": "terlambat", "unit": Unit.objects.get(code="SD1").pk}))
    assert ("SD Satu" in late, "1 dari 1 unit terlambat" in late) == (True, True)


def test_a_verifier_sees_the_own_unit_and_what_is_below_alone(client: Client) -> None:
    enter(client, Role.UNIT_VERIFIER)
    assert "2 dari 2 unit terlambat" in text(client.get(PLACE))
    assert client.get(PLACE, {"unit": Unit.objects.get(code="KOTA").pk}).status_code == 404


def test_a_declaration_is_previewed_and_then_confirmed_by_its_letter(client: Client) -> None:
    user = enter(client, Role.UNIT_VERIFIER)
    assert "Langkah 1" in text(client.get(f"{PLACE}nyatakan/"))
    preview = text(client.post(f"{PLACE}nyatakan/tinjau/", said(registers=["disiplin", "diklat"])))
    assert "2 pegawai aktif Dinas Pendidikan" in preview
    assert not Declaration.objects.exists()
    answer = client.post(f"{PLACE}nyatakan/sahkan/", {**said(), **letter()})
    assert answer["Location"] == f"{PLACE}pernyataan/"
    assert RegisterCoverage.objects.get().verified_by == f"user:{user.public_id}"
    assert "800/1/2026" in text(client.get(f"{PLACE}pernyataan/"))


def test_a_number_that_is_too_long_is_told_beside_the_letter(client: Client) -> None:
    enter(client, Role.UNIT_VERIFIER)
    refused = client.post(f"{PLACE}nyatakan/sahkan/", {**said(), **letter(), "number": "8" * 301})
    assert (refused.status_code, "Langkah 2" in text(refused)) == (422, True)
    assert refused.context["letter"].errors["number"]
    assert not Declaration.objects.exists()


@pytest.mark.parametrize("kind", ["LENGKAP", "NIHIL"])
def test_what_is_to_be_changed_comes_back_as_it_was_typed(client: Client, kind: str) -> None:
    enter(client, Role.UNIT_VERIFIER)
    given = said(said=kind, registers=["disiplin", "diklat"], nips=f"{TEACHER}\n{HEAD}" if kind == "NIHIL" else "")
    back = client.post(f"{PLACE}nyatakan/", given)
    form = back.context["form"]
    assert (back.status_code, form.errors) == (200, {})
    assert {name: form[name].value() for name in given} == {**given, "unit": str(given["unit"])}
    preview = text(client.post(f"{PLACE}nyatakan/tinjau/", given))
    assert preview.count(f'value="{kind}"') == 2, "once to confirm, once to go back"
    assert not Declaration.objects.exists()


@pytest.mark.parametrize("deed", ["LENGKAP", "NIHIL", "tarik"])
def test_what_is_done_already_is_said_and_nothing_changes(client: Client, deed: str) -> None:
    enter(client, Role.UNIT_VERIFIER)
    place, given = f"{PLACE}nyatakan/sahkan/", said(said=deed, registers=["umpan_balik"], nips=HEAD)
    if deed == "tarik":
        place, given = f"{PLACE}pernyataan/{declared().public_id}/tarik/", {"alasan": "Surat dicabut"}
    sent = [client.post(place, {**given, **letter()}) for _click in range(2)]
    assert [answer.status_code for answer in sent] == [302, 422]
    assert "Tidak ada yang Anda ubah" in text(sent[1])
    assert (Declaration.objects.count(), RecordedEvent.objects.count()) == (1, RECORDED + 1 + (deed == "tarik"))


def test_the_registers_are_handed_out_as_a_list_to_pass_on(client: Client) -> None:
    declared(on=clock.today())
    enter(client, Role.UNIT_VERIFIER)
    saved = pl.read_excel(client.get(f"{PLACE}berkas/xlsx/").content)
    assert saved.height == 12
    assert (
        saved["Diperbarui paling lambat"].to_list().count(day(months_after(clock.today(), 12) - timedelta(days=1))) == 2
    )
    late = pl.read_excel(client.get(f"{PLACE}berkas/xlsx/", {"keadaan": "terlambat"}).content)
    assert (late.height, set(late["Per tanggal"])) == (10, {"belum"})


def test_nihil_of_whoever_has_rows_is_refused_with_their_number(client: Client) -> None:
    enter(client, Role.UNIT_VERIFIER, unit="KOTA")
    preview = text(client.post(f"{PLACE}nyatakan/tinjau/", said("KOTA", said="NIHIL", registers=["diklat"])))
    assert "1 pegawai mempunyai baris pada register Diklat" in preview
    assert "Sahkan pernyataan" not in preview
    given = said("KOTA", said="NIHIL", registers=["diklat"], nips=f"{HEAD}\n{TEACHER}")
    assert "2 pegawai aktif" in text(client.post(f"{PLACE}nyatakan/tinjau/", given))
    client.post(f"{PLACE}nyatakan/sahkan/", {**given, **letter()})
    none = dict(Person.objects.values_list("nip", "verified_none"))
    assert none == {HEAD: ["diklat"], TEACHER: ["diklat"], STAFF: []}


@pytest.mark.parametrize("told", [False, True])
def test_who_is_disciplined_shows_by_no_small_number_and_the_look_is_logged(client: Client, told: bool) -> None:
    punished = {"nip": HEAD, "level": "RINGAN", "started_on": ON, "decree_number": "SK/1"}
    import_workbook({"discipline": rows("discipline", punished)}, by=BY)
    user = enter(client, Role.UNIT_VERIFIER)
    if told:
        given(user, Role.UNIT_HEAD, "DINAS")
    asked = said(said="NIHIL", registers=["disiplin"], nips=f"{HEAD}\n{TEACHER}")
    preview = text(client.post(f"{PLACE}nyatakan/tinjau/", asked))
    assert ("1 pegawai mempunyai baris" in preview, "Sebagian pegawai mempunyai baris" in preview) == (told, not told)
    assert re.findall(r'class="number">\s*(\d*)', preview.partition("<tbody>")[2]) == (["1", "1"] if told else ["", ""])
    refused = text(client.post(f"{PLACE}nyatakan/sahkan/", {**asked, **letter()}))
    assert ("1 pegawai mempunyai baris" in refused) is told
    public = set(Person.objects.filter(nip__in=(HEAD, TEACHER)).values_list("public_id", flat=True))
    assert {(row.page, row.subject) for row in ReadEntry.objects.all()} == {("coverage_preview", one) for one in public}


def test_a_unit_that_is_no_more_is_neither_asked_nor_to_be_declared(client: Client) -> None:
    enter(client, Role.UNIT_VERIFIER)
    asked, codes = said("SD1"), {"DINAS", "SD1"}
    before = to_declare(codes, on=clock.today(), months=12, remind_days=14).waiting
    Unit.objects.filter(code="SD1").update(valid_through=clock.today() - timedelta(days=1))
    assert client.post(f"{PLACE}nyatakan/sahkan/", {**asked, **letter()}).status_code == 422
    with pytest.raises(Refusal, match=r"declaration\.unit"):
        declared("SD1")
    assert to_declare(codes, on=clock.today(), months=12, remind_days=14).waiting == before - 6


def test_a_letter_that_is_none_is_refused_and_nothing_is_declared(client: Client) -> None:
    enter(client, Role.UNIT_VERIFIER)
    answer = client.post(f"{PLACE}nyatakan/sahkan/", {**said(), **letter(b"<html>")})
    assert (answer.status_code, "800/1/2026" in text(answer)) == (422, True)
    assert not Declaration.objects.exists()


def test_a_unit_out_of_scope_cannot_be_chosen(client: Client) -> None:
    enter(client, Role.UNIT_VERIFIER)
    assert client.post(f"{PLACE}nyatakan/sahkan/", {**said("KOTA"), **letter()}).status_code == 422
    assert not Declaration.objects.exists()


def test_the_letter_is_handed_out_as_a_file_within_the_scope(client: Client) -> None:
    own, other = declared(), declared("KOTA")
    enter(client, Role.UNIT_VERIFIER)
    answer = client.get(f"{PLACE}pernyataan/{own.public_id}/surat/")
    assert (answer.content, answer["X-Content-Type-Options"]) == (SCAN, "nosniff")
    assert answer["Content-Disposition"].startswith("attachment")
    assert client.get(f"{PLACE}pernyataan/{other.public_id}/surat/").status_code == 404
    assert client.post(f"{PLACE}pernyataan/{other.public_id}/tarik/", {"alasan": "Keliru"}).status_code == 404


def test_a_declaration_is_withdrawn_with_a_reason(client: Client) -> None:
    own = declared()
    enter(client, Role.UNIT_VERIFIER)
    refused = client.post(f"{PLACE}pernyataan/{own.public_id}/tarik/", {"alasan": " "})
    assert (refused.status_code, "Tuliskan alasan" in text(refused)) == (422, True)
    client.post(f"{PLACE}pernyataan/{own.public_id}/tarik/", {"alasan": "Surat dicabut"})
    assert not RegisterCoverage.objects.exists()
    assert "Surat dicabut" in text(client.get(f"{PLACE}pernyataan/"))


def test_it_waits_for_the_verifier_until_every_register_is_declared(client: Client) -> None:
    enter(client, Role.UNIT_VERIFIER)
    assert "harus dinyatakan lengkap: 6 menunggu, 0 jatuh tempo dalam 3 hari, 6 lewat batas." in text(client.get("/"))
    declared(on=clock.today())
    assert "harus dinyatakan lengkap: 5 menunggu" in text(client.get("/"))


def test_the_queries_do_not_grow_with_the_units(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    declared()
    enter(client, Role.ANALYST)
    for address in (PLACE, f"{PLACE}pernyataan/"):
        client.get(address)
        with django_assert_max_num_queries(15):
            client.get(address)
