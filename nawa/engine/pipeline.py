"""Records to map in one call, as the command line, the database and national runs use it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from nawa.engine.cohort import Cohort, cohort
from nawa.engine.components import component_columns
from nawa.engine.ninebox import box, follow_ups, listed, pool_tiers
from nawa.engine.parameters import Axis, Parameters, Status
from nawa.engine.scoring import (
    CLASSES,
    axis_columns,
    completeness,
    is_unknown,
    level,
    official_level,
    score,
    status,
    talent_score,
)
from nawa.engine.sureness import box_chances
from nawa.engine.tables import Records, map_schema


@dataclass(frozen=True, slots=True)
class MapResult:
    """One row per mapped person, sorted by subject, with the columns of `nawa.engine.tables.map_schema`."""

    map: pl.DataFrame


def map_talent(records: Records, parameters: Parameters, *, on: date) -> MapResult:
    """Return the talent map on a day. The order of rows in the records changes nothing.

    Source: Keputusan Kepala BKN 411/2025 as the profile in `parameters` states it; `docs/scoring.md` tells each step.
    """
    people = cohort(records, parameters, on=on)
    components = component_columns(people, parameters)
    columns = _result_columns(people, components, parameters)
    columns = columns.hstack(box_chances(columns, parameters))
    return MapResult(columns.select(pl.col(name).cast(dtype) for name, dtype in map_schema(parameters).items()))


def _result_columns(people: Cohort, components: pl.DataFrame, parameters: Parameters) -> pl.DataFrame:
    columns = people.people.select("subject", "staff_kind").hstack(components)
    columns = columns.with_columns(axis_columns(parameters))
    columns = columns.with_columns(
        *completeness(parameters),
        candidate=pl.col("staff_kind").is_in(parameters.candidate_staff_kinds).fill_null(value=False),
        status=status(parameters),
    )
    columns = columns.with_columns(_official(parameters))
    columns = columns.with_columns(talent_score_e6=talent_score(parameters))
    proved = pl.when(status=Status.SEMENTARA).then("box_lowest").otherwise("box")
    pooled = columns.select(pl.when("candidate").then(proved)).to_series()
    return columns.with_columns(
        follow_ups(columns["box"], parameters).alias("follow_ups"),
        pool_tiers(pooled, parameters).alias("pool_tiers"),
        _missing(columns, parameters).alias("missing"),
    )


def _official(parameters: Parameters) -> list[pl.Expr]:
    """Scores, classes and boxes: null for those who cannot be mapped yet."""
    mapped = pl.col("status") != Status.BELUM_DAPAT_DIPETAKAN
    found: dict[str, pl.Expr] = {}
    levels: dict[str, list[pl.Expr]] = {"box": [], "box_lowest": [], "box_highest": []}
    for axis in Axis:
        stem = axis.lower()
        shown = official_level(axis, parameters)
        names = dict(enumerate(CLASSES[axis]))
        found[f"{stem}_score"] = score(axis, parameters)
        found[f"{stem}_class"] = shown.replace_strict(names, default=None, return_dtype=pl.String)
        levels["box"].append(shown)
        levels["box_lowest"].append(level(axis, parameters, pl.col(f"{stem}_proved")))
        levels["box_highest"].append(level(axis, parameters, pl.col(f"{stem}_possible")))
    found |= {name: box(pair[0], pair[1], parameters) for name, pair in levels.items()}
    return [pl.when(mapped).then(value).alias(name) for name, value in found.items()]


def _missing(columns: pl.DataFrame, parameters: Parameters) -> pl.Series:
    """The unknown components of each person, in order."""
    components = parameters.components
    bits = columns.select(
        pl.sum_horizontal(is_unknown(component).cast(pl.Int64) * (1 << bit) for bit, component in enumerate(components))
    ).to_series()
    distinct, place = np.unique(bits.to_numpy(), return_inverse=True)
    lists = [[component for bit, component in enumerate(components) if code >> bit & 1] for code in distinct.tolist()]
    return listed(pl.Series(place), lists)
