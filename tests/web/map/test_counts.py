"""The map for those who may know how many, not who: nothing small, and nothing to be had by subtracting."""

from __future__ import annotations

import re
from collections import Counter

import polars as pl
import pytest
from django.http import Http404
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries

from nawa.accounts.roles import Role
from nawa.audit.models import ReadEntry
from nawa.talent.models import MappingResult, MappingRun
from nawa.talent.queries.places import Places
from nawa.web.map import counts
from nawa.web.map.counts import Counts, counts_of
from tests.web.map.reading import largest_office, people_in
from tests.web.roles import enter

pytestmark = pytest.mark.django_db

WITHIN = Places(
    names={1: "Kota", 2: "Dinas A", 3: "Dinas B", 4: "Dinas C", 5: "Sekolah"},
    codes={1: "KOTA", 2: "A", 3: "B", 4: "C", 5: "S"},
    parents={1: None, 2: 1, 3: 1, 4: 1, 5: 2},
    is_everything=True,
)
CITY = {  # people by unit and box: in one office a few stand in box 9
    (2, 5): 20, (5, 5): 10, (2, 9): 2, (3, 5): 40, (3, 9): 8, (3, 8): 6, (4, 5): 30, (4, 9): 12, (4, 8): 9,
}  # fmt: skip
BOXES = range(1, 10)


@pytest.fixture
def city(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(box, "LENGKAP", unit, None, "PNS") for (unit, box), number in CITY.items() for _ in range(number)]
    schema = {
        "box": pl.Int8,
        "status": pl.String,
        "unit_id": pl.Int64,
        "position_id": pl.Int64,
        "staff_kind": pl.String,
    }
    people = pl.DataFrame(rows, schema=schema, orient="row")
    monkeypatch.setattr(counts, "everybody", lambda run, within: people)


def asked(query: str) -> Counts:
    return counts_of(RequestFactory().get(f"/peta/?{query}"), MappingRun(), WITHIN)  # type: ignore[arg-type]


def shown(found: Counts) -> dict[int, int | None]:
    return {cell.box: cell.total.value for _, row in found.grid.rows for cell in row}


def test_a_filter_counts_an_office_with_all_below_it(city: None) -> None:
    assert shown(asked("unit=4"))[5] is not None or shown(asked("unit=2"))[5] is not None
    whole = Counter({box: value or 0 for box, value in shown(asked("")).items()})
    assert (whole[5], whole[9], whole[8]) == (100, 22, 15)


def test_a_few_people_do_not_follow_from_the_whole_and_the_other_offices(city: None) -> None:
    whole, parts = shown(asked("")), [shown(asked(f"unit={unit}")) for unit in (2, 3, 4)]
    for box in BOXES:
        withheld = [part[box] for part in parts].count(None)
        assert withheld != 1, "one unknown in a known sum is no secret"
        assert not {1, 2, 3, 4} & {part[box] for part in parts}
        assert whole[box] is not None


def test_a_few_people_do_not_follow_from_the_total_of_their_office(city: None) -> None:
    for unit in (2, 3, 4):
        found = asked(f"unit={unit}")
        values = [*shown(found).values(), found.grid.unmapped.value]
        assert values.count(None) != 1


@pytest.mark.parametrize("query", ["unit=4&jenis=PNS", "jenjang=PELAKSANA&unit=2", "unit=5", "unit=1", "jenis=X"])
def test_filters_do_not_combine_and_go_no_deeper_than_offered(city: None, query: str) -> None:
    with pytest.raises(Http404):
        asked(query)


def test_a_whole_that_withholds_a_box_cannot_be_filtered(city: None, monkeypatch: pytest.MonkeyPatch) -> None:
    few = pl.DataFrame({"box": [9], "status": ["LENGKAP"], "unit_id": [2], "position_id": [1], "staff_kind": ["PNS"]})
    monkeypatch.setattr(counts, "everybody", lambda run, within: few)
    assert asked("").offers == ()
    with pytest.raises(Http404):
        asked("unit=2")


# -- the page itself


@pytest.mark.parametrize("role", [Role.ASSESSOR, Role.UNIT_VERIFIER])
def test_the_page_shows_nobody_and_no_small_number(
    client: Client, mapped: MappingRun, django_assert_max_num_queries: DjangoAssertNumQueries, role: Role
) -> None:
    enter(client, role, unit=largest_office().code if role is Role.UNIT_VERIFIER else None)
    with django_assert_max_num_queries(15):
        page = client.get("/peta/").content.decode()
    assert people_in(page) == []
    for result in MappingResult.objects.select_related("person"):
        assert result.person.public_id not in page
        assert result.person.nip not in page
    numbers = re.findall(r"box-total\">([\d.]+)<|</span>\s*([\d.]+)</span>", page)
    assert not {"1", "2", "3", "4"} & {number for pair in numbers for number in pair}
    assert not ReadEntry.objects.exists()


def test_status_box_order_and_search_tell_nothing_more(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ASSESSOR)
    plain = client.get("/peta/", headers={"HX-Request": "true"}).content
    for query in ("status=LENGKAP", "kotak=9", "urut=-talenta", "tampil=sebaran", "tampil=keyakinan", "halaman=2"):
        assert client.get(f"/peta/?{query}", headers={"HX-Request": "true"}).content == plain
    assert client.post("/peta/", {"cari": "Siti"}).status_code == 403


def test_the_small_city_cannot_be_filtered(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ASSESSOR)
    assert "terlalu kecil untuk disaring" in client.get("/peta/").content.decode()
    assert client.get("/peta/?jenis=PNS").status_code == 404
