"""Reads one input in this very process. Files from outside go through `read`, which does this under guard."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl

from nawa.workbook.checks import check_across
from nawa.workbook.grid import Grid, Limits
from nawa.workbook.headings import label_key
from nawa.workbook.problems import Problem, ProblemList, Severity, UnreadableFile
from nawa.workbook.rows import ROW, TypedSheet
from nawa.workbook.sheets import SHEETS, Sheet, Tables
from nawa.workbook.sources import Source, open_source
from nawa.workbook.typed import type_sheet

WITHHELD_SCHEMA: Final = {"nip": pl.String(), "table": pl.String()}
OWN_SHEETS: Final = frozenset({"petunjuk", "contoh", "daftarkode", "masalah", "ringkasan"})
"""Sheets that Nawa writes for people; they are passed over without a word."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: typed tables in the order of the file, and every problem in the order of sheets and rows.

    `rows` gives for each table the row of each fact as Excel counts. `rows_in_file` counts, by sheet, the filled rows.
    `withheld` (nip, table) names people of whom a row was left out: their register is not complete, whatever a coverage
    letter says.
    """

    tables: Tables
    problems: tuple[Problem, ...]
    rows: Mapping[str, pl.Series]
    rows_in_file: Mapping[str, int]
    withheld: pl.DataFrame

    def of_severity(self, severity: Severity) -> list[Problem]:
        """The problems of one severity."""
        return [problem for problem in self.problems if problem.severity is severity]


def read_here(path: Path, *, on: date | None = None, limits: Limits | None = None) -> Reading:
    """Read a workbook or folder without guard. Raises `UnreadableFile`."""
    limits = limits or Limits()
    problems = ProblemList(limits.problems)
    source = open_source(path, limits)
    known = known_sheets(source, problems)
    if not known:
        raise UnreadableFile("NO_SHEETS", name=path.name, found=_listed(source.names))
    if source.has_macros:
        problems.add(Problem("MACROS_IGNORED", ""))
    typed: dict[str, TypedSheet] = {}
    for sheet, grid in _grids(source, known):
        result = type_sheet(sheet, grid, problems)
        if result is not None:
            typed[sheet.table] = result
    check_across(typed, problems, on=on)
    _check_people(typed, known, source, problems)
    return _reading(typed, problems)


def _grids(source: Source, known: Mapping[str, str]) -> Iterator[tuple[Sheet, Grid]]:
    """Every known sheet with its grid; the next one is unpacked while this one is being read."""
    with ThreadPoolExecutor(max_workers=1) as ahead:
        waiting: deque[tuple[Sheet, Future[Grid]]] = deque()
        for sheet in (sheet for sheet in SHEETS if sheet.table in known):
            waiting.append((sheet, ahead.submit(source.grid, known[sheet.table], sheet)))
            if len(waiting) > 1:
                yield _next(waiting)
        while waiting:
            yield _next(waiting)


def _next(waiting: deque[tuple[Sheet, Future[Grid]]]) -> tuple[Sheet, Grid]:
    sheet, grid = waiting.popleft()
    return sheet, grid.result()


def known_sheets(source: Source, problems: ProblemList) -> dict[str, str]:
    """The name in the file of each table that it holds."""
    tables = {label_key(name): sheet for sheet in SHEETS for name in (*sheet.aliases, sheet.name)}
    known: dict[str, str] = {}
    for name in source.names:
        sheet = tables.get(label_key(name)) or tables.get(label_key(Path(name).stem))
        if sheet is None:
            if label_key(name) not in OWN_SHEETS:
                problems.add(Problem("SHEET_IGNORED", name))
        elif sheet.table in known:
            problems.add(Problem("SHEET_TWICE", sheet.name, value=name))
        else:
            known[sheet.table] = name
    return known


def _check_people(
    typed: Mapping[str, TypedSheet], known: Mapping[str, str], source: Source, problems: ProblemList
) -> None:
    if "person" not in known:
        problems.add(Problem("SHEET_MISSING", "pegawai", details={"found": _listed(source.names)}))
    elif "person" in typed and typed["person"].frame.is_empty():
        problems.add(Problem("SHEET_EMPTY", "pegawai"))


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)[:300] or "tidak ada"


def _reading(typed: Mapping[str, TypedSheet], problems: ProblemList) -> Reading:
    withheld = [result.withheld.select("nip", pl.lit(table).alias("table")).unique() for table, result in typed.items()]
    return Reading(
        tables={table: result.frame.drop(ROW) for table, result in typed.items()},
        problems=_in_order(problems.all()),
        rows={table: result.frame[ROW] for table, result in typed.items()},
        rows_in_file={result.sheet.name: result.rows_in_file for result in typed.values()},
        withheld=pl.concat([pl.DataFrame(schema=WITHHELD_SCHEMA), *withheld]).sort("table", "nip"),
    )


def _in_order(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    places: dict[str, int] = {sheet.name: place for place, sheet in enumerate(SHEETS)}
    return tuple(sorted(problems, key=lambda problem: (places.get(problem.sheet, len(places)), problem.row or 0)))
