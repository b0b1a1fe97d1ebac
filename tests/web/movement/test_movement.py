"""Two maps side by side: who sees what of them, that lists and numbers agree, and that what is small is withheld."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from nawa.accounts.roles import Role
from nawa.audit.models import ReadEntry
from nawa.core.scope import Scope
from nawa.talent import tasks
from nawa.talent.enums import Stage
from nawa.talent.models import MappingRun, Movement
from nawa.talent.queries import flows, movements
from nawa.talent.queries.places import places
from nawa.web.kit.guards import Request
from nawa.web.movement import pages
from tests.web.map.reading import largest_office
from tests.web.movement.conftest import Pair
from tests.web.roles import enter

pytestmark = pytest.mark.django_db


def page_of(client: Client, address: str = "/pergerakan/") -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def figure(page: str, name: str) -> int:
    found = re.search(rf"<dt>{name}</dt><dd>\s*([\d.]+)", page)
    assert found, name
    return int(found[1].replace(".", ""))


def listed(client: Client, query: str = "") -> list[str]:
    return re.findall(r'<a class="row-link" href="/pegawai/([^/]+)/"', page_of(client, f"/pergerakan/pegawai/{query}"))


def test_the_newest_two_maps_are_compared_unasked(client: Client, pair: Pair) -> None:
    enter(client, Role.ANALYST)
    page = page_of(client)
    assert "Pergerakan 1 November 2026 – 1 Desember 2026" in page
    people = movements.between(*pair, within=places(scope=Scope.everything())).people
    counted = {name: people.filter(direction=name).height for name in flows.DIRECTIONS}
    assert min(counted["up"], counted["down"]) > 5
    assert (figure(page, "Naik kotak"), figure(page, "Turun kotak")) == (counted["up"], counted["down"])
    assert figure(page, "Tetap") == counted["same"]


def test_a_map_that_was_withdrawn_is_on_neither_side_unasked(
    client: Client, pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(client, Role.ANALYST)
    own = pages._runs

    def withdrawn(request: Request) -> list[MappingRun]:
        runs = list(own(request))
        for run in runs:
            run.current_stage = Stage.WITHDRAWN if run.pk == pair[0].pk else Stage.PUBLISHED
        return runs

    monkeypatch.setattr(pages, "_runs", withdrawn)
    assert "1 November 2026 – 1 Desember 2026" not in page_of(client)
    assert "movement/none.html" in [template.name for template in client.get("/pergerakan/").templates]


def test_the_list_names_each_mover_with_what_moved_them(client: Client, pair: Pair) -> None:
    enter(client, Role.ANALYST)
    page = page_of(client, "/pergerakan/pegawai/")
    people = flows.moved(movements.between(*pair, within=places(scope=Scope.everything())).people)
    assert f"{people.height} orang" in page
    assert "Bukti: Penilaian Kinerja" in page
    seen = listed(client)
    assert set(seen) <= set(ReadEntry.objects.filter(page="movers").values_list("subject", flat=True))


def test_filters_narrow_the_list(client: Client, pair: Pair) -> None:
    enter(client, Role.ANALYST)
    both = set(listed(client))
    big, down, aged = (listed(client, query) for query in ("?besar=ya", "?arah=down", "?sebab=AGE"))
    assert 0 < len(big) < len(both)
    people = movements.between(*pair, within=places(scope=Scope.everything())).people
    assert len(down) == min(50, people.filter(direction="down").height)
    movement = movements.movement_of(*pair)
    assert movement is not None
    told = movements.caused(movement, flows.moved(people))
    assert len(aged) == min(50, told.filter(cause="AGE")["person_id"].n_unique())


def test_the_file_holds_the_whole_list(client: Client, pair: Pair) -> None:
    enter(client, Role.ANALYST)
    lines = client.get("/pergerakan/pegawai/berkas/csv/").content.decode("utf-8-sig").strip().splitlines()
    people = flows.moved(movements.between(*pair, within=places(scope=Scope.everything())).people)
    assert len(lines) == people.height + 1


def test_a_head_of_unit_sees_their_own(client: Client, pair: Pair) -> None:
    office = largest_office()
    enter(client, Role.UNIT_HEAD, unit=office.code)
    inside = movements.between(*pair, within=places(scope=Scope.below(office.code))).people
    assert f"dari {inside.height} pegawai yang ada di kedua peta" in page_of(client)
    assert len(listed(client)) == min(50, flows.moved(inside).height)


def test_who_may_not_know_who_stands_where_sees_nothing_small(client: Client, pair: Pair) -> None:
    office = largest_office()
    enter(client, Role.UNIT_VERIFIER, unit=office.code)
    page = page_of(client)
    assert "Angka di bawah lima" in page
    assert "/pergerakan/pegawai/" not in page
    shown = re.findall(r'<td class="number[^"]*">\s*(\d+)\s*</td>', page)
    assert all(number == "0" or int(number) >= 5 for number in shown)


def test_maps_out_of_sight_or_in_the_wrong_order_are_not_found(client: Client, pair: Pair) -> None:
    enter(client, Role.UNIT_HEAD, unit=largest_office().code)
    earlier, later = (run.public_id for run in pair)
    for query in (f"?dari={later}&ke={earlier}", f"?dari={earlier}&ke={earlier}", "?dari=tidak-ada&ke=tidak-ada"):
        assert client.get(f"/pergerakan/{query}").status_code == 404


def test_an_analyst_asks_for_causes_that_are_not_known(client: Client, pair: Pair) -> None:
    enter(client, Role.ANALYST)
    Movement.objects.all().delete()
    assert "belum pernah diuraikan" in page_of(client)
    answer = client.post(f"/pergerakan/{pair[1].public_id}/sebab/", {"dari": pair[0].public_id})
    assert answer.status_code == 302
    page = page_of(client, answer["Location"])
    assert "Menunggu pekerja yang bebas." in page
    assert "permintaan kedua" not in page
    asked = Movement.objects.get()
    client.post(f"/pergerakan/{pair[1].public_id}/sebab/", {"dari": pair[0].public_id})
    assert Movement.objects.get() == asked
    assert "permintaan kedua tidak mengubah apa pun" in page_of(client, answer["Location"])
    part = client.get(answer["Location"], headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="kemajuan"')
    tasks.trace.func(Movement.objects.get().public_id)
    whole = client.get(answer["Location"], headers={"HX-Request": "true"})
    assert whole["HX-Refresh"] == "true"
    assert "Usia bukti" in page_of(client, answer["Location"])


def test_the_patched_list_is_that_of_the_page(client: Client, pair: Pair) -> None:
    enter(client, Role.ANALYST)
    whole = page_of(client, "/pergerakan/pegawai/?arah=up")
    part = client.get("/pergerakan/pegawai/?arah=up", headers={"HX-Request": "true"}).content.decode()
    start = part.strip()[:40]
    assert start in whole
    assert part.strip().startswith('<div id="daftar"')


@pytest.mark.parametrize("address", ["/pergerakan/", "/pergerakan/pegawai/", "/pergerakan/pegawai/?sebab=EVIDENCE"])
def test_pages_ask_few_questions(
    client: Client, pair: Pair, address: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    enter(client, Role.ANALYST)
    page_of(client, address)
    with django_assert_max_num_queries(15):
        page_of(client, address)
