"""Raw or weighted: told by the totals where they come out, by the values where they do not, and else not at all."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
import pytest

from nawa.engine.parameters import Axis, Component, Indicator, Parameters
from nawa.policy.loading import load
from nawa.workbook.notation import (
    AXIS_COLUMN,
    FROM_SHEET,
    OURS,
    AxisReading,
    Ground,
    Notation,
    indicators_of,
    places_printed,
    recognise,
    shares,
)
from nawa.workbook.simata import SHEET

POINTS = (0.0, 25.0, 50.0, 75.0, 80.0, 87.5, 100.0)
Spoil = Callable[[dict[str, np.ndarray]], None]


@pytest.fixture(scope="module")
def parameters() -> Parameters:
    return load("semarang", on=date(2026, 11, 1)).parameters


def weights_of(parameters: Parameters) -> dict[Indicator, float]:
    return {one: share for axis in Axis for one, share in shares(axis, parameters).items()}


def sheet_of(
    weights: Mapping[Indicator, float],
    weighted: Collection[Indicator] = (),
    *,
    rows: int = 300,
    places: int = 2,
    spoil: Spoil = lambda columns: None,
) -> pl.DataFrame:
    """A sheet of random points, totals from the weights, the columns named written as weighted, all rounded."""
    draw = np.random.default_rng(7)
    points = {one: draw.choice(POINTS, rows) for one in Indicator}
    columns = {
        AXIS_COLUMN[axis]: sum(points[one] * weights[one] for one in indicators_of(axis)).round(places) for axis in Axis
    }
    columns |= {
        one.lower(): (points[one] * (weights[one] if one in weighted else 1)).round(places) for one in Indicator
    }
    spoil(columns)
    plain = {name: [None if np.isnan(value) else float(value) for value in of] for name, of in columns.items()}
    schema = {name: dtype for name, dtype in SHEET.schema.items() if name in plain}
    return pl.DataFrame(plain, schema=dict.fromkeys(plain, pl.Float64)).cast(schema)  # type: ignore[arg-type]


def notations(read: list[AxisReading]) -> dict[Indicator, Notation]:
    return {column.indicator: column.notation for axis in read for column in axis.columns}


def expected(weighted: Collection[Indicator]) -> dict[Indicator, Notation]:
    return {one: Notation.WEIGHTED if one in weighted else Notation.RAW for one in Indicator}


@pytest.mark.parametrize(
    "weighted",
    [set(), set(Indicator), {Indicator.AWARD}, {Indicator.RATING, Indicator.COMPETENCE, Indicator.DISCIPLINE}],
    ids=["all raw", "all weighted", "one weighted", "a mixture on both axes"],
)
@pytest.mark.parametrize("places", [1, 2, 4])
def test_each_column_is_told_by_the_totals(parameters: Parameters, weighted: set[Indicator], places: int) -> None:
    read = recognise(sheet_of(weights_of(parameters), weighted, places=places), parameters, {})
    assert notations(read) == expected(weighted)
    assert {axis.weights for axis in read} == {OURS}
    assert {column.ground for axis in read for column in axis.columns} == {Ground.TOTALS}


def test_five_percent_of_wrong_totals_are_borne_and_more_are_not(parameters: Parameters) -> None:
    def wrong(share: int) -> Spoil:
        def spoil(columns: dict[str, np.ndarray]) -> None:
            columns["performance_axis"][:share] += 7

        return spoil

    borne, not_borne = (
        recognise(sheet_of(weights_of(parameters), {Indicator.AWARD}, spoil=wrong(rows)), parameters, {})[1]
        for rows in (15, 16)
    )
    assert (borne.weights, borne.fitting, borne.rows) == (OURS, 285, 300)
    assert not_borne.weights is None
    assert {column.ground for column in not_borne.columns} <= {Ground.ABOVE_WEIGHT, Ground.GREATEST_IS_WEIGHT}
    assert notations([not_borne])[Indicator.AWARD] is Notation.WEIGHTED  # its greatest value is its weight


def test_without_totals_the_values_tell_and_what_they_do_not_tell_is_undecided(parameters: Parameters) -> None:
    weights = weights_of(parameters)

    def spoil(columns: dict[str, np.ndarray]) -> None:
        for name in AXIS_COLUMN.values():
            columns[name][:] = np.nan
        columns["award"] = np.minimum(columns["award"], 90 * weights[Indicator.AWARD])  # nobody has the full points
        columns["team"][:] = 0
        columns["feedback"][:] = np.nan

    read = notations(recognise(sheet_of(weights, set(), spoil=spoil), parameters, {}))
    assert read[Indicator.RATING] is Notation.RAW
    assert read[Indicator.AWARD] is Notation.UNDECIDED
    assert read[Indicator.TEAM] is Notation.EITHER
    assert read[Indicator.FEEDBACK] is Notation.EMPTY


def test_a_column_of_zeros_reads_the_same_both_ways_and_leaves_the_others_told(parameters: Parameters) -> None:
    weights = weights_of(parameters)

    def spoil(columns: dict[str, np.ndarray]) -> None:
        columns["performance_axis"] -= columns["award"] * weights[Indicator.AWARD]
        columns["award"][:] = 0

    read = notations(recognise(sheet_of(weights, {Indicator.TEAM}, spoil=spoil), parameters, {}))
    assert read[Indicator.AWARD] is Notation.EITHER
    assert (read[Indicator.TEAM], read[Indicator.RATING]) == (Notation.WEIGHTED, Notation.RAW)


def test_empty_cells_count_nothing_where_few_rows_are_filled(parameters: Parameters) -> None:
    weights = weights_of(parameters)

    def spoil(columns: dict[str, np.ndarray]) -> None:
        columns["performance_axis"][10:] -= columns["award"][10:] * weights[Indicator.AWARD]
        columns["award"][10:] = np.nan

    read = recognise(sheet_of(weights, spoil=spoil), parameters, {})[1]
    assert (read.weights, read.rows) == (OURS, 300)
    assert notations([read])[Indicator.AWARD] is Notation.RAW


def other_weights(parameters: Parameters) -> Parameters:
    """Ten percent of the axis go from the rating to the award."""
    moved = parameters.weight_base[Axis.PERFORMANCE] // 10
    weighing = dict(parameters.weighing)
    for component, more in ((Component.RATING, -moved), (Component.AWARD, moved)):
        weighing[component] = replace(weighing[component], weight=weighing[component].weight + more)
    return replace(parameters, weighing=weighing)


def test_the_weights_of_a_rival_are_told_by_its_name(parameters: Parameters) -> None:
    rival = other_weights(parameters)
    read = recognise(sheet_of(weights_of(rival), {Indicator.TEAM}), parameters, {"lain": rival})
    assert [axis.weights for axis in read] == [OURS, "lain"]
    assert notations(read) == expected({Indicator.TEAM})
    (award,) = (column for column in read[1].columns if column.indicator is Indicator.AWARD)
    assert award.weight == pytest.approx(shares(Axis.PERFORMANCE, rival)[Indicator.AWARD])


def test_weights_that_nobody_states_are_worked_out_from_the_totals(parameters: Parameters) -> None:
    rival = other_weights(parameters)

    def spoil(columns: dict[str, np.ndarray]) -> None:
        columns["performance_axis"][:9] += 11

    read = recognise(sheet_of(weights_of(rival), {Indicator.TEAM}, places=4, spoil=spoil), parameters, {})[1]
    assert read.weights == FROM_SHEET
    assert notations([read])[Indicator.TEAM] is Notation.WEIGHTED
    for column in read.columns:
        if column.notation is Notation.RAW:
            assert column.weight == pytest.approx(shares(Axis.PERFORMANCE, rival)[column.indicator], abs=0.0002)


def test_totals_that_are_no_sum_of_the_columns_tell_nothing(parameters: Parameters) -> None:
    def spoil(columns: dict[str, np.ndarray]) -> None:
        columns["performance_axis"][:] = np.random.default_rng(3).uniform(0, 100, 300).round(2)

    assert recognise(sheet_of(weights_of(parameters), spoil=spoil), parameters, {})[1].weights is None


def test_an_empty_sheet_says_nothing_and_breaks_nothing(parameters: Parameters) -> None:
    read = recognise(sheet_of(weights_of(parameters)).clear(), parameters, {})
    assert set(notations(read).values()) == {Notation.EMPTY}
    assert [axis.rows for axis in read] == [0, 0]


@pytest.mark.parametrize(("values", "places"), [([], 0), ([1, 20], 0), ([1.5, 2], 1), ([0.25, 1.5], 2), ([1.0005], 4)])
def test_as_many_decimals_are_printed_as_the_most_exact_value_has(values: list[float], places: int) -> None:
    assert places_printed(pl.Series(values, dtype=pl.Float64)) == places
