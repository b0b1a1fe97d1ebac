"""Yang dikejar lebih dulu: ranked, named to whoever may, and a unit's sheet that is logged."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from nawa.accounts.roles import Role
from nawa.audit.models import ReadEntry
from nawa.core.scope import Scope
from nawa.registry.models import Unit
from nawa.registry.queries import subtree
from nawa.talent.models import MappingResult, MappingRun
from nawa.web.quality import basis
from tests.web.map.reading import largest_office
from tests.web.quality.test_completeness import read
from tests.web.roles import enter

pytestmark = pytest.mark.django_db

PAGE = "/kualitas-data/kejar/"


def lines(page: str) -> list[list[str]]:
    body = page.split("<tbody>")[1].split("</tbody>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", body)
    return [[re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
            for row in rows]  # fmt: skip


def sheet(content: bytes) -> list[dict[str, str]]:
    head, *rows = openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_what_decides_most_boxes_comes_first_and_equals_by_name(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    found = lines(read(client, PAGE))
    numbers = [int(line[3].replace(".", "")) for line in found]
    assert numbers == sorted(numbers, reverse=True)
    assert numbers[-1] > 0
    equals = [(line[1], number) for line, number in zip(found, numbers, strict=True)]
    assert equals == sorted(equals, key=lambda pair: (-pair[1], pair[0]))
    assert [line[0] for line in found] == [str(place) for place in range(1, len(found) + 1)]
    assert "bila belum ada, jadwalkan" in found[0][5]
    assert lines(read(client, PAGE)) == found


def test_a_verifier_is_told_no_small_number_of_boxes_but_every_gap(client: Client, mapped: MappingRun) -> None:
    office = largest_office()
    enter(client, Role.UNIT_HEAD, unit=office.code)
    open_lines = {(line[1], line[2]): line for line in lines(read(client, PAGE))}
    assert any(int(line[3]) < 5 for line in open_lines.values())
    client.logout()
    enter(client, Role.UNIT_VERIFIER, unit=office.code)
    found = {(line[1], line[2]): line for line in lines(read(client, PAGE))}
    shown = {pair for pair, line in found.items() if "tidak ditampilkan" not in line[3]}
    assert all(int(open_lines[pair][3]) >= 5 for pair in shown)
    assert set(found) > shown
    for pair in set(found) & set(open_lines):
        assert found[pair][4] == open_lines[pair][4]


def test_the_sheet_names_who_lacks_what_and_is_logged(client: Client, mapped: MappingRun) -> None:
    office = largest_office()
    user = enter(client, Role.UNIT_VERIFIER, unit=office.code)
    answer = client.get(reverse("quality_sheet", args=[office.pk]))
    rows = sheet(answer.content)
    inside = MappingResult.objects.filter(run=mapped, unit_id__in=subtree(Scope.below(office.code)) or ())
    lacking = [result for result in inside.select_related("person") if result.missing]
    assert len(rows) == sum(len(result.missing) for result in lacking)
    assert {row["NIP"] for row in rows} == {result.person.nip for result in lacking}
    assert all(row["Yang perlu dibawa"] for row in rows)
    assert "Menentukan kotak" not in rows[0]  # in which box somebody is, a verifier may not know
    reads = ReadEntry.objects.filter(page="quality-sheet", read_by=f"user:{user.public_id}")
    assert {read.subject for read in reads} == {result.person.public_id for result in lacking}


def test_the_sheet_says_what_decides_to_whoever_may_see_boxes(client: Client, mapped: MappingRun) -> None:
    office = largest_office()
    enter(client, Role.ANALYST)
    rows = sheet(client.get(reverse("quality_sheet", args=[office.pk])).content)
    page = lines(read(client, f"{PAGE}?unit={office.pk}"))
    told = sum(int(line[3]) for line in page)
    assert sum(row["Menentukan kotak"] == "ya" for row in rows) == told > 0


def test_a_unit_outside_has_no_sheet_and_nobody_else_gets_one(
    client: Client, mapped: MappingRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = largest_office()
    enter(client, Role.UNIT_HEAD, unit=office.code)
    other = Unit.objects.exclude(pk__in=subtree(Scope.below(office.code)) or ()).order_by("pk")[0]
    assert client.get(reverse("quality_sheet", args=[other.pk])).status_code == 404
    monkeypatch.setattr(basis, "sees", lambda request, within, *permissions: False)
    assert client.get(reverse("quality_sheet", args=[office.pk])).status_code == 403
    assert "/lembar/" not in read(client, PAGE)


def test_the_page_takes_a_constant_number_of_queries_and_speaks_english(
    client: Client, mapped: MappingRun, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    enter(client, Role.UNIT_VERIFIER, unit=largest_office().code)
    client.post(reverse("language"), {"language": "en", "next": "/"})
    with django_assert_max_num_queries(15):
        page = read(client, PAGE)
    assert "What to chase first" in page
    assert "schedule one" in page
