"""The trail tells who came in, left, or was turned away; of an unknown name it keeps nothing."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import LazySettings, settings
from django.test import Client

from nawa.accounts.actions import open_demo_accounts
from nawa.accounts.models import User
from nawa.audit.enums import UNKNOWN_NAME, Event
from nawa.audit.models import RecordedEvent
from nawa.audit.rules import signs_of_tampering
from nawa.core.actor import Actor
from nawa.demo.cast import Part

pytestmark = pytest.mark.django_db

PASSWORD = "tujuh belas kata"


@pytest.fixture
def user() -> User:
    made = User(username="budi", name="Budi")
    made.set_password(PASSWORD)
    made.save()
    return made


def told() -> list[tuple[str, str, str]]:
    rows = list(RecordedEvent.objects.filter(event__startswith="accounts.").order_by("pk"))
    assert [sign for row in rows for sign in signs_of_tampering(row)] == []
    return [(row.event, row.subject_id, row.done_by) for row in rows]


def log_in(client: Client, name: str = "budi", password: str = PASSWORD) -> None:
    client.post("/masuk/", {"login": name, "password": password})


def test_coming_in_and_leaving_are_recorded(client: Client, user: User) -> None:
    log_in(client)
    client.post("/keluar/")
    me = (user.public_id, f"user:{user.public_id}")
    assert told() == [(Event.ENTERED, *me), (Event.LEFT, *me)]


def test_a_wrong_password_is_recorded_by_account_and_not_as_its_holders_deed(client: Client, user: User) -> None:
    log_in(client, password="salah sekali")
    assert told() == [(Event.PASSWORD_REFUSED, user.public_id, "system:entrance")]


def test_a_shut_account_is_recorded_as_refused(client: Client, user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)
    log_in(client)
    assert [event for event, *_rest in told()] == [Event.PASSWORD_REFUSED]
    assert "Akun ini tertutup" in client.get("/masuk/").content.decode()
    assert client.get("/dua-langkah/").status_code == 302


def test_of_an_unknown_name_nothing_is_kept(client: Client, user: User) -> None:
    log_in(client, name="198001012005011001")
    assert told() == [(Event.NAME_REFUSED, UNKNOWN_NAME, "system:entrance")]
    assert "198001012005011001" not in RecordedEvent.objects.get().canonical


def test_trying_on_and_on_fills_no_log(client: Client, user: User) -> None:
    for _ in range(12):
        log_in(client, password="salah sekali")
    assert len(told()) == 5  # the limit of tries on one account


def test_a_wrong_second_step_is_recorded_and_coming_in_only_after_the_right_one(client: Client, user: User) -> None:
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    assert Authenticator.objects.filter(user=user).exists()
    log_in(client)
    assert told() == []
    client.post("/masuk/kode/", {"code": "000000"})
    assert told() == [(Event.CODE_REFUSED, user.public_id, "system:entrance")]


def test_a_session_that_lay_idle_is_recorded_as_closed(client: Client, user: User) -> None:
    log_in(client)
    session = client.session
    session["seen"] = session["seen"] - settings.SESSION_IDLE_SECONDS - 1
    session.save()
    assert client.get("/dua-langkah/").status_code == 302
    assert [event for event, *_rest in told()] == [Event.ENTERED, Event.SESSION_IDLED]


def test_entering_the_demo_city_is_recorded(client: Client, settings: LazySettings) -> None:
    settings.DEMO = True
    (player,) = open_demo_accounts([Part("AUDITOR_LUAR", None, None, "Auditor")], by=Actor.system("demo"))
    client.post("/masuk-peraga/", {"account": player.public_id})
    assert told()[-1] == (Event.ENTERED, player.public_id, f"user:{player.public_id}")
