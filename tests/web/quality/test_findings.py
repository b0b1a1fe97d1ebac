"""Temuan: what each kind says, who is listed to whom, and what is logged."""

from __future__ import annotations

import re
from datetime import date

import polars as pl
import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from nawa.accounts.roles import Role
from nawa.audit import actions as audit
from nawa.audit.enums import Event
from nawa.audit.models import ReadEntry
from nawa.core import clock
from nawa.core.actor import Actor
from nawa.core.scope import Scope
from nawa.registry.models import Person, Unit
from nawa.registry.queries import subtree
from nawa.talent.actions import catch_up
from nawa.talent.models import MappingRun, RecordCheck
from nawa.talent.queries import conflicts
from nawa.talent.tasks import check_records
from nawa.web.quality import findings
from nawa.web.quality.kinds import WORDS
from tests.web.map.reading import largest_office, people_in
from tests.web.quality.test_completeness import read
from tests.web.roles import enter

pytestmark = pytest.mark.django_db

PAGE = "/kualitas-data/temuan/"
BORN = "NIP tidak sesuai tanggal lahir"


@pytest.fixture
def faults(mapped: MappingRun) -> tuple[list[Person], list[Person]]:
    """Sixty people with another day of birth than their NIP says: those of the largest office, and others."""
    inside = subtree(Scope.below(largest_office().code)) or frozenset()
    staff = Person.objects.filter(inactive_since=None, unit__isnull=False).order_by("pk")
    here, there = list(staff.filter(unit__in=inside)[:52]), list(staff.exclude(unit__in=inside)[:8])
    Person.objects.filter(pk__in=[person.pk for person in (*here, *there)]).update(born_on=date(1950, 1, 1))
    check()
    return here, there


def check() -> None:
    """Have the records looked through as a worker does, whether or not anything was recorded of a change."""
    asked = RecordCheck.objects.create(
        on=clock.today(), basis="", started_by="system:tests", started_at=clock.now(), heartbeat_at=clock.now()
    )
    check_records.func(asked.public_id)


def number(page: str, name: str) -> str:
    found = re.search(rf'<th scope="row"><a href="[^"]*">{name}</a></th> <td[^>]*>([\d.]+) ?</td>', page)
    assert found, name
    return found[1]


def test_a_kind_says_how_many_why_and_how_to_mend(client: Client, faults: tuple[list[Person], list[Person]]) -> None:
    enter(client, Role.ANALYST)
    page = read(client, f"{PAGE}?jenis=nip-lahir")
    assert number(page, BORN) == "60"
    assert "batas usia pensiun dihitung darinya" in page
    assert "Diperiksa juga, tanpa temuan" in page
    assert "tanggal lahir tercatat 1 Januari 1950" in page
    assert "60 orang" in page
    assert len(people_in(page)) == 50
    assert len(people_in(read(client, f"{PAGE}?jenis=nip-lahir&halaman=2"))) == 10


def test_a_reader_finds_their_own_units_alone_and_the_look_is_logged(
    client: Client, faults: tuple[list[Person], list[Person]]
) -> None:
    here, there = faults
    user = enter(client, Role.UNIT_HEAD, unit=largest_office().code)
    page = read(client, f"{PAGE}?jenis=nip-lahir")
    assert number(page, BORN) == str(len(here))
    assert set(people_in(page)) <= {person.public_id for person in here}
    reads = ReadEntry.objects.filter(page="quality-findings", read_by=f"user:{user.public_id}")
    assert {entry.subject for entry in reads} <= {person.public_id for person in here}
    assert reads.count() == 50
    other = Unit.objects.get(pk=there[0].unit_id)
    assert client.get(f"{PAGE}?unit={other.pk}").status_code == 404


def test_filters_stand_in_the_address_and_the_patched_part_is_that_of_the_page(
    client: Client, faults: tuple[list[Person], list[Person]]
) -> None:
    enter(client, Role.ANALYST)
    office = largest_office()
    address = f"{PAGE}?jenis=nip-lahir&unit={office.pk}"
    page = read(client, address)
    assert f"{BORN} <span" in page  # a chip
    assert f"{len(faults[0])} orang" in page
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="daftar"')
    assert people_in(part) == people_in(page)


def test_the_file_holds_the_whole_list_with_what_is_found_and_how_to_mend_it(
    client: Client, faults: tuple[list[Person], list[Person]]
) -> None:
    user = enter(client, Role.ANALYST)
    answer = client.get(reverse("quality_findings_file", args=["csv"]) + "?jenis=nip-lahir")
    frame = pl.read_csv(answer.content, separator=";")
    assert frame.height == 60
    assert set(frame["Temuan"]) == {f"{BORN}: tanggal lahir tercatat 1 Januari 1950"}
    assert set(frame["Cara memperbaiki"]) == {str(WORDS[conflicts.Kind.NIP_BIRTH].mend)}
    assert ReadEntry.objects.filter(page="quality-findings", read_by=f"user:{user.public_id}").count() == 60


def test_whoever_may_not_know_people_gets_counts_without_small_ones_and_no_list(
    client: Client, faults: tuple[list[Person], list[Person]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(findings, "sees", lambda request, within, *permissions: False)
    enter(client, Role.ANALYST)
    Person.objects.filter(pk__in=[person.pk for person in faults[0][:2]]).update(retires_on=date(2020, 1, 1))
    check()
    page = read(client, PAGE)
    (row,) = re.findall(r"<th scope=\"row\">Melewati TMT pensiun[^<]*</th> <td[^>]*>(.*?)</td>", page)
    assert "tidak ditampilkan" in row
    assert people_in(page) == []
    assert client.get(reverse("quality_findings_file", args=["csv"])).status_code == 403


def test_every_kind_is_worded(client: Client, mapped: MappingRun) -> None:
    assert set(WORDS) == set(conflicts.Kind)
    enter(client, Role.ANALYST)
    client.post(reverse("language"), {"language": "en", "next": "/"})
    assert "The records have not been checked yet" in read(client, PAGE)
    assert client.get(reverse("quality_findings_file", args=["csv"])).status_code == 404
    check()
    page = read(client, PAGE)
    assert "no record has changed since" in page
    assert "Checked too, without a finding" in page
    for word in ("Temuan", "Pegawai", "tanggal"):
        assert word not in page.split("<main")[1]


def test_old_numbers_are_never_shown_as_those_of_now(client: Client, faults: tuple[list[Person], list[Person]]) -> None:
    enter(client, Role.ANALYST)
    page = read(client, PAGE)
    assert f"Diperiksa pada {clock.now().astimezone(clock.ZONE).day} " in page
    assert "bukan keadaan sekarang" not in page
    mended = faults[0][0]
    Person.objects.filter(pk=mended.pk).update(born_on=date(1970, 1, 1))
    audit.record(
        Event.EVIDENCE_WITHDRAWN,
        subject=mended,
        by=Actor.system("tests"),
        details={"evidence": "AWARD", "person": mended.public_id},
    )
    page = read(client, PAGE)
    assert number(page, BORN) == "60"
    assert "bukan keadaan sekarang" in page
    assert "sejak itu tidak ada data yang berubah" not in page
    catch_up(at=clock.now())
    check_records.func(RecordCheck.objects.latest("pk").public_id)
    page = read(client, PAGE)
    assert "sejak itu tidak ada data yang berubah" in page


def test_the_page_takes_a_constant_number_of_queries(
    client: Client, faults: tuple[list[Person], list[Person]], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    enter(client, Role.UNIT_VERIFIER, unit=largest_office().code)
    read(client, PAGE)
    with django_assert_max_num_queries(15):
        read(client, PAGE)
