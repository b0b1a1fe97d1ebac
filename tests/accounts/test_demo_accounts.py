"""Demo accounts exist in demo mode only: not opened, not entered, and reported elsewhere."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.test import Client
from pytest_django import Settings

from nawa.accounts.actions import open_demo_accounts
from nawa.accounts.models import User
from nawa.accounts.queries import open_account
from nawa.core import clock
from nawa.core.actor import Actor
from nawa.core.refusal import Refusal
from nawa.demo.cast import Part

pytestmark = pytest.mark.django_db

PARTS = (Part("PPK", None, None, "Wali Kota"), Part("ADMINISTRATOR", None, None, "Pengelola"))


@pytest.fixture
def opened(settings: Settings) -> list[User]:
    settings.DEMO = True
    return open_demo_accounts(PARTS, by=Actor.system("demo"))


def test_they_are_not_opened_outside_demo_mode(settings: Settings) -> None:
    settings.DEMO = False
    with pytest.raises(Refusal, match=r"accounts\.not_demo"):
        open_demo_accounts(PARTS, by=Actor.system("demo"))
    assert not User.objects.exists()


def test_they_are_opened_once(opened: list[User]) -> None:
    assert [user.full_name for user in opened] == ["Wali Kota", "Pengelola"]
    assert open_demo_accounts(PARTS, by=Actor.system("demo")) == opened


def test_in_demo_mode_a_click_lets_in(client: Client, opened: list[User]) -> None:
    assert "Wali Kota" in client.get("/masuk/").content.decode()
    client.post("/masuk-peraga/", {"account": opened[0].public_id})
    assert "Wali Kota" in client.get("/").content.decode()


def test_two_who_play_the_same_role_are_told_apart(client: Client, settings: Settings) -> None:
    settings.DEMO = True
    parts = [Part("ANALIS", None, None, "Ani"), Part("PPK", None, None, "Wali"), Part("ANALIS", None, None, "Budi")]
    open_demo_accounts(parts, by=Actor.system("demo"))
    page = client.get("/masuk/").content.decode()
    places = [page.index(said) for said in ("Analis kepegawaian 1 · Ani", "Analis kepegawaian 2 · Budi")]
    assert places == sorted(places)
    assert "kepegawaian 2" not in page[page.index("Wali") :]
    client.post("/bahasa/", {"language": "en"})
    assert "analyst 2 · Budi" in client.get("/masuk/").content.decode()


def test_outside_it_nobody_gets_in_and_who_was_in_is_out(
    client: Client, opened: list[User], settings: Settings
) -> None:
    client.post("/masuk-peraga/", {"account": opened[0].public_id})
    settings.DEMO = False
    assert client.post("/masuk-peraga/", {"account": opened[0].public_id}).status_code == 404
    assert "Wali Kota" not in client.get("/").content.decode()
    assert open_account(opened[0].pk, on=clock.today()) is None


def test_the_check_reports_them_outside_demo_mode(opened: list[User], settings: Settings) -> None:
    call_command("check", databases=["default"])
    settings.DEMO = False
    with pytest.raises(SystemCheckError, match=r"nawa\.E002"):
        call_command("check", databases=["default"])


def test_an_account_without_person_or_role_may_nothing(client: Client, opened: list[User]) -> None:
    client.post("/masuk-peraga/", {"account": opened[1].public_id})
    assert client.get("/peta/").status_code == 403
