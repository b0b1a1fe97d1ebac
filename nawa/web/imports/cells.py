"""Rows of a preview in words: who or what a row is about, and what it says now and before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from nawa.core.sheets import was
from nawa.exchange.enums import Change
from nawa.web.kit.cells import MASK, MASKED, shown
from nawa.workbook.sheets import BY_TABLE


@dataclass(frozen=True, slots=True)
class Cell:
    """One column of a row: what it says, and what it said before if that is another thing."""

    heading: str
    text: str
    before: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the preview. `about` names it by its key; `person` and `name` where it is of somebody."""

    number: int | None
    change: str
    about: str
    name: str
    cells: tuple[Cell, ...]
    is_twin: bool


def line(table: str, row: Mapping[str, Any], names: Mapping[str, tuple[str, str]]) -> Line:
    """Return a row of a difference in words; `names` gives name and public id by NIP."""
    sheet = BY_TABLE[table]
    key = [shown(row[name]) for name in sheet.key if name != "nip" and row[name] is not None]
    who = row.get("nip") or ""
    return Line(
        number=row["line"],
        change=row["change"],
        about=" · ".join([who, *key] if who else key),
        name=names.get(who, ("", ""))[0] or (row.get("name") or "" if table == "person" else ""),
        cells=tuple(_cells(table, row)),
        is_twin=row["twin"] is not None,
    )


def _cells(table: str, row: Mapping[str, Any]) -> Iterator[Cell]:
    """What changed; of a new row everything that it says; of an unchanged one nothing."""
    sheet = BY_TABLE[table]
    for column in sheet.columns:
        changed = column.name in row["columns"]
        is_told = row["change"] == Change.NEW and row[column.name] not in (None, [])
        if column.name in sheet.key or not (changed or is_told):
            continue
        masked = (table, column.name) in MASKED
        before = row[was(column.name)]
        yield Cell(
            heading=column.heading,
            text=MASK if masked else shown(row[column.name]),
            before=MASK if masked else shown(before),
            changed=changed,
        )
