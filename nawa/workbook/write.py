"""Writes tables as a workbook, or as a folder of CSV or Parquet files, from which `read` gives the same tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal

import polars as pl
import xlsxwriter
from xlsxwriter.format import Format

from nawa.workbook.frames import FrameWorksheet, as_text, widths
from nawa.workbook.shape import DECIMAL, Column, Kind, Sheet
from nawa.workbook.sheets import SHEETS, Tables

Form = Literal["xlsx", "csv", "parquet"]

CREATED: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands in every workbook as its date, so that the same tables give the same bytes."""


_ROWS_OF_EXCEL: Final = 1_048_575  # below the heading


def write_tables(path: Path, tables: Tables, *, form: Form | None = None) -> None:
    """Write tables under their Indonesian headings, in the order of `SHEETS`.

    `path` is a file ending in `.xlsx`, or else a folder, which is made; `form` is then `csv` (default) or `parquet`.

    Raises:
        KeyError: a table is not one of the workbook's, or lacks a column of its sheet.
        ValueError: a table has more rows than an Excel sheet.
    """
    form = form or ("xlsx" if path.suffix.lower() == ".xlsx" else "csv")
    known = {sheet.table for sheet in SHEETS}
    if not known.issuperset(tables):
        raise KeyError(f"not tables of the workbook: {sorted(set(tables) - known)}")
    sheets = [sheet for sheet in SHEETS if sheet.table in tables]
    if form == "xlsx":
        _write_workbook(path, sheets, tables)
        return
    path.mkdir(parents=True, exist_ok=True)
    for sheet in sheets:
        _write_file(path / f"{sheet.name}.{form}", sheet, tables[sheet.table], form)


def _write_file(path: Path, sheet: Sheet, table: pl.DataFrame, form: Form) -> None:
    """One file of a folder. Parquet keeps numbers and dates as such, CSV has a mark so that Excel sees UTF-8."""
    if form == "parquet":
        kept = (pl.Date(), pl.Int64(), DECIMAL, pl.Boolean())
        cells = [pl.col(c.name) if c.kind.dtype in kept else as_text(c.name, c.kind.dtype) for c in sheet.columns]
    else:
        cells = [as_text(column.name, column.kind.dtype) for column in sheet.columns]
    frame = table.select(cell.alias(column.heading) for cell, column in zip(cells, sheet.columns, strict=True))
    if form == "parquet":
        frame.write_parquet(path)
    else:
        frame.write_csv(path, include_bom=True)


def _write_workbook(path: Path, sheets: Sequence[Sheet], tables: Tables) -> None:
    for sheet in sheets:
        if tables[sheet.table].height > _ROWS_OF_EXCEL:
            raise ValueError(f"lembar {sheet.name} melebihi {_ROWS_OF_EXCEL} baris Excel; tulis sebagai folder")
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"created": CREATED})
        formats = DataFormats(book)
        for sheet in sheets:
            frame = tables[sheet.table].select(list(sheet.schema))
            page = book.add_worksheet(sheet.name, worksheet_class=FrameWorksheet)
            lay_out(page, sheet, formats, widths([column.heading for column in sheet.columns], frame))
            page.put_frame(frame, formats={column.name: formats.of(column) for column in sheet.columns})
            page.autofilter(0, 0, frame.height, frame.width - 1)


class DataFormats:
    """How cells of data sheets look: identifiers and codes are text, so that Excel keeps every digit."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.heading = book.add_format({"bold": True, "bg_color": "#E7ECF3", "bottom": 1})
        self.required = book.add_format({"bold": True, "bg_color": "#1F3B64", "font_color": "#FFFFFF", "bottom": 1})
        self._text = book.add_format({"num_format": "@"})
        self._date = book.add_format({"num_format": "yyyy-mm-dd"})
        self._number = book.add_format({"num_format": "0.00##"})

    def of(self, column: Column) -> Format | None:
        """The format of a column's cells; whole numbers need none."""
        if column.kind is Kind.INTEGER:
            return None
        return {Kind.DATE: self._date, Kind.NUMBER: self._number}.get(column.kind, self._text)


def lay_out(page: FrameWorksheet, sheet: Sheet, formats: DataFormats, columns: Sequence[int]) -> None:
    """Headings, frozen, with the widths and cell formats of the sheet's columns."""
    for place, (column, width) in enumerate(zip(sheet.columns, columns, strict=True)):
        page.set_column(place, place, width, formats.of(column))
        page.write_string(0, place, column.heading, formats.required if column.required else formats.heading)
    page.freeze_panes(1, 0)
