"""Tables written and read again are the same tables."""

from pathlib import Path

import openpyxl
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from nawa.workbook.read import read
from nawa.workbook.reading import read_here
from nawa.workbook.sheets import SHEETS, Tables
from nawa.workbook.write import Form, write_tables
from tests.workbook.office import rows_of, small_city

FORMS: tuple[Form, ...] = ("xlsx", "csv", "parquet")


def place(folder: Path, form: Form) -> Path:
    return folder / ("kota.xlsx" if form == "xlsx" else f"kota-{form}")


def assert_same(found: Tables, wanted: Tables) -> None:
    assert set(found) == set(wanted)
    for name, frame in wanted.items():
        assert_frame_equal(found[name], frame)


@pytest.mark.parametrize("form", FORMS)
def test_what_is_written_is_read_back_exactly(tmp_path: Path, form: Form) -> None:
    tables = small_city()
    write_tables(place(tmp_path, form), tables, form=form)
    reading = read(place(tmp_path, form))
    assert [problem.code for problem in reading.problems] == ["DISABILITY_GIVEN"]
    assert_same(reading.tables, tables)


@pytest.mark.parametrize("form", FORMS)
def test_every_table_is_read_back_though_empty(tmp_path: Path, form: Form) -> None:
    tables = {sheet.table: sheet.empty() for sheet in SHEETS}
    write_tables(place(tmp_path, form), tables, form=form)
    assert_same(read_here(place(tmp_path, form)).tables, tables)


TEXTS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=12)


@settings(max_examples=5)
@given(texts=st.lists(TEXTS, min_size=100, max_size=100), risky=st.lists(st.sampled_from("'=+-@"), min_size=100))
def test_any_text_survives_the_way_out_and_back(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], risky: list[str]
) -> None:
    areas = [*texts, *(sign + text for sign, text in zip(risky, texts, strict=False)), *risky, "null", "-", "'-", "''="]
    units = rows_of("unit", *({"code": f"U{n}", "name": "x", "area": area} for n, area in enumerate(areas)))
    folder = tmp_path_factory.mktemp("teks")
    for form in FORMS:
        write_tables(place(folder, form), {"unit": units}, form=form)
        assert_frame_equal(read_here(place(folder, form)).tables["unit"], units)


def test_no_cell_is_run_by_a_spreadsheet(tmp_path: Path) -> None:
    write_tables(tmp_path / "kota.xlsx", small_city())
    book = openpyxl.load_workbook(tmp_path / "kota.xlsx")
    texts = [cell for page in book for row in page.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert {cell.data_type for cell in texts} <= {"s", "inlineStr"}
    assert [cell.value for cell in texts if cell.value[0] in "=+-@\t\r"] == []
    write_tables(tmp_path / "csv", small_city(), form="csv")
    lines = "\n".join(path.read_text("utf-8-sig") for path in (tmp_path / "csv").iterdir())
    assert not any(f"{sign}{risky}" in lines for sign in ",\n" for risky in "=+-@")


def test_the_same_tables_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_tables(tmp_path / name, small_city())
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_identifiers_are_text_in_the_file(tmp_path: Path) -> None:
    write_tables(tmp_path / "kota.xlsx", small_city())
    page = openpyxl.load_workbook(tmp_path / "kota.xlsx")["pegawai"]
    assert (page["A2"].data_type, page["A2"].number_format) in {("s", "@"), ("inlineStr", "@")}


def test_an_unknown_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="apa"):
        write_tables(tmp_path / "a.xlsx", {"apa": pl.DataFrame()})


def test_more_rows_than_excel_holds_are_refused(tmp_path: Path) -> None:
    majors = pl.DataFrame({"major": [str(n) for n in range(1_048_576)]})
    majors = majors.with_columns(field=pl.lit("x"), related_fields=pl.lit(None, pl.List(pl.String)))
    with pytest.raises(ValueError, match="ref_bidang_ilmu"):
        write_tables(tmp_path / "a.xlsx", {"field_of_study": majors})
