"""Gives a file back with what is wrong in it: bad cells marked, a note on each, and a list of all problems.

What nobody should have again stays out: columns that Nawa does not know, and who gave feedback.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import polars as pl
import xlsxwriter
from xlsxwriter.format import Format

from nawa.workbook.cells import spelling
from nawa.workbook.frames import FrameWorksheet, guarded_text, widths
from nawa.workbook.grid import Grid, Limits
from nawa.workbook.headings import HEAD_ROWS, Heading, find_heading
from nawa.workbook.problems import Problem, ProblemList, Severity
from nawa.workbook.reading import known_sheets
from nawa.workbook.sentences import Language
from nawa.workbook.shape import Kind, Sheet
from nawa.workbook.sheets import BY_TABLE
from nawa.workbook.sources import open_source
from nawa.workbook.typed import RATERS_KEPT
from nawa.workbook.write import CREATED

NOTES: Final = 2_000
"""Notes in one sheet; further bad cells are marked only. The list names all."""

_MIDNIGHT: Final = r"^\d{4}-\d{2}-\d{2} 00:00:00$"
_ROW: Final = "row"
_DAY_ZERO: Final = pl.date(1899, 12, 30)
_HEADS: Final[Mapping[Language, tuple[str, ...]]] = {
    "id": ("lembar", "baris", "kolom", "isi", "masalah", "cara memperbaiki", "akibat"),
    "en": ("sheet", "row", "column", "content", "problem", "how to mend it", "consequence"),
}


def write_marked(
    source: Path, problems: Sequence[Problem], target: Path, *, limits: Limits, language: Language = "id"
) -> None:
    """Write the source again as a workbook, with marks and notes where the problems are.

    Rows and columns stand where they stood. Dates and numbers are dates and numbers; everything else is text that no
    spreadsheet runs. Raises `UnreadableFile` as reading does.
    """
    opened = open_source(source, limits)
    with xlsxwriter.Workbook(target) as book:
        book.set_properties({"created": CREATED})
        formats = _Formats(book)
        for table, name in known_sheets(opened, ProblemList(0)).items():
            sheet = BY_TABLE[table]
            page = book.add_worksheet(sheet.name, worksheet_class=FrameWorksheet)
            found = [problem for problem in problems if problem.sheet == sheet.name]
            _fill(page, sheet, opened.grid(name, sheet), found, formats, language)
        _list(book.add_worksheet("masalah", worksheet_class=FrameWorksheet), problems, formats, language)


class _Formats:
    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.text = book.add_format({"num_format": "@"})
        self.date = book.add_format({"num_format": "yyyy-mm-dd"})
        self.number = book.add_format({"num_format": "General"})
        self.bad = book.add_format({"num_format": "@", "bg_color": "#FFD9D6", "border": 1, "border_color": "#B3261E"})
        self.head = book.add_format({"bold": True, "bg_color": "#E7ECF3", "bottom": 1})

    def of(self, kind: Kind | None) -> Format:
        """The format of the cells of a column."""
        if kind is Kind.DATE:
            return self.date
        return self.number if kind in (Kind.INTEGER, Kind.NUMBER) else self.text


def _fill(
    page: FrameWorksheet, sheet: Sheet, grid: Grid, problems: Sequence[Problem], formats: _Formats, language: Language
) -> None:
    heading = find_heading(sheet, grid.head(HEAD_ROWS))
    if heading is None:
        for problem in problems[:1]:
            page.write_string(0, 0, guarded_text(problem.sentence(language)))
        return
    columns = {str(place): name for name, place in heading.places.items()}
    kinds = {column.name: column.kind for column in sheet.columns}
    frame = _discreet(sheet, grid.frame, heading)
    bad = _bad_cells(sheet, heading, problems)
    page.put_frame(
        frame,
        first_row=0,
        formats={place: formats.of(kinds.get(columns.get(place, ""))) for place in frame.columns},
        numbers=_numbers(grid, frame, heading, kinds),
        marks={place: (_mask(frame.height, rows), formats.bad) for place, rows in bad.items()},
    )
    for place in range(frame.width):
        page.set_column(place, place, 16)
    page.freeze_panes(heading.data_from, 0)
    for (row, place), text in list(_notes(heading, sheet, problems, language).items())[:NOTES]:
        page.write_comment(row - 1, place, text, {"x_scale": 2, "y_scale": 1.5})


def _discreet(sheet: Sheet, frame: pl.DataFrame, heading: Heading) -> pl.DataFrame:
    """The sheet's texts without the content of unknown columns and without unnamed raters."""
    body = pl.int_range(pl.len()) >= heading.data_from
    known = {str(place) for place in heading.places.values()}
    unknown = [pl.when(~body).then(pl.col(place)).alias(place) for place in frame.columns if place not in known]
    frame = frame.with_columns(unknown)
    if sheet.table != "feedback" or "rater_nip" not in heading.places:
        return frame
    rater = str(heading.places["rater_nip"])
    relation = frame[str(heading.places["relation"])] if "relation" in heading.places else pl.Series([""])
    named = [text for text in relation.unique().drop_nulls() if spelling(text) in RATERS_KEPT]
    kept = pl.Series(relation.is_in(named).fill_null(value=False)) if "relation" in heading.places else pl.lit(False)
    mark = pl.format("penilai {}", pl.col(rater).rank("dense"))
    return frame.with_columns(pl.when(~body | kept).then(pl.col(rater)).otherwise(mark).alias(rater))


