"""Impor in Chromium by keyboard alone: uploaded, checked, seen, decided on, applied, undone; axe at every stage."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import polars as pl
import pytest
from django.core.management import call_command
from playwright.sync_api import Page, Route, expect
from pytest_django import DjangoDbBlocker

from nawa.accounts.roles import Role
from nawa.exchange.tasks import checking
from nawa.registry.models import Person
from nawa.workbook.reading import read_here
from tests.append_only import lift_guards
from tests.browser import accessibility_faults, look, reach
from tests.exchange.uploading import applied, work_off, workbook
from tests.office import HEAD, TEACHER, office
from tests.web.roles import browse, committed

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
STAGES: Final = ((390, "dark"), (1440, "light"))


@pytest.fixture(scope="module")
def stored(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The small office, imported."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(checking, "read", read_here)
        try:
            applied(office())
            yield
        finally:
            lift_guards()
            call_command("flush", interactive=False, verbosity=0)


def test_a_file_goes_its_whole_way_by_keyboard_alone(page: Page, stored: None, tmp_path: Path) -> None:
    file = tmp_path / "buku.xlsx"
    people = office()["person"].filter(pl.col("nip") != TEACHER)
    renamed = people.with_columns(name=pl.when(nip=HEAD).then(pl.lit("Kepala Baru")).otherwise("name"))
    file.write_bytes(workbook({"person": renamed}))
    browse(page, Role.ANALYST)
    page.goto("/impor/")
    upload(page, file)
    look_through_the_preview(page)
    say_that_somebody_has_retired(page)
    press(page, "button", "Terapkan ke catatan")
    after_work(page, "2 baris catatan ditulis.", "report")
    assert committed(lambda: Person.objects.get(nip=TEACHER).legal_status) == "PENSIUN"
    reach(page, page.locator("summary", has_text="Urungkan impor ini"))
    page.keyboard.press("Enter")
    judge_as_it_is(page, "undo")
    press(page, "button", "Urungkan semua")
    after_work(page, "Impor ini sudah diurungkan: catatan seperti sebelum impor.", "undone")
    assert committed(lambda: Person.objects.get(nip=HEAD).name) == "Kepala"


def upload(page: Page, file: Path) -> None:
    """Choose the file, say that it names everybody, and send it."""
    judge_as_it_is(page, "upload")
    with page.expect_file_chooser() as chooser:
        reach(page, page.locator("input[type=file]"))
        page.keyboard.press("Enter")
    chooser.value.set_files(file)
    reach(page, page.get_by_label("Cakupan berkas"))
    page.keyboard.type("Seluruh")
    press(page, "button", "Unggah dan periksa")
    expect(page.get_by_role("heading", name="Menunggu giliran")).to_be_visible()
    judge_as_it_is(page, "progress")
    reach(page, page.get_by_role("button", name="Batalkan"))
    with page.expect_response(page.url):
        pass
    expect(page.get_by_role("button", name="Batalkan")).to_be_focused()  # although the page has shown it anew
    after_work(page, "Yang akan berubah", "preview")


def look_through_the_preview(page: Page) -> None:
    """Open the changed rows of a sheet, take that filter away, search, and go back."""
    press(page, "link", "pegawai")
    expect(page.get_by_text("Kepala Baru")).to_be_visible()
    judge_as_it_is(page, "rows")
    reach(page, page.locator(".chips a"))
    page.keyboard.press("Enter")
    expect(page.locator(".chips")).to_have_count(0)
    expect(page.locator("tbody tr")).to_have_count(2)
    reach(page, page.get_by_label("Nama, NIP, atau isi sel"))
    page.keyboard.type("kepala")
    page.keyboard.press("Enter")
    expect(page.locator("tbody tr")).to_have_count(1)
    press(page, "link", "Kembali ke impor")


def say_that_somebody_has_retired(page: Page) -> None:
    """Decide on the one person whom the file does not name."""
    press(page, "link", "1 pegawai aktif tidak ada di berkas")
    judge_as_it_is(page, "absent")
    reach(page, page.locator("#putuskan select"))
    page.keyboard.type("Pensiun")
    reach(page, page.locator("#putuskan input[type=date]"))
    page.keyboard.type("01012026")
    reach(page, page.locator("[form=putuskan][type=checkbox]").first)
    page.keyboard.press("Space")
    reach(page, page.get_by_role("button", name="Putuskan yang dipilih"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Tidak ada lagi yang menunggu keputusan.")).to_be_visible()
    press(page, "link", "Kembali ke impor")


def press(page: Page, role: str, name: str) -> None:
    """Come to something by the Tab key, and press Enter."""
    reach(page, page.get_by_role(role, name=name, exact=True).first)  # type: ignore[arg-type]
    page.keyboard.press("Enter")


def after_work(page: Page, shown: str, name: str) -> None:
    """Let a worker do what waits; the page shows it by itself. It asks for nothing meanwhile: on SQLite in memory the
    server and this worker have one connection."""
    expect(page.locator("#kemajuan")).to_be_visible()
    address, held = page.url, list[Route]()
    with page.expect_response(address):
        pass
    page.route(address, lambda route: held.append(route))  # Playwright takes no built-in function
    committed(work_off)
    page.unroute(address)
    for asked in held:
        asked.continue_()
    expect(page.get_by_text(shown)).to_be_visible()
    judge_as_it_is(page, name)


def judge_as_it_is(page: Page, name: str) -> None:
    """Nothing for axe, and nothing wider than the screen, without loading the page again."""
    page.wait_for_load_state("networkidle")
    for width, scheme in STAGES:
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": 900})
        look(page, f"import-{name}-{width}-{scheme}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        assert accessibility_faults(page) == [], name
