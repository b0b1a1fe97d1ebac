"""The untidy workbook says the same as the tidy one, and is as untidy as promised."""

from pathlib import Path

import fastexcel
import polars as pl
import pytest

from nawa.demo.city import City
from nawa.demo.messy import write_messy
from nawa.workbook.problems import Severity
from nawa.workbook.read import read
from nawa.workbook.reading import Reading
from nawa.workbook.sheets import SHEETS
from tests.demo.conftest import ON
from tests.demo.test_map import map_of


@pytest.fixture(scope="module")
def path(small: City, tmp_path_factory: pytest.TempPathFactory) -> Path:
    found: Path = tmp_path_factory.mktemp("messy") / "kota.xlsx"
    write_messy(found, small.tables, seed=1)
    return found


@pytest.fixture(scope="module")
def reading(path: Path) -> Reading:
    return read(path, on=ON)


@pytest.fixture(scope="module")
def cells(path: Path) -> pl.DataFrame:
    """The sheet of people as it stands in the file."""
    book = fastexcel.read_excel(str(path))
    return book.load_sheet("PEGAWAI", header_row=None, dtypes="string").to_polars()


def test_every_fact_is_read_and_none_is_added(small: City, reading: Reading) -> None:
    for sheet in SHEETS:
        expected = small.tables[sheet.table].sort(sheet.key, nulls_last=False)
        found = reading.tables[sheet.table].select(expected.columns).sort(sheet.key, nulls_last=False)
        assert found.equals(expected), sheet.table


def test_the_map_is_that_of_the_tidy_tables(small: City, reading: Reading) -> None:
    assert map_of(dict(reading.tables)).equals(map_of(small.tables))


def test_reading_it_finds_only_things_to_note(reading: Reading) -> None:
    assert {problem.code for problem in reading.problems} == {"ROW_TWICE", "COLUMN_IGNORED", "SHEET_IGNORED"}
    assert not reading.of_severity(Severity.ERROR)


def test_titles_stand_over_and_a_count_under_headings_of_two_lines(cells: pl.DataFrame) -> None:
    lines = [[text for text in row if text] for row in cells.head(7).rows()]
    assert lines[0] == ["PEMERINTAH KOTA SEMARANG"]
    assert lines[4] == ["DATA", "TMT"]
    assert lines[5][0] == "No."
    assert lines[6][:3] == ["(1)", "(2)", "(3)"]


def test_names_carry_titles_and_nip_spaces_or_apostrophes(cells: pl.DataFrame) -> None:
    texts = cells.slice(7).unpivot()["value"].drop_nulls()
    assert texts.str.contains(r"^\d{8} \d{6} \d \d{3}$").any()
    assert texts.str.contains(r"^'\d{18}$").any()
    assert texts.str.contains(r", S\.Pd\.$").any()


def test_the_same_seed_writes_the_same_bytes(small: City, path: Path, tmp_path: Path) -> None:
    write_messy(tmp_path / "lagi.xlsx", small.tables, seed=1)
    assert (tmp_path / "lagi.xlsx").read_bytes() == path.read_bytes()


def test_another_kind_of_file_is_refused(small: City, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"hanya ditulis sebagai \.xlsx"):
        write_messy(tmp_path / "folder", small.tables)
