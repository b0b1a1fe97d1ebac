"""The search box: what it finds for whom, that nothing typed stands in an address, and that a patch equals the page."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from nawa.accounts.roles import Role
from nawa.core.scope import Scope
from nawa.registry.models import Person, Position, Unit
from nawa.registry.queries import subtree
from nawa.talent.models import MappingResult, MappingRun
from nawa.web.kit.people import full_name
from tests.web.map.reading import largest_office
from tests.web.roles import enter

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true", "HX-Target": "saran"}


def hits(client: Client, text: str, *, page: bool = False) -> dict[str, list[str]]:
    """What is found, by kind."""
    found = client.post("/cari/", {"cari": text}, headers={} if page else HTMX).content.decode()
    kinds = re.findall(r'<section class="found" aria-label="(.*?)">(.*?)</section>', found, re.DOTALL)
    return {
        kind: [html.unescape(name) for name in re.findall(r'class="hit-name">(.*?)</span>', section)]
        for kind, section in kinds
    }


def somebody() -> Person:
    return Person.objects.filter(inactive_since__isnull=True, unit__isnull=False).order_by("pk")[0]


def test_people_are_found_by_words_in_any_order_and_by_the_first_digits_of_the_nip(
    client: Client, mapped: MappingRun
) -> None:
    enter(client, Role.ANALYST)
    person = somebody()
    words = " ".join(reversed(person.name.split()[:2]))
    assert full_name(person) in hits(client, words, page=True)["Pegawai"]
    assert hits(client, person.nip[:14])["Pegawai"] == [full_name(person)]
    assert "Pegawai" not in hits(client, person.nip[4:14])


def test_posts_units_and_pages_are_found(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    unit, post = Unit.objects.get(code="KOTA"), Position.objects.order_by("pk")[0]
    assert unit.name in hits(client, unit.name)["Unit"]
    assert post.name in hits(client, post.name)["Jabatan"]
    assert hits(client, "siklus")["Halaman"] == ["Siklus"]


def test_nothing_outside_the_scope_is_found(client: Client, mapped: MappingRun) -> None:
    office = largest_office()
    enter(client, Role.UNIT_HEAD, unit=office.code)
    inside = subtree(Scope.below(office.code))
    person = Person.objects.exclude(unit__in=inside).order_by("pk")[0]
    post = Position.objects.exclude(unit__in=inside).order_by("pk")[0]
    assert hits(client, person.nip) == {}
    assert post.name not in hits(client, post.name, page=True).get("Jabatan", [])
    assert "Unit" not in hits(client, Unit.objects.get(code="KOTA").name)
    assert "Halaman" not in hits(client, "siklus")


def test_a_plain_employee_has_no_box_and_finds_pages_alone(client: Client, mapped: MappingRun) -> None:
    person = MappingResult.objects.filter(run=mapped).select_related("person")[0].person
    enter(client, None, person=person)
    assert 'id="cari-semua"' not in client.get("/saya/").content.decode()
    assert hits(client, person.nip) == {}
    assert hits(client, "talenta") == {"Halaman": ["Talenta Saya"]}


def test_whoever_has_left_is_not_suggested(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    person = somebody()
    Person.objects.filter(pk=person.pk).update(inactive_since=mapped.on)
    assert hits(client, person.nip) == {}


def test_a_name_leads_to_the_profile_or_else_to_the_post(client: Client, mapped: MappingRun) -> None:
    person = somebody()
    enter(client, Role.ANALYST)
    assert f'href="/pegawai/{person.public_id}/"' in client.post("/cari/", {"cari": person.nip}).content.decode()
    enter(client, Role.UNIT_VERIFIER, unit="KOTA")
    found = client.post("/cari/", {"cari": person.nip}).content.decode()
    assert "/pegawai/" + person.public_id not in found
    address = f"/organisasi/jabatan/{person.position_id}/"
    assert f'href="{address}"' in found
    assert client.get(address).status_code == 200


def test_at_most_eight_of_a_kind_are_suggested_and_the_page_goes_on_from_there(
    client: Client, mapped: MappingRun
) -> None:
    enter(client, Role.ANALYST)
    suggested, whole = hits(client, "an"), hits(client, "an", page=True)
    assert len(suggested["Pegawai"]) == 8
    assert len(whole["Pegawai"]) == 25
    assert {kind: found[:8] for kind, found in whole.items()} == suggested


def test_the_rest_is_a_click_away_in_the_list(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    found = client.post("/cari/", {"cari": "an"}, headers=HTMX).content.decode()
    for address in re.findall(r'<form method="post" action="([^"]*)"', found):
        assert client.post(address, {"cari": "an"}).status_code == 200
    assert 'action="/pegawai/"' in found


def test_nothing_typed_stands_in_an_address_or_is_read_from_one(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    person = somebody()
    page = client.post("/cari/", {"cari": person.nip}).content.decode()
    assert all(person.nip not in address for address in re.findall(r'(?:href|action)="([^"]*)"', page))
    assert full_name(person) not in html.unescape(client.get(f"/cari/?cari={person.nip}").content.decode())


@pytest.mark.parametrize("text", ["", "a", "   a   "])
def test_one_letter_finds_nothing(client: Client, mapped: MappingRun, text: str) -> None:
    enter(client, Role.ANALYST)
    assert hits(client, text) == hits(client, text, page=True) == {}


def test_what_looks_like_a_pattern_is_taken_as_text(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    assert hits(client, "%%") == hits(client, "__") == {}
    assert "<script>alert" not in client.post("/cari/", {"cari": "<script>alert"}).content.decode()


@pytest.mark.parametrize("text", ["an", "kepala dinas", "1980", "tidak ada yang bernama begini"])
@pytest.mark.parametrize("role", [Role.ANALYST, Role.UNIT_HEAD])
def test_a_search_takes_few_queries(
    client: Client, mapped: MappingRun, django_assert_max_num_queries: DjangoAssertNumQueries, text: str, role: Role
) -> None:
    enter(client, role, unit=largest_office().code if role is Role.UNIT_HEAD else None)
    with django_assert_max_num_queries(15):
        client.post("/cari/", {"cari": text}, headers=HTMX)
