"""Two maps side by side in Chromium: accessible, within the screen at every width, printed as one page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from nawa.accounts.roles import Role
from tests.browser import accessibility_faults, look
from tests.web.movement.conftest import Pair
from tests.web.roles import browse

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

WIDTHS = ((1440, "light"), (390, "dark"), (320, "light"))


@pytest.mark.looks
@pytest.mark.parametrize(
    ("role", "address"),
    [
        (Role.ANALYST, "/pergerakan/"),
        (Role.ANALYST, "/pergerakan/pegawai/?arah=up"),
        (Role.ASSESSOR, "/pergerakan/"),  # sees nothing small
    ],
)
def test_it_is_accessible_and_fits(page: Page, pair: Pair, role: Role, address: str) -> None:
    browse(page, role)
    for width, scheme in WIDTHS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address)
        look(page, f"movement-{role}-{address.count('/')}-{width}-{scheme}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert accessibility_faults(page) == []


def test_the_summary_prints_on_one_page(page: Page, pair: Pair) -> None:
    browse(page, Role.AGENCY_HEAD)
    page.goto("/pergerakan/")
    expect(page.get_by_role("button", name="Cetak ringkasan")).to_be_visible()
    assert page.pdf(format="A4").count(b"/Type /Page\n") == 1


def test_the_way_to_one_person_goes_by_keyboard(page: Page, pair: Pair) -> None:
    browse(page, Role.ANALYST)
    page.goto("/pergerakan/")
    page.get_by_role("link", name="Lihat siapa yang berpindah").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Pegawai yang berpindah kotak")).to_be_visible()
    page.locator(".row-link").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Profil Talenta").first).to_be_visible()
