"""Earlier maps and groups beside a run: the numbers add up, the lists stay in scope and are logged."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries as AtMost

from nawa.accounts.roles import Role
from nawa.audit.models import ReadEntry
from nawa.core.scope import Scope
from nawa.talent.models import EarlierMap, EarlierPool, MappingResult, MappingRun
from nawa.talent.queries import earlier, flows
from nawa.talent.queries.places import places
from tests.web.roles import enter

pytestmark = pytest.mark.django_db
EVERYWHERE = Scope.everything()


def text(response: HttpResponse) -> str:
    return response.content.decode()


def test_everybody_on_the_earlier_map_goes_somewhere(mapped: MappingRun) -> None:
    (period,) = earlier.periods()
    people = earlier.earlier_boxes(mapped, period, within=places(scope=EVERYWHERE))
    kept = dict(EarlierMap.objects.filter(period=period).values_list("person_id", "box"))
    now = dict(MappingResult.objects.filter(run=mapped).values_list("person_id", "box"))
    assert {
        person: (then, box) for person, then, box in people.select("person_id", "box_before", "box").iter_rows()
    } == {person: (then, now.get(person)) for person, then in kept.items()}
    flow = flows.flow(people)
    assert sum(sum(row.values()) for row in flow.values()) == len(kept) > 0
    by_unit = flows.by_unit(places(scope=EVERYWHERE))(people)
    assert sum(sum(counts.values()) for counts in by_unit.values()) == len(kept)


def test_only_people_of_the_units_in_scope_are_found(mapped: MappingRun) -> None:
    (period,) = earlier.periods()
    everywhere = earlier.earlier_boxes(mapped, period, within=places(scope=EVERYWHERE))
    unit = (
        MappingResult.objects.filter(run=mapped, person_id__in=everywhere["person_id"].to_list())
        .exclude(unit__parent=None)[0]
        .unit
    )
    assert unit is not None
    within = places(scope=Scope.below(unit.code))
    found = earlier.earlier_boxes(mapped, period, within=within)
    assert 0 < found.height < everywhere.height
    assert set(found["unit_id"]) <= set(within.names)
    assert earlier.earlier_pools(mapped, period, within=places(scope=Scope.nothing())).height == 0


def test_the_pages_show_the_flow_and_log_the_names(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    before = ReadEntry.objects.count()
    assert "Dari kotak mana ke kotak mana?" in text(client.get(reverse("earlier_maps")))
    assert ReadEntry.objects.count() == before
    ups = text(client.get(reverse("earlier_people"), {"lama": "2025", "arah": "up"}))
    assert "Naik kotak" in ups
    assert 'name="lama" value="2025"' in ups
    after = ReadEntry.objects.count()
    assert after > before
    pool = EarlierPool.objects.select_related("person").order_by("position_code", "order", "person_id")[0]
    assert pool.person.name in text(client.get(reverse("earlier_pools")))
    assert ReadEntry.objects.count() > after
    assert client.get(reverse("earlier_maps"), {"lama": "1999"}).status_code == 404


def test_whoever_sees_no_people_sees_protected_counts_alone(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ASSESSOR)
    page = text(client.get(reverse("earlier_maps")))
    assert "ditulis sebagai tanda hubung" in page
    assert reverse("earlier_people") not in page
    assert client.get(reverse("earlier_people")).status_code == 403


def test_without_earlier_maps_the_page_says_how_to_bring_them_in(client: Client, mapped: MappingRun) -> None:
    EarlierMap.objects.all().delete()
    EarlierPool.objects.all().delete()
    enter(client, Role.ANALYST)
    assert "peta_lama" in text(client.get(reverse("earlier_maps")))
    assert client.get(reverse("earlier_people")).status_code == 404


@pytest.mark.parametrize("name", ["earlier_maps", "earlier_people", "earlier_pools"])
def test_queries_stay_few(client: Client, mapped: MappingRun, django_assert_max_num_queries: AtMost, name: str) -> None:
    enter(client, Role.ANALYST)
    client.get(reverse(name))
    with django_assert_max_num_queries(15):
        assert client.get(reverse(name)).status_code == 200
