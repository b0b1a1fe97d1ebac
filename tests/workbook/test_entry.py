"""A fact typed on a page is judged as a row of a file is."""

from __future__ import annotations

from datetime import date

import pytest

from nawa.workbook.entry import judged, plain, typed
from nawa.workbook.sheets import BY_TABLE

NIP = "199001012015012001"
AWARD = {
    "nip": NIP,
    "level": "nasional",
    "awarded_on": "17 Agustus 2025",
    "name": "  Inovasi\u00a0 Layanan ",
    "decree_number": "-",
}


def codes(table: str, **texts: str) -> list[tuple[str, str | None]]:
    _values, problems = judged(BY_TABLE[table], {"nip": NIP, **texts})
    return [(problem.code, problem.column) for problem in problems]


def test_values_are_cleaned_and_typed_as_an_import_does() -> None:
    values, problems = judged(BY_TABLE["award"], AWARD)
    assert problems == ()
    assert values == {
        "nip": NIP,
        "level": "NASIONAL",
        "awarded_on": date(2025, 8, 17),
        "name": "Inovasi Layanan",
        "decree_number": None,
    }


def test_what_is_kept_as_json_comes_back_the_same() -> None:
    values, _problems = judged(BY_TABLE["award"], AWARD)
    kept = plain(values)
    assert kept["awarded_on"] == "2025-08-17"
    assert "decree_number" not in kept
    assert typed(BY_TABLE["award"], kept) == values


@pytest.mark.parametrize(
    ("table", "texts", "found"),
    [
        ("award", {"awarded_on": "2025-08-17"}, [("REQUIRED_EMPTY", "tingkat")]),
        ("award", {"level": "RT", "awarded_on": "2025-08-17"}, [("CODE_UNKNOWN", "tingkat")]),
        ("award", {"level": "NASIONAL", "awarded_on": "17-08-25"}, [("DATE_SHORT_YEAR", "tanggal")]),
        ("education", {"level": "S2", "graduated_in": "1949"}, [("NUMBER_RANGE", "tahun_lulus")]),
        (
            "training",
            {"name": "A", "completed_on": "2025-01-02", "valid_through": "2025-01-01"},
            [("ENDS_BEFORE_START", "berlaku_sampai")],
        ),
        ("training", {"name": "A", "completed_on": "2025-01-02", "valid_through": "2025-01-02"}, []),
    ],
)
def test_what_a_file_may_not_say_cannot_be_typed_either(
    table: str, texts: dict[str, str], found: list[tuple[str, str]]
) -> None:
    assert codes(table, **texts) == found


def test_where_anything_is_wrong_there_are_no_values() -> None:
    assert judged(BY_TABLE["education"], {"nip": NIP, "level": "S2", "graduated_in": "x"})[0] == {}
