"""What the reader makes of sheets: rows taken, rows left out, and every problem with its place."""

from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest

from nawa.workbook.problems import Effect, Severity
from tests.workbook.office import BUDI, SITI, STAFF, codes, only, read_book, read_cells

HEADS = ("nip", "nama", "jabatan_kode")


def test_a_clean_sheet_gives_its_rows_and_no_problem(tmp_path: Path) -> None:
    reading = read_book(tmp_path)
    assert reading.problems == ()
    assert reading.tables["person"]["nip"].to_list() == [BUDI, SITI]
    assert reading.rows["person"].to_list() == [2, 3]
    assert reading.rows_in_file == {"pegawai": 2}


def test_a_problem_names_sheet_row_column_and_value_and_says_how_to_mend_it(tmp_path: Path) -> None:
    rows = (("Daftar",), (), (*HEADS, "tanggal_lahir"), (BUDI, "Budi", "J1", "31-02-1980"))
    problem = only(read_book(tmp_path, pegawai=rows), "DATE_IMPOSSIBLE")
    assert (problem.sheet, problem.row, problem.column, problem.value) == ("pegawai", 4, "tanggal_lahir", "31-02-1980")
    assert problem.sentence() == (
        "Lembar pegawai, baris 4, kolom tanggal_lahir: '31-02-1980' bukan tanggal yang ada. "
        "Perbaiki tanggalnya (hari-bulan-tahun). Sel ini dianggap belum diketahui; isi baris yang lain tetap dibaca."
    )
    assert problem.sentence("en").startswith("Sheet pegawai, row 4, column tanggal_lahir: '31-02-1980' is a date")


def test_rows_count_as_excel_counts_though_the_sheet_starts_lower_and_has_gaps(tmp_path: Path) -> None:
    rows = ((), (), (None, *HEADS), (), (None, BUDI, "Budi", "J1"), (), (None, "salah", "Siti", "J2"))
    reading = read_book(tmp_path, pegawai=rows)
    assert reading.rows["person"].to_list() == [5]
    assert only(reading, "NIP_FORM").row == 7


def test_a_bad_cell_in_a_required_column_leaves_only_its_row_out(tmp_path: Path) -> None:
    reading = read_book(tmp_path, pegawai=(*STAFF, ("123", "Rudi", "J3")))
    assert reading.tables["person"].height == 2
    assert only(reading, "NIP_FORM").effect is Effect.ROW


def test_a_bad_optional_cell_counts_as_unknown_and_is_an_error(tmp_path: Path) -> None:
    reading = read_book(tmp_path, pegawai=((*HEADS, "golongan"), (BUDI, "Budi", "J1", "V/z")))
    assert reading.tables["person"]["rank"].to_list() == [None]
    problem = only(reading, "CODE_UNKNOWN")
    assert problem.effect is Effect.CELL
    assert problem.severity is Severity.ERROR


def test_an_empty_required_cell_leaves_its_row_out(tmp_path: Path) -> None:
    reading = read_book(tmp_path, pegawai=(*STAFF, (None, "Rudi", "J3")))
    assert only(reading, "REQUIRED_EMPTY").row == 4
    assert reading.tables["person"].height == 2


@pytest.mark.parametrize("nothing", [None, "", "  ", "-", "–"])
def test_an_empty_cell_is_unknown(tmp_path: Path, nothing: str | None) -> None:
    reading = read_book(tmp_path, pegawai=((*HEADS, "golongan", "email"), (BUDI, "Budi", "J1", nothing, nothing)))
    assert reading.problems == ()
    assert reading.tables["person"].select("rank", "email").row(0) == (None, None)


def test_empty_stands_for_the_default_where_the_format_says_so(tmp_path: Path) -> None:
    posts = (
        ("kode", "nama", "unit_kode", "jenjang", "formasi"),
        ("J1", "A", "U", "PELAKSANA", None),
        ("J2", "B", "U", "PELAKSANA", 3),
    )
    assert read_book(tmp_path, jabatan=posts).tables["position"]["seats"].to_list() == [1, 3]


