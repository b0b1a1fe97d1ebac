"""Is an indicator of SIMATA's sheet written in raw points (0 to 100), or in points times its weight?

The sheet does not say. Its axis totals do: they are the sum of weighted points. Every way of reading the columns of an
axis is tried against the totals, under the weights given, under those of rivals, and under weights that the totals
themselves give. What fits is accepted only where 95 % of the rows agree within half of the last decimal that is
printed, and of a column only what all the best ways have in common. Else a value above the weight is raw, a greatest
value equal to it weighted, and what neither tells is said to be undecided.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from nawa.engine.parameters import AXIS_OF, INDICATOR_OF, Axis, Component, Indicator, Parameters
from nawa.workbook.mapsheets import SIMATA

ACCEPTED: Final = 0.95
"""Share of the rows whose total must come out."""

FEWEST: Final = 20
"""Rows with every cell filled that are enough to look at these alone; with fewer, an empty cell counts nothing."""

OURS: Final = ""
FROM_SHEET: Final = "LEMBAR"
"""Whose weights make the totals: ours, or those that the totals give; between them stand names of rivals."""

AXIS_COLUMN: Final[Mapping[Axis, str]] = {Axis.POTENTIAL: "potential_axis", Axis.PERFORMANCE: "performance_axis"}
_EPSILON: Final = 1e-9
_PLACES: Final = 4

Values = npt.NDArray[np.float64]


class Notation(StrEnum):
    """How a column is written."""

    RAW = "MENTAH"
    WEIGHTED = "BERBOBOT"
    EITHER = "SAMA_SAJA"  # nothing but zeros, or a weight of everything: both read the same
    UNDECIDED = "BELUM_PASTI"
    EMPTY = "KOSONG"


class Ground(StrEnum):
    """What tells."""

    TOTALS = "JUMLAH"
    ABOVE_WEIGHT = "MELEBIHI_BOBOT"
    GREATEST_IS_WEIGHT = "TERTINGGI_SAMA_BOBOT"
    VALUES = "ISI"
    NOTHING = "TIDAK_ADA"


@dataclass(frozen=True, slots=True)
class ColumnReading:
    """How one indicator's column is to be read. `weight` is its share of the axis there, from 0 to 1."""

    indicator: Indicator
    notation: Notation
    ground: Ground
    places: int
    weight: float

    @property
    def factor(self) -> float:
        """What raw points are multiplied by to be written as there; 0 where that is not known."""
        return {Notation.RAW: 1.0, Notation.EITHER: 1.0, Notation.WEIGHTED: self.weight}.get(self.notation, 0.0)

    @property
    def tolerance(self) -> float:
        """Half of the last decimal printed, in raw points."""
        return half(self.places) / self.factor if self.factor else 0.0


@dataclass(frozen=True, slots=True)
class AxisReading:
    """How an axis is to be read: whose weights make its totals, in how many of the rows looked at, and its columns.

    `weights` is `OURS`, a rival's name, `FROM_SHEET`, or None where no way makes the totals.
    """

    axis: Axis
    weights: str | None
    fitting: int
    rows: int
    columns: tuple[ColumnReading, ...]


@dataclass(frozen=True, slots=True)
class _Fit:
    weights: str
    shares: Values
    choices: tuple[tuple[bool, ...], ...]  # of each of the best ways: which columns are weighted
    fitting: int


def half(places: int) -> float:
    """Return half of the last of so many decimals."""
    return float(0.5 * 10.0**-places)


def indicators_of(axis: Axis) -> tuple[Indicator, ...]:
    """Return the indicators of an axis in the order of the sheet."""
    axes = {INDICATOR_OF[component]: AXIS_OF[component] for component in Component}
    return tuple(indicator for _heading, indicator in SIMATA if axes[indicator] is axis)


def shares(axis: Axis, parameters: Parameters) -> dict[Indicator, float]:
    """Return the share of the axis that each of its indicators has."""
    weights = dict.fromkeys(indicators_of(axis), 0)
    for component, weighing in parameters.weighing.items():
        if AXIS_OF[component] is axis:
            weights[INDICATOR_OF[component]] += weighing.weight
    return {indicator: weight / parameters.weight_base[axis] for indicator, weight in weights.items()}


def places_printed(values: pl.Series) -> int:
    """Return how many decimals a column prints: as many as its most exact value has, at most four."""
    whole = (values.drop_nulls().cast(pl.Float64) * 10**_PLACES).round().cast(pl.Int64)
    return next((places for places in range(_PLACES) if (whole % 10 ** (_PLACES - places) == 0).all()), _PLACES)


def recognise(sheet: pl.DataFrame, parameters: Parameters, rivals: Mapping[str, Parameters]) -> list[AxisReading]:
    """Return how each axis of a sheet (`nawa.workbook.simata`) is written; X first, as there."""
    return [_axis(sheet, axis, parameters, rivals) for axis in (Axis.POTENTIAL, Axis.PERFORMANCE)]


