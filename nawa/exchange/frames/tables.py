"""All tables at once: who owns which, and what they hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl

from nawa.core.sheets import SheetMap, read
from nawa.evidence import frames as evidence
from nawa.registry import frames as registry
from nawa.talent import frames as talent
from nawa.workbook.sheets import BY_TABLE, Tables

SHEET_MAPS: Final[Mapping[str, SheetMap]] = {
    held.table: held for app in (registry, evidence, talent) for held in app.SHEET_MAPS
}
"""The model behind each table of the workbook."""


def export_tables() -> Tables:
    """Return every table of the database that has a row, sorted by key, in the workbook's order (one query each)."""
    tables = {table: _held(table) for table in BY_TABLE}
    return {table: frame for table, frame in tables.items() if frame.height}


def _held(table: str) -> pl.DataFrame:
    held = SHEET_MAPS[table]
    return read(held, held.model._base_manager.all())