def test_a_post_without_echelon_is_no_error(tmp_path: Path) -> None:
    assert read_cells(tmp_path, "jabatan", "eselon", "III.b", "NON", "99", "non eselon") == ["III.b", None, None, None]


def test_dates_and_numbers_that_excel_stores_as_such_are_read(tmp_path: Path) -> None:
    day = date(2030, 1, 31)
    morning = datetime.combine(day, time(7, 30))
    dates = read_cells(tmp_path, "diklat", "berlaku_sampai", day, morning, 47514, "47514")
    assert dates == [date(2030, 1, 31)] * 4
    numbers = read_cells(tmp_path, "kinerja", "nilai_lama", 93.47, 0.1 + 0.2, "93,47", 90)
    assert numbers == [Decimal("93.4700"), Decimal("0.3000"), Decimal("93.4700"), Decimal("90.0000")]


def test_a_number_cell_is_never_taken_for_thousands(tmp_path: Path) -> None:
    heads = ("unit_kode", "indikator", "periode", "nilai")
    rows = (heads, ("U", "a", "2025", 1.234), ("U", "b", "2025", "1.234"), ("U", "c", "2025", "1.234,5"))
    reading = read_book(tmp_path, indikator_layanan=rows)
    assert reading.tables["service_indicator"]["value"].to_list() == [Decimal("1.234"), Decimal("1234.5")]
    assert only(reading, "NUMBER_AMBIGUOUS").row == 3


def test_codes_in_number_cells_are_read(tmp_path: Path) -> None:
    assert read_cells(tmp_path, "kinerja", "predikat", 1, 2.0, "3", "Baik") == [
        "SANGAT_BAIK",
        "BAIK",
        "BUTUH_PERBAIKAN",
        "BAIK",
    ]


def test_a_month_that_excel_made_a_date_is_the_month_again(tmp_path: Path) -> None:
    heads = ("unit_kode", "indikator", "periode", "nilai")
    rows = (heads, ("U", "IKM", date(2025, 3, 1), 80), ("U", "IKM", "2025-04", 81), ("U", "IKM", 2024, 82))
    periods = read_book(tmp_path, indikator_layanan=rows).tables["service_indicator"]["period"]
    assert periods.to_list() == ["2025-03", "2025-04", "2024"]


def test_titles_are_kept_apart_from_the_name(tmp_path: Path) -> None:
    rows = ((*HEADS, "gelar_depan"), (BUDI, "Dr. Budi Santoso, S.T.", "J1", None), (SITI, "Siti", "J2", "Ir."))
    people = read_book(tmp_path, pegawai=rows).tables["person"]
    assert people.select("name", "front_title", "back_title").rows() == [
        ("Budi Santoso", "Dr.", "S.T."),
        ("Siti", "Ir.", None),
    ]


def test_spaces_and_control_characters_are_cleaned(tmp_path: Path) -> None:
    rows = (HEADS, (f" {BUDI}\u00a0", "Budi \u00a0 Santoso\n", "J1\u200b"))
    reading = read_book(tmp_path, pegawai=rows)
    assert reading.tables["person"].select("nip", "name", "position_code").row(0) == (BUDI, "Budi Santoso", "J1")


def test_an_excel_error_is_reported_and_not_taken_for_empty(tmp_path: Path) -> None:
    reading = read_book(
        tmp_path, pegawai=((*HEADS, "golongan"), (BUDI, "Budi", "J1", "#N/A"), (SITI, "#REF!", "J2", None))
    )
    assert [(p.code, p.row, p.value) for p in reading.problems] == [
        ("CELL_ERROR", 2, "#N/A"),
        ("CELL_ERROR", 3, "#REF!"),
    ]
    assert reading.tables["person"]["nip"].to_list() == [BUDI]


