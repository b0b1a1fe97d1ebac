"""Workbooks, folders of CSV and Parquet: the same rules whatever the form."""

import re
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from nawa.workbook.problems import UnreadableFile
from nawa.workbook.reading import read_here
from tests.workbook.office import BUDI, SITI, codes, only, read_book, write_book

CSV = f"nip;nama;jabatan_kode;tanggal_lahir\n{BUDI};Budi Santoso;J1;26-06-1978\n{SITI};Siti Aminah;J2;\n"


def folder(path: Path, **files: bytes | str) -> Path:
    path.mkdir(exist_ok=True)
    for name, content in files.items():
        data = content.encode() if isinstance(content, str) else content
        (path / name.replace("__", ".")).write_bytes(data)
    return path


# -- workbooks


def patched(path: Path, change) -> Path:
    """The workbook again, with the XML of its first sheet changed."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts["xl/worksheets/sheet1.xml"] = change(parts["xl/worksheets/sheet1.xml"])
    with zipfile.ZipFile(path, "w") as new:
        for name, data in parts.items():
            new.writestr(name, data)
    return path


def test_a_nip_stored_as_a_number_by_excel_is_an_error(tmp_path: Path) -> None:
    reading = read_book(tmp_path, pegawai=(("nip", "nama", "jabatan_kode"), (1.97806262002042e17, "Budi", "J1")))
    problem = only(reading, "DIGITS_LOST")
    assert (problem.row, problem.column) == (2, "nip")


def test_a_nip_stored_as_a_number_with_all_its_digits_is_restored(tmp_path: Path) -> None:
    book = write_book(tmp_path / "a.xlsx", pegawai=(("nip", "nama", "jabatan_kode"), (7, "Budi", "J1")))
    patched(book, lambda xml: xml.replace(b"<v>7</v>", f"<v>{BUDI}</v>".encode()))
    reading = read_here(book)
    assert reading.problems == ()
    assert reading.tables["person"]["nip"].to_list() == [BUDI]


@pytest.mark.parametrize("stored", [b"1.97806262002042E+17", BUDI.encode()])
def test_sheets_in_an_unusual_but_valid_form_are_read_the_same(tmp_path: Path, stored: bytes) -> None:
    def rewrite(xml: bytes) -> bytes:
        xml = xml.replace(b"<v>7</v>", b"<v>" + stored + b"</v>")
        xml = re.sub(rb"<(/?)(\w)", rb"<\1x:\2", xml).replace(b"<?x:xml", b"<?xml")
        xml = xml.replace(b"xmlns=", b"xmlns:x=")
        return re.sub(rb'<x:c r="(\w+)"( t="\w+")?', rb'<x:c\2 r="\1"', xml)

    rows = (("nip", "nama", "jabatan_kode", "golongan"), (7, "Budi", "J1", "#N/A"))
    found = codes(read_here(patched(write_book(tmp_path / "a.xlsx", pegawai=rows), rewrite)))
    assert found == (["CELL_ERROR"] if stored == BUDI.encode() else ["SHEET_EMPTY", "DIGITS_LOST", "CELL_ERROR"])


def test_a_placeholder_result_of_a_formula_is_not_taken(tmp_path: Path) -> None:
    book = write_book(tmp_path / "a.xlsx", kinerja=(("nip", "tahun", "nilai_lama"), (BUDI, 2025, "=1+1")))
    with zipfile.ZipFile(book) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    assert b'fullCalcOnLoad="1"' in parts["xl/workbook.xml"]
    sheet = "xl/worksheets/sheet2.xml"
    parts[sheet] = re.sub(rb"<v ?/>|<v></v>", b"<v>0</v>", parts[sheet])
    with zipfile.ZipFile(book, "w") as new:
        for name, data in parts.items():
            new.writestr(name, data)
    assert "FORMULA_UNSAVED" in codes(read_here(book))


def test_a_saved_result_of_a_formula_is_taken(tmp_path: Path) -> None:
    book = write_book(tmp_path / "a.xlsx", pegawai=(("nip", "nama", "jabatan_kode"), (BUDI, "=1+1", "J1")))
    result = rb'\1 t="str"><f>1+1</f><v>Budi</v></c>'
    patched(book, lambda xml: re.sub(rb"(<c r=\"B2\")[^>]*><f>1\+1</f><v ?/?>(?:</v>)?</c>", result, xml))
    reading = read_here(book)
    assert reading.problems == ()
    assert reading.tables["person"]["name"].to_list() == ["Budi"]


def test_macros_are_ignored_with_a_notice(tmp_path: Path) -> None:
    book = write_book(tmp_path / "a.xlsm")
    with zipfile.ZipFile(book, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    assert codes(read_here(book)) == ["MACROS_IGNORED"]


# -- CSV


@pytest.mark.parametrize(
    "content",
    [
        CSV,
        CSV.replace(";", ","),
        CSV.replace(";", "\t"),
        CSV.replace("\n", "\r\n"),
        b"\xef\xbb\xbf" + CSV.encode(),
        CSV.encode("utf-16"),
        "Daftar pegawai;;;\n;;;\n" + CSV,
        CSV.replace("Budi Santoso", '"Budi Santoso"'),
    ],
)
def test_csv_is_read_with_any_usual_delimiter_and_encoding(tmp_path: Path, content: bytes | str) -> None:
    reading = read_here(folder(tmp_path / "data", pegawai__csv=content))
    assert reading.problems == ()
    assert reading.tables["person"].select("nip", "name", "born_on").rows() == [
        (BUDI, "Budi Santoso", date(1978, 6, 26)),
        (SITI, "Siti Aminah", None),
    ]


def test_csv_of_western_windows_is_read(tmp_path: Path) -> None:
    reading = read_here(folder(tmp_path / "data", pegawai__csv=CSV.replace("Budi", "José").encode("cp1252")))
    assert reading.tables["person"]["name"].to_list()[0] == "José Santoso"


def test_rows_of_csv_count_as_excel_counts(tmp_path: Path) -> None:
    reading = read_here(folder(tmp_path / "data", pegawai__csv="judul\n\n" + CSV + "\n1;Rudi;J3;\n"))
    assert only(reading, "NIP_FORM").row == 7


def test_lines_of_csv_may_be_shorter_or_longer_than_the_heading(tmp_path: Path) -> None:
    reading = read_here(
        folder(tmp_path / "data", pegawai__csv=f"nip,nama,jabatan_kode\n{BUDI},Budi,J1,lebih\n{SITI},Siti\n")
    )
    assert codes(reading) == ["COLUMN_IGNORED", "ONE_OF_EMPTY"]


def test_the_guard_against_formulas_is_taken_off(tmp_path: Path) -> None:
    reading = read_here(folder(tmp_path / "data", pegawai__csv=f"nip,nama,jabatan_kode\n'{BUDI},'=Budi,'-\n"))
    assert reading.tables["person"].select("nip", "name", "position_code").row(0) == (BUDI, "=Budi", "-")


def test_one_csv_named_as_a_sheet_is_enough(tmp_path: Path) -> None:
    assert read_here(folder(tmp_path / "data", pegawai__csv=CSV) / "pegawai.csv").tables["person"].height == 2


# -- Parquet


def test_parquet_keeps_its_types(tmp_path: Path) -> None:
    path = folder(tmp_path / "data")
    frame = pl.DataFrame(
        {
            "nip": [int(BUDI)],
            "nama": ["Budi"],
            "jabatan_kode": ["J1"],
            "tanggal_lahir": [date(1978, 6, 26)],
            "disabilitas": [True],
            "nihil_terverifikasi": [["disiplin", "diklat"]],
        }
    )
    frame.write_parquet(path / "pegawai.parquet")
    pl.DataFrame({"nip": [BUDI], "tahun": [2025], "nilai_lama": [1.234]}).write_parquet(path / "kinerja.parquet")
    reading = read_here(path)
    assert [problem.code for problem in reading.problems] == ["DISABILITY_GIVEN"]
    person = reading.tables["person"].select("nip", "born_on", "disability", "verified_none").row(0)
    assert person == (BUDI, date(1978, 6, 26), True, ["diklat", "disiplin"])
    assert reading.tables["performance_rating"]["former_score"].to_list() == [Decimal("1.234")]


def test_a_nip_kept_as_a_float_in_parquet_is_an_error(tmp_path: Path) -> None:
    path = folder(tmp_path / "data")
    pl.DataFrame({"nip": [float(BUDI)], "nama": ["Budi"], "jabatan_kode": ["J1"]}).write_parquet(
        path / "pegawai.parquet"
    )
    assert only(read_here(path), "DIGITS_LOST").row == 2


def test_a_folder_may_hold_both_forms_but_a_sheet_only_one(tmp_path: Path) -> None:
    path = folder(tmp_path / "data", pegawai__csv=CSV, catatan__txt="x", rekap__csv="a,b")
    pl.DataFrame({"nip": [BUDI], "tahun": [2025], "predikat": ["BAIK"]}).write_parquet(path / "kinerja.parquet")
    assert codes(read_here(path)) == ["SHEET_IGNORED"]
    pl.DataFrame({"nip": [BUDI], "nama": ["B"]}).write_parquet(path / "pegawai.parquet")
    assert "SHEET_TWICE" in codes(read_here(path))


def test_links_in_a_folder_are_refused(tmp_path: Path) -> None:
    secret = tmp_path / "rahasia.csv"
    secret.write_text(CSV)
    path = folder(tmp_path / "data")
    (path / "pegawai.csv").symlink_to(secret)
    with pytest.raises(UnreadableFile) as caught:
        read_here(path)
    assert caught.value.code == "NOT_REGULAR"


def test_a_folder_without_known_sheets_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_here(folder(tmp_path / "data", apa__csv="a,b"))
    assert caught.value.code == "NO_SHEETS"
    assert "apa" in str(caught.value)
