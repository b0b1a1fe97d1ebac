"""Kebijakan in Chromium: nothing for axe to find at any width, and a version's whole way by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect
from pytest_django import DjangoDbBlocker

from nawa.accounts.roles import Role
from nawa.core import clock
from nawa.core.actor import Actor
from nawa.policy.layouts import Chapter
from nawa.rulebook import actions
from nawa.rulebook.models import PolicyVersion
from nawa.talent import actions as talent
from nawa.talent import tasks
from nawa.talent.models import Simulation
from tests.append_only import lift_guards
from tests.browser import accessibility_faults, look
from tests.publishing import PDF
from tests.web.conftest import load_city, map_city
from tests.web.roles import browse, committed

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
BY = Actor.system("tests")


@pytest.fixture(scope="module")
def city(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[PolicyVersion]:
    """The small city with its map, and a draft of its policy that was simulated and has a mistake since."""
    with django_db_blocker.unblock():
        try:
            load_city()
            map_city()
            actions.ship()
            parent = PolicyVersion.objects.get(code="semarang")
            draft = actions.draft(parent=parent, version="2030.1", by=BY)
            weights = {"indicators.AWARD.weight": "5", "indicators.TEAM.weight": "25"}
            draft = actions.write(draft, chapter=Chapter.WEIGHTS, typed=weights, edition=0, by=BY)
            tasks.simulate.func(talent.simulate(version=draft, by=BY).public_id)
            yield draft
        finally:
            lift_guards()
            call_command("flush", interactive=False, verbosity=0)


@pytest.mark.looks
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390, 320])
def test_the_pages_are_accessible_and_fit(page: Page, city: PolicyVersion, width: int, scheme: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    browse(page, Role.ANALYST)
    own = [city.public_id]
    addresses = {"kebijakan": reverse("policies"), "versi": reverse("policy", args=own)}
    addresses |= {
        f"susun-{part}": reverse("policy_write", args=[*own, part]) for part in ("pokok", "bobot", "potensial")
    }
    addresses |= {"beda": reverse("policy_compare", args=own), "simulasi": reverse("policy_simulation", args=own)}
    addresses |= {f"pegawai-{name}": reverse("policy_affected", args=[*own, name]) for name in ("berpindah", "batas")}
    for name, address in addresses.items():
        page.goto(address)
        for fold in page.locator("main details").all():
            fold.evaluate("element => element.open = true")
        assert accessibility_faults(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        look(page, f"{name}-{width}-{scheme}")


def press(page: Page, target: Locator, key: str = "Enter") -> None:
    """Reach something by the tab key alone, and press a key on it."""
    for _ in range(200):
        if target.evaluate("element => element === document.activeElement"):
            page.keyboard.press(key)
            return
        page.keyboard.press("Tab")
    raise AssertionError("out of reach of the keyboard")


def type_in(page: Page, label: str, text: str) -> None:
    field = page.get_by_label(label, exact=True)
    press(page, field, "Control+a")
    page.keyboard.type(text)


def test_a_version_goes_its_way_by_keyboard_alone(page: Page, city: PolicyVersion, tmp_path: Path) -> None:
    browse(page, Role.ANALYST)
    assert city.parent is not None
    page.goto(reverse("policy", args=[city.parent.public_id]))
    press(page, page.get_by_text("Susun versi baru dari versi ini"))
    type_in(page, "Nama versi baru:", "2031.1")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Rancangan Kota Semarang 2031.1")
    type_in(page, "Bobot Penghargaan", "16")
    expect(page.locator("#temuan")).to_contain_text("berjumlah 101 persen")  # while it is typed, the focus stays
    expect(page.get_by_label("Bobot Penghargaan", exact=True)).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("20")
    type_in(page, "Bobot Penugasan dalam Tim Kerja", "10")
    expect(page.locator("#temuan")).to_contain_text("2 aturan berubah, tidak ada kesalahan.")
    expect(page.locator("#aturan-indicators-award-weight-kini")).to_contain_text("15 persen")
    press(page, page.get_by_role("link", name="Lanjut: lihat, simulasikan, ajukan"))
    press(page, page.get_by_role("link", name="Simulasikan dampaknya"))
    press(page, page.get_by_role("button", name="Jalankan simulasi"))
    expect(page.get_by_role("status")).to_contain_text("Menunggu pekerja")
    committed(lambda: tasks.simulate.func(Simulation.objects.latest("pk").public_id))
    expect(page.get_by_role("heading", name="Dari kotak mana ke kotak mana?")).to_be_visible()
    press(page, page.get_by_role("link", name="Kembali ke versi"))
    press(page, page.get_by_role("button", name="Ajukan rancangan"))
    expect(page.get_by_role("status")).to_have_text("Tersimpan.")
    address = page.url
    browse(page, Role.AGENCY_HEAD)
    page.goto(address)
    type_in(page, "Nomor:", "12/2026")
    page.get_by_label("Tanggal ditetapkan").fill(f"{clock.today()}")
    type_in(page, "Penanda tangan:", "Wali Kota")
    page.get_by_label("Berlaku mulai").fill(f"{clock.today()}")
    scan = tmp_path / "perwal.pdf"
    scan.write_bytes(PDF)
    page.get_by_label("Pindaian dasar hukum").set_input_files(scan)
    press(page, page.get_by_role("button", name="Sahkan"))
    expect(page.get_by_role("status")).to_have_text("Tersimpan.")
    expect(page.locator(".page-head")).to_contain_text("berlaku kini")