def test_a_formula_without_a_saved_result_is_reported(tmp_path: Path) -> None:
    reading = read_book(tmp_path, pegawai=((*HEADS, "golongan"), (BUDI, "Budi", "J1", '="III/"&"a"')))
    assert only(reading, "FORMULA_UNSAVED").column == "golongan"


# -- columns and sheets


def test_an_unknown_column_is_reported_as_ignored(tmp_path: Path) -> None:
    reading = read_book(tmp_path, pegawai=((*HEADS, "Zodiak", None), (BUDI, "Budi", "J1", "Leo", "catatan")))
    assert [p.column for p in reading.problems if p.code == "COLUMN_IGNORED"] == ["Zodiak", "E"]
    assert {p.severity for p in reading.problems} == {Severity.NOTICE}


def test_a_missing_required_column_is_one_problem_and_not_one_for_each_row(tmp_path: Path) -> None:
    reading = read_book(tmp_path, penghargaan=(("nip", "tingkat"), *[(BUDI, "NASIONAL")] * 9))
    assert only(reading, "COLUMN_MISSING").column == "tanggal"
    assert "award" not in reading.tables


def test_a_sheet_without_heading_row_is_a_problem(tmp_path: Path) -> None:
    problem = only(read_book(tmp_path, diklat=(("a", "b"), ("c", "d"))), "HEADING_MISSING")
    assert "nip dan nama" in problem.remedy()


def test_unknown_sheets_are_reported_and_nawas_own_are_not(tmp_path: Path) -> None:
    reading = read_book(tmp_path, Rekap=(("a",),), petunjuk=(("a",),), contoh=(("a",),))
    assert only(reading, "SHEET_IGNORED").sheet == "Rekap"


def test_sheet_names_match_loosely_and_by_alias(tmp_path: Path) -> None:
    rows = (("nip", "tingkat", "mulai"), (BUDI, "R", "2020-01-01"))
    assert read_book(tmp_path, **{" HukDis ": rows}).tables["discipline"]["level"].to_list() == ["RINGAN"]
    assert only(read_book(tmp_path, Disiplin=rows, hukdis=rows), "SHEET_TWICE").value == "hukdis"


def test_people_are_needed(tmp_path: Path) -> None:
    assert only(read_book(tmp_path, pegawai=(HEADS,)), "SHEET_EMPTY").severity is Severity.ERROR
    reading = read_book(tmp_path, pegawai=(("kosong",),))
    assert codes(reading) == ["HEADING_MISSING"]


# -- rows


def test_one_of_several_columns_must_be_filled(tmp_path: Path) -> None:
    reading = read_book(tmp_path, pegawai=(*STAFF, ("199001012015011001", "Rudi", None)))
    problem = only(reading, "ONE_OF_EMPTY")
    assert problem.row == 4
    assert "jabatan_kode, jabatan_nama" in problem.reason()


def test_a_row_that_ends_before_it_starts_is_left_out(tmp_path: Path) -> None:
    rows = (("nip", "peran", "lingkup", "mulai", "selesai"), (BUDI, "KETUA", "INTERNAL", "2025-03-01", "2025-02-01"))
    reading = read_book(tmp_path, tim_kerja=rows)
    assert only(reading, "ENDS_BEFORE_START").column == "selesai"
    assert reading.tables["team_role"].is_empty()


def test_a_row_that_stands_twice_is_read_once_with_a_notice(tmp_path: Path) -> None:
    reading = read_book(tmp_path, pegawai=(*STAFF, STAFF[1]))
    assert reading.tables["person"].height == 2
    problem = only(reading, "ROW_TWICE")
    assert (problem.row, problem.details["other"], problem.severity) == (4, "2", Severity.NOTICE)


