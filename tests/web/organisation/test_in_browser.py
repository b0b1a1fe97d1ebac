"""Directory, tree, posts and the search box in Chromium: at a desk, on a phone, by keyboard, in the dark."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from nawa.accounts.roles import Role
from nawa.registry.models import Person, Position, Unit
from nawa.talent.models import MappingRun
from tests.browser import accessibility_faults, look
from tests.web.map.reading import largest_office
from tests.web.roles import browse

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

WIDTHS = ((1440, "light"), (1440, "dark"), (390, "light"), (320, "dark"))


def judge(page: Page, name: str) -> None:
    for width, scheme in WIDTHS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        look(page, f"{name}-{width}-{scheme}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert accessibility_faults(page) == []


@pytest.mark.looks
@pytest.mark.parametrize("name", ["directory", "tree", "unit", "posts", "post", "ended", "search"])
def test_every_page_is_accessible_and_fits(page: Page, mapped: MappingRun, name: str) -> None:
    browse(page, Role.ANALYST)
    post = Position.objects.filter(critical=True).exclude(holders=None).order_by("pk")[0]
    page.goto({
        "directory": "/pegawai/?jenjang=PELAKSANA",
        "tree": "/organisasi/",
        "unit": f"/organisasi/unit/{largest_office().pk}/",
        "posts": "/organisasi/jabatan/?keadaan=lowong",
        "post": f"/organisasi/jabatan/{post.pk}/",
        "ended": f"/organisasi/unit/{Unit.objects.filter(valid_through__isnull=False)[0].pk}/",
        "search": "/cari/",
    }[name])  # fmt: skip
    judge(page, name)


def test_the_keyboard_opens_a_branch_and_goes_on_into_it(page: Page, mapped: MappingRun) -> None:
    browse(page, Role.ANALYST)
    page.goto("/organisasi/")
    office = largest_office()
    first = Unit.objects.filter(parent=office).order_by("pk")[0]
    row = page.get_by_role("listitem").filter(has=page.get_by_role("link", name=office.name, exact=True)).last
    row.get_by_role("link", name=office.name, exact=True).focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    link = page.get_by_role("link", name=first.name, exact=True)
    expect(link).to_be_visible()
    page.keyboard.press("Tab")
    expect(link).to_be_focused()
    judge(page, "branch")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=first.name, level=1)).to_be_visible()


def test_the_tree_is_walked_without_javascript(browser: Browser, server: LiveServer, mapped: MappingRun) -> None:
    page = browser.new_context(base_url=server.url, java_script_enabled=False).new_page()
    browse(page, Role.ANALYST)
    page.goto("/organisasi/")
    office = largest_office()
    page.get_by_role("link", name=office.name, exact=True).click()
    first = Unit.objects.filter(parent=office).order_by("pk")[0]
    page.locator(".branches").get_by_role("link", name=first.name, exact=True).click()
    expect(page.get_by_role("heading", name=first.name, level=1)).to_be_visible()
    page.context.close()


def test_the_search_box_is_used_by_keyboard_alone(page: Page, mapped: MappingRun) -> None:
    browse(page, Role.ANALYST)
    page.goto("/organisasi/")
    box = page.get_by_label("Cari pegawai, jabatan, unit, atau halaman")
    page.keyboard.press("/")
    expect(box).to_be_focused()
    expect(box).to_have_value("")
    name = Person.objects.filter(inactive_since__isnull=True).order_by("pk")[0].name
    page.keyboard.type(" ".join(name.split()[:2]))
    hit = page.locator("#saran a").first
    expect(hit).to_be_visible()
    expect(page.locator("#saran-kata")).to_contain_text("saran")
    judge(page, "suggestions")
    page.keyboard.press("ArrowDown")
    expect(hit).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#saran a")).to_have_count(0)
    expect(box).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Pencarian")).to_be_visible()
    assert page.url.endswith("/cari/")
    judge(page, "results")


def test_suggestions_close_when_the_reader_goes_elsewhere(page: Page, mapped: MappingRun) -> None:
    browse(page, Role.ANALYST)
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto("/pegawai/")
    page.get_by_label("Cari pegawai, jabatan, unit, atau halaman").fill("an")
    expect(page.locator("#saran a").first).to_be_visible()
    page.locator(".finding > summary").focus()
    expect(page.locator("#saran")).to_be_hidden()


def test_a_list_is_searched_sorted_and_narrowed_and_nothing_typed_stands_in_the_address(
    page: Page, mapped: MappingRun
) -> None:
    browse(page, Role.ANALYST)
    page.goto("/pegawai/")
    page.get_by_label("Jenis pegawai").first.select_option("PNS")
    page.get_by_role("button", name="Saring").click()
    expect(page.locator(".chips")).to_contain_text("PNS")
    assert "jenis=PNS" in page.url
    page.get_by_label("Nama atau NIP").fill("ar")
    page.locator("#daftar").get_by_role("button", name="Cari", exact=True).click()
    expect(page.locator(".chips")).to_contain_text("“ar”")
    found = page.locator(".list-head [role=status]").inner_text()
    page.get_by_role("button", name="Golongan").click()
    expect(page.locator("th[aria-sort]")).to_contain_text("Golongan")
    assert page.locator(".list-head [role=status]").inner_text() == found
    page.get_by_role("button", name="PNS").click()
    expect(page.locator(".chips")).not_to_contain_text("PNS")
    assert "cari" not in page.url
    assert "jenis" not in page.url
