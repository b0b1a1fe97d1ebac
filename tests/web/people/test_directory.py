"""The directory: whom it shows to whom, how it is filtered and sorted, and what it does not tell."""

from __future__ import annotations

import html
import io
import re
from datetime import timedelta

import polars as pl
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from nawa.accounts.roles import Role
from nawa.audit.models import ReadEntry
from nawa.core import clock
from nawa.core.scope import Scope
from nawa.registry.models import Person, Unit
from nawa.registry.queries import subtree
from nawa.talent.models import MappingRun
from nawa.web.kit.people import full_name
from tests.web.map.reading import largest_office
from tests.web.roles import enter

pytestmark = pytest.mark.django_db

PAGES = [
    "/pegawai/",
    "/pegawai/?jenjang=PELAKSANA&jenis=PNS&urut=-golongan&kolom=nip&kolom=unit",
    "/pegawai/?halaman=2",
]


def names_in(page: str) -> list[str]:
    rows = re.findall(r'<th scope="row">(.*?)</th>', page, re.DOTALL)
    return [html.unescape(re.sub(r"<[^>]+>", "", row)).strip() for row in rows]


def everybody_in(client: Client, query: str = "") -> list[str]:
    found: list[str] = []
    for number in range(1, 12):
        page = client.get(f"/pegawai/?halaman={number}&{query}").content.decode()
        found += names_in(page)
        if f"halaman={number + 1}" not in page:
            break
    return found


def inside(unit: Unit) -> set[str]:
    below = subtree(Scope.below(unit.code))
    return {full_name(person) for person in Person.objects.filter(unit__in=below, inactive_since__isnull=True)}


def list_in(page: str) -> str:
    """The part that is patched, without what differs at every answer."""
    found = page[page.index('<div id="daftar"') : page.index("</main>") if "</main>" in page else len(page)].strip()
    return re.sub(r'value="[^"]{64}"|Dicetak oleh [^<]*', "", re.sub(r"\s+", " ", found))


