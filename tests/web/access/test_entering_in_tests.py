"""The tests' own way in is a true log-in: the pages take it for one."""

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from nawa.accounts.roles import Role
from nawa.talent.models import MappingRun
from tests.web.roles import browse, enter

pytestmark = pytest.mark.django_db


def test_a_client_enters_as_an_administrator(client: Client) -> None:
    enter(client, Role.ADMINISTRATOR)
    assert client.get("/dua-langkah/").status_code == 200


def test_a_client_that_enters_again_is_somebody_else(client: Client, mapped: MappingRun) -> None:
    enter(client, Role.ANALYST)
    assert client.get("/siklus/").status_code == 200
    enter(client, Role.UNIT_HEAD, "DINKES")
    assert client.get("/siklus/").status_code == 403


@pytest.mark.browser
def test_a_browser_enters_as_an_administrator(page: Page, mapped: MappingRun) -> None:
    browse(page, Role.ADMINISTRATOR)
    page.goto("/dua-langkah/")
    expect(page.get_by_role("heading", name="Verifikasi dua langkah", level=1)).to_be_visible()
