"""SIMATA's sheet as it comes: under any name, with titles above it, in both notations of numbers."""

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from nawa.engine.parameters import Indicator
from nawa.workbook.grid import Limits
from nawa.workbook.problems import UnreadableFile
from nawa.workbook.read import read_simata
from nawa.workbook.reading import Reading
from nawa.workbook.simata import SHEET, TABLE, read_simata_here

NIP = "197806262002042002"
OTHER = "198001012005011003"
HEADINGS = [column.heading for column in SHEET.columns]


def xlsx(folder: Path, rows: list[list[object]], *, sheet: str = "Sheet1") -> Path:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(row)
    book.save(folder / "simata.xlsx")
    return folder / "simata.xlsx"


def csv(folder: Path, text: str) -> Path:
    path = folder / "ekspor.csv"
    path.write_text(text, encoding="utf-8")
    return path


def read(path: Path) -> Reading:
    return read_simata_here(path, limits=Limits())


def codes(reading: Reading) -> list[str]:
    return [problem.code for problem in reading.problems]


def test_the_eighteen_columns_are_those_of_simata_in_its_order() -> None:
    assert len(SHEET.columns) == 18
    assert HEADINGS[:8] == [
        *("NIP", "Nama", "Unit Organisasi", "Jabatan", "Nilai X", "Nilai Y", "Box"),
        "X - Penilaian Kompetensi",
    ]
    assert {column.name for column in SHEET.columns[7:]} == {indicator.lower() for indicator in Indicator}


def test_a_sheet_is_found_under_any_name_and_below_a_title(tmp_path: Path) -> None:
    row: list[object] = [f"'{NIP[:8]} {NIP[8:]}", "Sri", "Dinas", "Analis", 71.25, 63.5, 5, *[50] * 11]
    made = read(xlsx(tmp_path, [["REKAP SIMATA"], [], HEADINGS, row], sheet="Data"))
    (read_row,) = made.tables[TABLE].to_dicts()
    assert (read_row["nip"], read_row["box"], read_row["potential_axis"]) == (NIP, "5", Decimal("71.25"))
    assert made.problems == ()


def test_csv_takes_other_headings_both_notations_and_boxes_in_words(tmp_path: Path) -> None:
    text = f"nip baru;Kotak;Penghargaan;Nilai Y\n{NIP};Kotak IX;11,25;80.50\n{OTHER};7;;\n"
    rows = read(csv(tmp_path, text)).tables[TABLE].select("nip", "box", "award", "performance_axis").rows()
    assert rows == [(NIP, "9", Decimal("11.25"), Decimal("80.5")), (OTHER, "7", None, None)]


def test_an_empty_cell_is_unknown_and_a_zero_is_zero(tmp_path: Path) -> None:
    rows = read(csv(tmp_path, f"NIP;Box;Y - Penghargaan\n{NIP};5;0\n{OTHER};5;\n")).tables[TABLE]
    assert rows["award"].to_list() == [Decimal(0), None]


def test_bad_cells_are_told_with_their_place_and_hold_no_other_row_back(tmp_path: Path) -> None:
    text = f"NIP;Box;Nilai X\n{NIP};12;delapan\n1,97806E+17;5;70\n{OTHER};5;70\n"
    made = read(csv(tmp_path, text))
    assert made.tables[TABLE].select("nip", "box", "potential_axis").rows() == [
        (NIP, None, None),
        (OTHER, "5", Decimal(70)),
    ]
    assert sorted((problem.row, problem.column) for problem in made.problems) == [
        (2, "Box"),
        (2, "Nilai X"),
        (3, "NIP"),
    ]
    assert made.rows_in_file == {"simata": 3}


def test_two_rows_of_one_person_that_disagree_are_told(tmp_path: Path) -> None:
    made = read(csv(tmp_path, f"NIP;Box\n{NIP};5\n{NIP};6\n"))
    assert codes(made) == ["ROW_CONFLICT"]
    assert made.tables[TABLE]["box"].to_list() == ["5"]


def test_an_unknown_column_is_said_to_be_ignored(tmp_path: Path) -> None:
    made = read(csv(tmp_path, f"NIP;Box;Rahasia\n{NIP};5;x\n"))
    assert codes(made) == ["COLUMN_IGNORED"]
    assert "x" not in made.tables[TABLE].row(0)


def test_a_file_without_the_sheet_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read(csv(tmp_path, "a;b\n1;2\n"))
    assert caught.value.code == "NO_SIMATA"
    assert "ekspor" in caught.value.details["found"]


def test_the_guarded_process_reads_the_same(tmp_path: Path) -> None:
    path = csv(tmp_path, f"NIP;Box;Y - Penghargaan\n{NIP};5;11,25\n{OTHER};x;0\n")
    here, guarded = read(path), read_simata(path, limits=Limits())
    assert guarded.tables[TABLE].equals(here.tables[TABLE])
    assert (codes(guarded), guarded.rows_in_file) == (codes(here), here.rows_in_file)


def test_the_guarded_process_refuses_in_the_same_words(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_simata(csv(tmp_path, "a;b\n1;2\n"), limits=Limits())
    assert caught.value.code == "NO_SIMATA"


def test_the_sheet_of_a_result_workbook_is_read(tmp_path: Path) -> None:
    row: list[object] = [NIP, *[None] * 5, 9, *[100] * 11]
    read_row = read(xlsx(tmp_path, [list(HEADINGS), row], sheet="simata")).tables[TABLE].to_dicts()[0]
    assert {read_row[indicator.lower()] for indicator in Indicator} == {Decimal(100)}
