"""Entering by code or password: limits on tries, sessions that turn over and end, and leavers shut at once."""

from __future__ import annotations

import datetime

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from nawa.accounts.actions import open_outsider
from nawa.accounts.models import User
from nawa.accounts.roles import Role
from nawa.core import clock
from nawa.core.actor import Actor
from nawa.exchange.actions import import_workbook
from nawa.registry.models import Person
from tests.accounts.conftest import PASSWORD, given, opened
from tests.office import STAFF, office
from tests.web.roles import enter

pytestmark = pytest.mark.django_db

BY = Actor.system("tests")
FAR = datetime.timedelta(hours=1, minutes=1)


@pytest.fixture(autouse=True)
def _no_tries_yet() -> None:
    cache.clear()


def activate(client: Client, login: str, code: str, password: str = PASSWORD, again: str = "") -> str:
    sent = {"login": login, "code": code, "password": password, "again": again or password}
    answer = client.post("/aktivasi/", sent)
    return answer.headers.get("Location") or answer.content.decode()


def log_in(client: Client, login: str, password: str = PASSWORD) -> str:
    return client.post("/masuk/", {"login": login, "password": password}, follow=True).content.decode()


def is_in(client: Client) -> bool:
    return client.get("/pengguna/peran-saya/").status_code == 200


# -- activation


def test_a_code_is_given_for_a_password_and_lets_in_once(client: Client) -> None:
    slip = open_outsider(login="wayan", name="Wayan", by=BY)
    assert activate(client, "wayan", slip.code) == "/"
    assert is_in(client)
    client.post("/keluar/")
    assert "tidak cocok" in activate(client, "wayan", slip.code)
    assert not is_in(client)
    log_in(client, "wayan")
    assert is_in(client)


def test_a_bad_password_is_said_in_indonesian_and_costs_no_code(client: Client) -> None:
    slip = open_outsider(login="wayan", name="Wayan", by=BY)
    assert "terlalu pendek" in activate(client, "wayan", slip.code, "pendek")
    assert "tidak sama" in activate(client, "wayan", slip.code, again="lain-sama-sekali")
    assert activate(client, "wayan", slip.code) == "/"


def test_an_account_that_exists_is_told_from_none_by_nothing(client: Client) -> None:
    open_outsider(login="wayan", name="Wayan", by=BY)
    known, unknown = (activate(client, login, "A" * 12) for login in ("wayan", "tidak"))
    assert "tidak cocok" in known
    assert without_token(known).replace("wayan", "tidak") == without_token(unknown)


def without_token(page: str) -> str:
    return "".join(line for line in page.splitlines() if "csrf" not in line.lower())


def test_the_sixth_wrong_code_is_not_even_tried(client: Client) -> None:
    slip = open_outsider(login="wayan", name="Wayan", by=BY)
    assert all("tidak cocok" in activate(client, "wayan", "A" * 12) for _ in range(5))
    assert "Terlalu banyak percobaan" in activate(client, "wayan", slip.code)
    cache.clear()
    assert activate(client, "wayan", slip.code) == "/"


def test_a_whole_office_activates_behind_one_address(client: Client) -> None:
    for number in range(25):
        slip = open_outsider(login=f"u{number}", name="U", by=BY)
        assert activate(Client(), f"u{number}", slip.code) == "/"


def test_whoever_decides_is_led_to_the_second_factor_and_one_that_is_there_is_asked_for(client: Client) -> None:
    slip = open_outsider(login="wayan", name="Wayan", by=BY)
    given(slip.account, Role.ADMINISTRATOR)
    activate(client, "wayan", slip.code)
    assert client.get("/pengguna/").headers["Location"] == reverse("mfa_activate_totp")
    slip = open_outsider(login="made", name="Made", by=BY)
    TOTP.activate(slip.account, generate_totp_secret())
    other = Client()
    assert activate(other, "made", slip.code) == reverse("mfa_authenticate")
    assert not is_in(other)


