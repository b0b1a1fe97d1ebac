"""Rows of a preview in words: who or what a row is about, and what it says now and before."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from nawa.core import privacy
from nawa.core.privacy import Privacy
from nawa.core.sheets import was
from nawa.exchange.enums import Change
from nawa.exchange.frames import SHEET_MAPS
from nawa.policy import wording
from nawa.web.kit.languages import spoken
from nawa.workbook.sheets import BY_TABLE

UNSHOWN: Final = frozenset({"relative"})
"""Tables whose rows no page shows: kinship is read by rules alone."""

MASKED: Final = frozenset({("person", "disability")})
_MASK: Final = "•••"


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


def tells_of_evaluations(table: str) -> bool:
    """Whether rows of this table say what was thought of somebody, or what few may know."""
    classes = privacy.classes(SHEET_MAPS[table].model)
    kept = {SHEET_MAPS[table].path(column).partition("__")[0] for column in SHEET_MAPS[table].stored}
    return any(classes.get(name) in (Privacy.EVALUATION, Privacy.SPECIFIC) for name in kept)


def shown(value: Any) -> str:
    """Return a value as a page shows it."""
    if value is None or value in ([], ""):
        return _("belum diketahui")
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, datetime.date):
        return wording.day(value, spoken())
    if isinstance(value, Decimal):
        return wording.number(value, spoken())
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


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
            text=_MASK if masked else shown(row[column.name]),
            before=_MASK if masked else shown(before),
            changed=changed,
        )
