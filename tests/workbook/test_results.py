"""The result workbook: what each sheet holds, that unknown stays empty, and that nothing in it runs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from nawa.engine.pipeline import map_talent
from nawa.engine.trace import RunRecord
from nawa.policy.loading import Policy, load
from nawa.policy.sentences import label
from nawa.workbook.mapsheets import BOX_STRENGTH, decimal
from nawa.workbook.problems import Effect, Problem
from nawa.workbook.records import records_from
from nawa.workbook.results import people_of, write_results
from tests.workbook.office import BUDI, SITI, small_city

ON = date(2026, 11, 1)
NIPS = {"s-budi": BUDI, "s-siti": SITI}
SIMATA = (
    *("NIP", "Nama", "Unit Organisasi", "Jabatan", "Nilai X", "Nilai Y", "Box"),
    *("X - Penilaian Kompetensi", "X - Pengembangan Kompetensi", "X - Pengalaman Jabatan", "X - Penilaian Potensi"),
    *("X - Tingkat Pendidikan Formal", "X - Kesesuaian Bidang Ilmu", "X - Verifikasi Rekam Jejak Disiplin"),
    *("Y - Penilaian Kinerja", "Y - Penghargaan", "Y - Penugasan dalam Tim Kerja", "Y - Umpan Balik Kinerja 360"),
)


@dataclass
class Written:
    path: Path
    map: pl.DataFrame
    policy: Policy

    def sheet(self, name: str) -> Worksheet:
        return openpyxl.load_workbook(self.path)[name]

    def rows(self, name: str) -> Iterator[dict[str, object]]:
        heads, *rows = self.sheet(name).iter_rows(values_only=True)
        return (dict(zip(heads, row, strict=True)) for row in rows)


def written(path: Path, profile: str = "bkn-411-2025") -> Written:
    tables = small_city()
    policy = load(profile, on=ON)
    subjects = pl.DataFrame({"nip": list(NIPS.values()), "subject": list(NIPS)})
    result = map_talent(records_from(tables, subjects=subjects), policy.parameters, on=ON).map
    write_results(
        path,
        result,
        people=people_of(tables, NIPS),
        parameters=policy.parameters,
        record=RunRecord("ab" * 32, policy.id, policy.version, policy.hash, ON),
        result_hash="cd" * 32,
        words=label,
        problems=[Problem("CODE_UNKNOWN", "pegawai", 7, "golongan", "=HYPERLINK(1)", Effect.CELL, {"codes": "I/a"})],
    )
    return Written(path, result, policy)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Written:
    return written(tmp_path_factory.mktemp("hasil") / "hasil.xlsx")


def test_it_has_its_four_sheets(book: Written) -> None:
    assert openpyxl.load_workbook(book.path).sheetnames == ["peta_talenta", "simata", "ringkasan", "masalah"]


def test_the_map_begins_and_ends_with_the_columns_of_the_format(book: Written) -> None:
    heads = list(next(book.rows("peta_talenta")))
    chances = [f"peluang_kotak_{box}" for box in range(1, 10)]
    assert heads[:26] == [
        *("nip", "nama", "jenis_pegawai", "unit", "jabatan", "jenjang", "nilai_kinerja", "kelas_kinerja"),
        *("nilai_potensial", "kelas_potensial", "nilai_talenta", "kotak", "kotak_terendah", "kotak_tertinggi"),
        *(*chances, "kelengkapan", "status", "kurang"),
    ]
    assert heads[-3:] == ["tindak_lanjut", "kebijakan", "tanggal_acuan"]
    assert len(heads) == 29 + 3 * len(book.policy.parameters.components)


def test_a_person_is_shown_with_post_points_and_what_is_missing(book: Written) -> None:
    person = next(row for row in book.rows("peta_talenta") if row["nip"] == BUDI)
    assert (person["nama"], person["unit"], person["jabatan"]) == ("Budi Santoso", "Bidang", "Kepala Bidang")
    assert (person["penilaian_kinerja_bukti"], person["penilaian_kinerja_poin"]) == ("Sangat Baik", 100)
    assert person["penilaian_kinerja_bobot"] == 60
    assert (person["penghargaan_bukti"], person["penghargaan_poin"]) == ("terverifikasi tidak ada", 0)
    assert (person["tim_kerja_bukti"], person["tim_kerja_poin"]) == ("belum diketahui", None)
    assert "Tim Kerja" in person["kurang"]
    assert person["status"] == "BELUM_DAPAT_DIPETAKAN"
    assert person["kotak"] is None
    assert person["kebijakan"].startswith("bkn-411-2025 ")
    assert sum(person[f"peluang_kotak_{box}"] for box in range(1, 10)) == pytest.approx(1, abs=1e-9)


def test_every_ratio_is_the_float_nearest_to_its_decimals() -> None:
    whole = pl.DataFrame({"whole": [793_333, 79_333_300, 1, 1_000_000]})
    shown = whole.select(four=decimal(pl.col("whole"), 4), nine=decimal(pl.col("whole"), 9))
    assert shown.rows() == [(79.3333, 0.000793333), (7933.33, 0.0793333), (0.0001, 1e-9), (100.0, 0.001)]


def test_simata_has_its_18_columns_in_order_and_leaves_unknown_empty(book: Written) -> None:
    rows = list(book.rows("simata"))
    assert tuple(rows[0]) == SIMATA
    person = next(row for row in rows if row["NIP"] == BUDI)
    assert person["Y - Penilaian Kinerja"] == 100
    assert person["Y - Penghargaan"] == 0
    assert person["Y - Penugasan dalam Tim Kerja"] is None
    assert person["X - Pengalaman Jabatan"] is None


def test_the_summary_tells_what_the_run_depended_on(book: Written) -> None:
    lines = {row[0]: row[1] for row in book.sheet("ringkasan").iter_rows(values_only=True, max_col=2)}
    assert lines["Kebijakan"] == "bkn-411-2025"
    assert lines["Tanggal acuan"] == "2026-11-01"
    assert lines["Komitmen masukan"] == "ab" * 32
    assert lines["Hash hasil"] == "cd" * 32
    assert lines["Orang yang dipetakan"] == 2
    assert lines["PNS: BELUM_DAPAT_DIPETAKAN"] == 1
    assert lines["di antaranya kesalahan"] == 1
    assert any("dibandingkan dengan jabatan sekarang" in str(said) for said in lines)


def test_problems_stand_in_a_sheet_of_their_own(book: Written) -> None:
    (problem,) = book.rows("masalah")
    assert (problem["lembar"], problem["baris"], problem["kolom"]) == ("pegawai", 7, "golongan")
    assert (problem["tingkat"], problem["cara_memperbaiki"]) == ("kesalahan", "Pilih salah satu: I/a.")


def test_the_stamp_of_a_policy_stands_on_every_row(tmp_path: Path) -> None:
    made = written(tmp_path / "hasil.xlsx", "semarang")
    stamp = made.policy.stamp
    assert stamp
    assert all(stamp in row["kebijakan"] for row in made.rows("peta_talenta"))
    assert stamp in str(list(made.sheet("ringkasan").iter_rows(values_only=True)))


def test_nothing_in_it_is_a_formula(book: Written) -> None:
    for page in openpyxl.load_workbook(book.path):
        for row in page.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert not str(cell.value or "").startswith(("=", "+", "@", "\t", "\r"))
                assert not (cell.data_type == "s" and cell.value.startswith("-"))


def test_another_profile_leaves_columns_without_weight_out(tmp_path: Path) -> None:
    made = written(tmp_path / "hasil.xlsx", "djbk-2026")
    heads = next(made.rows("peta_talenta"))
    assert "penghargaan_poin" not in heads
    assert [row["Y - Penghargaan"] for row in made.rows("simata")] == [None, None]


def test_a_map_of_nobody_is_still_a_workbook(book: Written, tmp_path: Path) -> None:
    write_results(
        tmp_path / "kosong.xlsx",
        book.map.clear(),
        people=people_of({}, {}),
        parameters=book.policy.parameters,
        record=RunRecord("ab" * 32, "p", "1", "h", ON),
        result_hash="cd" * 32,
        words=label,
    )
    assert openpyxl.load_workbook(tmp_path / "kosong.xlsx")["peta_talenta"].max_row == 1


def test_heads_are_frozen_and_filterable_and_boxes_are_shaded(book: Written) -> None:
    page = book.sheet("peta_talenta")
    assert page.freeze_panes == "C2"
    assert page.auto_filter.ref.startswith("A1:")
    rules = [rule for area in page.conditional_formatting for rule in area.rules]
    assert len(rules) == 1 + len(BOX_STRENGTH)


def test_the_same_run_gives_the_same_bytes(book: Written, tmp_path: Path) -> None:
    assert written(tmp_path / "lagi.xlsx").path.read_bytes() == book.path.read_bytes()
