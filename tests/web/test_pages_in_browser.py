"""Log-in, profile and one's own page in Chromium: accessible, within the screen at every width, usable by keyboard."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from nawa.accounts.roles import Role
from nawa.talent.models import MappingResult, MappingRun
from tests.browser import accessibility_faults, look
from tests.web.roles import browse

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

WIDTHS = ((1440, "light"), (1440, "dark"), (390, "light"), (320, "dark"))


def somebody(status: str) -> MappingResult:
    return MappingResult.objects.filter(status=status).select_related("person").order_by("pk")[0]


def judge(page: Page, address: str, name: str) -> None:
    for width, scheme in WIDTHS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address)
        look(page, f"{name}-{width}-{scheme}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert accessibility_faults(page) == []


@pytest.mark.looks
@pytest.mark.parametrize("status", ["LENGKAP", "SEMENTARA", "BELUM_DAPAT_DIPETAKAN"])
def test_a_profile_is_accessible_and_fits(page: Page, mapped: MappingRun, status: str) -> None:
    browse(page, Role.ANALYST)
    judge(page, f"/pegawai/{somebody(status).person.public_id}/", f"profile-{status.lower()}")


@pytest.mark.looks
def test_a_profile_of_contract_staff_is_accessible_and_fits(page: Page, mapped: MappingRun) -> None:
    result = MappingResult.objects.filter(staff_kind="PPPK").select_related("person").order_by("pk")[0]
    browse(page, Role.ANALYST)
    judge(page, f"/pegawai/{result.person.public_id}/", "profile-pppk")


def test_the_evidence_unfolds_by_keyboard(page: Page, mapped: MappingRun) -> None:
    browse(page, Role.ANALYST)
    page.goto(f"/pegawai/{somebody('SEMENTARA').person.public_id}/")
    first = page.locator(".evidence").first
    expect(first.locator(".evidence-body")).to_be_hidden()
    first.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(first.locator(".evidence-body")).to_be_visible()
    expect(first.locator(".rules")).to_contain_text("perlu konfirmasi")
    page.keyboard.press("Enter")
    expect(first.locator(".evidence-body")).to_be_hidden()


@pytest.mark.looks
@pytest.mark.parametrize(("width", "scheme"), WIDTHS)
def test_a_profile_with_all_its_evidence_open_is_accessible_and_fits(
    page: Page, mapped: MappingRun, width: int, scheme: Literal["light", "dark"]
) -> None:
    browse(page, Role.ANALYST)
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"/pegawai/{somebody('SEMENTARA').person.public_id}/")
    for button in page.get_by_role("button", name="Buka semua bukti").all():
        button.focus()
        page.keyboard.press("Space")
    assert page.locator(".evidence:not([open])").count() == 0
    look(page, f"profile-open-{width}-{scheme}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert accessibility_faults(page) == []


def test_a_printed_profile_leaves_out_what_is_not_open(page: Page, mapped: MappingRun) -> None:
    browse(page, Role.ANALYST)
    page.goto(f"/pegawai/{somebody('SEMENTARA').person.public_id}/")
    page.locator(".evidence summary").first.click()
    page.emulate_media(media="print")
    assert page.locator(".evidence:visible").count() == 1
    expect(page.locator(".print-only")).to_be_visible()
    expect(page.get_by_role("button", name="Cetak")).to_be_hidden()


@pytest.mark.looks
def test_ones_own_page_is_accessible_and_fits(page: Page, mapped: MappingRun) -> None:
    browse(page, None, person=somebody("SEMENTARA").person)
    judge(page, "/saya/", "mine")


@pytest.mark.looks
def test_the_log_in_is_accessible_and_fits(page: Page, mapped: MappingRun) -> None:
    judge(page, "/masuk/", "log-in")


def test_the_account_opens_and_closes_by_keyboard(page: Page, mapped: MappingRun) -> None:
    browse(page, Role.ANALYST)
    page.goto("/")
    page.locator(".account summary").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Keluar")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Keluar")).to_be_hidden()


def test_a_wrong_password_is_said_plainly_and_lets_nobody_in(page: Page, mapped: MappingRun) -> None:
    page.goto("/masuk/")
    page.get_by_label("Nama masuk (NIP)").fill("198001012005011002")
    page.get_by_label("Kata sandi").fill("salah sekali ini")
    page.locator("main").get_by_role("button", name="Masuk").click()
    expect(page.locator(".errorlist")).to_be_visible()
    expect(page.get_by_role("heading", name="Masuk")).to_be_visible()
