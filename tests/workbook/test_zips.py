"""A zip of CSV files: read as the folder would be, and refused where it could do harm."""

import zipfile
from pathlib import Path

import pytest

from nawa.workbook.grid import Limits
from nawa.workbook.problems import UnreadableFile
from nawa.workbook.read import mark, read
from nawa.workbook.reading import read_here
from nawa.workbook.write import write_tables
from tests.workbook.office import small_city

CSV = b"nip,nama,jabatan_kode\n197806262002041002,Budi,J1\n"


def zipped(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def refusal(path: Path, **limits: int) -> str:
    with pytest.raises(UnreadableFile) as refused:
        read_here(path, limits=Limits(**limits))
    return refused.value.code


@pytest.mark.parametrize("folder", ["", "data/", "../../"])
def test_a_zip_reads_as_its_folder_does_wherever_its_names_point(tmp_path: Path, folder: str) -> None:
    write_tables(tmp_path / "kota", small_city(), form="csv")
    parts = {f"{folder}{file.name}": file.read_bytes() for file in (tmp_path / "kota").iterdir()}
    before = set(tmp_path.iterdir())
    reading = read_here(zipped(tmp_path / "kota.zip", parts))
    assert reading.tables.keys() == read_here(tmp_path / "kota").tables.keys()
    assert all(frame.equals(read_here(tmp_path / "kota").tables[table]) for table, frame in reading.tables.items())
    assert set(tmp_path.iterdir()) == before | {tmp_path / "kota.zip"}


def test_what_the_operating_system_adds_is_passed_over(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"pegawai.csv": CSV, "__MACOSX/._pegawai.csv": b"x", ".DS_Store": b"x"})
    assert read_here(path).tables["person"].height == 1


@pytest.mark.parametrize("name", ["dalam.zip", "buku.xlsx", "baca.txt"])
def test_anything_but_csv_in_it_is_refused(tmp_path: Path, name: str) -> None:
    assert refusal(zipped(tmp_path / "a.zip", {"pegawai.csv": CSV, name: b"PK\x03\x04"})) == "NOT_ONLY_CSV"


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    assert refusal(zipped(tmp_path / "a.zip", {"pegawai.csv": CSV, "b/pegawai.csv": CSV})) == "BROKEN"


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"pegawai.csv": CSV + b"," * 40 * 2**20})
    assert refusal(path) == "BOMB"
    assert refusal(path, part_bytes=2**20) == refusal(path, unpacked_bytes=2**20) == "TOO_LARGE"


def test_more_files_than_allowed_are_refused(tmp_path: Path) -> None:
    assert refusal(zipped(tmp_path / "a.zip", {f"{n}.csv": CSV for n in range(4)}), entries=3) == "TOO_LARGE"


@pytest.mark.parametrize("kept", [0.2, 0.6, 0.95])
def test_a_zip_that_was_cut_off_is_refused(tmp_path: Path, kept: float) -> None:
    path = zipped(tmp_path / "a.zip", {"pegawai.csv": CSV * 100})
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * kept)])
    assert refusal(path) == "BROKEN"


def test_a_damaged_part_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"pegawai.csv": bytes(range(32, 127)) * 50})
    data = bytearray(path.read_bytes())
    data[60] ^= 0xFF
    path.write_bytes(data)
    assert refusal(path) in {"BROKEN", "NO_SHEETS"}


def test_an_empty_zip_is_refused(tmp_path: Path) -> None:
    assert refusal(zipped(tmp_path / "a.zip", {})) == "EMPTY"


def test_the_guarded_child_reads_and_marks_a_zip(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"pegawai.csv": CSV})
    reading = read(path)
    assert reading.tables["person"].height == 1
    assert mark(path, reading.problems).startswith(b"PK")
