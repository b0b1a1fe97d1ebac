"""Files made to do harm, or damaged: each gives one clear message, at once, and nothing else."""

import io
import os
import struct
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic

import pytest

from nawa.workbook.grid import Limits
from nawa.workbook.problems import UnreadableFile
from nawa.workbook.read import read
from nawa.workbook.reading import Reading, read_here
from nawa.workbook.sentences import UNREADABLE
from nawa.workbook.write import write_tables
from tests.workbook.office import small_city, write_book

SHEET = "xl/worksheets/sheet1.xml"
START = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
END = b"</sheetData></worksheet>"


def refused(path: Path, *, by: Callable[..., Reading] = read_here, **limits: int) -> str:
    """The code with which a file is refused; the message is Indonesian, names the file and shows no insides of Nawa."""
    with pytest.raises(UnreadableFile) as caught:
        by(path, limits=Limits(**limits))
    message = str(caught.value)
    assert path.name in message
    assert "Traceback" not in message
    assert message.endswith((".", ")"))
    return caught.value.code


def good() -> dict[str, bytes]:
    """The parts of a small workbook that can be read."""
    buffer = io.BytesIO()
    write_book(buffer)
    with zipfile.ZipFile(buffer) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def with_sheet(path: Path, rows: Iterator[bytes]) -> Path:
    return zipped(path, good() | {SHEET: START + b"".join(rows) + END})


# -- bombs


def test_a_part_that_swells_beyond_reason_is_refused(tmp_path: Path) -> None:
    assert refused(with_sheet(tmp_path / "bom.xlsx", iter([b" " * 2**26])), by=read) == "BOMB"


def test_a_file_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    parts = good() | {f"xl/media/{n}.png": os.urandom(2**18) for n in range(8)}
    assert refused(zipped(tmp_path / "besar.xlsx", parts), unpacked_bytes=2**20) == "TOO_LARGE"
    assert refused(zipped(tmp_path / "besar.xlsx", parts), part_bytes=2**17) == "TOO_LARGE"
    assert refused(zipped(tmp_path / "besar.xlsx", parts), entries=5) == "TOO_LARGE"
    assert refused(zipped(tmp_path / "besar.xlsx", parts), file_bytes=2**16) == "TOO_LARGE"


def test_a_part_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = with_sheet(tmp_path / "bohong.xlsx", iter([b" " * 2**26]))
    data = path.read_bytes()
    path.write_bytes(data.replace(struct.pack("<L", 2**26 + len(START + END)), struct.pack("<L", 1000)))
    assert refused(path) == "BROKEN"


def test_entities_are_refused(tmp_path: Path) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    for name in (SHEET, "xl/workbook.xml"):
        parts = good()
        assert refused(zipped(tmp_path / "entitas.xlsx", parts | {name: bomb + parts[name]})) == "BROKEN"


def test_a_sheet_of_a_million_rows_is_refused_quickly(tmp_path: Path) -> None:
    rows = (b'<row r="%d"><c r="A%d"><v>%d</v></c></row>' % (n, n, n) for n in range(1, 2**20 + 1))
    path = with_sheet(tmp_path / "sejuta.xlsx", rows)
    started = monotonic()
    assert refused(path, by=read) == "TOO_MANY_ROWS"
    assert monotonic() - started < 30


def test_a_million_formatted_but_empty_rows_do_no_harm(tmp_path: Path) -> None:
    original = good()[SHEET]
    rows = b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (n, n) for n in range(100, 10**5))
    path = zipped(tmp_path / "kosong.xlsx", good() | {SHEET: original.replace(b"</sheetData>", rows + b"</sheetData>")})
    assert read_here(path, limits=Limits(rows=1000)).tables["person"].height == 2


def test_two_cells_at_the_ends_of_a_huge_sheet_are_refused(tmp_path: Path) -> None:
    far = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="400000"><c r="XFD400000"><v>1</v></c></row>'
    assert refused(with_sheet(tmp_path / "jauh.xlsx", iter([far])), by=read) == "TOO_MUCH_MEMORY"


