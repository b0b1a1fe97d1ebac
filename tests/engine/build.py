"""Builds small records by hand, and asks the engine about the one person in them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl

from nawa.engine.cohort import Cohort, cohort
from nawa.engine.parameters import Parameters
from nawa.engine.pipeline import map_talent
from nawa.engine.tables import RECORD_SCHEMAS, Records
from nawa.policy import load

ON = date(2026, 11, 1)
BKN = load("bkn-411-2025", on=ON).parameters
DJBK = load("djbk-2026", on=ON).parameters

Row = dict[str, Any]


def bkn(*alternatives: str) -> Parameters:
    """BKN's profile with rival values."""
    return load("bkn-411-2025", on=ON, alternatives=alternatives).parameters


def changed(parameters: Parameters, group: str, **values: Any) -> Parameters:
    """These parameters with other values in one group."""
    return replace(parameters, **{group: replace(getattr(parameters, group), **values)})


def table(name: str, rows: list[Row]) -> pl.DataFrame:
    """An engine table of rows that state only what matters; `source` counts them, the subject is `a`."""
    schema = dict(RECORD_SCHEMAS[name])
    default: Row = dict.fromkeys(schema)
    if "subject" in schema:
        default["subject"] = "a"
    numbered = [
        {**default, **({"source": place} if "source" in schema else {}), **row} for place, row in enumerate(rows)
    ]
    return pl.DataFrame(numbered, schema=schema)


def records(**tables: list[Row]) -> Records:
    """Records with these rows; one person `a` unless people are given."""
    given = {"person": [{}], **tables}
    return Records({name: table(name, given.get(name, [])) for name in RECORD_SCHEMAS})


def earns(
    component: Callable[[Cohort, Parameters], pl.DataFrame],
    *,
    on: date = ON,
    parameters: Parameters = BKN,
    **tables: list[Row],
) -> Row | None:
    """What one component's function gives for person `a`, or None where nothing counts."""
    rows = component(cohort(records(**tables), parameters, on=on), parameters).to_dicts()
    assert len(rows) <= 1
    return rows[0] if rows else None


def points(earned: Row | None) -> float | None:
    """The points of what a component earned, in whole points."""
    return None if earned is None else earned["points"] / 1_000_000


def mapped(*, on: date = ON, parameters: Parameters = BKN, **tables: list[Row]) -> Row:
    """The map's row of person `a`."""
    row: Row = map_talent(records(**tables), parameters, on=on).map.row(0, named=True)
    return row
