"""Recording a movement in the browser's way: chosen, typed, seen whole, confirmed; stale forms and second clicks."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from nawa.accounts.models import Grant
from nawa.accounts.roles import Role
from nawa.core import clock
from nawa.core.actor import Actor
from nawa.registry import actions
from nawa.registry.enums import Move
from nawa.registry.models import ActingAssignment, Person, PlannedMove, Position
from nawa.registry.rules.moves import Decree, standing
from tests.office import HEAD, STAFF, office, rows
from tests.web.roles import account, enter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def entered(client: Client) -> None:
    actions.apply(office(), source="WORKBOOK", import_id="")
    enter(client, Role.ANALYST)


def person(nip: str = HEAD) -> Person:
    return Person.objects.get(nip=nip)


def address(nip: str = HEAD, code: str = "SEKDIN", purpose: str = "") -> str:
    post = f"&jabatan={Position.objects.get(code=code).pk}" if code else ""
    return f"/pegawai/perpindahan/?pegawai={person(nip).public_id}{post}&hal={purpose}"


def decree(**typed: Any) -> dict[str, Any]:
    day = clock.today()
    return {"kind": "MUTASI_SETARA", "number": "821/3", "since": day, "inaugurated_on": day, **typed}


def text(answer: Any) -> str:
    return html.unescape(re.sub(r"\s+", " ", answer.content.decode()))


def seen(page: str) -> str:
    found = re.search(r'name="seen" value="([^"]*)"', page)
    assert found
    return found.group(1)


def test_an_analyst_is_told_who_ends_the_role_of_a_superior_before_anything_is_confirmed(client: Client) -> None:
    account(Role.AGENCY_HEAD, person=person())
    typed = decree(kind=Move.RETIREMENT.value, inaugurated_on="")
    refused = client.post(address(code="", purpose="berhenti"), typed)
    assert refused.status_code == 422
    assert "Mintalah administrator mengakhiri peran itu dahulu" in text(refused)
    assert 'name="seen"' not in text(refused)
    ahead = client.post(address(code="", purpose="berhenti"), {**typed, "since": clock.today() + timedelta(9)})
    assert (ahead.status_code, "Mintalah administrator" in text(ahead)) == (200, True)  # it waits, and this is said


def test_everything_that_changes_is_shown_before_anything_does(client: Client) -> None:
    act = {"nip": STAFF, "position_code": "SEKDIN", "kind": "PLT", "started_on": clock.today() - timedelta(9)}
    actions.apply({"acting_assignment": rows("acting_assignment", act)}, source="W", import_id="")
    account(Role.UNIT_HEAD, "DINAS", person())
    page = text(client.post(address(), decree()))
    assert "Kepala Dinas → Sekretaris" in page
    assert "kursinya di Kepala Dinas lowong" in page
    assert "Staf, pelaksana tugas (Plt) di Sekretaris" in page
    assert "Kepala: Pimpinan unit, Dinas Pendidikan" in page
    assert "tidak sesuai dengan jenis perpindahan (mutasi setara)" in page
    assert person().position.code == "KADIN"  # type: ignore[union-attr]
    assert ActingAssignment.objects.get().ended_through is None
    answer = client.post(address(), decree(seen=seen(page)))
    assert answer.headers["Location"] == f"/organisasi/jabatan/{Position.objects.get(code='SEKDIN').pk}/"
    assert person().position.code == "SEKDIN"  # type: ignore[union-attr]
    assert ActingAssignment.objects.get().ended_through == clock.today() - timedelta(1)
    assert Grant.objects.get(role=Role.UNIT_HEAD).ended_before == clock.today()


def test_a_second_click_is_told_that_the_record_has_changed(client: Client) -> None:
    sent = decree(seen=seen(text(client.post(address(), decree()))))
    client.post(address(), sent)
    answer = client.post(address(), sent)
    assert answer.status_code == 422
    assert "Sementara itu data orang ini sudah berubah" in text(answer)
    assert person().career.filter(title="Sekretaris", ended_through=None).count() == 1


def test_what_cannot_be_is_told_before_it_can_be_confirmed(client: Client) -> None:
    answer = client.post(address(STAFF, "KADIN"), decree())
    assert answer.status_code == 422
    page = text(answer)
    assert "Semua kursi jabatan ini terisi (1)" in page
    assert 'name="seen"' not in page


def test_a_decree_with_a_day_to_come_waits_is_shown_on_the_person_and_can_be_cancelled(client: Client) -> None:
    since = clock.today() + timedelta(9)
    page = text(client.post(address(), decree(since=since)))
    assert "TMT-nya belum tiba. Perpindahan menunggu sebagai rencana" in page
    sent = decree(since=since, seen=seen(page))
    answer = client.post(address(), sent, follow=True)
    assert "Perpindahan direncanakan" in text(answer)
    assert "Kepala Dinas" in text(answer)
    again = client.post(address(), sent)
    assert (again.status_code, "sudah direncanakan. Tidak ada yang Anda ubah." in text(again)) == (422, True)
    assert person().position.code == "KADIN"  # type: ignore[union-attr]
    plan = PlannedMove.objects.get()
    assert f"/pegawai/perpindahan/rencana/{plan.public_id}/" in text(client.get(f"/pegawai/{person().public_id}/"))
    own = f"/pegawai/perpindahan/rencana/{plan.public_id}/"
    assert "821/3" in text(client.get(own))
    assert client.post(own, {"reason": ""}).status_code == 422
    assert client.post(own, {"reason": "Dicabut"}).headers["Location"] == "/pegawai/perpindahan/rencana/"
    again = client.post(own, {"reason": "Dicabut"})
    assert (again.status_code, "sudah dilaksanakan atau dibatalkan" in text(again)) == (422, True)
    assert "Dicabut" in text(client.get(own))
    assert "Dibatalkan" in text(client.get("/pegawai/perpindahan/rencana/?keadaan=selesai"))


def test_what_is_held_up_is_counted_where_work_waits(client: Client, django_assert_max_num_queries: Any) -> None:
    plan = plan_of(clock.today() + timedelta(1))
    assert "Perpindahan tertahan" not in text(client.get("/plt/"))
    PlannedMove.objects.filter(pk=plan.pk).update(since=clock.today(), against=[["move.no_seat", {"seats": 1}]])
    with django_assert_max_num_queries(15):
        assert "<strong>1</strong> <span>Perpindahan tertahan" in text(client.get("/plt/"))
    with django_assert_max_num_queries(12):
        assert "Tertahan (1)" in text(client.get("/pegawai/perpindahan/rencana/?keadaan=tertahan"))
    assert "Semua kursi jabatan ini terisi (1)" in text(client.get(f"/pegawai/perpindahan/rencana/{plan.public_id}/"))


def plan_of(since: date) -> PlannedMove:
    said = Decree(Move.TRANSFER, "821/3", since)
    post = Position.objects.get(code="SEKDIN")
    return actions.plan_move(person=person(), to=post, decree=said, seen=standing(person()), by=Actor.system("tests"))


def test_a_release_and_a_retirement_ask_for_no_post(client: Client) -> None:
    page = text(client.get(address(code="", purpose="pembebasan")))
    assert "Jabatan yang dituju" not in page
    assert 'name="title" value="Pelaksana"' in page
    sent = {"kind": "PEMBEBASAN", "number": "821/4", "since": clock.today(), "title": "Pelaksana"}
    page = text(client.post(address(code="", purpose="pembebasan"), sent))
    client.post(address(code="", purpose="pembebasan"), {**sent, "seen": seen(page)})
    assert (person().position, person().position_name) == (None, "Pelaksana")
    gone = {"kind": "PENSIUN", "number": "882/1", "since": clock.today()}
    page = text(client.post(address(STAFF, code="", purpose="berhenti"), gone))
    assert "tidak aktif mulai" in page
    answer = client.post(address(STAFF, code="", purpose="berhenti"), {**gone, "seen": seen(page)})
    assert answer.headers["Location"] == "/pegawai/"
    assert person(STAFF).legal_status == "PENSIUN"


def test_the_page_of_a_post_leads_there_for_those_who_may(client: Client) -> None:
    post = Position.objects.get(code="SEKDIN")
    lead = f"/pegawai/perpindahan/?jabatan={post.pk}"
    assert lead in text(client.get(f"/organisasi/jabatan/{post.pk}/"))
    enter(client, Role.AGENCY_HEAD)
    assert lead not in text(client.get(f"/organisasi/jabatan/{post.pk}/"))
    assert client.post(address(), decree(seen="x")).status_code == 403