def _numbers(grid: Grid, frame: pl.DataFrame, heading: Heading, kinds: Mapping[str, Kind]) -> dict[str, pl.Series]:
    """Cells that were dates or numbers in the file, as what an Excel cell holds of them."""
    found: dict[str, pl.Series] = {}
    places = {name: place for name, place in heading.places.items() if kinds[name] in (Kind.INTEGER, Kind.NUMBER)}
    stored = grid.look(list(places.values())).numbers if places else {}
    for place in places.values():
        found[str(place)] = _column(frame.height, stored.get(place, {}))
    for name, place in heading.places.items():
        if kinds[name] is Kind.DATE:
            text = pl.col(str(place))
            day = text.str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)
            serial = (day - _DAY_ZERO).dt.total_days().cast(pl.String)
            found[str(place)] = frame.select(pl.when(text.str.contains(_MIDNIGHT)).then(serial).alias("n"))["n"]
    return found


def _column(height: int, cells: Mapping[int, str]) -> pl.Series:
    rows = pl.DataFrame({_ROW: list(cells), "n": list(cells.values())}, schema={_ROW: pl.Int64, "n": pl.String})
    every = pl.DataFrame({_ROW: pl.int_range(1, height + 1, eager=True)})
    return every.join(rows, on=_ROW, how="left", maintain_order="left")["n"]


def _mask(height: int, rows: Iterable[int]) -> pl.Series:
    return pl.int_range(1, height + 1, eager=True).is_in(list(rows))


def _place(heading: Heading, sheet: Sheet, problem: Problem) -> int | None:
    """Where a problem's mark goes: its column, or the first of the key where it is one of the whole row."""
    names = {column.heading: column.name for column in sheet.columns}
    name = names.get(problem.column or "")
    if name and name in heading.places:
        return heading.places[name]
    return next((heading.places[key] for key in sheet.key if key in heading.places), None)


def _bad_cells(sheet: Sheet, heading: Heading, problems: Sequence[Problem]) -> dict[str, list[int]]:
    bad: dict[str, list[int]] = {}
    for problem in problems:
        place = _place(heading, sheet, problem)
        if problem.row and place is not None and problem.severity is Severity.ERROR:
            bad.setdefault(str(place), []).append(problem.row)
    return bad


def _notes(
    heading: Heading, sheet: Sheet, problems: Sequence[Problem], language: Language
) -> dict[tuple[int, int], str]:
    """One note for each cell, errors before warnings."""
    notes: dict[tuple[int, int], str] = {}
    for problem in sorted(problems, key=lambda one: one.severity is not Severity.ERROR):
        place = _place(heading, sheet, problem)
        if problem.row and place is not None and problem.severity is not Severity.NOTICE:
            text = f"{problem.reason(language)} {problem.remedy(language)}"
            before = notes.get((problem.row, place), "")
            notes[problem.row, place] = f"{before}\n{text}".strip()[:2_000]
    return notes


def _list(page: FrameWorksheet, problems: Sequence[Problem], formats: _Formats, language: Language) -> None:
    heads = _HEADS[language]
    lines: list[tuple[Any, ...]] = [
        (
            one.sheet,
            one.row,
            one.column,
            one.value,
            *(say(language) for say in (one.reason, one.remedy, one.consequence)),
        )
        for one in problems
    ]
    schema: dict[str, Any] = {head: pl.Int64 if place == 1 else pl.String for place, head in enumerate(heads)}
    frame = pl.DataFrame(lines, schema, orient="row")
    page.put_frame(frame, formats=dict.fromkeys(frame.columns))
    for place, (head, width) in enumerate(zip(heads, widths(heads, frame, most=70), strict=True)):
        page.set_column(place, place, width)
        page.write_string(0, place, head, formats.head)
    page.freeze_panes(1, 0)
