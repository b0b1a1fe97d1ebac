"""The map for those who may see people: whom it shows, how it is filtered, sorted and logged."""

from __future__ import annotations

import re
from collections import Counter
from itertools import product

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from nawa.accounts.roles import Role
from nawa.audit.models import ReadEntry
from nawa.registry.enums import CIVIL_SERVANTS, CONTRACT_STAFF
from nawa.talent.models import MappingResult, MappingRun
from tests.web.conftest import map_city
from tests.web.map.reading import board_in, boxes_in, largest_office, people_in, results_in, text_of
from tests.web.roles import enter

pytestmark = pytest.mark.django_db

PAGES = [
    "/peta/",
    "/peta/?kotak=5",
    "/peta/?tampil=sebaran",
    "/peta/?tampil=keyakinan",
    "/peta/?jenjang=PELAKSANA&jenis=PNS&status=LENGKAP&urut=-talenta&kolom=nip&kolom=talenta",
]


def all_people(client: Client, query: str = "") -> list[str]:
    """Everybody in a list, page after page."""
    found: list[str] = []
    for number in range(1, 20):
        page = people_in(client.get(f"/peta/?halaman={number}&{query}").content.decode())
        if page and page[-1] in found:
            break
        found += page
    return found


# -- who sees whom


def test_nobody_is_sent_to_log_in_without_what_they_asked_for(client: Client, mapped: MappingRun) -> None:
    answer = client.get("/peta/?kotak=9")
    assert (answer.status_code, answer["Location"]) == (302, "/masuk/?next=/peta/")


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, None])
def test_administrators_and_plain_employees_are_refused(client: Client, mapped: MappingRun, role: Role | None) -> None:
    enter(client, role)
    assert client.get("/peta/").status_code == 403
    assert client.get("/peta/berkas/csv/").status_code == 403


