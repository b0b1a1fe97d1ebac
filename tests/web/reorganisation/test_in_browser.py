"""SOTK in Chromium: a plan from its particulars to its carrying out by a second person, nothing for axe on the way."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect
from pytest_django import DjangoDbBlocker

from nawa.accounts.roles import Role
from nawa.core import clock
from nawa.registry import actions as registry
from nawa.registry.models import Person, Unit
from tests.append_only import lift_guards
from tests.browser import accessibility_faults, look
from tests.office import HEAD, STAFF, office
from tests.web.roles import browse, committed

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture(scope="module")
def staffed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The small office."""
    with django_db_blocker.unblock():
        try:
            registry.apply(office(), source="WORKBOOK", import_id="")
            yield
        finally:
            lift_guards()
            call_command("flush", interactive=False, verbosity=0)


def judge(page: Page, name: str) -> None:
    """Look at the page wide and narrow, light and dark."""
    for width, scheme in ((1440, "light"), (390, "dark")):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.set_viewport_size({"width": width, "height": 900})
        for fold in page.locator("main details").all():
            fold.evaluate("element => element.open = true")
        assert accessibility_faults(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        look(page, f"sotk-{name}-{width}-{scheme}")


def line(page: Page, operation: str, *, find: str, choose: str) -> None:
    """Open the form of a line, and find and choose the unit or post that it is about."""
    page.get_by_role("link", name=operation, exact=True).click()
    page.get_by_label("Cari nama atau kode").first.fill(find)
    page.get_by_role("button", name="Cari", exact=True).first.click()
    page.get_by_label("Pilihan").first.select_option(choose)


def test_a_plan_goes_its_way(page: Page, staffed: None) -> None:
    browse(page, Role.ANALYST)
    page.goto("/sotk/")
    page.get_by_role("link", name="Susun rencana").click()
    page.get_by_label("Judul rencana").fill("Penataan 2027")
    page.get_by_label("Berlaku mulai").fill(f"{clock.today()}")
    page.get_by_label("Nomor").fill("9/2026")
    page.get_by_label("Tanggal ditetapkan").fill(f"{clock.today()}")
    page.get_by_role("button", name="Mulai menyusun").click()
    line(page, "Unit pindah induk", find="dinas", choose="DINAS")
    page.get_by_label("Cari nama atau kode").nth(1).fill("sd satu")
    page.get_by_role("button", name="Cari", exact=True).nth(1).click()
    expect(page.get_by_label("Pilihan").first).to_have_value("DINAS")  # what was chosen before is still chosen
    page.get_by_label("Pilihan").nth(1).select_option("SD1")
    judge(page, "baris")
    page.get_by_role("button", name="Tambahkan baris").click()
    expect(page.get_by_text("keduanya akan saling membawahi")).to_be_visible()
    judge(page, "bermasalah")
    page.get_by_role("button", name="Buang").click()
    line(page, "Unit berganti nama", find="dinas", choose="DINAS")
    page.get_by_label("Kode baru").fill("DIKBUD")
    page.get_by_label("Nama baru").fill("Dinas Pendidikan dan Kebudayaan")
    page.get_by_role("button", name="Tambahkan baris").click()
    line(page, "Jabatan dihapus", find="kepala", choose="KADIN")
    page.get_by_role("button", name="Tambahkan baris").click()
    page.get_by_role("link", name="Lihat dan putuskan").click()
    judge(page, "terdampak")
    page.get_by_role("checkbox", name="Kepala", exact=True).check()
    page.get_by_role("button", name="Tanpa jabatan sementara").click()
    expect(page.get_by_role("status").first).to_contain_text("Keputusan tersimpan.")
    page.get_by_role("link", name="Kembali ke rencana").click()
    expect(page.get_by_text("Rencana dilaksanakan oleh orang lain")).to_be_visible()
    judge(page, "rencana")
    address = page.url
    second = committed(lambda: Person.objects.get(nip=STAFF))
    browse(page, Role.ANALYST, person=second)
    page.goto(address)
    page.get_by_role("button", name="Laksanakan perubahan").click()
    expect(page.get_by_role("status").first).to_contain_text("Tersimpan.")
    judge(page, "dilaksanakan")
    former, chief = committed(lambda: (Unit.objects.get(code="DINAS"), Person.objects.get(nip=HEAD)))
    assert (former.successor_code, chief.position) == ("DIKBUD", None)
    page.goto(f"/organisasi/unit/{former.pk}/")
    expect(page.get_by_text("Unit ini tidak berlaku hari ini.")).to_be_visible()
