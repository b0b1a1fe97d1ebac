"""What a run depends on, and the hash of what it gave: the same record gives the same bytes, anywhere, years later.

A table is hashed in the form `nawa.table/1`: rows sorted by subject, then column by column, little-endian: name and
letter of its type, one byte per row (1 filled, 0 empty), then what the filled cells hold (whole numbers and days since
1970-01-01 in eight bytes, yes/no in one, texts as their lengths in bytes and then their UTF-8 bytes, lists as their
lengths and then their items as a column). It hashes a whole table quickly; `nawa.proof.canonical` writes single rows.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Final

import numpy as np
import polars as pl

ENGINE_VERSION: Final = "1"
"""Raised whenever the same input could give other numbers."""

TABLE: Final = "nawa.table/1"


@dataclass(frozen=True, slots=True)
class RunRecord:
    """All that decides a result: the commitment to the inputs (hex), the policy, the engine, the date and the seed."""

    input_commitment: str
    policy_id: str
    policy_version: str
    policy_hash: str
    on: date
    seed: int = 0
    engine_version: str = ENGINE_VERSION

    def canonical(self) -> bytes:
        """Return the record as canonical JSON: ASCII, sorted keys, no spaces."""
        fields = {**asdict(self), "on": self.on.isoformat()}
        return json.dumps(fields, sort_keys=True, separators=(",", ":")).encode("ascii")

    @property
    def hash(self) -> str:
        """SHA-256 of the canonical form, in hex."""
        return hashlib.sha256(self.canonical()).hexdigest()


def result_hash(table: pl.DataFrame) -> str:
    """Return the SHA-256, in hex, of a map in any row order, without `*_source` (where a row stood in its workbook).

    Raises:
        TypeError: a column holds floats or another type without a canonical form.
    """
    counted = table.select(pl.exclude("^.*_source$")).sort("subject")
    digest = hashlib.sha256(f"{TABLE} {counted.height}\n".encode())
    for column in counted.iter_columns():
        digest.update(f"{column.name}:".encode())
        for part in _encoded(column):
            digest.update(part)
    return digest.hexdigest()


def _encoded(column: pl.Series) -> Iterator[bytes]:
    kind = column.dtype
    filled = column.drop_nulls()
    yield _letter(kind) + b"\n"
    yield column.is_not_null().cast(pl.UInt8).to_numpy().tobytes()
    if isinstance(kind, pl.List):
        yield _longs(filled.list.len())
        yield from _encoded(filled.explode(empty_as_null=False))
    elif kind == pl.String:
        yield _longs(filled.str.len_bytes())
        yield "".join(filled.to_list()).encode()
    elif kind == pl.Boolean:
        yield filled.cast(pl.UInt8).to_numpy().tobytes()
    else:
        yield _longs(filled.to_physical())


def _letter(kind: pl.DataType) -> bytes:
    if isinstance(kind, pl.List):
        return b"l"
    if kind.is_integer():
        return b"i"
    letters = {pl.String(): b"t", pl.Boolean(): b"b", pl.Date(): b"d"}
    if kind not in letters:
        raise TypeError(f"{kind} has no canonical form")
    return letters[kind]


def _longs(values: pl.Series) -> bytes:
    return values.cast(pl.Int64).to_numpy().astype(np.dtype("<i8"), copy=False).tobytes()