def test_an_analyst_sees_everybody(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    assert set(all_people(client)) == set(MappingResult.objects.values_list("person__public_id", flat=True))


def test_a_head_sees_their_unit_and_all_below_and_nobody_else(client: Client, mapped: MappingRun) -> None:
    office = largest_office()
    enter(client, Role.UNIT_HEAD, unit=office.code)
    inside = set(results_in(office).values_list("person__public_id", flat=True))
    assert set(all_people(client)) == inside
    assert len(inside) < MappingResult.objects.count()


def test_a_unit_outside_is_as_unknown_as_one_that_does_not_exist(client: Client, mapped: MappingRun) -> None:
    office = largest_office()
    enter(client, Role.UNIT_HEAD, unit=office.code)
    outside = MappingResult.objects.exclude(pk__in=results_in(office).values("pk")).order_by("pk")[0]
    for unit in (outside.unit_id, 999_999, "x"):
        assert client.get(f"/peta/?unit={unit}").status_code == 404


def test_searching_from_a_unit_finds_nobody_outside(client: Client, mapped: MappingRun) -> None:
    office = largest_office()
    enter(client, Role.UNIT_HEAD, unit=office.code)
    outside = MappingResult.objects.exclude(pk__in=results_in(office).values("pk")).order_by("pk")[0]
    page = client.post("/peta/", {"cari": outside.person.nip}).content.decode()
    assert people_in(page) == []
    assert "Tidak ada pegawai yang cocok" in page


# -- filters


def test_filters_combine_as_a_plain_count_does(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    office = largest_office()
    inside = set(results_in(office).values_list("pk", flat=True))
    rows = list(MappingResult.objects.select_related("position"))
    kinds = {"": None, "PNS": CIVIL_SERVANTS, "PPPK": CONTRACT_STAFF}
    for unit, tier, staff, status in product(("", office.pk), ("", "PELAKSANA"), kinds, ("", "LENGKAP", "SEMENTARA")):
        wanted = [
            row
            for row in rows
            if (not unit or row.pk in inside)
            and (not tier or (row.position and row.position.tier == tier))
            and (kinds[staff] is None or row.staff_kind in kinds[staff])
            and (not status or row.status == status)
        ]
        page = client.get(f"/peta/?unit={unit}&jenjang={tier}&jenis={staff}&status={status}").content.decode()
        counted = Counter(row.box for row in wanted if row.box)
        assert boxes_in(page) == ({box: counted[box] for box in range(1, 10)} if wanted else {})


def test_a_box_opens_into_the_list_of_its_people(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    for box in (3, 5):
        wanted = set(MappingResult.objects.filter(box=box).values_list("person__public_id", flat=True))
        assert set(all_people(client, f"kotak={box}")) == wanted


def test_what_is_searched_for_combines_with_filters_and_stands_in_no_address(
    client: Client, mapped: MappingRun
) -> None:
    enter(client, Role.ANALYST)
    somebody = MappingResult.objects.filter(box=5).select_related("person").order_by("pk")[0].person
    word = somebody.name.split()[0]
    page = client.post("/peta/?kotak=5", {"cari": word}).content.decode()
    wanted = MappingResult.objects.filter(box=5, person__name__icontains=word)
    assert set(people_in(page)) == set(wanted.values_list("person__public_id", flat=True))
    assert all(word not in address for address in re.findall(r'(?:href|action)="([^"]*)"', page))
    assert people_in(client.post("/peta/", {"cari": somebody.nip}).content.decode()) == [somebody.public_id]


def test_nonsense_in_the_address_is_overlooked(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    page = client.get("/peta/?kotak=12&jenjang=X&jenis=Y&status=Z&tampil=Q&urut=-W&kolom=V&halaman=zz")
    assert board_in(page.content.decode()) == board_in(client.get("/peta/").content.decode())


def test_shares_are_of_people_of_the_same_kind(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    boxed = MappingResult.objects.filter(box__isnull=False, staff_kind__in=CIVIL_SERVANTS)
    share = f"{100 * boxed.filter(box=5).count() / boxed.count():.1f}".replace(".", ",")
    assert f"{share}% dari PNS" in text_of(client.get("/peta/").content.decode())


def test_an_unknown_score_is_unknown_and_not_zero(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    page = text_of(client.get("/peta/?status=BELUM_DAPAT_DIPETAKAN").content.decode())
    assert "belum diketahui" in page
    assert "Belum dapat dipetakan" in page


# -- the list


def test_order_is_by_value_then_name_and_unknown_comes_last_both_ways(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    rows = {
        row.person.public_id: (row.talent_score_e6, row.person.name.lower())
        for row in MappingResult.objects.select_related("person")
    }
    up, down = all_people(client, "urut=talenta"), all_people(client, "urut=-talenta")
    known = [public_id for public_id in up if rows[public_id][0] is not None]
    assert known == sorted(known, key=lambda public_id: rows[public_id])
    assert up[: len(known)] == known
    assert down[: len(known)] == sorted(known, key=lambda public_id: (-(rows[public_id][0] or 0), rows[public_id][1]))
    assert set(down[len(known) :]) == set(up[len(known) :])


@pytest.mark.parametrize(
    "order", ["nama", "unit", "jabatan", "jenjang", "kinerja", "kotak", "kelengkapan", "keyakinan"]
)
def test_every_order_shows_everybody_once_and_the_same_way_again(
    client: Client, mapped: MappingRun, order: str
) -> None:
    enter(client, Role.ANALYST)
    first = all_people(client, f"urut={order}")
    assert len(first) == len(set(first)) == MappingResult.objects.count()
    assert all_people(client, f"urut={order}") == first


def test_the_least_sure_come_first_in_the_view_of_sureness(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    chances = {
        row.person.public_id: row.probabilities[row.box - 1]
        for row in MappingResult.objects.filter(box__isnull=False).select_related("person")
        if row.box
    }
    shown = people_in(client.get("/peta/?tampil=keyakinan").content.decode())
    assert [chances[person] for person in shown] == sorted(chances.values())[: len(shown)]


# -- what every page owes


@pytest.mark.parametrize("path", PAGES)
def test_reads_are_logged_for_exactly_the_people_shown(client: Client, mapped: MappingRun, path: str) -> None:
    reader = enter(client, Role.ANALYST)
    page = client.get(path).content.decode()
    drawn = set(people_in(page)) | set(re.findall(r'href="/pegawai/([^/"]+)/"', page))
    assert set(ReadEntry.objects.values_list("subject", flat=True)) == drawn
    assert set(ReadEntry.objects.values_list("read_by", "page")) <= {(f"user:{reader.public_id}", "map")}


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("role", [Role.ANALYST, Role.UNIT_HEAD])
def test_a_page_takes_few_queries(
    client: Client, mapped: MappingRun, django_assert_max_num_queries: DjangoAssertNumQueries, path: str, role: Role
) -> None:
    enter(client, role, unit=largest_office().code if role is Role.UNIT_HEAD else None)
    for headers in ({}, {"HX-Request": "true"}):
        with django_assert_max_num_queries(15):
            assert client.get(path, headers=headers).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_the_patched_part_is_the_same_part_of_the_whole_page(client: Client, mapped: MappingRun, path: str) -> None:
    enter(client, Role.ANALYST)
    whole = client.get(path).content.decode()
    patch = client.get(path, headers={"HX-Request": "true", "HX-Target": "peta"}).content.decode()
    assert "<html" not in patch
    assert board_in(patch) == board_in(whole)


def test_the_drawing_names_nobody(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    page = client.get("/peta/?tampil=sebaran").content.decode()
    drawing = page[page.index('<svg class="scatter"') : page.index("</svg>", page.index('<svg class="scatter"'))]
    assert drawing.count("<a ") == MappingResult.objects.filter(box__isnull=False).count()
    for person in MappingResult.objects.select_related("person"):
        assert person.person.nip not in drawing
        assert person.person.name not in drawing


def test_an_older_period_is_marked_in_the_top_bar(client: Client, mapped: MappingRun) -> None:
    newer = map_city()
    enter(client, Role.ANALYST)
    assert 'class="top older"' not in client.get("/peta/").content.decode().replace("top  ", "top ")
    page = client.get(f"/peta/?periode={mapped.public_id}").content.decode()
    assert 'class="top older"' in page
    assert "bukan periode terbaru" in page
    assert f'value="{newer.public_id}"' in page
    assert f"periode={mapped.public_id}" in page[page.index('<div id="peta"') :]


def test_the_page_is_spoken_in_english_too(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    client.post("/bahasa/", {"language": "en", "next": "/peta/"})
    assert "How many people are in each box?" in client.get("/peta/").content.decode()
