"""Siklus in Chromium: nothing for axe to find at any width, and a move by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django import DjangoDbBlocker

from nawa.accounts.roles import Role
from nawa.policy.loading import load
from nawa.talent.actions import run_mapping
from nawa.talent.enums import Stage
from nawa.talent.models import MappingRun
from tests.append_only import lift_guards
from tests.browser import accessibility_faults, look
from tests.publishing import walk, walker
from tests.web.conftest import DAY, load_city, map_city
from tests.web.roles import browse

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture(scope="module")
def correction(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[MappingRun]:
    """A published map of the small city, and a second run in its cycle that was checked."""
    with django_db_blocker.unblock():
        try:
            load_city()
            map_city()
            policy = load("bkn-411-2025", on=DAY)
            yield walk(run_mapping(policy=policy, on=DAY, by=walker(Stage.COMPUTED)), Stage.CHECKED)
        finally:
            lift_guards()
            call_command("flush", interactive=False, verbosity=0)


@pytest.mark.looks
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390, 320])
def test_the_pages_are_accessible_and_fit(page: Page, correction: MappingRun, width: int, scheme: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    browse(page, Role.AGENCY_HEAD)
    run, cycle = [correction.public_id], [correction.cycle.public_id]
    addresses = {"siklus": reverse("cycles"), "satu-siklus": reverse("cycle", args=cycle)}
    addresses |= {"pemetaan": reverse("run", args=run)}
    for name, address in addresses.items():
        page.goto(address)
        for fold in page.locator("main details").all():
            fold.evaluate("element => element.open = true")
        assert accessibility_faults(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        look(page, f"{name}-{width}-{scheme}")


def test_a_move_is_made_by_keyboard_alone(page: Page, correction: MappingRun) -> None:
    browse(page, Role.AGENCY_HEAD)
    page.goto(reverse("run", args=[correction.public_id]))
    button = page.get_by_role("button", name="Buka masa sanggah")
    for _ in range(60):
        if button.evaluate("element => element === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Tersimpan.")
    expect(page.locator("[aria-current=step]").first).to_contain_text("Masa sanggah")
