"""From what is lacking to a published map, in Chromium: heat map, what to chase, findings, a unit's sheet, the gate."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django import DjangoDbBlocker

from nawa.accounts.roles import Role
from nawa.core import clock
from nawa.policy.loading import load
from nawa.talent.actions import catch_up, run_mapping
from nawa.talent.enums import Stage
from nawa.talent.models import MappingRun, RecordCheck, RunStage
from nawa.talent.tasks import check_records
from tests.append_only import lift_guards
from tests.browser import Watched, accessibility_faults, look
from tests.publishing import WHY, walk, walker
from tests.web.conftest import DAY, load_city
from tests.web.roles import browse, committed

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture(scope="module")
def incomplete(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[MappingRun]:
    """A map that is determined, of data that are not complete enough, which nobody has released yet."""
    with django_db_blocker.unblock():
        try:
            load_city()
            asked = catch_up(at=clock.now())
            assert isinstance(asked, RecordCheck)
            check_records.func(asked.public_id)
            run = run_mapping(policy=load("semarang", on=DAY), on=DAY, by=walker(Stage.COMPUTED))
            yield walk(run, Stage.DETERMINED, released=False)
        finally:
            lift_guards()
            call_command("flush", interactive=False, verbosity=0)


def judge(page: Page, name: str) -> None:
    """Look at the page wide and narrow."""
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        assert accessibility_faults(page) == [], name
        look(page, f"gerbang-{name}-{width}")


def test_what_is_lacking_is_seen_chased_and_released_and_the_map_is_published(
    watched: Watched, incomplete: MappingRun
) -> None:
    page = watched.page
    browse(page, Role.ANALYST)
    page.goto(reverse("quality"))
    expect(page.locator(".answer")).to_contain_text("belum tercapai")
    page.locator(".heat tbody th a").first.click()
    page.get_by_role("link", name="Yang dikejar lebih dulu").click()
    judge(page, "kejar")
    with page.expect_download() as download:
        page.get_by_role("link", name="Unduh lembar unit ini").click()
    assert len(watched.complaints) == 1  # to Chromium a page that turns out to be a download has failed
    watched.complaints.clear()
    sheet = pl.read_excel(Path(download.value.path()).read_bytes())
    assert sheet.height > 0
    assert {"NIP", "Indikator", "Yang perlu dibawa"} <= set(sheet.columns)
    page.get_by_role("link", name="Temuan", exact=True).click()
    expect(page.get_by_role("heading", name="Data belum pernah diperiksa")).to_have_count(0)
    expect(page.get_by_role("link", name="Unduh XLSX")).to_be_visible()
    judge(page, "temuan")
    address = reverse("run", args=[incomplete.public_id])
    browse(page, Role.AGENCY_HEAD)
    page.goto(address)
    gate = page.get_by_role("region", name="Kelengkapan data")
    expect(gate).to_contain_text("Ambang belum tercapai")
    expect(page.get_by_role("button", name="Terbitkan")).to_have_count(0)
    browse(page, Role.APPOINTER)
    page.goto(address)
    page.get_by_label("Alasan mengizinkan terbit").fill(WHY)
    judge(page, "izin")
    page.get_by_role("button", name="Izinkan terbit").click()
    expect(gate).to_contain_text("Diizinkan terbit pada")
    browse(page, Role.AGENCY_HEAD)
    page.goto(address)
    page.get_by_label("Ketik TERBIT untuk menegaskan").fill("TERBIT")
    judge(page, "terbit")
    page.get_by_role("button", name="Terbitkan").click()
    expect(page.get_by_role("status").first).to_have_text("Tersimpan.")
    assert committed(lambda: RunStage.objects.filter(run=incomplete).latest("pk")).stage == Stage.PUBLISHED
    page.goto(reverse("quality"))
    expect(page.locator(".answer")).to_contain_text("belum tercapai")
