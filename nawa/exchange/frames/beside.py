"""Two maps side by side: ours, and SIMATA's sheet as it is to be read. Pure tables; nothing is asked of the database.

All values are raw points (0 to 100) and boxes, as floats. The items are the indicators in lower case, both axes and the
box; `<item>_there` is theirs, `<item>_printed` as their sheet has it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import polars as pl

from nawa.engine.parameters import Indicator, Parameters
from nawa.workbook.mapsheets import SIMATA, simata_sheet
from nawa.workbook.notation import AXIS_COLUMN, AxisReading, half, places_printed

INDICATORS: Final = tuple(indicator.lower() for _heading, indicator in SIMATA)
AXES: Final = tuple(AXIS_COLUMN.values())
BOX: Final = "box"
ITEMS: Final = (*INDICATORS, *AXES, BOX)
PRESENCE: Final = "presence"
"""The item of rows about who stands on which sheet."""

SCHEMA: Final[Mapping[str, pl.DataType]] = {
    **dict.fromkeys(("person_id", "unit_id"), pl.Int64()),
    "nip": pl.String(),  # only of rows that name nobody on the map
    "line": pl.Int64(),  # of their sheet
    "item": pl.String(),
    **dict.fromkeys(("ours", "theirs", "printed"), pl.Float64()),
    **dict.fromkeys(("cause", "argument", "component"), pl.String()),
}
"""Columns of a table of differences."""

_OURS_ROUNDED: Final = 0.00005 + 1e-9
_HEADINGS: Final = {heading: indicator.lower() for heading, indicator in SIMATA} | {
    "Nilai X": "potential_axis",
    "Nilai Y": "performance_axis",
    "Box": "box",
}


def values_of(mapped: pl.DataFrame, parameters: Parameters) -> pl.DataFrame:
    """Return the values of a map (`nawa.engine.tables.map_schema`) by `subject`, one column for each item."""
    named = mapped.with_columns(pl.lit(None, pl.String).alias(name) for name in ("nip", "name", "unit", "position"))
    items = simata_sheet(named, parameters).rename(_HEADINGS).select(pl.col(ITEMS).cast(pl.Float64))
    return mapped.select("subject").hstack(items)


def tolerances(sheet: pl.DataFrame, readings: Sequence[AxisReading]) -> dict[str, float]:
    """Return how far values may lie apart and be the same: half of the last decimal printed; of what is compared."""
    columns = [column for reading in readings for column in reading.columns]
    found = {one.indicator.lower(): one.tolerance + _OURS_ROUNDED for one in columns if one.factor}
    axes = [name for name in AXES if sheet[name].drop_nulls().len()]
    found |= {name: half(places_printed(sheet[name])) + _OURS_ROUNDED for name in axes}
    return found | ({BOX: 0.0} if sheet[BOX].drop_nulls().len() else {})


def beside(ours: pl.DataFrame, sheet: pl.DataFrame, readings: Sequence[AxisReading]) -> pl.DataFrame:
    """Return everybody on both, by NIP: `ours` (`nip`, keys, one column for each item) with `_there` and `_printed`."""
    factors = {column.indicator.lower(): column.factor for reading in readings for column in reading.columns}
    theirs = sheet.select(
        "nip",
        "line",
        *(_number(name).alias(f"{name}_printed") for name in ITEMS),
        *((_number(name) / (factors.get(name, 1.0) or None)).alias(f"{name}_there") for name in ITEMS),
    )
    return ours.join(theirs, on="nip", how="inner")


def _number(name: str) -> pl.Expr:
    return pl.col(name).cast(pl.Float64)


def differs(item: str, tolerance: float) -> pl.Expr:
    """Tell whether both sides say different things; two empty cells say the same."""
    ours, theirs = pl.col(item), pl.col(f"{item}_there")
    return (
        pl.when(ours.is_null() | theirs.is_null())
        .then(ours.is_null() != theirs.is_null())
        .otherwise((ours - theirs).abs() > tolerance)
    )


def rows_of(both: pl.DataFrame, item: str) -> pl.DataFrame:
    """Return people as rows of a table of differences in one item, whose cause is still open."""
    return both.select(
        "person_id",
        "unit_id",
        pl.lit(None, pl.String).alias("nip"),
        "line",
        pl.lit(item).alias("item"),
        pl.col(item).alias("ours"),
        pl.col(f"{item}_there").alias("theirs"),
        pl.col(f"{item}_printed").alias("printed"),
        *(pl.lit("").alias(name) for name in ("cause", "argument", "component")),
    )


def indicator_of(item: str) -> Indicator:
    """Return the indicator that an item is."""
    return Indicator(item.upper())
