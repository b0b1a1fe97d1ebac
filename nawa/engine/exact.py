"""Exact numbers: points are whole millionths, and a ratio is rounded once, half up. No float decides a boundary."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

import polars as pl

from nawa.engine.parameters import Band

MILLION: Final = 1_000_000
MOST_POINTS: Final = 100 * MILLION


def half_up(numerator: pl.Expr, denominator: pl.Expr | int) -> pl.Expr:
    """Return the quotient of a number that is not negative and a positive one, rounded half up to a whole number."""
    return (2 * numerator + denominator) // (2 * denominator)


def half_up_fraction(value: Fraction) -> int:
    """Return a fraction that is not negative, rounded half up."""
    return int((2 * value.numerator + value.denominator) // (2 * value.denominator))


def points_of(code: pl.Expr, points: Mapping[str, int]) -> pl.Expr:
    """Return the points of a code in millionths; null where the scale does not have it."""
    earned = {key: MILLION * value for key, value in points.items()}
    return code.replace_strict(earned, default=None, return_dtype=pl.Int64)


def banded(value: pl.Expr, bands: tuple[Band, ...], below: int) -> pl.Expr:
    """Return the points, in millionths, of the highest band whose lower bound the value reaches, or of `below`."""
    found = pl.lit(below * MILLION, dtype=pl.Int64)
    for band in reversed(bands):
        found = pl.when(value >= band.least).then(pl.lit(band.points * MILLION, dtype=pl.Int64)).otherwise(found)
    return found
