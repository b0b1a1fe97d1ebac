"""Before there is a map the first page says why, and what to do."""

import pytest
from django.test import Client
from playwright.sync_api import Page

from tests.browser import accessibility_faults, look
from tests.web.conftest import load_city

pytestmark = pytest.mark.django_db


def test_an_empty_installation_says_why_it_is_empty_and_what_to_do_first(client: Client) -> None:
    page = client.get("/").content.decode()
    assert "Belum ada peta karena belum ada data pegawai" in page
    assert ".venv/bin/nawa demo" in page
    assert "Kotak 9" not in page


def test_people_without_a_map_are_told_to_run_the_mapping(client: Client) -> None:
    load_city()
    assert "pemetaan belum pernah dijalankan" in client.get("/").content.decode()


@pytest.mark.browser
@pytest.mark.looks
def test_the_empty_page_is_accessible_and_fits(page: Page) -> None:
    for width in (1440, 390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto("/")
        look(page, f"home-empty-{width}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert accessibility_faults(page) == []
