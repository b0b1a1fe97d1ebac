"""One fact typed on a page, judged by the very rules by which a row of a file is judged."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

import polars as pl

from nawa.workbook.grid import Grid
from nawa.workbook.problems import Effect, Problem, ProblemList
from nawa.workbook.rows import ROW
from nawa.workbook.shape import Kind, Sheet
from nawa.workbook.typed import type_sheet

_MOST: Final = 100  # problems that are told
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def judged(sheet: Sheet, texts: Mapping[str, str]) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """Return the values of a row as the sheet types them, unknown ones as None, and everything that is wrong with it.

    `texts` are by column name; what it lacks is empty. Where anything is wrong there are no values.
    """
    rows = [[column.heading, texts.get(column.name) or None] for column in sheet.columns]
    frame = pl.DataFrame(
        {str(place): cells for place, cells in enumerate(rows)}, dict.fromkeys(map(str, range(len(rows))), pl.String)
    )
    problems = ProblemList(_MOST)
    found = type_sheet(sheet, Grid(frame), problems)
    against = tuple(problem for problem in problems.all() if problem.effect is not Effect.NONE)
    if found is None or against or found.frame.is_empty():
        return {}, against
    values = found.frame.row(0, named=True)
    return {name: value for name, value in values.items() if name != ROW}, ()


def sound(sheet: Sheet, texts: Mapping[str, str], problems: Iterable[Problem]) -> dict[str, Any]:
    """Return the texts and the days (as a field of a page sends them) of a row's cells that nothing is wrong with."""
    faulty = {problem.column for problem in problems}
    cells = [(one, texts.get(one.name, "").strip()) for one in sheet.columns if one.heading not in faulty]
    days = {one.name: text for one, text in cells if one.kind is Kind.DATE and _DAY.fullmatch(text)}
    said: dict[str, Any] = {one.name: text for one, text in cells if one.kind is Kind.TEXT and text}
    return said | {name: datetime.date.fromisoformat(text) for name, text in days.items()}


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the known values as JSON keeps them; `typed` is the inverse."""
    return {
        name: value.isoformat() if isinstance(value, datetime.date) else value
        for name, value in values.items()
        if value is not None
    }


def typed(sheet: Sheet, kept: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values that `plain` described, unknown ones as None."""
    return {
        column.name: datetime.date.fromisoformat(kept[column.name])
        if column.kind is Kind.DATE and column.name in kept
        else kept.get(column.name)
        for column in sheet.columns
    }
