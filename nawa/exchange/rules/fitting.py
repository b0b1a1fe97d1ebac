"""What speaks against an import: things that a file cannot know of itself, only together with the database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl
from django.db import IntegrityError, models

from nawa.core.refusal import Reason, Refusal
from nawa.core.sheets import SheetMap
from nawa.workbook.problems import Problem, Severity
from nawa.workbook.sheets import BY_TABLE, Column, Kind, Tables

FILE_ALONE: Final = frozenset({"PERSON_UNKNOWN", "UNIT_UNKNOWN", "POSITION_UNKNOWN"})
"""Warnings about names that a file uses and does not explain; an import looks into the database instead."""

_SHOWN: Final = 20  # values of one column; how many more there are is said
LARGEST: Final[Mapping[Kind, int]] = {
    Kind.NUMBER: 10**11 - 1,  # with four decimals SQLite then keeps it exactly
    Kind.INTEGER: 2**31 - 1,  # PostgreSQL's integer
}
NOT_HELD: Final = {"person": "PERSON_NOT_HELD", "unit": "UNIT_NOT_HELD", "position": "POSITION_NOT_HELD"}
TIER_STANDARDS: Final = tuple(
    f"JENJANG:{tier}" for column in BY_TABLE["position"].columns if column.name == "tier" for tier in column.codes
)


@dataclass(frozen=True, slots=True)
class Held:
    """What the database holds: codes of posts, NIP of people, and each unit's parent by their codes."""

    positions: frozenset[str]
    people: frozenset[str]
    parents: Mapping[str, str | None]

    def names(self, table: str) -> frozenset[str]:
        """The names by which rows of `unit`, `position` or `person` are called."""
        return {"unit": frozenset(self.parents), "position": self.positions, "person": self.people}[table]


@dataclass(frozen=True, slots=True)
class Place:
    """A column of a table, and the rows as Excel counts, where they are known."""

    held_by: SheetMap
    column: Column
    rows: pl.Series | None

    def problems(self, code: str, values: pl.Series, bad: pl.Series, **details: str) -> Iterator[Problem]:
        """Yield one problem for each bad value, at its first row; beyond a few, only how many more there are."""
        sheet, heading = BY_TABLE[self.held_by.table].name, self.column.heading
        rows = self.rows if self.rows is not None else pl.Series([None] * values.len(), dtype=pl.Int64)
        found = pl.DataFrame({"value": values, "row": rows}).filter(bad).unique("value", keep="first").sort("value")
        for value, row in found.head(_SHOWN).iter_rows():
            yield Problem(code, sheet, row=row, column=heading, value=str(value)[:80], details=details)
        if found.height > _SHOWN:
            like = Problem(code, sheet, column=heading, value="…", details=details).reason()
            more = {"count": str(found.height - _SHOWN), "like": like}
            yield Problem("MORE_LIKE_THIS", sheet, column=heading, details=more)


class ImportRefused(Refusal):
    """An import that may not be made; nothing was kept. `problems` says where and why, and how to mend it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(Reason(f"import.{one.code.lower()}", {"sheet": one.sheet}) for one in self.problems)


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return those problems that cost a row or a cell."""
    return tuple(problem for problem in problems if problem.severity is Severity.ERROR)


def problems_against(
    tables: Tables, rows: Mapping[str, pl.Series], maps: Mapping[str, SheetMap], held: Held
) -> list[Problem]:
    """Return what in the tables does not fit the database, in the workbook's order; `rows` as `Reading` has them."""
    found: list[Problem] = []
    for table, sheet in BY_TABLE.items():
        for column in sheet.columns if table in tables else ():
            if column.name in tables[table].columns:
                found += _of_column(tables, Place(maps[table], column, rows.get(table)), held)
    return found + [problem for problem, _code in loops(tables, held)]


def _of_column(tables: Tables, place: Place, held: Held) -> Iterator[Problem]:
    values = tables[place.held_by.table][place.column.name]
    if target := reference(place.held_by, place.column.name):
        unknown = values.is_not_null() & ~values.is_in(_known(tables, target, held).implode())
        yield from place.problems(NOT_HELD[target], values, unknown, target=BY_TABLE[target].name)
    elif largest := LARGEST.get(place.column.kind):
        large = values.is_not_null() & ((values > largest) | (values < -largest))
        yield from place.problems("NUMBER_RANGE", values, large, limits=f"±{largest}")
    else:
        yield from _too_long(place, values)


def reference(held_by: SheetMap, column: str) -> str | None:
    """Return the table whose rows a column names: `unit`, `position`, `person`, or None."""
    if (held_by.table, column) == ("competency_standard", "position_code"):
        return "position"
    targets = {link.column: str(link.target._meta.model_name) for link in held_by.links}
    return targets.get(column)


def _known(tables: Tables, target: str, held: Held) -> pl.Series:
    """Return the names of rows that the database holds or the file brings; a standard may also name a whole tier."""
    key = BY_TABLE[target].key[0]
    brought = tables[target][key].to_list() if target in tables else []
    return pl.Series([*brought, *held.names(target), *TIER_STANDARDS], dtype=pl.String)


def longest(held_by: SheetMap, column: Column) -> int:
    """Return how many characters the database holds of a text; 0 for no limit."""
    stored = held_by.plain.get(column.name) if column.kind in {Kind.TEXT, Kind.NIP} else None
    return (stored.max_length or 0) if isinstance(stored, models.CharField) else 0


def _too_long(place: Place, values: pl.Series) -> Iterator[Problem]:
    if most := longest(place.held_by, place.column):
        long = values.is_not_null() & (values.str.len_chars() > most)
        yield from place.problems("TEXT_TOO_LONG", values, long, limit=str(most))


def loops(tables: Tables, held: Held) -> Iterator[tuple[Problem, str]]:
    """Yield a problem for each unit of the file that would stand above itself, and the unit's code."""
    if "unit" not in tables or "parent_code" not in tables["unit"].columns:
        return
    brought = dict(tables["unit"].select("code", "parent_code").iter_rows())
    parents = {**held.parents, **brought}
    for code in sorted(brought):
        above = _above(code, parents)
        if code in above:
            loop = " → ".join([code, *above])
            yield Problem("UNIT_LOOP", "unit", column="induk_kode", value=code, details={"loop": loop}), code


def _above(code: str, parents: Mapping[str, str | None]) -> list[str]:
    """Return the units above one, from the nearest, up to the top or until one comes again."""
    found: list[str] = []
    parent = parents.get(code)
    while parent is not None and parent not in found:
        found.append(parent)
        parent = parents.get(parent)
    return found


def broken_rule(broken: IntegrityError, maps: Mapping[str, SheetMap]) -> Problem:
    """Say which constraint was broken, in its own words; the database's words may quote personal data."""
    text = str(broken)
    for held in maps.values():
        for constraint in held.model._meta.constraints:
            if constraint.name in text:
                rule = str(constraint.violation_error_message)
                return Problem("RULE_BROKEN", BY_TABLE[held.table].name, details={"rule": rule})
    return Problem("RULE_BROKEN", "", details={"rule": "ada isi wajib yang kosong atau kunci yang kembar."})
