import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nawa.proof import canonical


def plain_cell(value: Any) -> str:
    """The form `nawa.rows/1` of one cell, written from its description."""
    if value is None:
        return "-,"
    if isinstance(value, bool):
        return f"b{int(value)},"
    if isinstance(value, int):
        return f"i{value},"
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return f"n{text.rstrip('0').rstrip('.') if '.' in text else text},"
    if isinstance(value, datetime.date):
        return f"d{value:%Y%m%d},"
    if isinstance(value, str):
        return f"t{len(value.encode())}:{value},"
    return f"l{len(value)}:{''.join(map(plain_cell, value))},"


def plain_row(values: Sequence[Any]) -> str:
    return "".join(map(plain_cell, values))


SCHEMA = {
    "text": pl.String(),
    "code": pl.Categorical(),
    "whole": pl.Int64(),
    "number": pl.Decimal(18, 4),
    "yes": pl.Boolean(),
    "on": pl.Date(),
    "several": pl.List(pl.String()),
}
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
ROWS = st.lists(
    st.tuples(
        st.none() | TEXT,
        st.none() | TEXT,
        st.none() | st.integers(-(2**63), 2**63 - 1),
        st.none() | st.decimals("-99999999999999", "99999999999999", places=4, allow_nan=False),
        st.none() | st.booleans(),
        st.none() | st.dates(datetime.date(1900, 1, 1), datetime.date(2999, 12, 31)),
        st.none() | st.lists(st.none() | TEXT, max_size=3),
    ),
    max_size=8,
)


@given(ROWS)
def test_rows_are_written_as_the_plain_reference_writes_them(rows: list[tuple[Any, ...]]) -> None:
    frame = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    assert canonical.rows(frame).to_list() == [plain_row(row) for row in rows]


def test_a_row_looks_as_the_form_says() -> None:
    frame = pl.DataFrame(
        {
            "name": ["hello", "né", None],
            "age": [-42, 0, None],
            "score": [Decimal("12.5000"), Decimal("100.0000"), None],
            "active": [True, False, None],
            "since": [datetime.date(2026, 11, 1), datetime.date(1980, 2, 29), None],
            "registers": [["a", "b"], [], None],
        },
        schema_overrides={"score": pl.Decimal(18, 4)},
    )
    assert canonical.rows(frame).to_list() == [
        "t5:hello,i-42,n12.5,b1,d20261101,l2:t1:a,t1:b,,",
        "t3:né,i0,n100,b0,d19800229,l0:,",
        "-,-,-,-,-,-,",
    ]
    assert canonical.heading(frame) == "name:t age:i score:n active:b since:d registers:lt"


def test_no_text_can_imitate_another_row() -> None:
    frame = pl.DataFrame({"a": ["x,t1:y", "x"], "b": [None, "y,-"]}, schema={"a": pl.String, "b": pl.String})
    assert canonical.rows(frame).n_unique() == 2


def test_equal_numbers_of_different_scale_are_one() -> None:
    forms = [canonical.rows(pl.DataFrame({"n": [Decimal(7)]}, {"n": pl.Decimal(18, scale)}))[0] for scale in (0, 2, 4)]
    assert forms == ["n7,"] * 3


@pytest.mark.parametrize("dtype", [pl.Float64(), pl.Datetime(), pl.List(pl.Float32())])
def test_what_has_no_canonical_form_is_refused(dtype: pl.DataType) -> None:
    with pytest.raises(TypeError):
        canonical.rows(pl.DataFrame(schema={"x": dtype}))


def test_a_frame_without_columns_has_no_rows_to_write() -> None:
    with pytest.raises(TypeError):
        canonical.rows(pl.DataFrame())


def test_a_document_is_ascii_with_sorted_keys_and_no_spaces() -> None:
    assert canonical.document({"b": [1, None, True], "a": {"é": "\n"}}) == b'{"a":{"\\u00e9":"\\n"},"b":[1,null,true]}'


@pytest.mark.parametrize("value", [1.5, {"a": [0.0]}, {1: "a"}, {"a": datetime.date(2026, 1, 1)}, b"x"])
def test_a_document_holds_nothing_inexact(value: Any) -> None:
    with pytest.raises(TypeError):
        canonical.document(value)
