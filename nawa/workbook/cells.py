"""How the text of one cell becomes a value: one function for each kind of column. They guess nothing.

Every distinct text of a column is parsed once (see `typed`), so plain Python is quick enough for any file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import partial
from typing import Any, Final

from nawa.workbook.sheets import Column, Kind

FOUR_PLACES: Final = Decimal("0.0001")
LONGEST_TEXT: Final = 32_767  # what an Excel cell can hold
DASHES: Final = frozenset({"", "-", "--", "–", "—"})
NOTHING: Final = DASHES | {"null", "(null)", "n/a", "nan"}
"""Texts that mean an empty cell, in lower case; in free text only dashes do (a person may be called *Nan*).

An Excel error such as `#N/A` is not among them: it is reported.
"""


class CellFault(Exception):  # noqa: N818 - a fault of the cell, not of the program
    """A cell that could not be understood; `code` is a key of `sentences.SENTENCES`."""

    def __init__(self, code: str, **details: str) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


def parser_of(column: Column) -> Callable[[str], Any]:
    """The function that turns a cleaned, non-empty text of this column into its value.

    Values are `str`, `date`, `int`, `Decimal` of at most four places, `bool`, or a list of `str`, as `Kind.dtype` says.
    """
    match column.kind:
        case Kind.NIP:
            return parse_nip
        case Kind.DATE:
            return parse_date
        case Kind.INTEGER:
            return partial(parse_integer, least=column.least, most=column.most)
        case Kind.NUMBER:
            return partial(parse_number, least=column.least, most=column.most)
        case Kind.BOOLEAN:
            return parse_boolean
        case Kind.CODE:
            return partial(parse_code, spellings=spellings_of(column.codes), codes=tuple(column.codes))
        case Kind.CODES:
            return partial(parse_codes, spellings=spellings_of(column.codes), codes=tuple(column.codes))
        case Kind.TEXTS:
            return parse_texts
        case Kind.TEXT:
            return parse_text


# -- text

_SCIENTIFIC: Final = re.compile(r"\d[.,]?\d*E\+\d+", re.IGNORECASE | re.ASCII)


def parse_text(text: str) -> str:
    """The text itself, unless it is too long or a long number that lost its digits."""
    if len(text) > LONGEST_TEXT:
        raise CellFault("TEXT_TOO_LONG", limit=str(LONGEST_TEXT))
    if _SCIENTIFIC.fullmatch(text):
        return _restored(text)
    return text


def parse_texts(text: str) -> list[str]:
    """Several texts between `;`, empty ones dropped, each once, in the order written."""
    parts = (part.strip() for part in re.split(r"[;\n]", parse_text(text)))
    return list(dict.fromkeys(part for part in parts if part))


# -- NIP

_NIP_NOISE: Final = re.compile(r"[\s'’`.\-]+")


def parse_nip(text: str) -> str:
    """18 digits, from text with spaces or an apostrophe, or from a number whose 18 digits all survive."""
    if re.fullmatch(r"[0-9]{18}", text):
        return text
    if _SCIENTIFIC.fullmatch(text.strip("'’ ")) or re.fullmatch(r"[0-9]{16,18}[.,]0+", text):
        text = _restored(text.strip("'’ "))
    digits = _NIP_NOISE.sub("", text)
    if not re.fullmatch(r"[0-9]{18}", digits):
        raise CellFault("NIP_FORM")
    return digits


def _restored(number: str) -> str:
    """A long number in scientific notation as plain digits, if it still has all of them."""
    mantissa, _, exponent = number.upper().partition("E")
    if (
        not 0 < len(exponent) < 4
    ):  # without one, as in `197806262002041984.0`, it has been a float, which keeps 15 digits
        raise CellFault("DIGITS_LOST")
    whole, _, fraction = mantissa.replace(",", ".").partition(".")
    if int(exponent) > len(fraction):
        raise CellFault("DIGITS_LOST")
    return (whole + fraction)[: len(whole) + int(exponent)]


# -- dates

_MONTHS: Final[Mapping[str, int]] = {
    name: month
    for month, names in enumerate(
        (
            "januari jan january",
            "februari pebruari feb peb february",
            "maret mar march",
            "april apr",
            "mei may",
            "juni jun june",
            "juli jul july",
            "agustus agt ags agu aug august",
            "september sep sept",
            "oktober okt oct october",
            "november nopember nov nop",
            "desember des dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_YEAR_FIRST: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ][\d:.,]+(?:Z|[+-]\d\d:?\d\d)?)?", re.ASCII)
_DAY_FIRST: Final = re.compile(
    r"(\d{1,2})\s*[-/.\s]\s*(\d{1,2}|[A-Za-z]+)\.?\s*[-/.,\s]\s*(\d+)(?:\s+[\d:.]+)?", re.ASCII
)
_WEEKDAY: Final = re.compile(r"(?:senin|selasa|rabu|kamis|jum.?at|sabtu|minggu)\s*,\s*", re.IGNORECASE)
_SERIAL: Final = re.compile(r"(\d{5})(?:\.\d+)?", re.ASCII)
_EXCEL_DAY_ZERO: Final = date(1899, 12, 30)


def parse_date(text: str) -> date:
    """A date: `YYYY-MM-DD`, day-month-year with `-`, `/` or `.`, a month in words, or an Excel day number."""
    text = _WEEKDAY.sub("", text)
    if serial := _SERIAL.fullmatch(text):  # five digits only: `2020` is a year, not the year 1905
        return _in_range(_EXCEL_DAY_ZERO + timedelta(days=int(serial.group(1))))
    if found := _YEAR_FIRST.fullmatch(text):
        return _date(found.group(1), found.group(2), found.group(3))
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year = found.groups()
        if len(year) == 2:
            raise CellFault("DATE_SHORT_YEAR")
        return _date(year, str(_MONTHS.get(month.lower(), 0)) if month.isalpha() else month, day)
    raise CellFault("DATE_FORM")


def _date(year: str, month: str, day: str) -> date:
    if len(year) != 4 or month == "0":
        raise CellFault("DATE_FORM")
    try:
        return _in_range(date(int(year), int(month), int(day)))
    except ValueError:
        raise CellFault("DATE_IMPOSSIBLE") from None


def _in_range(found: date) -> date:
    if not 1900 <= found.year <= 2100:
        raise CellFault("DATE_RANGE")
    return found


# -- numbers

_PLAIN: Final = re.compile(r"[+-]?\d+(?:[.,]\d+)?(?:[eE][+-]?\d{1,2})?", re.ASCII)
_DOTS_THEN_COMMA: Final = re.compile(r"[+-]?(?!0)\d{1,3}(?:\.\d{3})+(?:,\d+)?", re.ASCII)
_COMMAS_THEN_DOT: Final = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+\.\d+|[+-]?\d{1,3}(?:,\d{3}){2,}", re.ASCII)
_ONE_DOT_THREE: Final = re.compile(r"[+-]?(?!0)\d{1,3}\.\d{3}", re.ASCII)


def parse_number(text: str, *, least: int | None = None, most: int | None = None) -> Decimal:
    """A number with at most four places (rounded half up), from `1.234,56`, `1234.56` or `1234,56`.

    `1.234` is read the one way that the limits of the column allow; where they allow both it is a fault.
    """
    return _within(_candidates(text.rstrip("% ") if text.endswith("%") else text), text, least, most)


def parse_integer(text: str, *, least: int | None = None, most: int | None = None) -> int:
    """A whole number; `5.0` is one, `5.5` is not."""
    candidates = _candidates(text)
    whole = [number for number in candidates if number == number.to_integral_value()]
    if not whole:
        raise CellFault("NUMBER_WHOLE")
    return int(_within(whole, text, least, most))


def _candidates(text: str) -> list[Decimal]:
    """What a text may mean as a number: one reading, or two for `1.234`."""
    text = text.replace(" ", "")
    readings = []
    if _DOTS_THEN_COMMA.fullmatch(text):
        readings.append(text.replace(".", "").replace(",", "."))
    if _ONE_DOT_THREE.fullmatch(text) or (not readings and _PLAIN.fullmatch(text)):
        readings.append(text.replace(",", "."))
    elif not readings and _COMMAS_THEN_DOT.fullmatch(text):
        readings.append(text.replace(",", ""))
    try:
        return [Decimal(reading).quantize(FOUR_PLACES, ROUND_HALF_UP) for reading in readings] or _not_a_number()
    except InvalidOperation:
        raise CellFault("NUMBER_FORM") from None


def _not_a_number() -> list[Decimal]:
    raise CellFault("NUMBER_FORM")


def _within(readings: list[Decimal], text: str, least: int | None, most: int | None) -> Decimal:
    allowed = [
        number
        for number in readings
        if (least is None or number >= least) and (most is None or number <= most) and abs(number) < 10**14
    ]
    if not allowed:
        raise CellFault("NUMBER_RANGE", limits=f"{'…' if least is None else least}–{'…' if most is None else most}")
    if len(allowed) > 1:
        raise CellFault("NUMBER_AMBIGUOUS")
    return allowed[0]


# -- yes and no, codes

_YES: Final = frozenset({"ya", "y", "1", "true", "benar", "yes", "v"})
_NO: Final = frozenset({"tidak", "t", "tdk", "0", "false", "salah", "no", "n"})


def parse_boolean(text: str) -> bool:
    """Yes or no in the spellings that files use."""
    word = _whole(text).lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise CellFault("BOOLEAN_FORM")


def _whole(text: str) -> str:
    """`1.0`, as numbers come out of some programs, is the code `1`."""
    return re.sub(r"^(\d+)[.,]0+$", r"\1", text)


def spelling(text: str) -> str:
    """What is compared of a code: its letters and digits in lower case; a number without leading zeros."""
    bare = re.sub(r"[\W_]+", "", _whole(text.strip()).casefold())
    return bare.lstrip("0") or "0" if bare.isascii() and bare.isdigit() else bare


def spellings_of(codes: Mapping[str, tuple[str, ...]]) -> Mapping[str, str]:
    """Every accepted spelling and the code it stands for; a code's own name goes before another's alias."""
    aliases = {spelling(alias): code for code, others in codes.items() for alias in others}
    return aliases | {spelling(code): code for code in codes}


def parse_code(text: str, *, spellings: Mapping[str, str], codes: tuple[str, ...]) -> str:
    """One code of the column, from its name, its words or its SIASN code."""
    code = spellings.get(spelling(text))
    if code is None:
        raise CellFault("CODE_UNKNOWN", codes=", ".join(codes))
    return code


def parse_codes(text: str, *, spellings: Mapping[str, str], codes: tuple[str, ...]) -> list[str]:
    """Several codes between `;`, each once, in the order of the column's codes."""
    found = {parse_code(part, spellings=spellings, codes=codes) for part in re.split(r"[;,\n]", text) if part.strip()}
    return [code for code in codes if code in found]
