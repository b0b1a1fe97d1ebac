"""Typed frames as cells of a file, and quick worksheets made of them.

xlsxwriter writes everything about a sheet but its rows: those are put together by polars as XML, a hundred thousand
cells in the time that cell-by-cell writing takes for five thousand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

import polars as pl
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from nawa.workbook.grid import letters

_CHUNK: Final = 20_000
_EXCEL_DAY_ZERO: Final = date(1899, 12, 30)
_FIFTEEN_DIGITS: Final = 10**11  # with four places; beyond it a cell keeps its digits only as text
_RISKY: Final = r"^('*[=+\-@\t\r])"


def guarded(text: pl.Expr) -> pl.Expr:
    """Text that no spreadsheet runs as a formula, not even after a detour through CSV: an apostrophe goes before it.

    Reading takes it off again (`typed`), so that the way out and back changes nothing.
    """
    return text.str.replace(_RISKY, "'${1}")


def guarded_text(text: str) -> str:
    """The same for a single text."""
    return re.sub(_RISKY, r"'\1", text)


def as_text(column: str, dtype: pl.DataType) -> pl.Expr:
    """A typed column as text that reads back to the same values: `ya`, `2020-01-31`, `93.4700`, `a; b`."""
    value = pl.col(column)
    if dtype == pl.Boolean:
        return pl.when(value).then(pl.lit("ya")).when(~value).then(pl.lit("tidak"))
    if isinstance(dtype, pl.List):
        return pl.when(value.list.len() > 0).then(guarded(value.list.join("; ")))
    return guarded(value) if dtype == pl.String else value.cast(pl.String)


class FrameWorksheet(Worksheet):  # type: ignore[misc]  # untyped to mypy: what the package says of itself is wrong
    """A worksheet whose rows come from a frame: `Workbook.add_worksheet(name, worksheet_class=FrameWorksheet)`.

    Text is text and never a formula; dates are Excel days; numbers with more than 15 digits stand as text.
    """

    dim_rowmax: int

    def put_frame(
        self,
        frame: pl.DataFrame,
        *,
        first_row: int = 1,
        formats: Mapping[str, Format | None] | None = None,
        numbers: Mapping[str, pl.Series] | None = None,
        marks: Mapping[str, tuple[pl.Series, Format]] | None = None,
    ) -> None:
        """Place a frame's rows from `first_row` (from 0) on, its columns from A on, each column with its format.

        `numbers` gives, for columns of text, the cells that are to stand as numbers (as text, null for the others);
        `marks` the cells of a column that have a format of their own.
        """
        self._frame, self._first_row = frame, first_row
        self._formats = dict(formats or {})
        self._numbers, self._marks = dict(numbers or {}), dict(marks or {})
        if frame.height and frame.width:
            self._check_dimensions(first_row + frame.height - 1, frame.width - 1)

    def _write_rows(self) -> None:
        frame: pl.DataFrame | None = getattr(self, "_frame", None)
        if frame is None or frame.is_empty():
            super()._write_rows()
            return
        last: int = self.dim_rowmax
        self.dim_rowmax = self._first_row - 1
        super()._write_rows()  # headings, and what else stands above the frame
        self.dim_rowmax = last
        beside = [series.alias(f"{name} number") for name, series in self._numbers.items()]
        beside += [mask.alias(f"{name} mark") for name, (mask, _format) in self._marks.items()]
        styles = [self._styles(name) for name in frame.columns]
        for rows in _xml_rows(frame, frame.with_columns(beside), self._first_row, styles):
            self.fh.write(rows)

    def _styles(self, name: str) -> pl.Expr:
        own = pl.lit(self._style(self._formats.get(name)))
        if name not in self._marks:
            return own
        return pl.when(f"{name} mark").then(pl.lit(self._style(self._marks[name][1]))).otherwise(own)

    def _style(self, cell_format: Format | None) -> str:
        return f' s="{cell_format._get_xf_index()}"' if cell_format is not None else ""


def _xml_rows(frame: pl.DataFrame, whole: pl.DataFrame, first_row: int, styles: Sequence[pl.Expr]) -> Iterator[str]:
    """The rows of a frame as `<row>` elements, many at a time; `whole` has its numbers and marks too."""
    number = pl.col("__row__").cast(pl.String)
    cells = [
        _xml_cell(name, dtype, letters(place), styles[place], number, has_numbers=f"{name} number" in whole.columns)
        for place, (name, dtype) in enumerate(frame.schema.items())
    ]
    row = pl.concat_str(pl.lit('<row r="'), number, pl.lit('">'), *cells, pl.lit("</row>"), ignore_nulls=True)
    numbered = whole.with_row_index("__row__", offset=first_row + 1)
    for start in range(0, frame.height, _CHUNK):
        yield "".join(numbered.slice(start, _CHUNK).select(row).to_series())


def _xml_cell(
    name: str, dtype: pl.DataType, column: str, style: pl.Expr, number: pl.Expr, *, has_numbers: bool
) -> pl.Expr:
    """One cell, or null where there is no value."""
    value = pl.col(name)
    if dtype == pl.Date:
        return _number_cell((value - _EXCEL_DAY_ZERO).dt.total_days().cast(pl.String), column, style, number)
    if dtype.is_decimal():
        as_number = _number_cell(value.cast(pl.String), column, style, number)
        as_written = _text_cell(value.cast(pl.String), column, style, number)
        return pl.when(value.abs() < _FIFTEEN_DIGITS).then(as_number).otherwise(as_written)
    if dtype.is_numeric():
        return _number_cell(value.cast(pl.String), column, style, number)
    as_written = _text_cell(as_text(name, dtype), column, style, number)
    return (
        pl.coalesce(_number_cell(pl.col(f"{name} number"), column, style, number), as_written)
        if has_numbers
        else as_written
    )


def _number_cell(value: pl.Expr, column: str, style: pl.Expr, number: pl.Expr) -> pl.Expr:
    return pl.concat_str(
        pl.lit(f'<c r="{column}'), number, pl.lit('"'), style, pl.lit("><v>"), value, pl.lit("</v></c>")
    )


def _text_cell(value: pl.Expr, column: str, style: pl.Expr, number: pl.Expr) -> pl.Expr:
    start = pl.lit(' t="inlineStr"><is><t>')
    return pl.concat_str(
        pl.lit(f'<c r="{column}'), number, pl.lit('"'), style, start, _escaped(value), pl.lit("</t></is></c>")
    )


def _escaped(text: pl.Expr) -> pl.Expr:
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        text = text.str.replace_all(sign, entity, literal=True)
    return text.str.replace_all(r"[\x00-\x08\x0B\x0C\x0E-\x1F\x{FFFE}\x{FFFF}]", "")


def widths(headings: Sequence[str], frame: pl.DataFrame, *, most: int = 50) -> list[int]:
    """A fitting width for each column, from its heading and the longest of its first texts."""
    sample = frame.head(200)
    longest: list[Any] = [
        sample.select(as_text(name, dtype).str.len_chars().max()).item() for name, dtype in frame.schema.items()
    ]
    return [
        min(max(len(heading) + 3, (length or 0) + 2), most) for heading, length in zip(headings, longest, strict=True)
    ]
