"""Recording a letter in the browser's way: chosen, typed, checked, confirmed; stale forms and second clicks."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from nawa.accounts.roles import Role
from nawa.core import clock
from nawa.registry import actions
from nawa.registry.models import ActingAssignment, Person, Position
from tests.office import HEAD, STAFF, office, rows
from tests.web.roles import enter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def entered(client: Client) -> None:
    actions.apply(office(), source="WORKBOOK", import_id="")
    enter(client, Role.ANALYST)


def pair(nip: str = STAFF, code: str = "SEKDIN") -> str:
    person, post = Person.objects.get(nip=nip), Position.objects.get(code=code)
    return f"/plt/baru/?jabatan={post.pk}&pegawai={person.public_id}"


def letter(**typed: Any) -> dict[str, Any]:
    day = clock.today()
    usual = {"kind": "PLT", "number": "800/9/2026", "dated_on": day, "started_on": day}
    return {**usual, "ended_through": day + timedelta(60), **typed}


def text(answer: Any) -> str:
    return html.unescape(re.sub(r"\s+", " ", answer.content.decode()))


def seen(page: str) -> str:
    found = re.search(r'name="seen" value="([^"]*)"', page)
    assert found
    return found.group(1)


def test_post_and_person_are_found_by_what_is_sent_and_chosen_by_opaque_ids(client: Client) -> None:
    page = text(client.post("/plt/baru/", {"cari_jabatan": "sekre"}))
    choice = re.search(r'<a href="(\?jabatan=\d+)">Sekretaris</a>', page)
    assert choice
    page = text(client.post(f"/plt/baru/{choice.group(1)}", {"cari_pegawai": "staf"}))
    assert f"pegawai={Person.objects.get(nip=STAFF).public_id}" in page
    assert STAFF not in page
    assert "Tidak ditemukan" in text(client.post("/plt/baru/", {"cari_pegawai": "nobody"}))


def test_the_last_day_is_proposed_by_the_policy(client: Client) -> None:
    page = text(client.get(pair()))
    proposed = re.search(r'name="ended_through" value="([\d-]+)"', page)
    assert proposed
    days = (date.fromisoformat(proposed.group(1)) - clock.today()).days + 1
    assert 89 <= days <= 92  # three months


def test_a_letter_is_checked_first_and_recorded_when_confirmed(client: Client) -> None:
    page = text(client.post(pair(), letter()))
    assert not ActingAssignment.objects.exists()
    assert "jenjang perlu diperiksa" not in page  # it is told in a sentence
    assert "periksa sendiri" in page
    answer = client.post(pair(), letter(seen=seen(page)))
    assert answer.headers["Location"] == "/plt/"
    assert ActingAssignment.objects.get().letter_number == "800/9/2026"


def test_a_second_click_is_told_that_it_is_recorded(client: Client) -> None:
    sent = letter(seen=seen(text(client.post(pair(), letter()))))
    client.post(pair(), sent)
    answer = client.post(pair(), sent)
    assert answer.status_code == 422
    assert "sudah tercatat bertugas" in text(answer)
    assert ActingAssignment.objects.count() == 1


def test_a_form_that_was_changed_after_the_check_is_checked_again(client: Client) -> None:
    sent = seen(text(client.post(pair(), letter())))
    answer = client.post(pair(), letter(seen=sent, ended_through=clock.today() + timedelta(120)))
    assert answer.status_code == 422
    page = text(answer)
    assert "Temuannya belum Anda lihat" in page
    assert "Masa yang disebut sampai dengan" in page
    assert seen(page) == "acting.too_long"


def test_days_out_of_order_are_told_at_the_field(client: Client) -> None:
    answer = client.post(pair(), letter(ended_through=clock.today() - timedelta(1)))
    assert answer.status_code == 422
    assert "Hari terakhir jatuh sebelum hari pertama" in text(answer)


def test_nobody_outside_the_scope_is_chosen(client: Client) -> None:
    assert client.get("/plt/baru/?pegawai=nobody").status_code == 404
    assert client.get("/plt/baru/?jabatan=999999").status_code == 404
    assert client.get("/plt/baru/?jabatan=x").status_code == 404


def held(through: int | None) -> ActingAssignment:
    day = clock.today()
    row = {"nip": STAFF, "position_code": "SEKDIN", "kind": "PLT", "started_on": day - timedelta(20)}
    row |= {"ended_through": None if through is None else day + timedelta(through), "letter_number": "1"}
    actions.apply({"acting_assignment": rows("acting_assignment", row)}, source="W", import_id="")
    return ActingAssignment.objects.get()


def test_an_extension_begins_the_day_after_the_last(client: Client) -> None:
    row = held(5)
    page = text(client.get(f"/plt/{row.pk}/"))
    address = re.search(r'href="(/plt/baru/[^"]+lanjut=\d+)"', page)
    assert address
    page = text(client.get(address.group(1)))
    assert f'name="started_on" value="{clock.today() + timedelta(6)}"' in page
    assert "Perpanjangan penugasan" in page


def test_a_duty_is_ended_and_a_stale_form_ends_nothing(client: Client) -> None:
    row = held(30)
    old = {"through": clock.today(), "seen": row.ended_through}
    assert client.post(f"/plt/{row.pk}/", old).headers["Location"] == "/plt/"
    answer = client.post(f"/plt/{row.pk}/", {**old, "through": clock.today() - timedelta(1)})
    assert answer.status_code == 422
    assert "Sementara itu penugasan ini sudah diubah" in text(answer)
    row.refresh_from_db()
    assert row.ended_through == clock.today()


def test_a_duty_without_a_last_day_is_given_one_before_it_is_extended(client: Client) -> None:
    row = held(None)
    page = text(client.get(f"/plt/{row.pk}/"))
    assert "lanjut=" not in page
    client.post(f"/plt/{row.pk}/", {"through": clock.today() + timedelta(9), "seen": ""})
    assert "lanjut=" in text(client.get(f"/plt/{row.pk}/"))


def test_readers_without_the_permission_see_no_way_to_record(client: Client) -> None:
    row = held(5)
    assert "/plt/baru/" in text(client.get("/plt/"))
    enter(client, Role.UNIT_HEAD)
    page = text(client.get("/plt/"))
    assert "Sekretaris" in page
    assert "/plt/baru/" not in page
    assert client.get(f"/plt/{row.pk}/").status_code == 403
    assert HEAD not in page
