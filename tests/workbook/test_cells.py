"""What the text of a cell becomes, kind by kind."""

from datetime import date
from decimal import Decimal

import pytest

from nawa.workbook import cells
from nawa.workbook.cells import CellFault
from nawa.workbook.codes import ECHELONS, EDUCATION_LEVELS, EXPECTATIONS, LEGAL_STATUSES, RANKS, RATINGS, TIERS
from nawa.workbook.sheets import SHEETS


def fault(parse, *arguments, **options) -> str:
    with pytest.raises(CellFault) as caught:
        parse(*arguments, **options)
    return caught.value.code


# -- NIP


@pytest.mark.parametrize(
    "written",
    [
        "197806262002042002",
        "19780626 200204 2 002",
        "'197806262002042002",
        "1978.0626.2002.04.2.002",
        "1.97806262002042002E+17",
        "1,97806262002042002e+17",
    ],
)
def test_a_nip_is_restored_where_all_18_digits_survive(written: str) -> None:
    assert cells.parse_nip(written) == "197806262002042002"


@pytest.mark.parametrize("written", ["1.97806262002042E+17", "1,97806E+17", "197806262002042000.0", "2E+17"])
def test_a_nip_that_lost_digits_is_a_fault(written: str) -> None:
    assert fault(cells.parse_nip, written) == "DIGITS_LOST"


@pytest.mark.parametrize("written", ["19780626200204200", "1978062620020420021", "NIP tidak ada", "١٩٧٨٠٦٢٦٢٠٠٢٠٤٢٠٠٢"])
def test_what_is_not_18_digits_is_no_nip(written: str) -> None:
    assert fault(cells.parse_nip, written) == "NIP_FORM"


# -- dates


@pytest.mark.parametrize(
    "written",
    [
        "2020-01-31",
        "2020-01-31 00:00:00",
        "2020-01-31T07:00:00+07:00",
        "31-01-2020",
        "31/01/2020",
        "31.1.2020",
        "31 Januari 2020",
        "31 jan 2020",
        "31-Jan-2020",
        "Jumat, 31 Januari 2020",
        "43861",
        "43861.5",
    ],
)
def test_a_date_is_read_in_every_usual_form(written: str) -> None:
    assert cells.parse_date(written) == date(2020, 1, 31)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("31-02-1980", "DATE_IMPOSSIBLE"),
        ("02/25/2020", "DATE_IMPOSSIBLE"),
        ("1-1-20", "DATE_SHORT_YEAR"),
        ("2020", "DATE_FORM"),
        ("Januari 2020", "DATE_FORM"),
        ("31 Januwari 2020", "DATE_FORM"),
        ("01-01-1820", "DATE_RANGE"),
        ("1899-12-31 01:02:03", "DATE_RANGE"),
        ("segera", "DATE_FORM"),
    ],
)
def test_a_date_is_never_guessed(written: str, code: str) -> None:
    assert fault(cells.parse_date, written) == code


# -- numbers


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("93.47", "93.4700"),
        ("93,47", "93.4700"),
        ("1.234,56", "1234.5600"),
        ("1234.56", "1234.5600"),
        ("1,234.56", "1234.5600"),
        ("1.234.567", "1234567.0000"),
        ("0.125", "0.1250"),
        ("1,234", "1.2340"),
        ("12,34565", "12.3457"),
        ("93,5%", "93.5000"),
        ("-5", "-5.0000"),
        ("1E-7", "0.0000"),
        ("0.30000000000000004", "0.3000"),
    ],
)
def test_a_number_is_exact_to_four_places(written: str, number: str) -> None:
    assert cells.parse_number(written) == Decimal(number)


def test_a_dot_before_three_digits_is_read_the_one_way_the_limits_allow() -> None:
    assert cells.parse_number("3.125", least=0, most=5) == Decimal("3.125")
    assert cells.parse_integer("2.025", least=2000, most=2100) == 2025
    assert cells.parse_integer("1.200", least=0, most=10_000) == 1200
    assert fault(cells.parse_number, "1.234") == "NUMBER_AMBIGUOUS"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("delapan", "NUMBER_FORM"),
        ("1.2.3", "NUMBER_FORM"),
        ("9" * 40, "NUMBER_FORM"),
        ("101", "NUMBER_RANGE"),
        ("-1", "NUMBER_RANGE"),
    ],
)
def test_what_is_no_number_within_the_limits_is_a_fault(written: str, code: str) -> None:
    assert fault(cells.parse_number, written, least=0, most=100) == code


