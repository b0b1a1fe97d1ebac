"""The people of one map, and their evidence row by row; and the choice of one row per person.

Inside the engine a person is a number: `person`, the place (from 0) in the order of subjects. So results are dense.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from nawa.engine.exact import MOST_POINTS
from nawa.engine.parameters import Component, Parameters
from nawa.engine.tables import NUMBER_COMPONENTS, Records

Longs = NDArray[np.int64]
Flags = NDArray[np.bool_]

_NEVER: Final = np.iinfo(np.int64).max
_LEAST: Final = np.iinfo(np.int64).min


@dataclass(frozen=True, slots=True)
class Cohort:
    """The mapped people, sorted by subject, and their records. `on` is the reference date."""

    people: pl.DataFrame  # the columns of the `person` table and `person`
    evidence: Mapping[str, pl.DataFrame]  # the other tables; `person` tells whose a row is
    standard: pl.DataFrame
    on: date

    @property
    def size(self) -> int:
        """How many people there are."""
        return self.people.height

    def rows(self, table: str) -> pl.LazyFrame:
        """Return a table's rows of these people."""
        return self.evidence[table].lazy()

    def of(self, column: str, person: pl.Series) -> pl.Series:
        """Return a column of the `person` table for each of these persons."""
        return self.people[column].gather(person)


def cohort(records: Records, parameters: Parameters, *, on: date) -> Cohort:
    """Return the people who are mapped: by kind of staff, legal status, and still active on the day."""
    mapped = pl.col("staff_kind").is_null() | pl.col("staff_kind").is_in(parameters.mapped_staff_kinds)
    excluded = pl.col("legal_status").is_in(parameters.excluded_legal_statuses).fill_null(value=False)
    active = pl.col("inactive_since").is_null() | (pl.col("inactive_since") > on)
    people = records["person"].filter(mapped & ~excluded & active).sort("subject").with_row_index("person")
    evidence = {name: frame for name, frame in records.tables.items() if name not in ("person", "standard")}
    return Cohort(people, _numbered(evidence, people), records["standard"], on)


def _numbered(tables: Mapping[str, pl.DataFrame], people: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Add to each row the number of its person; rows of people who are not mapped are left out."""
    # Rows of one person mostly stand together: each run of them is looked up once, the runs of all tables at one go.
    begins = [
        frame.select(pl.col("subject").ne_missing(pl.col("subject").shift(1)))["subject"] for frame in tables.values()
    ]
    runs = pl.concat(
        frame.select(pl.col("subject").filter(first)) for frame, first in zip(tables.values(), begins, strict=True)
    )
    found = runs.join(people.select("subject", "person"), on="subject", how="left", maintain_order="left")["person"]
    numbered, offset = {}, 0
    for (name, frame), first in zip(tables.items(), begins, strict=True):
        run = np.cumsum(first.to_numpy()) + (offset - 1)
        offset += int(first.sum())
        rows = frame.with_columns(found.gather(run).alias("person"))
        numbered[name] = rows.drop_nulls("person") if rows["person"].has_nulls() else rows
    return numbered


def best(rows: pl.DataFrame, size: int, *keys: pl.Expr) -> pl.DataFrame:
    """Return one row per person: the one with the greatest first key, among those the greatest second key, and so on.

    A null key counts as the greatest (evidence that never expires lasts longest).
    """
    person = rows["person"].to_numpy()
    chosen = np.arange(rows.height)
    ranks = rows.select(key.cast(pl.Int64).fill_null(_NEVER).alias(str(place)) for place, key in enumerate(keys))
    for key in ranks.iter_columns():
        values, who = key.to_numpy()[chosen], person[chosen]
        greatest = np.full(size, _LEAST)
        np.maximum.at(greatest, who, values)
        chosen = chosen[values == greatest[who]]
    first = np.full(size, -1)
    first[person[chosen][::-1]] = chosen[::-1]
    return rows[first[first >= 0]]


def totals(person: pl.Series, values: pl.Series, size: int) -> Longs:
    """Return the exact sum of the values of each person, 0 for those without any."""
    sums = np.zeros(size, dtype=np.int64)
    np.add.at(sums, person.to_numpy(), values.cast(pl.Int64).to_numpy())
    return sums


def flags(person: pl.Series, size: int) -> Flags:
    """Return which persons occur."""
    found = np.zeros(size, dtype=np.bool_)
    found[person.to_numpy()] = True
    return found


EARNED: Final[Mapping[str, pl.DataType]] = {
    "person": pl.UInt32(),
    "raw": pl.String(),
    "points": pl.Int64(),
    "on": pl.Date(),
    "expires_on": pl.Date(),
    "table": pl.String(),
    "source": pl.Int64(),
}
"""What a component function returns: one row per person whose evidence counts. `raw` may be a number instead."""


def earned(rows: pl.DataFrame, component: Component, **columns: Any) -> pl.DataFrame:
    """Shape chosen rows as `EARNED`, points at most 100; what is not given is the rows' own column, or null."""
    given = {name: value if isinstance(value, pl.Expr) else pl.lit(value) for name, value in columns.items()}
    for name in EARNED:
        given.setdefault(name, pl.col(name) if name in rows.columns else pl.lit(None))
    # Not `min_horizontal`: polars 1.44 makes one value of a whole column of `when … then`.
    given["points"] = given["points"].clip(upper_bound=MOST_POINTS)
    types = {**EARNED, "raw": pl.Int64() if component in NUMBER_COMPONENTS else pl.String()}
    return rows.select(given[name].cast(dtype).alias(name) for name, dtype in types.items())


def first_known(frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Return, for each person, the row of the first frame that has one."""
    found = frames[0]
    for frame in frames[1:]:
        found = pl.concat([found, frame.join(found.select("person"), on="person", how="anti")])
    return found
