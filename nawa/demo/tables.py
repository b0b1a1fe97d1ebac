"""Columns of values → frames that keep the workbook's contract."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Final

import numpy as np
import polars as pl

from nawa.demo.chance import Array, Bools, Texts
from nawa.workbook.sheets import BY_TABLE, DECIMAL

Values = Array | Sequence[object]
_TEN_THOUSANDTH: Final = Decimal("0.0001")


def table(name: str, columns: Mapping[str, Values]) -> pl.DataFrame:
    """The table `name` of these columns; those not given are empty. Numbers with a fraction are whole ten-thousandths.

    Raises:
        KeyError: a column that the sheet does not have.
    """
    schema = BY_TABLE[name].schema
    strange = set(columns) - set(schema)
    if strange:
        raise KeyError(f"{name}: {sorted(strange)}")
    height = len(next(iter(columns.values())))
    frame = pl.DataFrame(
        [_series(column, columns.get(column, [None] * height), dtype) for column, dtype in schema.items()]
    )
    return frame.with_columns(
        (pl.col(column) * _TEN_THOUSANDTH).cast(DECIMAL) for column, dtype in schema.items() if dtype == DECIMAL
    )


def known(chosen: Bools, values: Texts) -> Texts:
    """The values where chosen, nothing elsewhere."""
    kept = values.copy()
    kept[~chosen] = None
    return kept


def table_of_rows(name: str, rows: Iterable[Mapping[str, object]]) -> pl.DataFrame:
    """The table `name` of rows that each name some of its columns."""
    listed = list(rows)
    named = dict.fromkeys(column for row in listed for column in row)
    if not listed:
        return BY_TABLE[name].empty()
    return table(name, {column: [row.get(column) for row in listed] for column in named})


def _series(name: str, values: Values, dtype: pl.DataType) -> pl.Series:
    plain = values.tolist() if isinstance(values, np.ndarray) and values.dtype == object else values
    if isinstance(plain, np.ndarray):
        return pl.Series(name, plain).cast(dtype)
    return pl.Series(name, list(plain), dtype=dtype)
