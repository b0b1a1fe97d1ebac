"""A new user's first hour: an empty workbook, ten people filled in by hand, a map, and one of them explained."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from nawa.workbook.sheets import COMPETENCIES, POTENTIAL_ASPECTS
from tests.cli.conftest import Nawa, map_rows

ON = ("--on", "2026-11-01")
FULL = "197806262002042001"  # all evidence is known
THIN = "198001012005011002"  # only a rating


def _fill(path: Path) -> None:
    """Fill the template as a person would: by heading, dates as dates, NIP as text."""
    book = openpyxl.load_workbook(path)

    def add(sheet: str, *rows: dict[str, object]) -> None:
        page = book[sheet]
        heads = {str(cell.value).rstrip("* "): cell.column for cell in page[1] if cell.value}
        for number, row in enumerate(rows, start=2):
            for heading, value in row.items():
                page.cell(number, heads[heading], value)

    nips = [FULL, THIN, *(f"1985010120100110{serial:02d}" for serial in range(11, 19))]
    add("unit", {"kode": "D1", "nama": "Dinas Satu", "jenis": "OPD"})
    add(
        "jabatan",
        {"kode": "J1", "nama": "Kepala Seksi", "unit_kode": "D1", "jenjang": "PENGAWAS", "bidang_ilmu": "Hukum"},
    )
    add(
        "pegawai",
        *(
            {
                "nip": nip,
                "nama": f"Pegawai {place}",
                "jenis_pegawai": "PNS",
                "jabatan_kode": "J1",
                "unit_kode": "D1",
                "tmt_jabatan": "2020-01-01",
                "nihil_terverifikasi": "tim_kerja; disiplin; diklat" if nip == FULL else None,
            }
            for place, nip in enumerate(nips)
        ),
    )
    add("cakupan", {"unit_kode": "D1", "register": "riwayat_jabatan", "lengkap_per": "2026-10-01"})
    add("kinerja", *({"nip": nip, "tahun": 2025, "predikat": "Baik"} for nip in nips))
    add("penghargaan", {"nip": FULL, "tingkat": "NASIONAL", "tanggal": "17-08-2024", "nama": "Teladan"})
    add("umpan_balik", {"nip": FULL, "periode": "2025", "nilai": 5})
    add("pendidikan", {"nip": FULL, "tingkat": "S2", "jurusan": "Hukum", "bidang_ilmu": "Hukum"})
    add("riwayat_jabatan", {"nip": FULL, "jabatan": "Kepala Seksi", "unit": "Dinas Satu", "mulai": "01/01/2020"})
    add("asesmen_potensi", *({"nip": FULL, "tanggal": "2025-05-05", "aspek": a, "nilai": 4} for a in POTENTIAL_ASPECTS))
    add("standar_kompetensi", *({"jabatan_kode": "J1", "kompetensi": c, "level": 2} for c in COMPETENCIES))
    add(
        "asesmen_kompetensi",
        *({"nip": FULL, "tanggal": "2025-05-05", "kompetensi": c, "level": 2} for c in COMPETENCIES),
    )
    book.save(path)


def test_from_the_template_to_an_explained_map(nawa: Nawa, tmp_path: Path) -> None:
    book, result = tmp_path / "buku.xlsx", tmp_path / "peta.xlsx"
    assert nawa("template", book).code == 0

    empty = nawa("map", book, "-o", result, *ON)
    assert empty.code == 1
    assert "pegawai" in empty.err
    assert not result.exists()

    _fill(book)
    checked = nawa("check", book, *ON)
    assert checked.code == 0, checked.out
    assert "pegawai: 10 baris" in checked.out

    mapped = nawa("map", book, "-o", result, *ON)
    assert mapped.code == 0, mapped.err
    rows = map_rows(result).to_dicts()
    by_nip = {row["nip"]: row for row in rows}
    assert len(rows) == 10
    # Y = 60%·80 + 15%·75 + 15%·0 + 10%·100; X = 20 + 0 + (100 + 60 + 0)/30 + 25%·80 + 9 + 10 + 15
    assert by_nip[FULL]["status"] == "LENGKAP"
    assert by_nip[FULL]["nilai_kinerja"] == 69.25
    assert by_nip[FULL]["nilai_potensial"] == pytest.approx(79.3333, abs=1e-9)
    assert by_nip[FULL]["kotak"] == 5
    assert by_nip[THIN]["status"] == "BELUM_DAPAT_DIPETAKAN"
    assert by_nip[THIN]["kotak"] is None

    explained = nawa("explain", book, FULL, *ON)
    assert explained.code == 0
    assert "Kedua kelas itu bertemu di kotak 5." in explained.out
    assert "79,3333" in explained.out
    assert "penghargaan baris 2" in explained.out


def test_a_thin_file_is_explained_by_what_is_missing(nawa: Nawa, tmp_path: Path) -> None:
    book = tmp_path / "buku.xlsx"
    nawa("template", book)
    _fill(book)
    explained = nawa("explain", book, THIN, *ON)
    assert explained.code == 0
    assert "Belum dapat dipetakan" in explained.out
    assert "Belum diketahui" in explained.out
