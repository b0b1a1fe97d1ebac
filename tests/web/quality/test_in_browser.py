"""Kualitas Data in Chromium: nothing for axe to find at any width, light and dark, and a unit opened by keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from nawa.accounts.roles import Role
from nawa.talent.models import MappingRun
from tests.browser import accessibility_faults, look
from tests.web.roles import browse

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

PAGES = {
    "kelengkapan": "/kualitas-data/",
    "kejar": "/kualitas-data/kejar/",
    "temuan": "/kualitas-data/temuan/",
}


@pytest.mark.looks
@pytest.mark.parametrize("name", sorted(PAGES))
def test_every_page_is_accessible_and_fits(page: Page, mapped: MappingRun, name: str) -> None:
    browse(page, Role.ANALYST)
    for width, scheme in ((1440, "light"), (1440, "dark"), (390, "light"), (390, "dark"), (320, "light")):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(PAGES[name])
        look(page, f"kualitas-{name}-{width}-{scheme}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
        assert accessibility_faults(page) == [], (name, width, scheme)


def test_a_unit_is_opened_by_keyboard_and_the_path_leads_back(page: Page, mapped: MappingRun) -> None:
    browse(page, Role.ANALYST)
    page.goto(PAGES["kelengkapan"])
    unit = page.locator(".heat tbody th a").first
    name = unit.text_content() or ""
    unit.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=f"Kelengkapan di {name}")).to_be_visible()
    page.get_by_role("navigation", name="Letak unit").get_by_role("link", name="Semua unit").click()
    expect(page.get_by_role("heading", name="Kelengkapan semua unit")).to_be_visible()
