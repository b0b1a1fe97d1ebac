"""Kualitas Data: of how many people each piece of evidence is known, for whom, and what stays covered."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from datetime import date

import polars as pl
import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from nawa.accounts.permissions import Permission
from nawa.accounts.roles import Role
from nawa.core.actor import Actor
from nawa.core.scope import Scope
from nawa.policy.loading import load
from nawa.registry.models import Unit
from nawa.registry.queries import subtree
from nawa.talent.actions import run_mapping
from nawa.talent.models import MappingResult, MappingRun
from nawa.web.quality import basis
from tests.publishing import walk
from tests.web.map.reading import largest_office
from tests.web.roles import enter

pytestmark = pytest.mark.django_db


def read(client: Client, address: str = "/kualitas-data/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return html.unescape(re.sub(r"\s+", " ", answer.content.decode()))


def table(page: str, number: int = 0) -> Mapping[str, list[str]]:
    """The rows of a table by their names: people, completeness, then one share per component."""
    body = page.split("<tbody>")[1 + number].split("</tbody>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", body)
    plain = [[re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
             for row in rows]  # fmt: skip
    return {name: cells for name, *cells in plain}


def people_of(run: MappingRun, unit: Unit) -> list[MappingResult]:
    inside = subtree(Scope.below(unit.code)) or ()
    return list(MappingResult.objects.filter(run=run, unit_id__in=inside))


def test_a_cell_is_the_share_of_people_of_whom_the_component_is_known(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    office = largest_office()
    row = table(read(client))[office.name]
    people = people_of(mapped, office)
    assert row[0] == str(len(people))
    known = sum(result.components["RATING"][0] != "UNKNOWN" for result in people)
    assert row[2].rstrip("%") == str(100 * known // len(people))


def test_units_and_tiers_count_everybody_once(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    page = read(client)
    for number in (0, 1):
        assert sum(int(row[0].replace(".", "")) for row in table(page, number).values()) == mapped.people


def test_the_sentence_names_the_evidence_known_least_often(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    results = list(MappingResult.objects.filter(run=mapped))
    counts = {one: sum(row.components[one][0] != "UNKNOWN" for row in results) for one in results[0].components}
    rarest = min(counts, key=lambda one: counts[one])
    assert rarest in ("POTENTIAL", "COMPETENCE")
    said = re.search(r"Bukti paling jarang diketahui: ([^(]+) \(([\d,]+)% pegawai\)", read(client))
    assert said
    assert said[1] in ("Penilaian Potensi", "Penilaian Kompetensi")
    assert said[2].replace(",", ".") == f"{100 * counts[rarest] / len(results):.1f}"


def test_a_unit_leads_to_those_below_it_and_no_further_than_the_reader_may(client: Client, mapped: MappingRun) -> None:
    office = largest_office()
    enter(client, Role.UNIT_HEAD, unit=office.code)
    page = read(client)
    total = sum(int(row[0].replace(".", "")) for row in table(page).values())
    assert total == len(people_of(mapped, office))
    inside = subtree(Scope.below(office.code)) or frozenset()
    other = Unit.objects.exclude(pk__in=inside).order_by("pk")[0]
    assert client.get(f"/kualitas-data/?unit={other.pk}").status_code == 404
    assert client.get("/kualitas-data/?unit=x").status_code == 404
    assert f"Kelengkapan di {office.name}" in read(client, f"/kualitas-data/?unit={office.pk}")


def test_whoever_may_not_know_people_sees_nothing_of_small_groups(
    client: Client, mapped: MappingRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(client, Role.ANALYST)
    open_rows = table(read(client), 1)
    small = {name for name, row in open_rows.items() if int(row[0]) < 5}
    assert small
    monkeypatch.setattr(basis, "sees", lambda request, within, *permissions: False)
    rows = table(read(client), 1)
    covered = {name for name, row in rows.items() if "tidak ditampilkan" in row[0]}
    assert covered > small  # and one more, or the sum would tell
    assert all(set(rows[name][1:]) == {"–"} for name in covered)
    assert all(rows[name] == open_rows[name] for name in set(rows) - covered)


def test_a_verifier_may_know_of_whom_something_is_unknown_in_their_units_alone(
    client: Client, mapped: MappingRun
) -> None:
    user = enter(client, Role.UNIT_VERIFIER, unit=largest_office().code)
    assert "tidak ditampilkan" not in read(client)
    assert {grant.role for grant in user.grants.all()} == {Role.UNIT_VERIFIER}
    assert basis.SEES_PEOPLE == (Permission.MAP_PEOPLE, Permission.EVIDENCE_VERIFY)


def test_the_file_holds_what_the_page_shows(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    shown = table(read(client))
    answer = client.get(reverse("quality_file", args=["csv"]))
    frame = pl.read_csv(answer.content, separator=";", decimal_comma=True)
    office = largest_office()
    assert set(frame["Unit"].drop_nulls()) == set(shown) | {"Semua unit"}
    (row,) = frame.filter(pl.col("Unit") == office.name).to_dicts()
    assert row["Pegawai"] == int(shown[office.name][0])
    assert client.get(reverse("quality_file", args=["pdf"])).status_code == 404


def test_without_a_map_the_page_says_why_and_there_is_no_file(
    client: Client, mapped: MappingRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(basis, "period_of", lambda request: None)
    enter(client, Role.ANALYST)
    assert "Belum ada pemetaan untuk Anda" in read(client)
    assert client.get(reverse("quality_file", args=["csv"])).status_code == 404


def test_the_page_speaks_english(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    client.post(reverse("language"), {"language": "en", "next": "/"})
    page = read(client)
    for text in ("Data Quality", "Evidence known least often", "By tier of post", "the least complete first"):
        assert text in page
    assert "Kelengkapan" not in page


def test_the_page_takes_a_constant_number_of_queries(
    client: Client, mapped: MappingRun, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    enter(client, Role.UNIT_VERIFIER, unit=largest_office().code)
    with django_assert_max_num_queries(15):
        read(client)


def test_the_line_joins_the_months_and_its_table_says_the_same(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    assert "Kelengkapan dari bulan ke bulan" not in read(client)  # one month is no line
    earlier = date(2026, 9, 1)
    walk(run_mapping(policy=load("semarang", on=earlier), on=earlier, by=Actor.system("tests")))
    office = largest_office()
    for address, unit in (("/kualitas-data/", None), (f"/kualitas-data/?unit={office.pk}", office)):
        page = read(client, address)
        points = re.search(r'<polyline class="months-line" points="([\d, ]+)"', page)
        assert points
        assert len(points[1].split()) == 2
        rows = page.split("Tabel kelengkapan per bulan</caption>")[1]
        told = re.findall(
            r'<th scope="row">(\w+ 2026)</th><td class="number">(\d+)</td><td class="number">([\d,]+)%', rows
        )
        assert [month for month, _people, _share in told] == ["September 2026", "November 2026"]
        results = people_of(mapped, unit) if unit else list(MappingResult.objects.filter(run=mapped))
        mean = sum(result.completeness_e4 for result in results) / len(results) / 10_000
        assert told[1][1:] == (str(len(results)), f"{int(mean * 10) / 10}".replace(".", ","))