def test_two_rows_with_one_key_and_other_contents_are_a_problem_that_names_both(tmp_path: Path) -> None:
    reading = read_book(tmp_path, pegawai=(*STAFF, (BUDI, "Budi Lain", "J9")))
    problem = only(reading, "ROW_CONFLICT")
    assert problem.row == 4
    assert "baris 2" in problem.reason()
    assert "nama, jabatan_kode" in problem.reason()
    assert reading.tables["person"]["name"].to_list() == ["Budi Santoso", "Siti Aminah"]


def test_empty_is_a_value_of_the_key_like_any_other(tmp_path: Path) -> None:
    heads = ("nip", "tahun", "periode", "predikat")
    rows = (heads, (BUDI, 2025, None, "BAIK"), (BUDI, 2025, "TW1", "BAIK"), (BUDI, 2025, None, "KURANG"))
    reading = read_book(tmp_path, kinerja=rows)
    assert only(reading, "ROW_CONFLICT").row == 4
    assert reading.tables["performance_rating"].height == 2


def test_people_of_rows_left_out_are_remembered(tmp_path: Path) -> None:
    rows = (("nip", "tingkat", "mulai"), (BUDI, "sangat berat", "2020-01-01"), ("?", "R", "2020-01-01"))
    assert read_book(tmp_path, disiplin=rows).withheld.rows() == [(BUDI, "discipline")]


def test_many_problems_of_one_kind_are_counted_after_the_first_thousand(tmp_path: Path) -> None:
    reading = read_book(tmp_path, pegawai=(HEADS, *((f"x{place}", "N", "J") for place in range(1500))))
    assert codes(reading).count("NIP_FORM") == 1000
    assert only(reading, "MORE_LIKE_THIS").details["count"] == "500"


# -- feedback


def test_who_gave_feedback_is_forgotten_but_for_superiors_and_oneself(tmp_path: Path) -> None:
    heads = ("nip", "periode", "hubungan", "nip_pemberi", "aspek", "nilai")
    rows = (
        heads,
        (BUDI, "2025", "atasan", SITI, "LOYAL", 4),
        (BUDI, "2025", "Diri", BUDI, "LOYAL", 5),
        (BUDI, "2025", "REKAN", SITI, "LOYAL", 3),
        (BUDI, "2025", "BAWAHAN", "bukan nip", "LOYAL", 2),
        (BUDI, "2025", None, SITI, "LOYAL", 1),
        (BUDI, "2025", "entah", SITI, "ADAPTIF", 1),
    )
    reading = read_book(tmp_path, umpan_balik=rows)
    kept = reading.tables["feedback"].select("relation", "rater_nip").rows()
    assert kept == [("ATASAN", SITI), ("DIRI", BUDI), ("REKAN", None), ("BAWAHAN", None), ("GABUNGAN", None)]
    assert codes(reading) == ["CODE_UNKNOWN"]
    assert "bukan nip" not in str([problem.as_dict() for problem in reading.problems])


def test_values_of_several_unnamed_raters_become_their_mean(tmp_path: Path) -> None:
    heads = ("nip", "periode", "hubungan", "nip_pemberi", "aspek", "nilai")
    raters = [f"19900115202012{place}001" for place in range(1010, 1013)]
    rows = (
        heads,
        *((BUDI, "2025", "REKAN", rater, "LOYAL", value) for rater, value in zip(raters, (4, 4, 5), strict=True)),
    )
    reading = read_book(tmp_path, umpan_balik=rows)
    assert reading.tables["feedback"].select("value", "rater_count", "rater_nip").row(0) == (Decimal("4.3333"), 3, None)
    assert only(reading, "RATERS_COMBINED").details["count"] == "3"


def test_one_rater_with_two_values_is_a_conflict(tmp_path: Path) -> None:
    heads = ("nip", "periode", "hubungan", "nip_pemberi", "aspek", "nilai")
    rows = (heads, (BUDI, "2025", "REKAN", SITI, "LOYAL", 4), (BUDI, "2025", "REKAN", SITI, "LOYAL", 5))
    assert codes(read_book(tmp_path, umpan_balik=rows)) == ["ROW_CONFLICT"]
