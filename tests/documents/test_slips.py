from dataclasses import replace
from datetime import date

import pytest

from nawa.documents.slips import UnitSlips, activation_slips, groups
from tests.documents.examples import ADDRESS, PRINT, SITI, pages, slips_of, text


def test_a_slip_tells_whose_it_is_the_code_where_to_go_and_until_when() -> None:
    found = text(slips_of(SITI))
    assert "Siti Rahmawati, S.Kom. NIP 198503122010012001 Nama masuk 198503122010012001" in found
    assert "A2C4 E6G8 J2KM" in found
    assert ADDRESS in found
    assert "Berlaku sampai dengan 30 November 2026" in found
    assert "Pemerintah Kota Tirta Kencana · Dinas Kesehatan" in found
    assert "Pribadi dan rahasia." in found


def test_somebody_without_nip_gets_a_slip_without_it() -> None:
    found = text(slips_of(replace(SITI, name="Prof. Wayan", nip=None, login="wayan@univ.ac.id")))
    assert "NIP" not in found
    assert "Prof. Wayan Nama masuk wayan@univ.ac.id" in found


def test_the_slips_are_in_the_language_asked_for() -> None:
    found = text(slips_of(SITI, language="en"))
    assert "Valid through 30 November 2026" in found
    assert "Page 1 of 1" in found
    assert "Printed by Sri Lestari, S.Sos. on 5 November 2026 at 14:05 WIB" in found


@pytest.mark.parametrize(("count", "sheets"), [(1, 1), (4, 1), (5, 2), (41, 11)])
def test_four_slips_stand_on_a_page(count: int, sheets: int) -> None:
    slips = [replace(SITI, name=f"Pegawai {number:04}.", code=f"{number:012}") for number in range(count)]
    found = pages(slips_of(*slips))
    assert len(found) == sheets
    assert [sum(slip.name in page for slip in slips) for page in found] == [4] * (sheets - 1) + [
        count - 4 * (sheets - 1)
    ]
    assert f"Lembar {count} dari {count}" in found[-1]


def test_long_names_still_leave_four_slips_on_a_page() -> None:
    name = "Dr. Ir. H. Raden Mas Bambang Suryodiningrat Kusumawardhana Prawirodirdjo, S.T., M.Eng."
    long = replace(
        SITI, name=name, login="bambang.suryodiningrat.kusumawardhana.prawirodirdjo@bkpsdm.tirtakencana.go.id"
    )
    found = pages(slips_of(*[long] * 8, address=f"{ADDRESS}/masuk/aktivasi/pegawai"))
    assert [page.count("Bambang Suryodiningrat") for page in found] == [4, 4]


def test_no_slips_are_a_page_that_says_so() -> None:
    assert len(pages(slips_of())) == 1


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        ("A2C4E6G8J2KM", ["A2C4", "E6G8", "J2KM"]),
        ("A2C4E6", ["A2C4", "E6"]),
        ("A2C-4E6", ["A2C", "4E6"]),
        (" A2 C4 ", ["A2", "C4"]),
        ("", []),
    ],
)
def test_a_code_is_read_in_groups(code: str, parts: list[str]) -> None:
    assert groups(code) == parts


def test_a_code_is_not_in_what_a_slip_shows_of_itself() -> None:
    assert SITI.code not in repr(SITI)


def test_each_unit_begins_a_page_of_its_own_under_its_own_name() -> None:
    units = [
        UnitSlips(f"Puskesmas {name}", [replace(SITI, name=f"Pegawai {name}{n}.") for n in range(count)])
        for name, count in (("Utara", 1), ("Selatan", 5))
    ]
    given = {"address": ADDRESS, "valid_through": date(2026, 11, 30), **PRINT}
    first, second, third = pages(activation_slips(units, **given))
    assert "Pegawai Utara0." in first
    assert "Selatan" not in first
    assert "Lembar 1 dari 1" in first
    assert second.count("Pegawai Selatan") == 4
    assert "Utara" not in second + third
    assert "Lembar 5 dari 5" in third
