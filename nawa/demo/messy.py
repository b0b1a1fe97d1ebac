"""The same workbook as a personnel office would hand it in.

Titles stand in names, NIP have spaces, headings have three lines under merged titles, columns and rows are out of
order, some rows stand twice, and SIASN codes stand beside words. No fact is added and none is lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl
import xlsxwriter
from xlsxwriter.format import Format

from nawa.demo.chance import Chance, Streams
from nawa.demo.spellings import spelled
from nawa.workbook.frames import FrameWorksheet
from nawa.workbook.sheets import SHEETS, Column, Sheet, Tables
from nawa.workbook.write import CREATED

_TWICE: Final = 0.01  # rows that stand twice
_ALIASED: Final = 0.5  # headings under another name
_FAMILY: Final = "tmt"  # columns that offices gather under one heading
_LINES: Final = 7  # of titles and headings above the first row
_TITLE_ROW, _GROUP_ROW, _HEADING_ROW, _COUNT_ROW = 0, 4, 5, 6
_STRANGE: Final = ("Keterangan", "Foto", "Paraf")


@dataclass(frozen=True, slots=True)
class _Place:
    """One column of the messy sheet: a column of the workbook's, or one of the office's own without a counterpart."""

    label: str
    group: str
    column: Column | None


def write_messy(path: Path, tables: Tables, *, seed: int = 1) -> None:
    """Write tables as an untidy `.xlsx` from which `nawa.workbook.read` gives the same facts; the seed sets the mess.

    Raises:
        ValueError: the path does not end in `.xlsx`.
    """
    if path.suffix.lower() != ".xlsx":
        raise ValueError(f"buku kerja berantakan hanya ditulis sebagai .xlsx, bukan {path.name}")
    streams = Streams(seed)
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"created": CREATED})
        centred = book.add_format({"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True})
        _recapitulate(book, tables, centred)
        for sheet in SHEETS:
            if sheet.table in tables:
                _write_sheet(book, sheet, tables[sheet.table], centred, streams.of(f"messy {sheet.name}"))


def _recapitulate(book: xlsxwriter.Workbook, tables: Tables, centred: Format) -> None:
    """A sheet of the office's own, which nothing in the workbook's format knows."""
    page = book.add_worksheet("REKAP")
    page.merge_range(0, 0, 0, 2, "REKAPITULASI DATA KEPEGAWAIAN", centred)
    for row, (sheet, count) in enumerate((s.name, tables[s.table].height) for s in SHEETS if s.table in tables):
        page.write_row(row + 2, 0, [row + 1, sheet, count])


def _write_sheet(book: xlsxwriter.Workbook, sheet: Sheet, frame: pl.DataFrame, centred: Format, chance: Chance) -> None:
    rows = _shuffled(_titled(frame) if sheet.table == "person" else frame, chance)
    columns = tuple(column for column in sheet.columns if column.name in rows.columns)
    cells = spelled(rows, columns, chance)
    places = _placed(columns, chance)
    page = book.add_worksheet(sheet.name.replace("_", " ").upper(), worksheet_class=FrameWorksheet)
    _head(page, sheet, places, centred)
    days = book.add_format({"num_format": "dd/mm/yyyy"})
    laid_out = _laid_out(cells, places)
    formats = {name: days for name, dtype in laid_out.schema.items() if dtype == pl.Date}
    page.put_frame(laid_out, first_row=_LINES, formats=formats)


def _titled(people: pl.DataFrame) -> pl.DataFrame:
    """Titles written around the name, and no columns for them."""
    front = pl.when(pl.col("front_title").is_null()).then(pl.lit("")).otherwise(pl.col("front_title") + " ")
    back = pl.when(pl.col("back_title").is_null()).then(pl.lit("")).otherwise(", " + pl.col("back_title"))
    return people.with_columns((front + pl.col("name") + back).alias("name")).drop("front_title", "back_title")


def _shuffled(frame: pl.DataFrame, chance: Chance) -> pl.DataFrame:
    """Rows in any order, a few of them twice."""
    twice = pl.Series(chance.happens(_TWICE, frame.height), dtype=pl.Boolean)
    doubled = pl.concat([frame, frame.filter(twice)])
    shuffled: pl.DataFrame = doubled[chance.order(doubled.height).tolist()]
    return shuffled


def _placed(columns: tuple[Column, ...], chance: Chance) -> list[_Place]:
    """A running number first, then the columns in any order, those of one family side by side at the end."""
    order = chance.order(len(columns)).tolist()
    aliased = chance.happens(_ALIASED, len(columns)).tolist()
    family = [number for number in order if columns[number].heading.startswith(f"{_FAMILY}_")]
    family = family if len(family) > 1 else []
    others = [
        _Place(_label(columns[number], aliased=aliased[number]), "DATA", columns[number])
        for number in order
        if number not in family
    ]
    extra = _Place(_STRANGE[int(chance.below(len(_STRANGE), 1)[0])], "DATA", None)
    others.insert(int(chance.below(len(others) + 1, 1)[0]), extra)
    gathered = [
        _Place(columns[number].heading.removeprefix(f"{_FAMILY}_").title(), _FAMILY.upper(), columns[number])
        for number in family
    ]
    return [_Place("No.", "", None), *others, *gathered]


def _label(column: Column, *, aliased: bool) -> str:
    """An alias as it is, or the heading in capitals on two lines with short words."""
    if aliased and column.aliases:
        return column.aliases[0]
    return column.heading.replace("tanggal_", "TGL. ").replace("_", "\n").upper()


def _head(page: FrameWorksheet, sheet: Sheet, places: list[_Place], centred: Format) -> None:
    """Merged titles, a line of groups, the headings, and a line that counts the columns."""
    last = len(places) - 1
    page.merge_range(_TITLE_ROW, 0, _TITLE_ROW, last, "PEMERINTAH KOTA SEMARANG", centred)
    page.merge_range(_TITLE_ROW + 1, 0, _TITLE_ROW + 1, last, f"DAFTAR {sheet.name.replace('_', ' ').upper()}", centred)
    page.merge_range(_TITLE_ROW + 2, 0, _TITLE_ROW + 2, last, "KEADAAN AKHIR BULAN OKTOBER", centred)
    for group in ("DATA", _FAMILY.upper()):
        spots = [number for number, place in enumerate(places) if place.group == group]
        if len(spots) > 1:
            page.merge_range(_GROUP_ROW, spots[0], _GROUP_ROW, spots[-1], group, centred)
    for number, place in enumerate(places):
        page.write_string(_HEADING_ROW, number, place.label, centred)
        page.write_string(_COUNT_ROW, number, f"({number + 1})", centred)


def _laid_out(cells: pl.DataFrame, places: list[_Place]) -> pl.DataFrame:
    """The cells in the order of places, with running numbers and the office's own remarks."""
    numbers = pl.int_range(1, cells.height + 1, dtype=pl.Int64)
    remarks = pl.when(pl.int_range(cells.height) % 7 == 0).then(pl.lit("sudah dicek"))
    return cells.select(
        pl.col(place.column.name) if place.column else (numbers if place.label == "No." else remarks).alias(place.label)
        for place in places
    )
