"""Files hold exactly what the page shows, and say of what period and policy it is."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET

import polars as pl
import pytest
from django.test import Client

from nawa.accounts.roles import Role
from nawa.audit.models import ReadEntry
from nawa.talent.models import MappingResult, MappingRun
from tests.web.map.reading import largest_office, people_in, results_in
from tests.web.roles import enter

pytestmark = pytest.mark.django_db
QUERY = "kotak=5&urut=-talenta&kolom=nip&kolom=talenta&kolom=kotak"


def table(content: bytes) -> pl.DataFrame:
    return pl.read_csv(io.BytesIO(content), separator=";", decimal_comma=True, infer_schema_length=0)


def test_a_file_holds_the_columns_and_the_order_of_the_page(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    frame = table(client.get(f"/peta/berkas/csv/?{QUERY}").content)
    assert frame.columns[:4] == ["Nama", "NIP", "Nilai talenta", "Kotak"]
    shown = people_in(client.get(f"/peta/?{QUERY}").content.decode())
    nips = dict(MappingResult.objects.values_list("person__public_id", "person__nip"))
    assert frame["NIP"].to_list()[: len(shown)] == [nips[person] for person in shown]
    assert frame.height == MappingResult.objects.filter(box=5).count()


def test_a_file_names_period_policy_and_stamp_in_every_row(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    frame = table(client.get("/peta/berkas/csv/").content)
    policy = f"{mapped.policy_label} {mapped.policy_version}"
    assert set(frame.select(frame.columns[-3:]).iter_rows()) == {("2026-11-01", policy, mapped.stamp)}


def test_a_workbook_holds_what_the_csv_holds(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    book = pl.read_excel(io.BytesIO(client.get(f"/peta/berkas/xlsx/?{QUERY}").content), infer_schema_length=0)
    frame = table(client.get(f"/peta/berkas/csv/?{QUERY}").content)
    assert book.columns == frame.columns
    assert book["NIP"].to_list() == frame["NIP"].to_list()


def test_what_was_searched_for_limits_the_file_too(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    somebody = MappingResult.objects.select_related("person").order_by("pk")[0].person
    frame = table(client.post("/peta/berkas/csv/", {"cari": somebody.nip}).content)
    assert frame["Nama"].to_list() == [somebody.name]


def test_a_head_saves_their_own_unit_alone_and_all_of_it_is_logged(client: Client, mapped: MappingRun) -> None:
    office = largest_office()
    enter(client, Role.UNIT_HEAD, unit=office.code)
    assert table(client.get("/peta/berkas/csv/").content).height == results_in(office).count()
    inside = set(results_in(office).values_list("person__public_id", flat=True))
    assert set(ReadEntry.objects.values_list("subject", "page")) == {(person, "map-file") for person in inside}


def test_the_drawing_stands_alone_and_names_its_policy(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    answer = client.get("/peta/berkas/svg/?kotak=5")
    drawing = answer.content.decode()
    assert ET.fromstring(drawing).tag == "{http://www.w3.org/2000/svg}svg"
    assert mapped.stamp in drawing
    assert "/pegawai/" not in drawing


@pytest.mark.parametrize("role", [Role.ASSESSOR, Role.UNIT_VERIFIER])
def test_those_who_may_know_no_more_than_counts_get_no_file(client: Client, mapped: MappingRun, role: Role) -> None:
    enter(client, role, unit=largest_office().code if role is Role.UNIT_VERIFIER else None)
    for file_format in ("csv", "xlsx", "svg"):
        assert client.get(f"/peta/berkas/{file_format}/").status_code == 403


def test_there_is_no_file_of_another_kind(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    assert client.get("/peta/berkas/pdf/").status_code == 404
