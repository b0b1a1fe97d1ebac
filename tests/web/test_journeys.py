"""Every role walks through all that its rail offers: nothing for axe, nothing wider than the screen, no complaint."""

from __future__ import annotations

from typing import Final

import pytest
from playwright.sync_api import Locator, Page, expect

from nawa.accounts.roles import ROLES, Role
from nawa.talent.models import MappingResult, MappingRun
from tests.browser import accessibility_faults, look, reach
from tests.web.roles import browse

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

DESK: Final = {"width": 1440, "height": 900}
NARROW: Final = ({"width": 720, "height": 450}, {"width": 390, "height": 844}, {"width": 320, "height": 640})
"""A desk at 200 % zoom has half the width and half the height; then two phones."""


@pytest.mark.parametrize("role", [*Role, None], ids=lambda role: role or "PEGAWAI")
def test_a_role_walks_through_its_rail(page: Page, mapped: MappingRun, role: Role | None) -> None:
    person = MappingResult.objects.filter(run=mapped, box=5).select_related("person")[0].person
    browse(page, role, unit="KOTA" if role and ROLES[role].of_unit else None, person=None if role else person)
    page.emulate_media(color_scheme="dark" if role in (Role.ANALYST, Role.APPOINTER) else "light")
    page.set_viewport_size(DESK)
    page.goto("/")
    places = page.locator("nav.rail a").all_inner_texts()
    assert places[0] == "Beranda"
    for place in places:
        page.set_viewport_size(DESK)
        page.locator("nav.rail").get_by_role("link", name=place, exact=True).click()
        expect(page.locator("nav.rail [aria-current=page]")).to_have_text(place)
        expect(page.locator("h1")).to_have_count(1)
        assert accessibility_faults(page) == [], place
        for size in NARROW:
            page.set_viewport_size(size)
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], (place, size)
        look(page, f"journey-{role or 'PEGAWAI'}-{place.lower().replace(' ', '-')}")


def test_the_unit_head_comes_from_the_box_to_somebody_and_their_evidence_by_keyboard_alone(
    page: Page, mapped: MappingRun
) -> None:
    browse(page, Role.UNIT_HEAD, unit="KOTA")
    page.goto("/")
    for name in ("Peta Talenta", "Kotak 5"):
        _press(page, page.get_by_role("link", name=name, exact=True).first)
    expect(page.get_by_role("heading", name="Siapa di kotak 5")).to_be_visible()
    _press(page, page.locator(".people-list tbody a").first)
    expect(page.get_by_role("heading", name="Mengapa kotak ini?")).to_be_visible()
    evidence = page.locator("main details summary").first
    _press(page, evidence)
    assert evidence.evaluate("summary => summary.parentElement.open")


def _press(page: Page, target: Locator) -> None:
    reach(page, target)
    page.keyboard.press("Enter")
