"""Units and posts: to whom they are shown, what is counted, and what stays secret."""

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
from nawa.core import clock
from nawa.core.scope import Scope
from nawa.registry.enums import MANAGERIAL_TIERS
from nawa.registry.models import ActingAssignment, Person, PlannedVacancy, Position, PositionRequirement, Unit
from nawa.registry.queries import subtree
from nawa.talent.models import MappingRun
from nawa.web.kit.people import full_name
from tests.web.map.reading import largest_office
from tests.web.roles import enter

pytestmark = pytest.mark.django_db


def read(client: Client, address: str, **headers: str) -> str:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200
    return html.unescape(re.sub(r"\s+", " ", answer.content.decode()))


def units_in(page: str) -> set[int]:
    return {int(pk) for pk in re.findall(r'class="tree-name"><a href="/organisasi/unit/(\d+)/"', page)}


def posts_in(page: str) -> set[int]:
    return {int(pk) for pk in re.findall(r'<th scope="row"><a[^>]* href="/organisasi/jabatan/(\d+)/"', page)}


def outside(office: Unit) -> Unit:
    return Unit.objects.exclude(pk__in=subtree(Scope.below(office.code)) or ()).order_by("pk")[0]


def held_managerial() -> Position:
    return Position.objects.filter(tier__in=MANAGERIAL_TIERS, holders__inactive_since__isnull=True).exclude(
        holders=None
    ).order_by("pk")[0]  # fmt: skip


def at(unit: Unit) -> str:
    return f"/organisasi/unit/{unit.pk}/"


def post_page(post: Position) -> str:
    return f"/organisasi/jabatan/{post.pk}/"


# -- the tree


