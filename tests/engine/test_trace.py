"""What a run depends on, and the hash of its result."""

from __future__ import annotations

import hashlib
import struct
from dataclasses import fields, replace
from datetime import date

import polars as pl
import pytest

from nawa.engine.trace import ENGINE_VERSION, RunRecord, result_hash

RECORD = RunRecord("00" * 32, "bkn-411-2025", "2025.1", "11" * 32, date(2026, 11, 1), seed=7)
TABLE = pl.DataFrame(
    {
        "subject": ["a", "b"],
        "points": [1, None],
        "on": [None, date(2026, 1, 1)],
        "candidate": [True, False],
        "missing": [["RATING", "AWARD"], []],
        "award_source": [3, 4],
    },
    schema_overrides={"points": pl.Int64},
)


def test_a_record_is_canonical_json() -> None:
    assert RECORD.canonical() == (
        b'{"engine_version":"' + ENGINE_VERSION.encode() + b'","input_commitment":"' + b"00" * 32 + b'",'
        b'"on":"2026-11-01","policy_hash":"'
        + b"11" * 32
        + b'","policy_id":"bkn-411-2025","policy_version":"2025.1","seed":7}'
    )


@pytest.mark.parametrize("name", [field.name for field in fields(RunRecord)])
def test_every_part_of_a_record_changes_its_hash(name: str) -> None:
    other = {"seed": 8, "on": date(2026, 11, 2)}.get(name, "other")
    assert replace(RECORD, **{name: other}).hash != RECORD.hash


def test_the_form_of_a_table_is_as_described() -> None:
    def longs(*numbers: int) -> bytes:
        return struct.pack(f"<{len(numbers)}q", *numbers)

    form = (
        b"nawa.table/1 2\n"
        + (b"subject:t\n" + b"\1\1" + longs(1, 1) + b"ab")
        + (b"points:i\n" + b"\1\0" + longs(1))
        + (b"on:d\n" + b"\0\1" + longs(20_454))
        + (b"candidate:b\n" + b"\1\1" + b"\1\0")
        + (b"missing:l\n" + b"\1\1" + longs(2, 0) + b"t\n" + b"\1\1" + longs(6, 5) + b"RATINGAWARD")
    )
    assert result_hash(TABLE) == hashlib.sha256(form).hexdigest()


def test_the_order_of_rows_does_not_matter() -> None:
    assert result_hash(TABLE.reverse()) == result_hash(TABLE)


def test_where_a_row_stood_in_its_workbook_does_not_matter() -> None:
    assert result_hash(TABLE.with_columns(award_source=9)) == result_hash(TABLE.drop("award_source"))


@pytest.mark.parametrize(
    "change",
    [
        {"points": pl.lit(2)},
        {"points": pl.lit(None, pl.Int64)},
        {"subject": pl.Series(["a", "c"])},
        {"on": pl.lit(date(2026, 1, 1))},
        {"candidate": pl.lit(value=True)},
        {"missing": pl.Series([["RATING"], ["AWARD"]])},
        {"missing": pl.Series([["RATINGAWARD"], []], dtype=pl.List(pl.String))},
        {"missing": pl.Series([["RATING", "AWARD"], None])},
    ],
)
def test_every_cell_matters(change: dict[str, pl.Expr]) -> None:
    assert result_hash(TABLE.with_columns(**change)) != result_hash(TABLE)


def test_names_of_columns_matter() -> None:
    assert result_hash(TABLE.rename({"points": "score"})) != result_hash(TABLE)


def test_floats_have_no_canonical_form() -> None:
    with pytest.raises(TypeError, match="Float64"):
        result_hash(TABLE.with_columns(points=0.5))