# -- other kinds


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "EMPTY"),
        (b"%PDF-1.7\n%\xe2\xe3", "WRONG_TYPE"),
        (b"nip,nama\n1,2\n", "WRONG_TYPE"),
        (b"<html><table></table></html>", "WRONG_TYPE"),
        (b"\x89PNG\r\n\x1a\n", "WRONG_TYPE"),
        (b"\x00" * 512, "WRONG_TYPE"),
        (b"PK\x03\x04", "BROKEN"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504, "OLD_EXCEL"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "LOCKED"),
    ],
)
def test_what_is_no_workbook_is_named_for_what_it_is(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "aneh.xlsx"
    path.write_bytes(content)
    assert refused(path) == code


def test_a_refusal_passes_through_the_child_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "aneh.xlsx"
    path.write_bytes(b"%PDF-1.7")
    assert refused(path, by=read) == "WRONG_TYPE"


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (("word/document.xml",), "WRONG_TYPE"),
        (("apa.txt",), "WRONG_TYPE"),
        (("xl/workbook.bin",), "OTHER_SPREADSHEET"),
        (("mimetype", "content.xml"), "OTHER_SPREADSHEET"),
        (("xl/workbook.xml",), "BROKEN"),
    ],
)
def test_other_zip_files_are_named_for_what_they_are(tmp_path: Path, names: tuple[str, ...], code: str) -> None:
    assert refused(zipped(tmp_path / "lain.xlsx", dict.fromkeys(names, b"x"))) == code


def test_what_is_not_there_or_not_a_file_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "tiada.xlsx") == "NOT_FOUND"
    os.mkfifo(tmp_path / "pipa.xlsx")
    assert refused(tmp_path / "pipa.xlsx") == "NOT_REGULAR"
    (tmp_path / "kosong").mkdir()
    assert refused(tmp_path / "kosong") == "NO_SHEETS"


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_book(tmp_path / "rahasia.xlsx")
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert refused(path) == "NOT_ALLOWED"


def test_a_workbook_without_a_known_sheet_says_what_it_found(tmp_path: Path) -> None:
    path = write_book(tmp_path / "lain.xlsx", pegawai=())
    parts = good()
    workbook = parts["xl/workbook.xml"].replace(b'name="pegawai"', b'name="Sheet1"')
    with pytest.raises(UnreadableFile, match="Sheet1"):
        read_here(zipped(path, parts | {"xl/workbook.xml": workbook}))


# -- damage


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.99])
def test_a_file_cut_off_is_refused(tmp_path: Path, kept: float) -> None:
    path = tmp_path / "kota.xlsx"
    write_tables(path, small_city())
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * kept)])
    assert refused(path) == "BROKEN"


def test_damaged_parquet_is_refused(tmp_path: Path) -> None:
    write_tables(tmp_path / "kota", small_city(), form="parquet")
    path = tmp_path / "kota" / "pegawai.parquet"
    data = path.read_bytes()
    path.write_bytes(data[:50] + b"\xff" * 50 + data[100:])
    with pytest.raises(UnreadableFile):
        read_here(tmp_path / "kota")
    path.write_bytes(data[:100])
    with pytest.raises(UnreadableFile):
        read_here(tmp_path / "kota")


# -- the child process


def test_a_child_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    assert refused(write_book(tmp_path / "a.xlsx"), by=read, seconds=0) == "TOO_SLOW"


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path / "sementara"))
    (tmp_path / "sementara").mkdir()
    monkeypatch.setattr("tempfile.tempdir", None)
    read(write_book(tmp_path / "a.xlsx"))
    refused(tmp_path / "tiada.xlsx", by=read)
    assert list((tmp_path / "sementara").iterdir()) == []


def test_every_refusal_has_words_in_both_languages() -> None:
    for code, words in UNREADABLE.items():
        assert set(words) == {"id", "en"}, code
        assert words["id"] != words["en"]
