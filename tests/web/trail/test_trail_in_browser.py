"""Jejak Audit in Chromium: accessible, within the screen, and walked by keyboard alone."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from nawa.accounts.roles import Role
from nawa.audit.enums import Event
from nawa.audit.models import RecordedEvent
from nawa.talent.models import MappingRun
from tests.web.roles import browse
from tests.web.test_pages_in_browser import judge

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.mark.looks
def test_the_trail_is_accessible_and_fits(page: Page, mapped: MappingRun) -> None:
    browse(page, Role.INSPECTORATE)
    judge(page, "/jejak/?jenis=talent&dari=2020-01-01", "trail")


@pytest.mark.looks
def test_an_event_is_accessible_and_fits(page: Page, mapped: MappingRun) -> None:
    event = RecordedEvent.objects.filter(event=Event.DEMO_CITY_LOADED)[0]
    browse(page, Role.ADMINISTRATOR)
    judge(page, f"{reverse('event', args=[event.public_id])}?akar=hitung", "event")


@pytest.mark.looks
def test_the_log_of_reads_is_accessible_and_fits(page: Page, mapped: MappingRun) -> None:
    browse(page, Role.ANALYST)
    page.goto("/peta/?kotak=5")
    browse(page, Role.AUDITOR)
    judge(page, "/jejak/baca/", "read-log")


def test_an_event_is_found_and_opened_by_keyboard(page: Page, mapped: MappingRun) -> None:
    browse(page, Role.INSPECTORATE)
    page.goto("/jejak/")
    page.get_by_label("Jenis peristiwa").focus()
    page.keyboard.type("Kota peraga dimuat")
    page.get_by_role("button", name="Saring").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/jejak/?jenis=exchange.demo_city_loaded*")
    link = page.locator(".event a").first
    link.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Keutuhan")).to_be_visible()
    page.get_by_role("link", name="Hitung ulang akar Merkle").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("masih sama dengan yang dicatat")).to_be_visible()
