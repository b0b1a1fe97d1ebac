"""A run's whole map as one table, kept beside its rows: what pages read of twelve thousand people at once.

The rows are the truth; the table is worked out from them, which takes a second, and is then read in a hundredth of it.
"""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Final

import numpy as np
import polars as pl
from django.db.models import TextField
from django.db.models.functions import Cast

from nawa.talent.models import MappingResult, MapTable

_PLAIN: Final = {
    **dict.fromkeys(("person_id", "unit_id", "position_id"), pl.Int64()),
    **dict.fromkeys(("staff_kind", "status"), pl.String()),
    **dict.fromkeys(("performance_score", "potential_score", "talent_score_e6"), pl.Int64()),
    **dict.fromkeys(("box", "box_lowest", "box_highest"), pl.Int8()),
    **dict.fromkeys(("completeness_e4", "performance_completeness_e4", "potential_completeness_e4"), pl.Int64()),
}
_TEXTS: Final = ("probabilities", "missing")
_BILLION: Final = 1e9
_BOXES: Final = 9


@lru_cache(maxsize=4)
def table_of(public_id: str) -> pl.DataFrame:
    """Return a run's table, by the order of its people's keys (one query; two where it is not kept yet).

    A run never changes, so what was read of it once is held. Columns as `MappingResult` has them, `missing` as lists;
    `chance`: the probability that somebody truly is in the box shown (null without a box), `best`: the greatest of the
    nine probabilities, and `likeliest`: its box.
    """
    kept = MapTable.objects.filter(run__public_id=public_id).values_list("content", flat=True).first()
    return worked_out(public_id) if kept is None else pl.read_parquet(io.BytesIO(bytes(kept)))


def worked_out(public_id: str) -> pl.DataFrame:
    """Return a run's table as its rows give it (one query)."""
    texts = {f"{name}_text": Cast(name, TextField()) for name in _TEXTS}
    rows = MappingResult.objects.filter(run__public_id=public_id).order_by("person_id").annotate(**texts)
    schema = _PLAIN | dict.fromkeys(_TEXTS, pl.String())
    people = pl.DataFrame(list(rows.values_list(*_PLAIN, *texts)), schema=schema, orient="row")
    chances = people["probabilities"].str.json_decode(pl.List(pl.Int64)).list.to_array(_BOXES)
    shares = chances.to_numpy().reshape(-1, _BOXES) / _BILLION
    here = shares[np.arange(people.height), people["box"].fill_null(1).to_numpy().astype(np.int64) - 1]
    return people.drop("probabilities").with_columns(
        people["missing"].fill_null("[]").str.json_decode(pl.List(pl.String)).fill_null([]),
        pl.when(pl.col("box").is_not_null()).then(pl.Series(here, dtype=pl.Float64)).alias("chance"),
        pl.Series("best", shares.max(axis=1) if people.height else [], dtype=pl.Float64),
        pl.Series("likeliest", shares.argmax(axis=1) + 1 if people.height else [], dtype=pl.Int8),
    )
