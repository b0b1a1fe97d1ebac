"""The sheet for SIMATA: 18 columns of a published map, for those alone who may see everybody, and logged."""

from __future__ import annotations

import io

import polars as pl
import pytest
from django.test import Client
from django.urls import reverse

from nawa.accounts.roles import Role
from nawa.audit.models import ReadEntry
from nawa.engine.exact import MILLION
from nawa.engine.parameters import Axis
from nawa.talent.models import MappingResult, MappingRun
from nawa.talent.queries.profiles import policy_of
from nawa.workbook.simata import SHEET
from tests.web.roles import enter

pytestmark = pytest.mark.django_db


def test_the_sheet_holds_everybody_in_simata_s_columns(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    before = ReadEntry.objects.count()
    response = client.get(reverse("simata_sheet", args=[mapped.public_id]))
    sheet = pl.read_excel(io.BytesIO(response.content), infer_schema_length=None)
    assert sheet.columns == [column.heading for column in SHEET.columns]
    assert sheet.height == MappingResult.objects.filter(run=mapped).count()
    assert ReadEntry.objects.count() > before
    base = policy_of(mapped).parameters.weight_base[Axis.POTENTIAL] * MILLION
    one = MappingResult.objects.filter(run=mapped, box=9).select_related("person")[0]
    assert one.potential_score is not None
    row = sheet.row(by_predicate=pl.col("NIP") == one.person.nip, named=True)
    assert row["Box"] == 9
    assert row["Nilai X"] == pytest.approx(one.potential_score / base, abs=0.00005)


def test_it_is_offered_on_the_first_page_and_on_the_page_of_the_run(client: Client, mapped: MappingRun) -> None:
    address = reverse("simata_sheet", args=[mapped.public_id])
    enter(client, Role.ANALYST)
    assert address in client.get(reverse("simata")).content.decode()
    assert address in client.get(reverse("run", args=[mapped.public_id])).content.decode()
    enter(client, Role.UNIT_HEAD, unit="KOTA")
    assert address not in client.get(reverse("simata")).content.decode()
    assert client.get(address).status_code == 403


def test_a_run_that_is_not_published_is_not_handed_out(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    assert client.get(reverse("simata_sheet", args=["lain"])).status_code == 404
