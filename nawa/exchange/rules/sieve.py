"""Which rows of a file may be written, one by one: good rows are not held back by bad ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from nawa.core.sheets import SheetMap
from nawa.exchange.rules.fitting import LARGEST, NOT_HELD, TIER_STANDARDS, Held, longest, loops, reference
from nawa.workbook.problems import Effect, Problem
from nawa.workbook.sheets import BY_TABLE, Column, Tables

ORDER: Final = (
    "unit",
    "position",
    "person",
    *(table for table in BY_TABLE if table not in {"unit", "position", "person"}),
)
"""Tables whose rows others name come first."""

_SHOWN: Final = 1_000  # rows with one fault in one column that are named; the rest is counted
_A_SEASON: Final = 92  # days


@dataclass(frozen=True, slots=True)
class Sieved:
    """The rows that may be written, with their `line` in the file, and what is wrong with the others."""

    tables: Tables
    problems: tuple[Problem, ...]


def speaking(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Return the table without the columns that hold nothing, its key apart."""
    key = BY_TABLE[table].key
    return frame.select(name for name in frame.columns if name in key or frame[name].null_count() < frame.height)


def looks_like_the_same(new: pl.Expr, old: pl.Expr) -> pl.Expr:
    """Tell whether two dates may be one date written twice: a season apart at most, another year, or day for month."""
    swapped = (new.dt.day() == old.dt.month()) & (new.dt.month() == old.dt.day()) & (new.dt.year() == old.dt.year())
    year = (new.dt.day() == old.dt.day()) & (new.dt.month() == old.dt.month())
    return ((new - old).dt.total_days().abs() <= _A_SEASON) | swapped | year


def sieve(tables: Tables, maps: Mapping[str, SheetMap], held: Held) -> Sieved:
    """Leave out rows that do not fit the database, and rows that then name nobody; tables have the column `line`."""
    kept: Tables = {}
    problems: list[Problem] = []
    for table in (table for table in ORDER if table in tables):
        frame = tables[table]
        while True:
            bad, found = _unfit(kept | {table: frame}, maps[table], held)
            problems += found
            if not bad.any():
                break
            frame = frame.filter(~bad)  # a row that named one of these is bad in its turn
        kept[table] = frame
    return Sieved({table: kept[table] for table in BY_TABLE if table in kept}, tuple(problems))


def _unfit(tables: Tables, held_by: SheetMap, held: Held) -> tuple[pl.Series, list[Problem]]:
    """Return which rows of a table do not fit, and why."""
    frame = tables[held_by.table]
    all_bad = pl.Series([False], dtype=pl.Boolean).new_from_index(0, frame.height)
    problems: list[Problem] = []
    for column in BY_TABLE[held_by.table].columns:
        if column.name not in frame.columns:
            continue
        for code, bad, details in _faults(tables, held_by, column, held):
            all_bad |= bad
            problems += _told(code, held_by.table, column, frame.filter(bad), details)
    for problem, code in loops(tables, held) if held_by.table == "unit" else ():
        bad = frame["code"] == code
        all_bad |= bad
        problems += [_at(problem, line) for line in frame.filter(bad)["line"]]
    return all_bad, problems


def _faults(
    tables: Tables, held_by: SheetMap, column: Column, held: Held
) -> Iterator[tuple[str, pl.Series, dict[str, str]]]:
    values = tables[held_by.table][column.name]
    if target := reference(held_by, column.name):
        key = BY_TABLE[target].key[0]
        brought = tables[target][key].to_list() if target in tables else []
        known = pl.Series([*brought, *held.names(target), *TIER_STANDARDS], dtype=pl.String)
        unknown = values.is_not_null() & ~values.is_in(known.implode())
        yield NOT_HELD[target], unknown, {"target": BY_TABLE[target].name}
    elif largest := LARGEST.get(column.kind):
        large = (values > largest) | (values < -largest)
        yield "NUMBER_RANGE", large.fill_null(value=False), {"limits": f"±{largest}"}
    elif most := longest(held_by, column):
        yield "TEXT_TOO_LONG", (values.str.len_chars() > most).fill_null(value=False), {"limit": str(most)}
    if (held_by.table, column.name) == ("relative", "relative_nip"):
        yield "OWN_RELATIVE", (values == tables["relative"]["nip"]).fill_null(value=False), {}


def _told(code: str, table: str, column: Column, bad: pl.DataFrame, details: dict[str, str]) -> Iterator[Problem]:
    sheet = BY_TABLE[table].name
    for line, value in bad.head(_SHOWN).select("line", pl.col(column.name).cast(pl.String)).iter_rows():
        yield Problem(code, sheet, line, column.heading, (value or "")[:80], Effect.ROW, details)
    if bad.height > _SHOWN:
        more = {"count": str(bad.height - _SHOWN), "like": code}
        yield Problem("MORE_LIKE_THIS", sheet, column=column.heading, details=more)


def _at(problem: Problem, line: int) -> Problem:
    return Problem(problem.code, problem.sheet, line, problem.column, problem.value, Effect.ROW, problem.details)
