"""The template is empty, guides whoever fills it in, and reads back."""

from pathlib import Path

import openpyxl
import pytest

from nawa.workbook.examples import EXAMPLES
from nawa.workbook.read import read
from nawa.workbook.reading import read_here
from nawa.workbook.sheets import BY_NAME, SHEETS, Kind
from nawa.workbook.template import write_template
from tests.workbook.office import BUDI, codes, read_book


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("templat") / "templat.xlsx"
    write_template(path)
    return path


def test_it_reads_back_with_no_problem_but_that_nobody_is_in_it(template: Path) -> None:
    reading = read(template)
    assert codes(reading) == ["SHEET_EMPTY"]
    assert set(reading.tables) == {sheet.table for sheet in SHEETS}


def test_it_begins_with_a_guide_and_has_every_sheet_and_column(template: Path) -> None:
    book = openpyxl.load_workbook(template)
    assert book.sheetnames[0] == "petunjuk"
    for sheet in SHEETS:
        headings = [cell.value.removesuffix(" *") for cell in book[sheet.name][1]]
        assert headings == [column.heading for column in sheet.columns]
        marked = [cell.value.endswith(" *") for cell in book[sheet.name][1]]
        assert marked == [column.required for column in sheet.columns]
        assert all(cell.comment for cell in book[sheet.name][1])


def test_it_says_that_disability_is_kept_only_where_it_is_asked_for(template: Path) -> None:
    page = openpyxl.load_workbook(template)["pegawai"]
    (note,) = (cell.comment.text for cell in page[1] if cell.value == "disabilitas")
    assert "Hanya disimpan bila instansi menyalakannya" in note


def test_codes_have_drop_downs_and_nip_columns_are_text(template: Path) -> None:
    book = openpyxl.load_workbook(template)
    for sheet in SHEETS:
        rules = book[sheet.name].data_validations.dataValidation
        coded = [column for column in sheet.columns if column.kind in (Kind.CODE, Kind.BOOLEAN)]
        assert len(rules) == len(coded)
    assert book["pegawai"].column_dimensions["A"].number_format == "@"


def test_the_examples_are_read_without_a_problem(tmp_path: Path) -> None:
    assert set(EXAMPLES) == set(BY_NAME)
    rows = {name: [list(example), list(example.values())] for name, example in EXAMPLES.items()}
    found = set(codes(read_book(tmp_path, **rows)))
    assert found <= {"PERSON_UNKNOWN", "UNIT_UNKNOWN", "POSITION_UNKNOWN"}


def test_people_filled_in_by_hand_are_read(template: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(template)
    book["pegawai"].append([BUDI, "Budi Santoso"] + [None] * 10 + ["J1"])
    heading = [cell.value for cell in book["pegawai"][1]].index("jabatan_kode")
    book["pegawai"].cell(2, heading + 1, "J1")
    book.save(tmp_path / "isi.xlsx")
    assert read_here(tmp_path / "isi.xlsx").tables["person"]["position_code"].to_list() == ["J1"]
