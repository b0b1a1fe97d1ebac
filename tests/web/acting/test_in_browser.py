"""The desk of acting duties, a letter and a movement in Chromium: accessible, and within the screen at every width."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from nawa.accounts.roles import Role
from nawa.registry.models import ActingAssignment, Person, Position
from nawa.talent.models import MappingRun
from tests.browser import accessibility_faults
from tests.web.roles import browse
from tests.web.test_pages_in_browser import WIDTHS, judge

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_the_desk_is_accessible_and_fits(page: Page, mapped: MappingRun) -> None:
    browse(page, Role.ANALYST)
    judge(page, "/plt/", "acting")
    found = page.locator("details.found").first
    found.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(found).to_contain_text("perlu konfirmasi")
    assert accessibility_faults(page) == []


def test_a_letter_is_chosen_typed_and_checked_by_keyboard(page: Page, mapped: MappingRun) -> None:
    post = Position.objects.filter(tier="ADMINISTRATOR").order_by("pk")[0]
    person = Person.objects.filter(position__tier="PELAKSANA", inactive_since=None).order_by("pk")[0]
    browse(page, Role.ANALYST)
    page.goto(f"/plt/baru/?jabatan={post.pk}")
    page.get_by_label("Cari pegawai", exact=True).fill(person.name)
    page.keyboard.press("Enter")
    choice = page.locator(f".picks a[href*='{person.public_id}']")
    choice.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("pegawai="))
    page.get_by_label("Nomor surat perintah").fill("800/1/2026")
    page.get_by_label("Tanggal surat").fill("2026-01-05")
    page.get_by_role("button", name="Periksa").press("Enter")
    expect(page.get_by_text("Ditemukan pada penugasan ini:")).to_be_visible()
    for width, scheme in WIDTHS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert accessibility_faults(page) == []


def test_the_pages_of_a_duty_and_of_a_movement_are_accessible_and_fit(page: Page, mapped: MappingRun) -> None:
    duty = ActingAssignment.objects.filter(ended_through=None).order_by("pk")[0]
    browse(page, Role.ANALYST)
    judge(page, f"/plt/{duty.pk}/", "acting-duty")
    judge(page, f"/pegawai/perpindahan/?pegawai={duty.person.public_id}&hal=berhenti", "movement")
