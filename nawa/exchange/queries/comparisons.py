"""Reading comparisons with SIMATA: what was found, in scope, and the evidence for what is to be corrected there."""

from __future__ import annotations

import io
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

import polars as pl
from django.db.models import QuerySet

from nawa.exchange.enums import Cause
from nawa.exchange.models import Comparison
from nawa.talent.queries import visible
from nawa.talent.queries.places import Places

TO_CORRECT: Final = (Cause.NOT_THERE, Cause.EMPTY_THERE)
"""Causes of differences in an indicator that are put right there, by evidence that stands here."""


def comparisons(*, unpublished: bool) -> QuerySet[Comparison]:
    """Return the comparisons with runs that the reader may know of, latest first, without their contents."""
    rows = Comparison.objects.filter(base__in=visible(unpublished=unpublished).order_by().values("pk"))
    return rows.select_related("base").defer("file", "people", "differences").order_by("-started_at", "-pk")


def comparison_by_id(public_id: str, *, unpublished: bool) -> Comparison | None:
    """Return a comparison by its opaque id, likewise (one query)."""
    return comparisons(unpublished=unpublished).filter(public_id=public_id).first()


def differences(comparison: Comparison, *, within: Places) -> pl.DataFrame:
    """Return the differences of people in these units: one query for the first reader, none afterwards.

    Rows that name nobody known are for those alone whose scope leaves nobody out.
    """
    return _inside(_held(comparison.public_id, "differences"), within)


def compared_people(comparison: Comparison, *, within: Places) -> pl.DataFrame:
    """Return everybody of the map in these units, with both boxes and `there`; queries as `differences`."""
    return _inside(_held(comparison.public_id, "people"), within)


def counts(rows: pl.DataFrame, column: str) -> dict[str, int]:
    """Return how many rows there are by what stands in a column."""
    return dict(rows.group_by(column).len().iter_rows())


def flow(people: pl.DataFrame) -> dict[int | None, dict[int | None, int]]:
    """Return how many stand in each box here (rows) and there (columns), of those who stand on both sheets."""
    boxes = (*range(9, 0, -1), None)
    both = people.filter(pl.col("there").fill_null(value=False)).select(
        *(pl.col(name).cast(pl.Int64) for name in ("box", "box_there"))
    )
    counted = {(here, there): number for here, there, number in both.group_by("box", "box_there").len().iter_rows()}
    return {here: {there: counted.get((here, there), 0) for there in boxes} for here in boxes}


def chosen(rows: pl.DataFrame, *, item: str = "", cause: str = "", units: Iterable[int] | None = None) -> pl.DataFrame:
    """Return the rows of an item, with a cause, in some units; the largest difference first, equals by person."""
    if item:
        rows = rows.filter(pl.col("item") == item)
    if cause:
        rows = rows.filter(pl.col("cause") == cause)
    if units is not None:
        rows = rows.filter(pl.col("unit_id").is_in(list(units)))
    size = (pl.col("ours").fill_null(0) - pl.col("theirs").fill_null(0)).abs()
    return rows.sort(size, "person_id", "item", descending=[True, False, False], nulls_last=True)


def to_correct(rows: pl.DataFrame) -> pl.DataFrame:
    """Return what is to be corrected there: values for which evidence stands here, and people who are missing there."""
    values = pl.col("cause").is_in([str(cause) for cause in TO_CORRECT]) & (pl.col("component") != "")
    return rows.filter(values | (pl.col("cause") == Cause.ONLY_HERE))


def _inside(rows: pl.DataFrame, within: Places) -> pl.DataFrame:
    return rows if within.is_everything else rows.filter(pl.col("unit_id").is_in(list(within.names)))


@lru_cache(maxsize=8)
def _held(public_id: str, part: str) -> pl.DataFrame:
    content = Comparison.objects.values_list(part, flat=True).get(public_id=public_id)
    return pl.read_parquet(io.BytesIO(bytes(content or b"")))