def test_a_whole_number_may_have_empty_decimals_only() -> None:
    assert cells.parse_integer("5.0") == cells.parse_integer("5,00") == 5
    assert fault(cells.parse_integer, "5.5") == "NUMBER_WHOLE"


# -- yes and no, codes


@pytest.mark.parametrize("written", ["ya", "Y", "1", "TRUE", "1.0"])
def test_yes(written: str) -> None:
    assert cells.parse_boolean(written) is True


@pytest.mark.parametrize("written", ["tidak", "T", "0", "false", "Tdk"])
def test_no(written: str) -> None:
    assert cells.parse_boolean(written) is False


def test_neither_yes_nor_no_is_a_fault() -> None:
    assert fault(cells.parse_boolean, "mungkin") == "BOOLEAN_FORM"


def code_of(codes, written: str) -> str:
    return cells.parse_code(written, spellings=cells.spellings_of(codes), codes=tuple(codes))


@pytest.mark.parametrize(
    ("codes", "written", "code"),
    [
        (RATINGS, "sangat baik", "SANGAT_BAIK"),
        (RATINGS, "1", "SANGAT_BAIK"),
        (RATINGS, "5.0", "SANGAT_KURANG"),
        (RATINGS, "Kurang / misconduct", "KURANG"),
        (EXPECTATIONS, "3", "DI_BAWAH"),
        (EXPECTATIONS, "Di Atas Ekspektasi", "DI_ATAS"),
        (LEGAL_STATUSES, "01", "AKTIF"),
        (LEGAL_STATUSES, "1", "AKTIF"),
        (LEGAL_STATUSES, "20", "MPP"),
        (ECHELONS, "31", "III.a"),
        (ECHELONS, "IIIa", "III.a"),
        (RANKS, "iii / d", "III/d"),
        (RANKS, "34", "III/d"),
        (RANKS, "IX", "IX"),
        (TIERS, "jpt pratama", "JPT_PRATAMA"),
        (TIERS, "Ahli Madya", "JF_AHLI_MADYA"),
        (EDUCATION_LEVELS, "S-2", "S2"),
        (EDUCATION_LEVELS, "Diploma III", "D3"),
    ],
)
def test_a_code_is_known_by_its_words_and_its_siasn_code(codes, written: str, code: str) -> None:
    assert code_of(codes, written) == code


def test_an_unknown_code_is_a_fault_that_lists_the_choices() -> None:
    with pytest.raises(CellFault) as caught:
        code_of(RATINGS, "Cukup Baik Sekali")
    assert caught.value.code == "CODE_UNKNOWN"
    assert "SANGAT_BAIK, BAIK" in caught.value.details["codes"]


def test_no_spelling_stands_for_two_codes_of_a_column() -> None:
    for sheet in SHEETS:
        for column in sheet.columns:
            spelled: dict[str, str] = {}
            for code, others in column.codes.items():
                for text in {cells.spelling(text) for text in (code, *others)}:
                    assert spelled.setdefault(text, code) == code, (sheet.name, column.heading, text)


def test_several_codes_are_kept_once_in_the_order_of_the_list() -> None:
    options = {"codes": ("a", "b", "c"), "spellings": {"a": "a", "b": "b", "c": "c"}}
    assert cells.parse_codes("C; a;;A", **options) == ["a", "c"]
    assert fault(cells.parse_codes, "a; z", **options) == "CODE_UNKNOWN"


def test_several_texts_are_kept_once_in_the_order_written() -> None:
    assert cells.parse_texts("hukum ;ekonomi; hukum;") == ["hukum", "ekonomi"]


def test_a_long_code_number_that_lost_digits_is_a_fault() -> None:
    assert fault(cells.parse_text, "1.23456789012345E+19") == "DIGITS_LOST"
    assert cells.parse_text("8001E") == "8001E"
