"""The map in Chromium: at a desk, on a phone, by keyboard, in the dark and on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from nawa.accounts.roles import Role
from nawa.talent.models import MappingRun
from tests.browser import accessibility_faults, look
from tests.web.roles import browse

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

VIEWS = {
    "boxes": "/peta/",
    "box": "/peta/?kotak=5",
    "scatter": "/peta/?tampil=sebaran",
    "sure": "/peta/?tampil=keyakinan",
}


@pytest.mark.looks
@pytest.mark.parametrize("name", sorted(VIEWS))
def test_every_view_is_accessible_and_fits_in_light_and_dark(page: Page, mapped: MappingRun, name: str) -> None:
    browse(page, Role.ANALYST)
    for width, scheme in ((1440, "light"), (1440, "dark"), (390, "light"), (390, "dark"), (320, "light")):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(VIEWS[name])
        look(page, f"map-{name}-{width}-{scheme}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert accessibility_faults(page) == []
        if width < 600:  # the bar of a phone lies along the whole lower edge, and the answer is not far
            assert page.locator("nav.bar").evaluate("bar => bar.getBoundingClientRect().width") == width
            assert page.locator("#peta h2").first.evaluate("title => title.getBoundingClientRect().top") < 700


@pytest.mark.looks
def test_the_map_in_numbers_is_accessible_and_fits(page: Page, mapped: MappingRun) -> None:
    browse(page, Role.ASSESSOR)
    for width in (1440, 390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto("/peta/")
        look(page, f"map-counts-{width}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert accessibility_faults(page) == []


def test_the_keyboard_opens_a_box_and_the_back_key_leaves_it(page: Page, mapped: MappingRun) -> None:
    browse(page, Role.ANALYST)
    page.goto("/peta/")
    page.locator("#kotak-5").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Siapa di kotak 5")).to_be_visible()
    assert page.url.endswith("/peta/?kotak=5")
    expect(page.locator("#kotak-5")).to_be_focused()
    page.go_back()
    expect(page.get_by_role("heading", name="Siapa dalam pilihan ini")).to_be_visible()


def test_filters_stand_in_the_address_and_a_chip_takes_one_away(page: Page, mapped: MappingRun) -> None:
    browse(page, Role.ANALYST)
    page.goto("/peta/")
    page.get_by_label("Jenis pegawai").first.select_option("PNS")
    page.get_by_role("button", name="Saring").click()
    expect(page.locator(".chips")).to_contain_text("PNS dan CPNS")
    assert "jenis=PNS" in page.url
    page.locator(".chip", has_text="PNS dan CPNS").click()
    expect(page.locator(".chips")).to_have_count(0)


def test_on_a_phone_filters_unfold_and_stay_folded_after_a_choice(page: Page, mapped: MappingRun) -> None:
    browse(page, Role.ANALYST)
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto("/peta/")
    expect(page.get_by_label("Jenis pegawai").first).to_be_hidden()
    page.get_by_text("Saring dan cari").click()
    page.get_by_label("Jenis pegawai").first.select_option("PNS")
    page.get_by_role("button", name="Saring").click()
    expect(page.locator(".chips")).to_contain_text("PNS dan CPNS")
    expect(page.get_by_label("Jenis pegawai").first).to_be_hidden()


def test_what_is_searched_for_stays_while_sorting_and_stands_in_no_address(page: Page, mapped: MappingRun) -> None:
    browse(page, Role.ANALYST)
    page.goto("/peta/")
    page.get_by_label("Nama atau NIP").fill("si")
    page.get_by_role("button", name="Cari", exact=True).click()
    expect(page.locator(".chips")).to_contain_text("si")
    found = page.get_by_role("status").inner_text()
    page.get_by_role("button", name="Nilai talenta").click()
    expect(page.locator("th[aria-sort]")).to_contain_text("Nilai talenta")
    assert page.get_by_role("status").inner_text() == found
    assert "si" not in page.url.partition("?")[2].replace("urut=talenta", "")


def test_on_paper_the_map_fills_a_page_and_the_list_follows(page: Page, mapped: MappingRun) -> None:
    browse(page, Role.ANALYST)
    page.goto("/peta/?kotak=5")
    page.emulate_media(media="print")
    expect(page.locator(".finding")).to_be_hidden()
    expect(page.locator(".print-only")).to_be_visible()
    assert page.locator(".people-list").evaluate("node => getComputedStyle(node).breakBefore") == "page"
