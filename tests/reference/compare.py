"""The fast engine and the slow one, side by side."""

from __future__ import annotations

from datetime import date
from typing import Any

from nawa.engine.parameters import Parameters
from nawa.engine.pipeline import map_talent
from nawa.engine.tables import MAP_SCHEMA, component_schema
from tests.reference.chances import box_chances
from tests.reference.engine import counted, findings_of, grouped, map_people
from tests.reference.people import Tables, records

CHANCES = tuple(f"box_{box}_e9" for box in range(1, 10))
TOLERANCE = 2
"""Billionths by which a box's probability may differ: the two add floats in another order."""


def fast(tables: Tables, p: Parameters, on: date) -> list[dict[str, Any]]:
    """The fast engine's map, as rows."""
    rows: list[dict[str, Any]] = map_talent(records(tables), p, on=on).map.to_dicts()
    return rows


def slow(tables: Tables, p: Parameters, on: date, *, chances: bool = True) -> list[dict[str, Any]]:
    """The slow engine's map, as rows."""
    rows = map_people(tables, p, on)
    if chances:
        mine = grouped(tables)
        for row in rows:
            of_box = box_chances(findings_of(mine[row["subject"]], p, on), p)
            row.update({f"box_{box}_e9": chance for box, chance in of_box.items()})
    return rows


def disagreements(tables: Tables, p: Parameters, on: date, *, chances: bool = True) -> list[str]:
    """Every value in which the two differ, and every column that breaks the contract."""
    result = map_talent(records(tables), p, on=on).map
    wanted = dict(MAP_SCHEMA)
    for component in counted(p):
        wanted |= component_schema(component.value)
    if list(result.schema.items()) != list(wanted.items()):
        return [f"columns differ from the contract: {set(result.schema.items()) ^ set(wanted.items())}"]
    ours, theirs = slow(tables, p, on, chances=chances), result.to_dicts()
    if [row["subject"] for row in ours] != [row["subject"] for row in theirs]:
        return [f"people differ: slow {[row['subject'] for row in ours]}, fast {[row['subject'] for row in theirs]}"]
    return [
        f"{our['subject']} {column}: slow {our[column]!r}, fast {their[column]!r}"
        for our, their in zip(ours, theirs, strict=True)
        for column in our
        if (abs(our[column] - their[column]) > TOLERANCE if column in CHANCES else our[column] != their[column])
    ]
