"""Declaring registers, settling disagreements and erasing in Chromium: accessible at every width, one by keyboard."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from nawa.accounts.roles import Role
from nawa.core import clock
from nawa.evidence.models import Award, Declaration
from nawa.exchange.models import Disagreement, Erasure, Import
from nawa.registry.models import Person
from nawa.talent.models import MappingRun
from nawa.workbook.sheets import BY_TABLE
from tests.browser import reach
from tests.core.test_scans import photograph
from tests.web.roles import browse, committed
from tests.web.test_pages_in_browser import judge

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_a_unit_declares_a_register_by_keyboard_with_the_signed_letter(
    page: Page, mapped: MappingRun, tmp_path: Path
) -> None:
    scan = tmp_path / "surat.jpg"
    scan.write_bytes(photograph("JPEG"))
    browse(page, Role.UNIT_VERIFIER, unit="KOTA")
    judge(page, "/kelengkapan-register/", "coverage")
    judge(page, "/kelengkapan-register/nyatakan/", "coverage-declare")
    register = page.get_by_role("checkbox").first
    reach(page, register)
    page.keyboard.press("Space")
    reach(page, page.get_by_role("button", name="Tinjau"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Tinjau")).to_be_visible()
    reach(page, page.get_by_label("Nomor surat"))
    page.keyboard.type("800/7/2026")
    page.get_by_label("Pindaian surat bertanda tangan").set_input_files(scan)
    reach(page, page.get_by_role("button", name="Sahkan pernyataan"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("800/7/2026")).to_be_visible()
    page.wait_for_load_state("networkidle")
    judge(page, "/kelengkapan-register/pernyataan/", "coverage-letters")
    assert committed(lambda: Declaration.objects.filter(letter_number="800/7/2026").exists())


def contradicted() -> Disagreement:
    """A verified award of which a file says another day."""
    award = Award.objects.select_related("person").order_by("pk")[0]
    Award.objects.filter(pk=award.pk).update(verified_by="user:someone", verified_at=clock.now())
    names = [name for name in BY_TABLE["award"].key if name != "nip"]
    return Disagreement.objects.create(
        made=Import.objects.order_by("pk")[0],
        table="award",
        subject=f"award-{award.pk}",
        person=award.person,
        key=[str(getattr(award, name) or "") for name in names],
        values={"awarded_on": [str(award.awarded_on), str(award.awarded_on + datetime.timedelta(days=7))]},
        found_by="system:tests",
        found_at=clock.now(),
    )


def test_a_disagreement_is_settled_by_keyboard(page: Page, mapped: MappingRun) -> None:
    one = committed(contradicted)
    browse(page, Role.ANALYST)
    judge(page, "/perbedaan/", "disagreements")
    page.set_viewport_size({"width": 1440, "height": 900})
    reach(page, page.locator(f'input[value="{one.public_id}"]'))
    page.keyboard.press("Space")
    reach(page, page.get_by_label("Alasan"))
    page.keyboard.type("SK asli terlihat")
    reach(page, page.get_by_role("button", name="Pertahankan catatan"))
    page.keyboard.press("Enter")
    expect(page.locator(f'input[value="{one.public_id}"]')).to_have_count(0)
    page.wait_for_load_state("networkidle")
    judge(page, "/perbedaan/?keadaan=selesai", "disagreements-ended")
    assert committed(lambda: Disagreement.objects.get(pk=one.pk).outcome) == "CATATAN_TETAP"


def leave() -> Person:
    """Somebody who left long ago."""
    person = Person.objects.filter(inactive_since__isnull=True).order_by("-pk")[0]
    Person.objects.filter(pk=person.pk).update(
        legal_status="PENSIUN", inactive_since=clock.today() - datetime.timedelta(days=366)
    )
    return person


def test_an_erasure_is_asked_for_and_shown_to_the_second_person(page: Page, mapped: MappingRun) -> None:
    person = committed(leave)
    browse(page, Role.ANALYST)
    judge(page, "/retensi/permohonan/", "retention-ask")
    page.get_by_label("NIP pegawai").fill(person.nip)
    page.get_by_label("Dasar penghapusan").select_option("PERMINTAAN")
    page.get_by_label("Nomor surat permohonan atau putusan").fill("7/2026")
    page.get_by_label("Alasan").fill("Surat permohonan")
    page.get_by_role("button", name="Ajukan").click()
    expect(page.get_by_text(person.name).first).to_be_visible()
    asked = page.url
    page.wait_for_load_state("networkidle")  # a request that the page is left before would count as failed
    page.context.clear_cookies()
    browse(page, Role.AGENCY_HEAD)
    judge(page, "/retensi/", "retention")
    judge(page, asked, "retention-asked")
    expect(page.get_by_role("button", name="Hapus untuk selamanya")).to_be_visible()
    assert committed(lambda: Erasure.objects.get(person=person).state) == "DIMINTA"
