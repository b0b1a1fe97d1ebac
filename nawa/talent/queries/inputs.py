"""A run's input as the run kept it: the whole of it, or one person's rows."""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

import polars as pl

from nawa.engine.tables import Records
from nawa.talent.models import MappingInput, MappingRun

_HELD: Final = 2  # inputs kept in memory, some 30 MB each for 12,000 people: the newest period, and one looked back at


def kept_records(run: MappingRun) -> Records:
    """Return the engine's input as the run kept it (one query).

    Raises:
        ValueError: a table is missing or no longer what it was.
    """
    kept = MappingInput.objects.filter(run=run).values_list("table", "content")
    return Records({table: pl.read_parquet(io.BytesIO(content)) for table, content in kept})


def rows_of(run: MappingRun, subject: str) -> Mapping[str, list[dict[str, Any]]]:
    """Return one person's rows of every table of a run's input, in the tables' order, with the standard of their post.

    Nobody can change what a run kept, so it is read once and held (one query at most).
    """
    tables = _held(run.pk, run.inputs_root).tables
    found = {
        name: frame.filter(pl.col("subject") == subject).sort("source" if "source" in frame.columns else "subject")
        for name, frame in tables.items()
        if name != "standard"
    }
    asked = found["person"]["standard"].first() if found["person"].height else None
    found["standard"] = tables["standard"].filter(pl.col("standard") == pl.lit(asked, pl.String)).sort("competency")
    return {name: frame.to_dicts() for name, frame in found.items()}


@lru_cache(maxsize=_HELD)
def _held(pk: int, inputs_root: str) -> Records:
    """The input of a run; its root stands in the key because it says which input that is."""
    return kept_records(MappingRun(pk=pk))
