"""The heading row is found and matched as offices write it."""

import pytest

from nawa.workbook.headings import find_heading, label_key
from nawa.workbook.sheets import BY_NAME

PEOPLE = BY_NAME["pegawai"]
Lines = list[list[str]]


def padded(*lines: list[str]) -> Lines:
    width = max(map(len, lines))
    return [line + [""] * (width - len(line)) for line in lines]


@pytest.mark.parametrize(
    ("written", "heading"),
    [
        ("Tgl. Lahir", "tanggal_lahir"),
        ("tglLahir", "TANGGAL LAHIR"),
        ("NIP *", "nip"),
        ("No. SK", "nomor_sk"),
        ("Nilai\nLama", "nilai_lama"),
    ],
)
def test_labels_match_without_regard_to_case_spaces_dots_and_underscores(written: str, heading: str) -> None:
    assert label_key(written) == label_key(heading)


def test_a_column_of_running_numbers_is_not_taken_for_nomor() -> None:
    assert label_key("No.") != label_key("nomor")


def test_columns_are_found_in_any_order_below_a_title() -> None:
    head = padded(["DAFTAR PEGAWAI", ""], [], ["jk", "Nama Pegawai", "NIP Baru", "Keterangan"], ["L", "Budi", "1", "-"])
    heading = find_heading(PEOPLE, head)
    assert heading is not None
    assert heading.places == {"nip": 2, "name": 1, "sex": 0}
    assert heading.data_from == 3
    assert heading.ignored == ("Keterangan",)


def test_groups_above_complete_the_labels_under_them() -> None:
    head = padded(
        ["DAFTAR PEGAWAI"],
        ["", "", "Jabatan", "", "", "Unit"],
        ["NIP", "Nama", "Kode", "Nama", "TMT", "Kode"],
        ["1", "Budi", "J1", "Guru", "2020-01-01", "U1"],
    )  # fmt: skip
    heading = find_heading(PEOPLE, head)
    assert heading is not None
    assert heading.places == {
        "nip": 0, "name": 1, "position_code": 2, "position_name": 3, "position_since": 4, "unit_code": 5,
    }  # fmt: skip


def test_labels_may_go_on_in_the_lines_below() -> None:
    head = padded(
        ["NIP", "Nama", "Tanggal", "TMT", "", "Jenis"],
        ["", "", "Lahir", "CPNS", "PNS", "Kelamin"],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
        ["1978", "Budi", "", "", "", "L"],
    )
    heading = find_heading(PEOPLE, head)
    assert heading is not None
    assert heading.data_from == 3
    assert heading.places == {
        "nip": 0, "name": 1, "born_on": 2, "candidate_since": 3, "permanent_since": 4, "sex": 5,
    }  # fmt: skip


def test_a_label_of_one_column_over_three_lines_is_one_label() -> None:
    head = padded(["", "", "Tidak"], ["NIP", "Nama", "Aktif"], ["", "", "Sejak"], ["1978", "Budi", ""])
    heading = find_heading(PEOPLE, head)
    assert heading is not None
    assert heading.places["inactive_since"] == 2
    assert heading.data_from == 3


def test_a_row_that_numbers_the_columns_is_no_data() -> None:
    heading = find_heading(PEOPLE, padded(["NIP", "Nama"], ["1", "2"], ["1978", "Budi"]))
    assert heading is not None
    assert heading.data_from == 2


def test_of_two_columns_with_one_label_the_first_is_read() -> None:
    heading = find_heading(PEOPLE, padded(["NIP", "Nama", "nip"], ["1978", "Budi", ""]))
    assert heading is not None
    assert heading.places["nip"] == 0
    assert heading.twice == ("nip",)


def test_the_heading_row_must_stand_in_the_first_ten() -> None:
    names = ["NIP", "Nama"]
    assert find_heading(PEOPLE, padded(*[["x", ""]] * 9, names)) is not None
    assert find_heading(PEOPLE, padded(*[["x", ""]] * 10, names)) is None


def test_one_required_heading_is_not_enough() -> None:
    assert find_heading(PEOPLE, padded(["NIP", "Alamat"])) is None


def test_a_sheet_with_one_required_column_needs_another_known_heading() -> None:
    needs = BY_NAME["kebutuhan_unit"]
    assert find_heading(needs, padded(["unit_kode", "uraian"])) is not None
    assert find_heading(needs, padded(["unit_kode", "catatan"])) is None


def test_every_sheet_finds_its_own_headings() -> None:
    for sheet in BY_NAME.values():
        heading = find_heading(sheet, [[column.heading for column in sheet.columns]])
        assert heading is not None
        assert heading.places == {column.name: place for place, column in enumerate(sheet.columns)}
        assert not heading.ignored
