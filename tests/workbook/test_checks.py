"""Checks that need more than one cell: NIP against other columns, references, loops, the rating matrix."""

from datetime import date
from pathlib import Path

import pytest

from nawa.workbook.problems import Severity
from tests.workbook.office import BUDI, PPPK, SITI, codes, only, read_book

HEADS = ("nip", "nama", "jabatan_kode", "jenis_pegawai", "jenis_kelamin", "tanggal_lahir")


def person(
    tmp_path: Path, nip: str, kind: str | None = "PNS", sex: str | None = None, born: str | None = None
) -> list[str]:
    rows = (HEADS, (nip, "Seseorang", "J1", kind, sex, born))
    return codes(read_book(tmp_path, pegawai=rows, on=date(2026, 11, 1)))


def test_a_lawful_nip_is_no_problem(tmp_path: Path) -> None:
    assert person(tmp_path, BUDI, "PNS", "L", "1978-06-26") == []
    assert person(tmp_path, PPPK, "PPPK", "L", "1992-06-10") == []
    assert person(tmp_path, PPPK, None) == []


@pytest.mark.parametrize(
    ("nip", "kind", "code"),
    [
        ("197802302002041002", "PNS", "NIP_BIRTH"),
        ("197806262002131002", "PNS", "NIP_MONTH"),
        ("197806262002213002", "PPPK", "NIP_SEX"),
        ("197806262002041000", "PNS", "NIP_SERIAL"),
    ],
)
def test_a_nip_that_cannot_be_anyones_leaves_the_row_out(tmp_path: Path, nip: str, kind: str, code: str) -> None:
    assert set(person(tmp_path, nip, kind)) == {code, "SHEET_EMPTY"}


@pytest.mark.parametrize(
    ("nip", "kind", "sex", "born", "code"),
    [
        (BUDI, "PNS", None, "1978-06-27", "NIP_BIRTH_DIFFERS"),
        (BUDI, "PNS", "P", None, "NIP_SEX_DIFFERS"),
        ("199006262002041002", "PNS", None, None, "NIP_TOO_YOUNG"),
        ("197806262016041002", "PNS", None, None, "NIP_LATE"),
        ("199806262026121002", "PNS", None, None, "NIP_FUTURE"),
        (BUDI, "PPPK", None, None, "NIP_PPPK"),
    ],
)
def test_a_nip_that_disagrees_is_a_warning_only(
    tmp_path: Path, nip: str, kind: str, sex: str | None, born: str | None, code: str
) -> None:
    reading = read_book(tmp_path, pegawai=(HEADS, (nip, "Seseorang", "J1", kind, sex, born)), on=date(2026, 11, 1))
    assert only(reading, code).severity is Severity.WARNING
    assert reading.tables["person"].height == 1


def test_a_late_pppk_is_usual(tmp_path: Path) -> None:
    assert person(tmp_path, "197006102024211003", "PPPK") == []


def test_facts_of_people_who_are_not_in_the_file_are_kept_with_a_warning(tmp_path: Path) -> None:
    reading = read_book(tmp_path, kinerja=(("nip", "tahun", "predikat"), ("199001152020121001", 2025, "BAIK")))
    assert only(reading, "PERSON_UNKNOWN").severity is Severity.WARNING
    assert reading.tables["performance_rating"].height == 1


def test_units_and_posts_are_looked_up_where_their_sheet_is_there(tmp_path: Path) -> None:
    units = (("kode", "nama", "induk_kode"), ("U1", "Dinas", "U0"))
    posts = (("kode", "nama", "unit_kode", "jenjang"), ("J1", "Guru", "U9", "JF_AHLI_MUDA"))
    reading = read_book(tmp_path, unit=units, jabatan=posts)
    found = [(p.code, p.sheet, p.column, p.value) for p in reading.problems]
    assert found == [
        ("UNIT_UNKNOWN", "unit", "induk_kode", "U0"),
        ("UNIT_UNKNOWN", "jabatan", "unit_kode", "U9"),
        ("POSITION_UNKNOWN", "pegawai", "jabatan_kode", "J2"),
    ]
    assert codes(read_book(tmp_path, jabatan=(("kode", "nama", "unit_kode", "jenjang"),))) != []


def test_a_standard_may_stand_for_a_whole_tier(tmp_path: Path) -> None:
    posts = (("kode", "nama", "unit_kode", "jenjang"), ("J1", "A", "U", "PENGAWAS"), ("J2", "B", "U", "PENGAWAS"))
    heads = ("jabatan_kode", "kompetensi", "level")
    rows = (heads, ("JENJANG:PENGAWAS", "Integritas", 2), ("J1", "Kerja Sama", 3), ("J7", "Kerja Sama", 3))
    problem = only(read_book(tmp_path, jabatan=posts, standar_kompetensi=rows), "POSITION_UNKNOWN")
    assert problem.value == "J7"


def test_the_standard_of_a_tier_is_known_however_it_is_spelled(tmp_path: Path) -> None:
    rows = (("jabatan_kode", "kompetensi", "level"), ("jenjang : jpt pratama", "Integritas", 4))
    reading = read_book(tmp_path, standar_kompetensi=rows)
    assert reading.tables["competency_standard"]["position_code"].to_list() == ["JENJANG:JPT_PRATAMA"]


def test_a_unit_above_itself_loses_its_parent(tmp_path: Path) -> None:
    heads = ("kode", "nama", "induk_kode")
    reading = read_book(tmp_path, unit=(heads, ("A", "a", "B"), ("B", "b", "C"), ("C", "c", "A"), ("D", "d", "A")))
    problem = only(reading, "UNIT_LOOP")
    assert (problem.row, problem.details["loop"]) == (2, "A → B → C → A")
    assert reading.tables["unit"]["parent_code"].to_list() == [None, "C", "A", "A"]


@pytest.mark.parametrize(
    ("results", "behaviour", "rating"),
    [
        ("DI_ATAS", "DI_ATAS", "SANGAT_BAIK"),
        ("DI_ATAS", "SESUAI", "BAIK"),
        ("DI_ATAS", "DI_BAWAH", "KURANG"),
        ("SESUAI", "DI_ATAS", "BAIK"),
        ("SESUAI", "SESUAI", "BAIK"),
        ("SESUAI", "DI_BAWAH", "KURANG"),
        ("DI_BAWAH", "DI_ATAS", "BUTUH_PERBAIKAN"),
        ("DI_BAWAH", "SESUAI", "BUTUH_PERBAIKAN"),
        ("DI_BAWAH", "DI_BAWAH", "SANGAT_KURANG"),
    ],
)
def test_a_rating_as_the_matrix_has_it_is_no_problem(tmp_path: Path, results: str, behaviour: str, rating: str) -> None:
    heads = ("nip", "tahun", "hasil_kerja", "perilaku_kerja", "predikat")
    assert codes(read_book(tmp_path, kinerja=(heads, (BUDI, 2025, results, behaviour, rating)))) == []


def test_a_rating_against_the_matrix_is_taken_with_a_warning(tmp_path: Path) -> None:
    heads = ("nip", "tahun", "hasil_kerja", "perilaku_kerja", "predikat")
    reading = read_book(tmp_path, kinerja=(heads, (SITI, 2025, "2", "2", "1")))
    assert only(reading, "RATING_DIFFERS").details["matrix"] == "BAIK"
    assert reading.tables["performance_rating"]["rating"].to_list() == ["SANGAT_BAIK"]
