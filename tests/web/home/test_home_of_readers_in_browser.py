"""One's own first page in Chromium: accessible and within the screen for every kind of reader, on a phone first."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from nawa.accounts.roles import ROLES, Role
from nawa.talent.models import MappingResult, MappingRun
from tests.web.roles import browse
from tests.web.test_pages_in_browser import judge

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.mark.looks
@pytest.mark.parametrize(
    "role", [Role.APPOINTER, Role.AGENCY_HEAD, Role.UNIT_HEAD, Role.UNIT_VERIFIER, Role.ADMINISTRATOR, None]
)
def test_the_page_is_accessible_and_fits(page: Page, mapped: MappingRun, role: Role | None) -> None:
    person = MappingResult.objects.filter(run=mapped, status="SEMENTARA").select_related("person")[0].person
    browse(page, role, unit="KOTA" if role and ROLES[role].of_unit else None, person=None if role else person)
    judge(page, "/", f"home-of-{(role or 'pegawai').lower()}")


def test_on_a_phone_what_needs_a_decision_stands_before_everything_else(page: Page, mapped: MappingRun) -> None:
    browse(page, Role.APPOINTER)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/")
    heading = page.get_by_role("heading", name="Perlu keputusan Anda")
    expect(heading).to_be_in_viewport()
    first_figure = page.locator(".figure-value").first
    assert first_figure.bounding_box()["y"] > heading.bounding_box()["y"]
    assert page.locator(".figure-value").count() == 4
    assert page.locator("table").count() == 0  # few numbers, large


def test_a_box_of_the_small_map_leads_by_keyboard_to_who_is_in_it(page: Page, mapped: MappingRun) -> None:
    browse(page, Role.ANALYST)
    page.goto("/")
    box = page.locator(".small-box").first
    number = box.locator(".box-total").inner_text()
    box.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/peta/?kotak=*")
    expect(page.locator(".people-list [role=status]")).to_contain_text(number)
