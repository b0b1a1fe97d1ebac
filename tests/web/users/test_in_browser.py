"""Pengguna in Chromium: from opening an account to its holder's log-in, and nothing for axe to find at any width."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from nawa.accounts.roles import Role
from nawa.registry.models import Person, Unit
from nawa.talent.models import MappingRun
from tests.accounts.conftest import PASSWORD
from tests.browser import Watched, accessibility_faults, look
from tests.documents.examples import text
from tests.web.roles import account, browse, committed

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

NAMES = ("users", "user", "role", "open", "own")


def smallest_unit() -> Unit:
    """A unit of a few people without any below it."""
    taken = Unit.objects.filter(people__isnull=False, children__isnull=True).distinct()
    return min(taken, key=lambda unit: (unit.people.count(), unit.pk))


@pytest.mark.looks
@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (1440, "dark"), (390, "light"), (320, "dark")])
def test_the_pages_are_accessible_and_fit(page: Page, mapped: MappingRun, width: int, scheme: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    browse(page, Role.UNIT_HEAD, unit="KOTA")
    one = browse(page, Role.ADMINISTRATOR)
    page.goto("/pengguna/")
    other = page.locator("tbody th a", has_not_text=re.compile(f"^{one.username}$")).first.get_attribute("href")
    addresses = ("/pengguna/", str(other), f"{other}peran/", f"/pengguna/buka/?unit={smallest_unit().pk}")
    for name, address in zip(NAMES, (*addresses, "/pengguna/peran-saya/"), strict=True):
        page.goto(address)
        for fold in page.locator("main details").all():
            fold.evaluate("element => element.open = true")
        look(page, f"{name}-{width}-{scheme}")
        assert accessibility_faults(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name


@pytest.mark.looks
def test_the_activation_is_accessible_and_fits(page: Page, mapped: MappingRun) -> None:
    for width in (1440, 390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto("/aktivasi/")
        look(page, f"activation-{width}")
        assert accessibility_faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_from_the_slip_to_the_log_in(watched: Watched, mapped: MappingRun) -> None:
    committed(cache.clear)
    page = watched.page
    unit = smallest_unit()
    nip = Person.objects.filter(unit=unit).order_by("name")[0].nip
    browse(page, Role.ADMINISTRATOR)
    page.goto(f"/pengguna/buka/?unit={unit.pk}")
    button = page.get_by_role("button", name=re.compile("unduh lembarnya"))
    button.focus()
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert len(watched.complaints) == 1  # to Chromium a page that turns out to be a download has failed
    watched.complaints.clear()
    slip = text(Path(download.value.path()).read_bytes())
    code = re.search(rf"Nama masuk {nip} Kode aktivasi, sekali pakai ((?:\w{{4}} ?){{3}})", slip)
    assert code
    page.context.clear_cookies()
    page.goto("/masuk/")
    page.get_by_role("link", name="Masuk dengan kode dari lembar aktivasi").click()
    page.get_by_label("Nama masuk (NIP)").fill(nip)
    page.get_by_label("Kode aktivasi").fill(code[1])
    page.get_by_label("Kata sandi baru:", exact=True).fill(PASSWORD)
    page.get_by_label("Kata sandi baru, sekali lagi").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.locator(".account summary").click()
    page.get_by_role("button", name="Keluar").click()
    page.get_by_role("banner").get_by_role("link", name="Masuk").click()
    page.get_by_label("Nama masuk (NIP)").fill(nip)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator(".account summary")).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.goto("/saya/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert account(Role.ADMINISTRATOR).username not in slip