def _axis(sheet: pl.DataFrame, axis: Axis, parameters: Parameters, rivals: Mapping[str, Parameters]) -> AxisReading:
    indicators, own = indicators_of(axis), shares(axis, parameters)
    spoken = [one for one in indicators if sheet[one.lower()].drop_nulls().len()]
    matrix, totals = _rows(sheet, axis, spoken)
    slack = np.array([_slack(sheet[one.lower()]) for one in spoken])
    tolerance = half(places_printed(sheet[AXIS_COLUMN[axis]]))
    others = ((name, shares(axis, other)) for name, other in rivals.items())
    asked = [(OURS, own), *((name, of) for name, of in others if of != own)]
    fit = _best(matrix, totals, slack, tolerance, [(name, _array(of, spoken)) for name, of in asked])
    fit = fit or _from_totals(matrix, totals, slack, tolerance, _array(own, spoken))
    used = dict(zip(spoken, fit.shares, strict=True)) if fit else own
    columns = tuple(_column(sheet, one, {**own, **used}[one], _said(fit, spoken, one)) for one in indicators)
    return AxisReading(axis, fit.weights if fit else None, fit.fitting if fit else 0, len(totals), columns)


def _array(of: Mapping[Indicator, float], spoken: Sequence[Indicator]) -> Values:
    return np.array([of[one] for one in spoken])


def _slack(values: pl.Series) -> float:
    """What rounding may have taken from a value; a column of whole numbers is taken to be exact."""
    places = places_printed(values)
    return half(places) if places else 0.0


def _rows(sheet: pl.DataFrame, axis: Axis, spoken: Sequence[Indicator]) -> tuple[Values, Values]:
    names = [one.lower() for one in spoken]
    told = sheet.select(*names, AXIS_COLUMN[axis]).cast(pl.Float64).filter(pl.col(AXIS_COLUMN[axis]).is_not_null())
    filled = told.drop_nulls()
    rows = filled if filled.height >= FEWEST else told.fill_null(0)
    return rows.select(names).to_numpy().reshape(rows.height, len(names)), rows[AXIS_COLUMN[axis]].to_numpy()


def _best(
    matrix: Values, totals: Values, slack: Values, tolerance: float, asked: Sequence[tuple[str, Values]]
) -> _Fit | None:
    """Return the weights under which most totals come out, the first of equals, with all of the best ways."""
    if not len(totals) or not matrix.shape[1]:
        return None
    ways = np.array(list(product((False, True), repeat=matrix.shape[1])))
    best: _Fit | None = None
    for name, weights in asked:
        factors = np.where(ways, 1.0, weights)
        allowed = tolerance + factors @ slack + _EPSILON
        fitting = (np.abs(matrix @ factors.T - totals[:, None]) <= allowed).sum(axis=0)
        most = int(fitting.max())
        if best is None or most > best.fitting:
            chosen = tuple(tuple(bool(cell) for cell in way) for way in ways[fitting == most])
            best = _Fit(name, weights, chosen, most)
    return best if best and best.fitting >= ACCEPTED * len(totals) else None


def _from_totals(matrix: Values, totals: Values, slack: Values, tolerance: float, own: Values) -> _Fit | None:
    """Return the weights that the totals themselves give, where they give any: by least squares, without outliers."""
    if len(totals) < FEWEST or np.linalg.matrix_rank(matrix) < matrix.shape[1]:
        return None
    kept = np.ones(len(totals), dtype=bool)
    for _again in range(4):
        factors = np.linalg.lstsq(matrix[kept], totals[kept], rcond=None)[0]
        wrong = np.abs(matrix @ factors - totals)
        kept = wrong <= np.quantile(wrong, ACCEPTED)
        if np.linalg.matrix_rank(matrix[kept]) < matrix.shape[1]:
            return None
    factors = factors.round(_PLACES)
    fitting = int((np.abs(matrix @ factors - totals) <= tolerance + factors @ slack + 0.01).sum())
    if fitting < ACCEPTED * len(totals) or (factors < 0).any() or (factors > 1 + _EPSILON).any():
        return None
    weighted = factors > 1 - half(2)
    return _Fit(FROM_SHEET, np.where(weighted, own, factors), (tuple(bool(one) for one in weighted),), fitting)


def _said(fit: _Fit | None, spoken: Sequence[Indicator], one: Indicator) -> set[bool]:
    """Return whether a column is weighted in the best ways: one answer, both, or none where nothing was asked."""
    return {way[spoken.index(one)] for way in fit.choices} if fit and one in spoken else set()


def _column(sheet: pl.DataFrame, one: Indicator, weight: float, said: set[bool]) -> ColumnReading:
    values = sheet[one.lower()].drop_nulls().cast(pl.Float64)
    places = places_printed(values)
    notation, ground = _read(values, weight, places, said)
    return ColumnReading(one, notation, ground, places, round(weight, 8))


def _read(values: pl.Series, weight: float, places: int, said: set[bool]) -> tuple[Notation, Ground]:
    if not values.len():
        return Notation.EMPTY, Ground.NOTHING
    if weight >= 1 or not (values > 0).any():
        return Notation.EITHER, Ground.VALUES
    if len(said) == 1:
        return (Notation.WEIGHTED if True in said else Notation.RAW), Ground.TOTALS
    greatest, most = float(values.to_numpy().max()), 100 * weight
    if greatest > most + half(places) + _EPSILON:
        return Notation.RAW, Ground.ABOVE_WEIGHT
    if abs(greatest - most) <= half(places) + _EPSILON:
        return Notation.WEIGHTED, Ground.GREATEST_IS_WEIGHT
    return Notation.UNDECIDED, Ground.NOTHING
