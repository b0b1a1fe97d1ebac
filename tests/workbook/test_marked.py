"""A file given back with its problems marked: rows stand where they stood, and nothing private comes along."""

from datetime import date
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from nawa.workbook.grid import Limits
from nawa.workbook.marked import write_marked
from nawa.workbook.problems import Problem
from nawa.workbook.read import mark
from nawa.workbook.reading import Reading, read_here
from tests.workbook.office import BUDI, SITI, Rows, codes, write_book

TRAINING: Rows = (
    ("Daftar diklat 2025",),
    ("nip", "nama", "jp", "tanggal", "catatan pribadi"),
    (BUDI, "Diklat Arsip", 20, date(2025, 3, 1), "rahasia"),
    (SITI, "+HYPERLINK(1)", 1.5, "31-02-2025", "rahasia"),
)


def marked(folder: Path, **sheets: Rows) -> tuple[Reading, openpyxl.Workbook, Path]:
    source, target = write_book(folder / "buku.xlsx", **sheets), folder / "kembali.xlsx"
    reading = read_here(source)
    write_marked(source, reading.problems, target, limits=Limits())
    return reading, openpyxl.load_workbook(target), target


def texts(page: Worksheet) -> list[str]:
    return [str(cell.value) for row in page.iter_rows() for cell in row if cell.value is not None]


def test_bad_cells_are_marked_where_they_stood_and_say_why(tmp_path: Path) -> None:
    _reading, book, _target = marked(tmp_path, diklat=TRAINING)
    page = book["diklat"]
    bad, good = page["D4"], page["D3"]
    assert bad.value == "31-02-2025"
    assert bad.comment is not None
    assert "bukan tanggal yang ada" in bad.comment.text
    assert bad.fill.start_color.rgb == "FFFFD9D6" != good.fill.start_color.rgb
    assert good.comment is None


def test_dates_and_numbers_stay_what_they_were_and_formulas_stay_text(tmp_path: Path) -> None:
    _reading, book, _target = marked(tmp_path, diklat=TRAINING)
    page = book["diklat"]
    assert page["D3"].value.date() == date(2025, 3, 1)
    assert page["C3"].value == 20
    assert page["B4"].data_type == "s"


def test_what_comes_back_reads_as_what_went_in(tmp_path: Path) -> None:
    reading, _book, target = marked(tmp_path, diklat=TRAINING)
    again = read_here(target)
    assert all(again.tables[table].equals(frame) for table, frame in reading.tables.items())
    assert codes(again, "diklat") == codes(reading, "diklat")


def test_a_number_with_three_decimals_is_no_thousand_when_it_comes_back(tmp_path: Path) -> None:
    scores: Rows = (("nip", "rumpun", "tanggal", "nilai"), (BUDI, "x", date(2025, 1, 1), 71.234), (SITI, "x", "?", 5))
    reading, _book, target = marked(tmp_path, nilai_teknis=scores)
    again = read_here(target).tables["technical_score"]
    assert again.equals(reading.tables["technical_score"])
    assert again.height == 1


def test_unknown_columns_do_not_come_back(tmp_path: Path) -> None:
    _reading, book, _target = marked(tmp_path, diklat=TRAINING)
    assert "catatan pribadi" in texts(book["diklat"])
    assert "rahasia" not in texts(book["diklat"])


def test_who_gave_feedback_does_not_come_back_but_for_superiors(tmp_path: Path) -> None:
    given: Rows = (
        ("nip", "periode", "hubungan", "nip_pemberi", "nilai"),
        (BUDI, "2025", "REKAN", SITI, 4),
        (BUDI, "2025", "REKAN", "199001152020121001", 5),
        (BUDI, "2025", "ATASAN", SITI, 9),
    )
    reading, book, target = marked(tmp_path, umpan_balik=given)
    column = [cell.value for cell in book["umpan_balik"]["D"]]
    assert column == ["nip_pemberi", "penilai 1", "penilai 2", SITI]
    assert read_here(target).tables["feedback"].equals(reading.tables["feedback"])


def test_all_problems_stand_in_a_list_that_reading_passes_over(tmp_path: Path) -> None:
    reading, book, target = marked(tmp_path, diklat=TRAINING)
    listed = list(book["masalah"].iter_rows(min_row=2, values_only=True))
    assert len(listed) == len(reading.problems)
    assert "SHEET_IGNORED" not in codes(read_here(target))


def test_the_guarded_child_gives_the_same(tmp_path: Path) -> None:
    source = write_book(tmp_path / "buku.xlsx", diklat=TRAINING)
    problems = [Problem("DATE_IMPOSSIBLE", "diklat", 4, "tanggal", "31-02-2025")]
    (tmp_path / "kembali.xlsx").write_bytes(mark(source, problems, language="en"))
    note = openpyxl.load_workbook(tmp_path / "kembali.xlsx")["diklat"]["D4"].comment
    assert note is not None
    assert "date" in note.text
