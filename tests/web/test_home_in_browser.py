"""The first page in Chromium: at a desk, on a phone, by keyboard, in the dark and on paper."""

import time

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from nawa.talent.models import MappingRun
from tests.browser import accessibility_faults, look

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.mark.looks
def test_the_map_is_accessible_and_fits_at_every_width_in_light_and_dark(page: Page, mapped: MappingRun) -> None:
    for width, scheme in ((1440, "light"), (1440, "dark"), (390, "light"), (320, "dark")):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        page.goto("/")
        look(page, f"home-{width}-{scheme}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert accessibility_faults(page) == []


def test_no_number_leaves_its_box(page: Page, mapped: MappingRun) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/")
    overflowing = "cells => cells.filter(cell => cell.scrollWidth > cell.clientWidth + 1).length"
    assert page.locator(".box").evaluate_all(overflowing) == 0


def test_potential_grows_to_the_right_and_performance_upwards(page: Page, mapped: MappingRun) -> None:
    page.goto("/")
    place = {box: page.locator(".box", has_text=f"Kotak {box}").bounding_box() for box in (1, 4, 6, 9)}
    assert place[4]["y"] < place[1]["y"]
    assert place[9]["y"] < place[6]["y"]
    assert place[6]["x"] > place[1]["x"]
    assert place[9]["x"] > place[4]["x"]


def test_the_first_key_leads_past_the_head_to_the_content(page: Page, mapped: MappingRun) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Langsung ke isi")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_everything_is_there_without_javascript(browser: Browser, server: LiveServer, mapped: MappingRun) -> None:
    page = browser.new_context(base_url=server.url, java_script_enabled=False).new_page()
    page.goto("/")
    expect(page.locator(".box")).to_have_count(9)
    page.context.close()


def test_colour_is_never_the_only_sign(page: Page, mapped: MappingRun) -> None:
    page.emulate_media(forced_colors="active")
    page.goto("/")
    for box in page.locator(".box").all():
        assert "Kotak" in box.inner_text()
        assert "ekspektasi" in box.inner_text()


def test_on_paper_the_map_keeps_to_one_sheet(page: Page, mapped: MappingRun) -> None:
    page.goto("/")
    page.emulate_media(media="print")
    expect(page.locator(".skip")).to_be_hidden()
    assert page.locator(".map-grid").evaluate("node => getComputedStyle(node).breakInside") == "avoid"
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") <= 2


def test_the_first_page_is_light(page: Page, mapped: MappingRun) -> None:
    sizes: list[int] = []
    page.on("response", lambda response: sizes.append(len(response.body())))
    page.goto("/", wait_until="networkidle")
    assert sum(sizes) < 300_000


def test_whoever_has_to_wait_for_what_they_sent_is_told(page: Page) -> None:
    page.goto("/masuk/")
    page.evaluate(
        """() => {
          const told = document.getElementById("pesan-menyimpan");
          new MutationObserver(() => sessionStorage.setItem("told", told.textContent)).observe(told, {childList: true});
        }"""
    )
    page.route("**/bahasa/", _late)
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("button", name="Bahasa Indonesia")).to_be_visible()
    assert "Sedang disimpan" in page.evaluate("sessionStorage.getItem('told')")
    expect(page.locator("#pesan-menyimpan")).to_have_text("")


def test_who_does_not_have_to_wait_is_not_told(page: Page) -> None:
    page.goto("/masuk/")
    page.evaluate(
        """() => {
          const told = document.querySelector(".waits");
          window.addEventListener("pagehide", () => sessionStorage.setItem("told", told.textContent));
        }"""
    )
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("button", name="Bahasa Indonesia")).to_be_visible()
    assert page.evaluate("sessionStorage.getItem('told')") == ""


@pytest.mark.looks
def test_the_word_to_those_who_wait_is_accessible_and_fits(page: Page) -> None:
    for width in (1440, 320):
        page.set_viewport_size({"width": width, "height": 700})
        page.goto("/masuk/")
        page.evaluate("const told = document.querySelector('.waits'); told.textContent = told.dataset.says")
        look(page, f"waiting-{width}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert accessibility_faults(page) == []


def _late(route: Route) -> None:
    time.sleep(1.5)
    route.continue_()
