"""Exact numbers: one rounding, half up, and no float."""

from __future__ import annotations

from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nawa.engine.exact import banded, half_up, half_up_fraction, points_of
from nawa.engine.parameters import Band


@pytest.mark.parametrize(
    ("over", "under", "whole"), [(1, 2, 1), (3, 2, 2), (1, 3, 0), (2, 3, 1), (0, 7, 0), (5, 10, 1)]
)
def test_a_half_is_rounded_up(over: int, under: int, whole: int) -> None:
    assert pl.select(half_up(pl.lit(over), pl.lit(under))).item() == whole


@given(st.integers(0, 10**12), st.integers(1, 10**6))
def test_both_ways_of_rounding_agree(over: int, under: int) -> None:
    rounded = pl.DataFrame({"over": [over]}).select(half_up(pl.col("over"), under)).item()
    assert rounded == half_up_fraction(Fraction(over, under))


@pytest.mark.parametrize(("value", "points"), [(0, 5), (1, 25), (3, 25), (4, 50), (7, 50), (8, 100), (900, 100)])
def test_the_highest_band_whose_bound_is_reached_counts(value: int, points: int) -> None:
    bands = (Band(8, 100), Band(4, 50), Band(1, 25))
    assert pl.select(banded(pl.lit(value), bands, 5)).item() == points * 1_000_000


def test_a_code_that_the_scale_does_not_have_has_no_points() -> None:
    scale = pl.Series(["BAIK", "LAIN", None])
    assert scale.to_frame("code").select(points_of(pl.col("code"), {"BAIK": 80})).to_series().to_list() == [
        80_000_000,
        None,
        None,
    ]