# -- limits


def test_the_sixth_wrong_password_is_refused_with_a_plain_sentence_and_so_is_the_right_one_after(
    client: Client,
) -> None:
    opened("wayan")
    assert all("tidak benar" in log_in(client, "wayan", "salah-sekali") for _ in range(5))
    assert "Terlalu banyak percobaan masuk yang gagal" in log_in(client, "wayan", "salah-sekali")
    assert "Terlalu banyak percobaan masuk yang gagal" in log_in(client, "wayan")
    assert not is_in(client)


def test_the_second_step_is_limited_as_well(client: Client) -> None:
    user, secret = opened("wayan"), generate_totp_secret()
    TOTP.activate(user, secret)
    log_in(client, "wayan")
    tries = [client.post("/masuk/kode/", {"code": "000000"}).content.decode() for _ in range(6)]
    assert "Kode salah" in tries[0]
    assert "Terlalu banyak percobaan masuk yang gagal" in tries[5]
    right = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    client.post("/masuk/kode/", {"code": right})
    assert not is_in(client)
    cache.clear()
    client.post("/masuk/kode/", {"code": right})
    assert is_in(client)


# -- sessions


def test_a_session_takes_a_new_key_at_log_in_and_at_a_change_of_password(client: Client) -> None:
    opened("wayan")
    client.post("/bahasa/", {"language": "en"})
    before = client.cookies["sessionid"].value
    log_in(client, "wayan")
    inside = client.cookies["sessionid"].value
    other = Client()
    log_in(other, "wayan")
    sent = {"oldpassword": PASSWORD, "password1": "layang-layang-biru", "password2": "layang-layang-biru"}
    assert client.post("/kata-sandi/", sent).status_code == 302
    assert len({before, inside, client.cookies["sessionid"].value}) == 3
    assert is_in(client)
    assert not is_in(other)  # entered with the old password


def age(client: Client, **marks: datetime.timedelta) -> None:
    session = client.session
    for name, passed in marks.items():
        session[name] = (clock.now() - passed).timestamp()
    session.save()


def test_an_idle_session_ends(client: Client) -> None:
    enter(client, Role.ASSESSOR)
    age(client, seen=FAR - 2 * datetime.timedelta(minutes=2))
    assert is_in(client)
    age(client, seen=FAR)
    assert not is_in(client)


def test_a_session_ends_after_a_working_day_however_busy(client: Client, settings: Settings) -> None:
    enter(client, Role.ASSESSOR)
    day = datetime.timedelta(seconds=settings.SESSION_COOKIE_AGE)
    age(client, entered=day - FAR, seen=FAR / 2)
    assert is_in(client)
    age(client, entered=day + FAR)
    assert not is_in(client)


def test_whoever_leaves_is_out_at_the_next_click_and_cannot_come_back(client: Client) -> None:
    import_workbook(office(), by=BY)
    opened(STAFF, person=STAFF)
    log_in(client, STAFF)
    assert is_in(client)
    Person.objects.filter(nip=STAFF).update(legal_status="PENSIUN")
    assert not is_in(client)
    log_in(client, STAFF)
    assert not is_in(client)


def test_a_new_slip_ends_the_sessions_of_before(client: Client) -> None:
    user = opened("wayan")
    log_in(client, "wayan")
    helper = Client()
    enter(helper, Role.ADMINISTRATOR)
    assert helper.post(reverse("user_slip", args=[user.public_id])).status_code == 200
    assert not is_in(client)


def test_demo_accounts_have_no_password_to_change(client: Client, settings: Settings) -> None:
    settings.DEMO = True
    user = User.objects.create(username="peraga", name="Peraga", is_demo=True, password="!")
    client.post("/masuk-peraga/", {"account": user.public_id})
    assert is_in(client)
    assert client.get("/kata-sandi/").status_code == 404
    assert "Ganti kata sandi" not in client.get("/").content.decode()
