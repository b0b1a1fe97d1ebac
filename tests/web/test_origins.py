"""Every page that shows a record says where it comes from, and who verified it or that nobody has."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db.models import Model
from django.test import Client

from nawa.accounts.roles import Role
from nawa.core import clock
from nawa.policy.wording import day
from nawa.registry.models import ActingAssignment, CompetencyStandard, Person, Position, Unit
from nawa.talent.models import MappingResult, MappingRun
from tests.web.roles import enter

pytestmark = pytest.mark.django_db


def post_of_a_standard() -> Position:
    codes = CompetencyStandard.objects.values("position_code")
    return Position.objects.filter(code__in=codes).order_by("pk")[0]


def somebody() -> Person:
    person: Person = MappingResult.objects.filter(status="LENGKAP").select_related("person").order_by("pk")[0].person
    return person


@pytest.mark.parametrize(
    ("found", "address"),
    [
        (lambda: Unit.objects.order_by("pk")[0], "/organisasi/unit/{0.pk}/"),
        (post_of_a_standard, "/organisasi/jabatan/{0.pk}/"),
        (lambda: ActingAssignment.objects.order_by("pk")[0], "/plt/{0.pk}/"),
        (somebody, "/pegawai/{0.public_id}/"),
    ],
    ids=["unit", "post", "duty", "person"],
)
def test_a_page_says_where_its_record_comes_from(
    client: Client, mapped: MappingRun, found: Callable[[], Model], address: str
) -> None:
    enter(client, Role.ANALYST)
    row = found()
    place = address.format(row)
    before, after = "Sumber: data kota peraga, belum diverifikasi.", f"diverifikasi {day(clock.today())}"
    shown = client.get(place).content.decode()
    assert (before in shown, after in shown) == (True, False)
    type(row)._base_manager.filter(pk=row.pk).update(verified_by="system:tests", verified_at=clock.now())
    assert after in client.get(place).content.decode()