def test_the_tree_opens_with_the_institution_and_what_is_right_below(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    city = Unit.objects.get(code="KOTA")
    below = Unit.objects.filter(parent=city, valid_through__isnull=True).order_by("pk")[:50]
    assert units_in(read(client, "/organisasi/")) == {city.pk, *(unit.pk for unit in below)}


def test_the_tree_of_a_head_begins_at_their_unit(client: Client, mapped: MappingRun) -> None:
    office = largest_office()
    enter(client, Role.UNIT_HEAD, unit=office.code)
    assert units_in(read(client, "/organisasi/")) <= (subtree(Scope.below(office.code)) or set())
    assert client.get(at(outside(office))).status_code == 404


def test_a_branch_is_the_same_part_of_the_page_of_its_unit(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    office = largest_office()
    branch = read(client, at(office), **{"HX-Request": "true"}).strip()
    assert "<html" not in branch
    assert units_in(branch) == set(Unit.objects.filter(parent=office).values_list("pk", flat=True))
    assert branch in read(client, at(office))


def test_a_unit_shows_the_path_to_it_and_links_no_unit_outside(client: Client, mapped: MappingRun) -> None:
    office = largest_office()
    enter(client, Role.UNIT_HEAD, unit=office.code)
    page = read(client, at(office))
    assert Unit.objects.get(code="KOTA").name in page
    linked = {int(pk) for pk in re.findall(r"/organisasi/unit/(\d+)/", page)}
    assert linked <= (subtree(Scope.below(office.code)) or set())


def test_a_unit_counts_posts_seats_holders_and_staff(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    office = largest_office()
    below = subtree(Scope.below(office.code)) or frozenset()
    page = read(client, at(office))
    holders = Person.objects.filter(position__unit__in=below, inactive_since__isnull=True).count()
    assert f"<dt>Jabatan</dt><dd>{Position.objects.filter(unit__in=below).count()}</dd>" in page
    assert f"<dt>Terisi</dt><dd>{holders}</dd>" in page
    civil = Person.objects.filter(unit__in=below, staff_kind="PNS", inactive_since__isnull=True).count()
    assert f"<dt>PNS</dt><dd>{civil} orang</dd>" in page
    assert posts_in(page) == set(Position.objects.filter(unit=office).values_list("pk", flat=True))


def test_an_ended_unit_says_so_and_names_its_successor(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    ended = Unit.objects.filter(valid_through__isnull=False).order_by("pk")[0]
    assert f"/organisasi/unit/{ended.pk}/" in read(client, "/organisasi/")
    page = read(client, at(ended))
    successor = Unit.objects.get(code=ended.successor_code)
    assert "tidak berlaku hari ini" in page
    assert f'Penggantinya: <a href="{at(successor)}">{successor.name}</a>' in page


def test_units_are_found_by_what_is_sent(client: Client, mapped: MappingRun) -> None:
    office = largest_office()
    enter(client, Role.UNIT_HEAD, unit=office.code)
    assert at(office) in client.post("/organisasi/", {"cari": office.name}).content.decode()
    assert "Tidak ada unit" in client.post("/organisasi/", {"cari": outside(office).name}).content.decode()


# -- posts


def test_the_list_of_posts_ends_where_the_scope_does(client: Client, mapped: MappingRun) -> None:
    office = largest_office()
    enter(client, Role.UNIT_VERIFIER, unit=office.code)
    below = subtree(Scope.below(office.code)) or frozenset()
    shown = posts_in(read(client, "/organisasi/jabatan/"))
    assert shown
    assert shown <= set(Position.objects.filter(unit__in=below).values_list("pk", flat=True))
    assert client.get(post_page(Position.objects.exclude(unit__in=below)[0])).status_code == 404
    assert client.get(f"/organisasi/jabatan/?unit={outside(office).pk}").status_code == 404


def test_a_post_is_vacant_on_the_day_it_is(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ASSESSOR)
    post = held_managerial()
    query = f"/organisasi/jabatan/?unit={post.unit_id}&jenjang={post.tier}"
    assert post.pk in posts_in(read(client, f"{query}&keadaan=terisi"))
    Person.objects.filter(position=post).update(inactive_since=clock.today())
    assert post.pk not in posts_in(read(client, f"{query}&keadaan=terisi"))
    assert post.pk in posts_in(read(client, f"{query}&keadaan=lowong"))
    assert '<span class="tag attention">Lowong</span>' in read(client, post_page(post))


def test_who_acts_in_a_post_is_named_with_letter_and_dates(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ASSESSOR)
    post, person = held_managerial(), Person.objects.filter(position__tier="PELAKSANA")[0]
    today = clock.today()
    Person.objects.filter(position=post).update(inactive_since=today)
    for letter, through in (("SP/1/2026", today + timedelta(days=9)), ("SP/0/2026", today - timedelta(days=1))):
        ActingAssignment.objects.create(
            person=person, position=post, kind="PLT", source="W", letter_number=letter,
            started_on=today - timedelta(days=20 if through > today else 80), ended_through=through,
        )  # fmt: skip
    page = read(client, post_page(post))
    assert full_name(person) in page
    assert "SP/1/2026" in page
    assert "SP/0/2026" not in page
    assert post.pk in posts_in(read(client, f"/organisasi/jabatan/?unit={post.unit_id}&keadaan=sementara"))


def test_when_a_holder_retires_is_told_to_readers_of_their_profile_alone(client: Client, mapped: MappingRun) -> None:
    post = held_managerial()
    enter(client, Role.ANALYST)
    assert "TMT pensiun" in read(client, post_page(post))
    enter(client, Role.ASSESSOR)
    page = read(client, post_page(post))
    assert "TMT pensiun" not in page
    assert full_name(Person.objects.filter(position=post)[0]) in page
    assert f'href="/pegawai/{Person.objects.filter(position=post)[0].public_id}/"' not in page


def test_a_planned_vacancy_is_told_to_nobody(client: Client, mapped: MappingRun) -> None:
    post = held_managerial()
    enter(client, Role.APPOINTER)
    pages = [post_page(post), at(post.unit), f"/organisasi/jabatan/?unit={post.unit_id}"]
    before = [re.sub(r'value="[^"]{64}"|"X-CSRFToken": "[^"]*"', "", read(client, page)) for page in pages]
    PlannedVacancy.objects.create(
        position=post, unit=post.unit, description="akan dikosongkan", reason="rahasia", source="W",
        started_on=clock.today(),
    )  # fmt: skip
    after = [re.sub(r'value="[^"]{64}"|"X-CSRFToken": "[^"]*"', "", read(client, page)) for page in pages]
    assert after == before


def test_a_post_says_what_it_asks_for_and_by_which_law(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ASSESSOR)
    requirement = PositionRequirement.objects.exclude(legal_basis="").select_related("position")[0]
    page = read(client, post_page(requirement.position))
    assert requirement.legal_basis in page
    assert "Standar kompetensi" in page
    assert f"{requirement.position.retirement_age} tahun" in page


def test_an_ended_post_says_so_and_names_its_successor(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ASSESSOR)
    ended = Position.objects.filter(valid_through__isnull=False).order_by("pk")[0]
    successor = Position.objects.get(code=ended.successor_code)
    page = read(client, post_page(ended))
    assert "tidak berlaku lagi" in page
    assert f'Penggantinya: <a href="{post_page(successor)}">' in page
    assert ended.pk in posts_in(read(client, "/organisasi/jabatan/?keadaan=berakhir"))


def test_the_file_of_posts_holds_what_is_shown(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ASSESSOR)
    saved = client.get("/organisasi/jabatan/berkas/csv/?jenjang=JPT_PRATAMA&kolom=kelas&kolom=pejabat").content
    table = pl.read_csv(io.BytesIO(saved.removeprefix(b"\xef\xbb\xbf")), separator=";")
    wanted = Position.objects.filter(tier="JPT_PRATAMA", valid_through__isnull=True)
    assert table.columns == ["Jabatan", "Kelas jabatan", "Pejabat"]
    assert sorted(table["Jabatan"]) == sorted(post.name for post in wanted)
    assert sorted(table["Kelas jabatan"]) == sorted(post.job_class or 0 for post in wanted)


# -- what every page owes


@pytest.mark.parametrize("role", [Role.ANALYST, Role.UNIT_HEAD])
def test_a_page_takes_few_queries(
    client: Client, mapped: MappingRun, django_assert_max_num_queries: DjangoAssertNumQueries, role: Role
) -> None:
    office = largest_office()
    enter(client, role, unit=office.code if role is Role.UNIT_HEAD else None)
    post = Position.objects.filter(unit__in=subtree(Scope.below(office.code)) or ()).exclude(holders=None)[0]
    lists = ["/organisasi/", "/organisasi/jabatan/", "/organisasi/jabatan/?keadaan=lowong&urut=-lowong"]
    for path in (*lists, at(office), post_page(post)):
        with django_assert_max_num_queries(15):
            assert client.get(path).status_code == 200


def test_the_patched_list_is_the_same_part_of_the_whole_page(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    for path in ("/organisasi/jabatan/", "/organisasi/jabatan/?jenjang=PENGAWAS&urut=-unit&kolom=eselon"):
        patch = read(client, path, **{"HX-Request": "true", "HX-Target": "daftar"})
        assert "<html" not in patch
        rows = patch[patch.index("<table") : patch.index("</table>")]
        assert rows in read(client, path)


def test_the_pages_are_spoken_in_english_too(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    client.post("/bahasa/", {"language": "en", "next": "/organisasi/"})
    assert "Tree of units" in read(client, "/organisasi/")
    assert "Competency standard" in read(client, post_page(held_managerial()))
