"""Evidence in Chromium: an employee submits, a verifier asks again, the employee answers, the verifier accepts."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from nawa.accounts.roles import Role
from nawa.evidence.models import Submission
from nawa.registry.models import Person
from nawa.talent.models import MappingRun
from tests.core.test_scans import photograph
from tests.web.roles import browse, committed
from tests.web.test_pages_in_browser import judge

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def fill_in(page: Page, scan: Path) -> None:
    page.get_by_label("Tingkat pemberi penghargaan").select_option("NASIONAL")
    page.get_by_label("Tanggal penghargaan").fill("2025-08-17")
    page.get_by_label("Nama penghargaan").fill("Inovasi Layanan")
    page.get_by_label("Pindaian").set_input_files(scan)


def test_evidence_goes_its_way_on_accessible_pages(page: Page, mapped: MappingRun, tmp_path: Path) -> None:
    scan = tmp_path / "piagam.jpg"
    scan.write_bytes(photograph("JPEG"))
    person = Person.objects.filter(unit__isnull=False, awards__isnull=True).order_by("pk")[0]
    browse(page, None, person=person)
    judge(page, "/bukti/saya/", "evidence-mine")
    page.get_by_role("link", name="Penghargaan", exact=True).click()
    judge(page, page.url, "evidence-new")
    fill_in(page, scan)
    page.get_by_role("button", name="Ajukan bukti").click()
    expect(page.get_by_text("Bukti diajukan.")).to_be_visible()
    own = page.url

    page.wait_for_load_state("networkidle")  # a request that the page is left before would count as failed
    page.context.clear_cookies()
    browse(page, Role.UNIT_VERIFIER, unit="KOTA")
    judge(page, "/bukti/", "evidence-queue")
    page.get_by_role("link", name=person.name).click()
    judge(page, page.url, "evidence-one")
    page.locator("summary", has_text="Minta lagi").click()
    form = page.locator("details[open]")
    form.get_by_label("Alasan").select_option("TIDAK_TERBACA")
    form.get_by_label("Catatan untuk pegawai").fill("Nomornya kabur")
    form.get_by_role("button", name="Minta lagi").click()
    expect(page.get_by_text("Keputusan tersimpan.")).to_be_visible()

    page.wait_for_load_state("networkidle")  # a request that the page is left before would count as failed
    page.context.clear_cookies()
    browse(page, None, person=person)
    page.goto(own)
    page.get_by_role("link", name="Jawab permintaan").click()
    page.get_by_label("Nomor SK atau piagam").fill("12/2025")
    page.get_by_role("button", name="Kirim jawaban").click()
    expect(page.get_by_text("Jawaban Anda terkirim.")).to_be_visible()

    page.wait_for_load_state("networkidle")  # a request that the page is left before would count as failed
    page.context.clear_cookies()
    browse(page, Role.UNIT_VERIFIER, unit="KOTA")
    page.goto("/bukti/")
    page.get_by_role("link", name=person.name).click()
    page.get_by_role("button", name="Terima").click()
    expect(page.get_by_text("Keputusan tersimpan.")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert committed(lambda: Submission.objects.get(person=person).state) == "DITERIMA"
