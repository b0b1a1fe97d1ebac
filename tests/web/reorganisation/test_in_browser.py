"""SOTK in Chromium: a plan from its particulars to its carrying out by a second person, nothing for axe on the way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect
from pytest_django import DjangoDbBlocker

from nawa.accounts.roles import Role
from nawa.core import clock
from nawa.evidence import actions as evidence
from nawa.registry import actions as registry
from nawa.registry.models import Person, Unit
from nawa.workbook.sheets import Tables
from tests.append_only import lift_guards
from tests.browser import accessibility_faults, look
from tests.office import HEAD, STAFF, TEACHER, office, rows
from tests.web.roles import browse, committed

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
SECTION_HEAD: Final = "198502022010012004"


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


def begin(page: Page, title: str, *, on: date, number: str) -> None:
    """Begin a plan by a regulation of today."""
    page.goto("/sotk/")
    page.get_by_role("link", name="Susun rencana").click()
    page.get_by_label("Judul rencana").fill(title)
    page.get_by_label("Berlaku mulai").fill(f"{on}")
    page.get_by_label("Nomor").fill(number)
    page.get_by_label("Tanggal ditetapkan").fill(f"{clock.today()}")
    page.get_by_role("button", name="Mulai menyusun").click()


def line(page: Page, operation: str, *, find: str, choose: str) -> None:
    """Open the form of a line, and find and choose the unit or post that it is about."""
    page.get_by_role("link", name=operation, exact=True).click()
    page.get_by_label("Cari nama atau kode").first.fill(find)
    page.get_by_role("button", name="Cari", exact=True).first.click()
    page.get_by_label("Pilihan").first.select_option(choose)


def test_a_plan_goes_its_way(page: Page, staffed: None) -> None:
    browse(page, Role.ANALYST)
    begin(page, "Penataan 2027", on=clock.today(), number="9/2026")
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


def culture() -> Tables:
    """Two services that will be one, and the holder of a post that becomes another of equal standing."""
    heads = {"kind": "OPD", "parent_code": "KOTA"}
    section = {"code": "KASI", "name": "Kepala Seksi Cagar Budaya", "unit_code": "KEB", "tier": "PENGAWAS", "seats": 1}
    holder = {"nip": SECTION_HEAD, "name": "Sari", "staff_kind": "PNS", "position_code": "KASI", "unit_code": "KEB"}
    entry = {"nip": SECTION_HEAD, "title": section["name"], "unit": "Dinas Kebudayaan", "started_on": date(2020, 5, 4)}
    return {
        "unit": rows(
            "unit",
            {"code": "KOTA", "name": "Kota", "kind": "LAINNYA"},
            {"code": "KEB", "name": "Dinas Kebudayaan", **heads},
            {"code": "PAR", "name": "Dinas Pariwisata", **heads},
        ),
        "position": rows("position", section),
        "person": rows("person", {**holder, "position_since": date(2020, 5, 4)}),
        "career_entry": rows("career_entry", entry | {"position_code": "KASI", "tier": "PENGAWAS"}),
    }


def test_two_units_become_one_on_a_day_that_comes_and_tenure_goes_on(
    page: Page, staffed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    committed(lambda: [app.apply(culture(), source="WORKBOOK", import_id="") for app in (registry, evidence)])
    tomorrow = clock.today() + timedelta(days=1)
    browse(page, Role.ANALYST)
    begin(page, "Penggabungan kebudayaan dan pariwisata", on=tomorrow, number="10/2026")
    page.get_by_role("link", name="Unit digabung", exact=True).click()
    for name in ("Dinas Kebudayaan", "Dinas Pariwisata"):
        page.get_by_label("Cari nama atau kode").first.fill(name)
        page.get_by_role("button", name="Cari", exact=True).first.click()
        page.get_by_role("checkbox", name=name).check()  # the one found before stays
    page.get_by_label("Kode baru").fill("BUDPAR")
    page.get_by_label("Nama baru").fill("Dinas Kebudayaan dan Pariwisata")
    page.get_by_label("Jenis unit").select_option("OPD")
    judge(page, "gabung")
    page.get_by_role("button", name="Tambahkan baris").click()
    line(page, "Jabatan baru", find="pariwisata", choose="BUDPAR")
    page.get_by_label("Kode baru").fill("PAMONG")
    page.get_by_label("Nama baru").fill("Pamong Budaya Ahli Muda")
    page.get_by_label("Jenjang").select_option("JF_AHLI_MUDA")
    page.get_by_label("Formasi").fill("2")
    page.get_by_role("button", name="Tambahkan baris").click()
    line(page, "Jabatan dihapus", find="cagar", choose="KASI")
    page.get_by_role("button", name="Tambahkan baris").click()
    page.get_by_role("link", name="Lihat dan putuskan").click()
    page.get_by_role("checkbox", name="Sari", exact=True).check()
    page.get_by_label("Cari jabatan").fill("pamong")
    page.get_by_role("button", name="Cari", exact=True).click()
    page.get_by_label("Jabatan tujuan").select_option("PAMONG")
    judge(page, "pengukuhan")
    page.get_by_role("button", name="Tempatkan").click()
    page.get_by_role("link", name="Kembali ke rencana").click()
    address = page.url
    second = committed(lambda: Person.objects.get(nip=TEACHER))
    browse(page, Role.ANALYST, person=second)
    page.goto(address)
    expect(page.get_by_text("dapat dilaksanakan mulai tanggal berlakunya")).to_be_visible()
    expect(page.get_by_role("button", name="Laksanakan perubahan")).to_have_count(0)
    judge(page, "belum-tiba")
    instant = clock.now() + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: instant)
    monkeypatch.setattr(clock, "today", lambda: tomorrow)
    browse(page, Role.ANALYST, person=second)  # nobody is logged in for a whole day
    page.reload()
    page.get_by_role("button", name="Laksanakan perubahan").click()
    expect(page.get_by_role("status").first).to_contain_text("Tersimpan.")
    judge(page, "digabung")
    holder = committed(lambda: Person.objects.select_related("position", "unit__parent").get(nip=SECTION_HEAD))
    assert holder.position and holder.unit and holder.unit.parent
    assert holder.unit.parent.code == "KOTA"
    assert (holder.position.code, holder.unit.code, holder.position_since) == ("PAMONG", "BUDPAR", date(2020, 5, 4))
    page.goto(f"/pegawai/{holder.public_id}/")
    expect(page.get_by_text("sejak 4 Mei 2020")).to_be_visible()
    career = page.get_by_role("region", name="Perjalanan karier").get_by_role("rowheader")
    expect(career).to_contain_text(["Pamong Budaya Ahli Muda", "Kepala Seksi Cagar Budaya"])
