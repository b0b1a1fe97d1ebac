"""Acting duties on the first page: what presses, for those whose units it concerns."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from nawa.accounts.models import Grant
from nawa.accounts.roles import Role
from nawa.core import clock
from nawa.registry import actions
from nawa.web.home.waiting import Item
from tests.office import HEAD, STAFF, office, rows
from tests.web.roles import account, enter

pytestmark = pytest.mark.django_db

PAST, ENDING = "/plt/?keadaan=lewat-batas", "/plt/?keadaan=berakhir-7"


def act(nip: str, code: str, since: int, through: int | None) -> None:
    day = clock.today()
    row = {"nip": nip, "position_code": code, "kind": "PLT", "started_on": day - timedelta(since)}
    row |= {"ended_through": None if through is None else day + timedelta(through)}
    actions.apply({"acting_assignment": rows("acting_assignment", row)}, source="W", import_id="")


@pytest.fixture(autouse=True)
def registered() -> None:
    actions.apply(office(), source="WORKBOOK", import_id="")
    act(HEAD, "SEKDIN", 200, None)
    act(STAFF, "GURU", 9, 7)


def waiting(client: Client, role: Role, unit: str | None = None) -> dict[str, Item]:
    enter(client, role, unit)
    return {item.url: item for item in client.get("/").context["waiting"]}


def test_the_analyst_is_told_what_presses_and_may_do_it(client: Client) -> None:
    found = waiting(client, Role.ANALYST)
    assert found[PAST].text == "1 penugasan Plt atau Plh lewat batas."
    assert found[ENDING].text == "1 penugasan Plt, Plh, atau Pj berakhir dalam 7 hari."
    assert found[PAST].can_be_done


@pytest.mark.parametrize("role", [Role.UNIT_HEAD, Role.UNIT_VERIFIER])
def test_a_unit_is_told_of_its_own_posts_alone(client: Client, role: Role) -> None:
    found = waiting(client, role, "SD1")
    assert PAST not in found
    assert not found[ENDING].can_be_done


def test_nobody_is_told_who_has_nothing_to_do_with_it(client: Client) -> None:
    assert not {PAST, ENDING} & waiting(client, Role.COMMITTEE_MEMBER).keys()


def test_whoever_gives_roles_is_told_of_units_that_have_lost_their_head(client: Client) -> None:
    account(Role.UNIT_HEAD, "DINAS")
    assert "/pengguna/" not in {item for item, told in waiting(client, Role.ADMINISTRATOR).items() if told.can_be_done}
    Grant.objects.filter(role=Role.UNIT_HEAD).update(ended_before=clock.today())
    found = waiting(client, Role.ADMINISTRATOR)["/pengguna/"]
    assert found.text == "1 unit kehilangan pimpinannya di Nawa; berikan perannya kepada pejabat yang baru."