def test_an_analyst_sees_everybody_who_works_here(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    working = Person.objects.filter(inactive_since__isnull=True)
    assert sorted(everybody_in(client)) == sorted(map(full_name, working))


def test_a_verifier_sees_their_unit_and_all_below_and_nobody_else(client: Client, mapped: MappingRun) -> None:
    office = largest_office()
    enter(client, Role.UNIT_VERIFIER, unit=office.code)
    assert set(everybody_in(client)) == inside(office)
    assert client.get(f"/pegawai/?unit={Unit.objects.get(code='KOTA').pk}").status_code == 404
    assert client.get("/pegawai/?unit=x").status_code == 404


def test_searching_from_a_unit_finds_nobody_outside(client: Client, mapped: MappingRun) -> None:
    office = largest_office()
    enter(client, Role.UNIT_VERIFIER, unit=office.code)
    outside = Person.objects.exclude(unit__in=subtree(Scope.below(office.code))).order_by("pk")[0]
    page = client.post("/pegawai/", {"cari": outside.nip}).content.decode()
    assert names_in(page) == []
    assert "Tidak ada pegawai yang cocok" in page


def test_a_name_leads_to_the_profile_for_those_who_may_read_it(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    linked = re.findall(
        r'<th scope="row"><a class="row-link" href="/pegawai/(\w+)/"', client.get("/pegawai/").content.decode()
    )
    assert len(linked) == 50
    assert client.get(f"/pegawai/{linked[0]}/").status_code == 200
    enter(client, Role.UNIT_VERIFIER, unit="KOTA")
    page = client.get("/pegawai/").content.decode()
    assert len(names_in(page)) == 50
    assert "row-link" not in page


def test_the_directory_tells_nothing_of_how_well_and_logs_no_reads(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    page = list_in(client.get("/pegawai/").content.decode())
    assert "Kotak" not in page
    assert "Nilai" not in page
    assert not ReadEntry.objects.exists()


def test_the_nip_is_shown_when_asked_for_and_stands_in_no_address(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    somebody = Person.objects.filter(inactive_since__isnull=True).order_by("pk")[0]
    page = client.post("/pegawai/", {"cari": somebody.nip}).content.decode()
    assert names_in(page) == [full_name(somebody)]
    assert all(somebody.nip not in address for address in re.findall(r'(?:href|action)="([^"]*)"', page))
    assert f'<td data-label="NIP">{somebody.nip}' not in page
    asked = client.post("/pegawai/?kolom=nip", {"cari": somebody.nip}).content.decode()
    assert f'<td data-label="NIP">{somebody.nip}' in asked


def test_what_is_searched_for_combines_with_filters(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    somebody = Person.objects.filter(staff_kind="PNS", inactive_since__isnull=True).order_by("pk")[0]
    first = somebody.name.split()[0]
    wanted = Person.objects.filter(staff_kind="PNS", inactive_since__isnull=True, name__icontains=first)
    page = client.post("/pegawai/?jenis=PNS", {"cari": first}).content.decode()
    assert set(names_in(page)) == set(map(full_name, wanted))
    assert "×" in page


def test_who_is_about_to_retire_is_told_to_readers_of_profiles_alone(client: Client, mapped: MappingRun) -> None:
    office = largest_office()
    leaving = Person.objects.filter(unit__in=subtree(Scope.below(office.code)), inactive_since__isnull=True).order_by(
        "pk"
    )[0]
    elsewhere = Person.objects.exclude(unit__in=subtree(Scope.below(office.code))).filter(inactive_since__isnull=True)[
        0
    ]
    soon = clock.today() + timedelta(days=60)
    Person.objects.filter(pk__in=[leaving.pk, elsewhere.pk]).update(retires_on=soon)
    enter(client, Role.UNIT_HEAD, unit=office.code)
    shown = everybody_in(client, "status=akan-pensiun")
    assert full_name(leaving) in shown
    assert full_name(elsewhere) not in shown
    enter(client, Role.UNIT_VERIFIER, unit="KOTA")
    page = client.get("/pegawai/?status=akan-pensiun").content.decode()
    assert "akan-pensiun" not in list_in(page)
    assert list_in(page) == list_in(client.get("/pegawai/").content.decode())


def test_whoever_has_left_is_found_by_status_and_the_reason_is_not_told(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    somebody = Person.objects.filter(inactive_since__isnull=True).order_by("pk")[0]
    Person.objects.filter(pk=somebody.pk).update(inactive_since=clock.today(), legal_status="DIBERHENTIKAN")
    page = client.get("/pegawai/?status=berhenti").content.decode()
    assert full_name(somebody) in names_in(page)
    assert "DIBERHENTIKAN" not in page
    assert full_name(somebody) not in everybody_in(client)


@pytest.mark.parametrize("order", ["nama", "jabatan", "unit", "jenjang", "jenis", "golongan"])
def test_every_order_shows_everybody_once(client: Client, mapped: MappingRun, order: str) -> None:
    enter(client, Role.ANALYST)
    up, down = everybody_in(client, f"urut={order}"), everybody_in(client, f"urut=-{order}")
    assert sorted(up) == sorted(down) == sorted(everybody_in(client))


def test_the_file_holds_exactly_what_is_shown(client: Client, mapped: MappingRun) -> None:
    office = largest_office()
    enter(client, Role.UNIT_VERIFIER, unit=office.code)
    query = "?jenjang=PELAKSANA&kolom=jabatan&urut=-nama"
    saved = client.post(f"/pegawai/berkas/csv/{query}").content
    table = pl.read_csv(io.BytesIO(saved.removeprefix(b"\xef\xbb\xbf")), separator=";")
    assert table.columns == ["Nama", "Jabatan"]
    assert table["Nama"].to_list() == everybody_in(client, query.removeprefix("?"))
    assert client.get("/pegawai/berkas/xlsx/").content[:2] == b"PK"
    assert client.get("/pegawai/berkas/pdf/").status_code == 404


def test_an_empty_list_can_be_saved_too(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    saved = client.post("/pegawai/berkas/csv/", {"cari": "tidak ada yang bernama begini"}).content.decode("utf-8-sig")
    assert saved.splitlines() == ["Nama;Jabatan;Unit;Jenjang;Jenis pegawai;Golongan"]


@pytest.mark.parametrize("path", PAGES)
def test_the_patched_part_is_the_same_part_of_the_whole_page(client: Client, mapped: MappingRun, path: str) -> None:
    enter(client, Role.ANALYST)
    patch = client.get(path, headers={"HX-Request": "true", "HX-Target": "daftar"}).content.decode()
    assert "<html" not in patch
    assert list_in(patch) == list_in(client.get(path).content.decode())


@pytest.mark.parametrize("path", [*PAGES, "/pegawai/?status=akan-pensiun"])
@pytest.mark.parametrize("role", [Role.ANALYST, Role.UNIT_HEAD])
def test_a_page_takes_few_queries(
    client: Client, mapped: MappingRun, django_assert_max_num_queries: DjangoAssertNumQueries, path: str, role: Role
) -> None:
    enter(client, role, unit=largest_office().code if role is Role.UNIT_HEAD else None)
    with django_assert_max_num_queries(15):
        assert client.get(path).status_code == 200


def test_nonsense_in_the_address_is_overlooked(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    page = client.get("/pegawai/?jenjang=X&jenis=Y&status=Z&urut=-W&kolom=V&halaman=zz").content.decode()
    assert list_in(page) == list_in(client.get("/pegawai/").content.decode())
