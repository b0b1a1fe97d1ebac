"""What waits for whom: it appears when a run reaches a stage, and goes when somebody has moved it on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

import pytest
from django.test import Client

from nawa.accounts.enums import DelegationKind
from nawa.accounts.models import Delegation, Grant, User
from nawa.accounts.roles import ROLES, Role
from nawa.core import clock
from nawa.core.actor import Actor, ActorKind
from nawa.policy import wording
from nawa.registry.models import Person
from nawa.talent import actions as talent
from nawa.talent.enums import WAY, Stage
from nawa.talent.models import MappingResult, MappingRun
from nawa.web.home.cards import CARDS, WAITS
from nawa.web.home.waiting import Item
from tests.office import HEAD, STAFF
from tests.web.conftest import DAY
from tests.web.home.conftest import Brought
from tests.web.roles import account, enter

pytestmark = pytest.mark.django_db

TURN: Final[dict[Stage, frozenset[Role]]] = {
    Stage.COMPUTED: frozenset({Role.ANALYST, Role.AGENCY_HEAD}),
    Stage.CHECKED: frozenset({Role.AGENCY_HEAD}),
    Stage.CONTEST: frozenset({Role.COMMITTEE_SECRETARY}),
    Stage.VALIDATED: frozenset({Role.APPOINTER}),
    Stage.DETERMINED: frozenset({Role.AGENCY_HEAD}),
    Stage.PUBLISHED: frozenset(),
}
"""Whose turn it is where a run stands, by hand: the table of moves is not asked."""

WHEN_OVER: Final = 9
"""Days after which a period of contest of seven days is over."""


def items(client: Client, role: Role | None, **more: Any) -> list[Item]:
    enter(client, role, **more)
    answer = client.get("/")
    assert answer.status_code == 200
    waiting: list[Item] = answer.context["waiting"]
    return waiting


def about(found: list[Item], run: MappingRun) -> list[Item]:
    return [item for item in found if run.public_id in item.url]


def test_every_role_has_its_cards_and_what_may_wait_for_it() -> None:
    assert set(CARDS) == set(Role)
    assert set(WAITS) == {*Role, None}


@pytest.mark.parametrize("stage", WAY)
def test_a_run_waits_for_whoever_moves_it_on_and_for_nobody_else(
    client: Client, brought: Brought, stage: Stage
) -> None:
    run = brought(stage, days_ago=WHEN_OVER)
    waits = {role for role in Role if any(item.can_be_done for item in about(items(client, role), run))}
    assert waits == TURN[stage]


def test_a_withdrawn_run_waits_for_nobody(client: Client, brought: Brought) -> None:
    run = brought(Stage.CHECKED)
    talent.advance(
        run, to=Stage.WITHDRAWN, expected=Stage.CHECKED, by=Actor(ActorKind.USER, "head"), reason="DATA_KELIRU"
    )
    assert [role for role in Role if about(items(client, role), run)] == []


def test_it_says_since_when_a_run_waits(client: Client, brought: Brought) -> None:
    run = brought(Stage.VALIDATED, days_ago=4)
    (item,) = about(items(client, Role.APPOINTER), run)
    assert item.since == clock.today() - timedelta(days=4)
    assert "menunggu penetapan Anda" in item.text


def test_while_objections_may_be_made_the_committee_is_told_how_long_and_can_do_nothing(
    client: Client, brought: Brought
) -> None:
    run = brought(Stage.CONTEST, days_ago=2)
    for role in (Role.COMMITTEE_SECRETARY, Role.COMMITTEE_MEMBER, Role.PROPOSER):
        (item,) = about(items(client, role), run)
        assert not item.can_be_done
        assert "Masa sanggah" in item.text


def test_employees_and_their_heads_are_told_of_the_period_of_contest_while_it_lasts(
    client: Client, brought: Brought
) -> None:
    brought(Stage.CONTEST, days_ago=2)
    head = Person.objects.get(nip=HEAD)
    assert any("periksalah hasil Anda" in item.text for item in items(client, None, person=head))
    assert any("pegawai unit Anda dapat memeriksa" in item.text for item in items(client, Role.UNIT_HEAD))


def test_after_the_period_of_contest_nobody_is_told_to_object(client: Client, brought: Brought) -> None:
    brought(Stage.CONTEST, days_ago=WHEN_OVER)
    head = Person.objects.get(nip=HEAD)
    assert not any("anggah" in item.text for item in items(client, None, person=head))
    assert not any("anggah" in item.text for item in items(client, Role.UNIT_HEAD))


def test_whoever_started_a_run_is_told_that_another_checks_it(client: Client, brought: Brought) -> None:
    analyst = account(Role.ANALYST)
    run = brought(Stage.COMPUTED, by=Actor(ActorKind.USER, analyst.public_id))
    (item,) = about(items(client, Role.ANALYST), run)
    assert not item.can_be_done
    assert "Mintalah orang lain" in item.text


def test_a_run_that_is_being_computed_shows_how_far_it_is(client: Client, offices: None) -> None:
    cycle = talent.open_cycle(month_on=DAY, by=Actor.system("tests"))
    on = min(DAY, clock.today())
    run = talent.request_run(cycle=cycle, policy="semarang", on=on, by=Actor.system("tests"))
    (item,) = about(items(client, Role.ANALYST), run)
    assert item.progress == 0
    assert "<progress" in client.get("/").content.decode()


def test_a_month_without_a_map_waits_for_the_analyst(client: Client, offices: None) -> None:
    assert any("belum punya pemetaan" in item.text for item in items(client, Role.ANALYST))
    talent.open_cycle(month_on=clock.today(), by=Actor.system("tests"))
    assert any("belum punya pemetaan" in item.text for item in items(client, Role.ANALYST))
    cycle = talent.open_cycle(month_on=clock.today(), by=Actor.system("tests"))
    talent.request_run(cycle=cycle, policy="semarang", on=clock.today(), by=Actor.system("tests"))
    assert not any("belum punya pemetaan" in item.text for item in items(client, Role.ANALYST))


def test_people_without_an_account_wait_for_whoever_opens_accounts(client: Client, offices: None) -> None:
    assert any(item.text == "3 pegawai belum punya akun." for item in items(client, Role.ADMINISTRATOR))
    account(None, person=Person.objects.get(nip=HEAD))
    assert any(item.text == "2 pegawai belum punya akun." for item in items(client, Role.ADMINISTRATOR))


def test_codes_that_nobody_used_wait_for_the_verifier_of_their_unit_alone(client: Client, offices: None) -> None:
    head = account(None, person=Person.objects.get(nip=HEAD))
    codes = User.objects.filter(pk=head.pk)
    codes.update(activation="hash", activation_through=clock.today())
    assert any(item.text == "1 akun belum diaktifkan." for item in items(client, Role.UNIT_VERIFIER))
    codes.update(activation_through=clock.today() - timedelta(days=1))
    inside, outside = items(client, Role.UNIT_VERIFIER), items(client, Role.UNIT_VERIFIER, unit="SD1")
    assert any("1 akun belum diaktifkan; kode 1 di antaranya" in item.text for item in inside)
    assert not any("belum diaktifkan" in item.text for item in outside)


def lend(user: User, until: date) -> None:
    granted = {"granted_by": "system:tests", "granted_at": clock.now(), "started_on": clock.today()}
    chief = User.objects.create(username="chief", name="Kepala")
    grant = Grant.objects.create(user=chief, role=Role.INSPECTORATE, **granted)
    dates = {"started_on": clock.today(), "ended_before": until, "delegated_by": "x", "delegated_at": clock.now()}
    Delegation.objects.create(grant=grant, to=user, kind=DelegationKind.PLT, basis="SP/1", **dates)


@pytest.mark.parametrize(("days", "told"), [(14, True), (16, False)])
def test_a_lent_role_that_ends_soon_is_spoken_of(client: Client, offices: None, days: int, told: bool) -> None:
    lend(account(Role.ASSESSOR), clock.today() + timedelta(days=days))
    spoken = any("Inspektorat (Pelaksana tugas)" in item.text for item in items(client, Role.ASSESSOR))
    assert spoken is told
    ending = any("berakhir sampai dengan" in item.text for item in items(client, Role.ADMINISTRATOR))
    assert ending is told


def expiry_of(person: Person) -> date:
    kept = MappingResult.objects.get(person=person).components
    return min(date.fromisoformat(values[4]) for values in kept.values() if values[4])


@pytest.mark.parametrize(("days", "told"), [(91, False), (90, True), (1, True), (0, False)])
def test_evidence_is_spoken_of_from_ninety_days_before_it_ends(
    client: Client, brought: Brought, monkeypatch: pytest.MonkeyPatch, days: int, told: bool
) -> None:
    brought(Stage.PUBLISHED)
    head = Person.objects.get(nip=HEAD)
    enter(client, None, person=head)
    ends = expiry_of(head)
    monkeypatch.setattr(clock, "today", lambda: ends - timedelta(days=days))
    found = client.get("/").context["waiting"]
    assert any(wording.day(ends) in item.text for item in found) is told


def test_the_missing_evidence_that_would_change_most_waits_for_an_employee(client: Client, brought: Brought) -> None:
    brought(Stage.PUBLISHED)
    found = items(client, None, person=Person.objects.get(nip=STAFF))
    assert [item for item in found if item.text.startswith("Bukti") and item.url == "/saya/"]


def test_nothing_waits_where_nothing_does(client: Client, offices: None) -> None:
    assert items(client, Role.ASSESSOR) == []
    assert "Tidak ada yang menunggu Anda" in client.get("/").content.decode()


@pytest.mark.parametrize("role", [*Role, None])
def test_before_there_is_any_map_every_role_has_its_page(client: Client, offices: None, role: Role | None) -> None:
    enter(client, role, unit="KOTA" if role and ROLES[role].of_unit else None)
    assert client.get("/").status_code == 200
