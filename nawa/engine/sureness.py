"""How sure a box is: the probability of each of the nine, from measurement errors and from what was not submitted.

For planning, and for honesty about error; no official column uses it. The uncertain parts of an axis are a lattice
(sums of discrete errors and of what unknown evidence may hold) and one normal error: exact but for rounding of floats.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import ndtr

from nawa.engine.exact import MILLION
from nawa.engine.parameters import Axis, Component, Normal, Parameters, State, Steps
from nawa.engine.scoring import on_axis, scale

Longs = NDArray[np.int64]
Doubles = NDArray[np.float64]
Chances = tuple[tuple[int, float], ...]  # (what is added to the axis score, probability)
Lattice = tuple[Longs, Doubles]  # the same for a sum, ascending
Uncertainty = tuple[Lattice, float]  # with the deviation of the normal error

BILLION: Final = 1_000_000_000
_CELLS: Final = 2_000_000  # of one block of evaluations, so that memory stays small
_EXACT, _ABSENT, _NORMAL = -1, -2, -3  # choices; points, never negative, are the fourth kind


def box_chances(columns: pl.DataFrame, parameters: Parameters) -> pl.DataFrame:
    """Return `box_1_e9` … `box_9_e9`: billionths that add to one, one row per row of the map."""
    performance, potential = (_class_chances(axis, columns, parameters) for axis in Axis)
    billionths = np.zeros((9, columns.height), dtype=np.int64)
    for y, row in enumerate(parameters.box_table):
        for x, box in enumerate(row):
            billionths[box - 1] = np.floor(performance[y] * potential[x] * BILLION + 0.5)
    greatest = billionths.argmax(axis=0)
    billionths[greatest, np.arange(columns.height)] += BILLION - billionths.sum(axis=0)
    return pl.DataFrame({f"box_{box}_e9": billionths[box - 1] for box in range(1, 10)})


def _class_chances(axis: Axis, columns: pl.DataFrame, parameters: Parameters) -> Doubles:
    """Return the probabilities of the three classes, low first: an array of 3 × people."""
    uncertainties, pattern = _patterns(axis, columns, parameters)
    proved = columns[f"{axis.lower()}_proved"].to_numpy()
    # A pattern and a score decide everything, so each pair of them (made one number) is worked out once.
    span = int(proved.max(initial=0)) + 1
    pairs, place = np.unique(pattern * span + proved, return_inverse=True)
    bounds = np.searchsorted(pairs, np.arange(len(uncertainties) + 1) * span)
    cutoffs, unit = parameters.cutoffs[axis], MILLION * parameters.weight_base[axis]
    reach = np.empty((2, len(pairs)))
    for number, (lattice, deviation) in enumerate(uncertainties):
        rows = slice(bounds[number], bounds[number + 1])
        for line, cutoff in enumerate((cutoffs.middle, cutoffs.high)):
            reach[line, rows] = _reaching(pairs[rows] % span - cutoff * unit, lattice, deviation)
    middle, high = reach[:, place]
    return np.stack([1.0 - middle, np.maximum(middle - high, 0.0), high])


def _patterns(axis: Axis, columns: pl.DataFrame, parameters: Parameters) -> tuple[list[Uncertainty], Longs]:
    """Return the distinct patterns of uncertainty and everybody's pattern, as its place among them."""
    code = np.zeros(columns.height, dtype=np.int64)
    choices = []
    components = on_axis(axis, parameters)
    chosen = columns.select(_choice(component, parameters).alias(component) for component in components)
    for component in components:
        kinds, place = np.unique(chosen[component].to_numpy(), return_inverse=True)
        code = code * len(kinds) + place
        choices.append((component, kinds.tolist()))
    distinct, pattern = np.unique(code, return_inverse=True)
    return [_uncertainty(int(number), choices, parameters) for number in distinct], pattern


def _uncertainty(code: int, choices: list[tuple[Component, list[int]]], parameters: Parameters) -> Uncertainty:
    """Take a pattern's number apart into each component's choice, and add up what is uncertain."""
    errors: list[Chances] = []
    variance = 0.0
    for component, kinds in reversed(choices):
        code, digit = divmod(code, len(kinds))
        weighing, choice = parameters.weighing[component], kinds[digit]
        if choice == _NORMAL and isinstance(weighing.error, Normal):
            variance += (weighing.error.standard_error * MILLION * weighing.weight) ** 2
        elif choice != _EXACT:
            errors.append(_discrete(component, choice, parameters))
    return _sum_of(tuple(errors)), math.sqrt(variance)


def _choice(component: Component, parameters: Parameters) -> pl.Expr:
    """What is uncertain of a component: nothing, all of it, a normal error, or the points that may be a step off."""
    stem, error = component.lower(), parameters.weighing[component].error
    known = pl.lit(_EXACT, pl.Int64)
    if isinstance(error, Normal) and error.standard_error:
        known = pl.lit(_NORMAL, pl.Int64)
    elif isinstance(error, Steps):
        known = pl.col(f"{stem}_points")
    state = pl.col(f"{stem}_state")
    return pl.when(state == State.UNKNOWN).then(_ABSENT).when(state == State.KNOWN).then(known).otherwise(_EXACT)


def _discrete(component: Component, choice: int, parameters: Parameters) -> Chances:
    """What an unknown component, or one that may be a step off, can add to the score proved."""
    weighing = parameters.weighing[component]
    if choice == _ABSENT:
        return tuple((points * MILLION * weighing.weight, chance) for points, chance in weighing.absent)
    points, error = choice, weighing.error
    if not isinstance(error, Steps):
        raise TypeError(f"{component} has no steps")
    values = [MILLION * value for value in scale(component, parameters)]
    lower = max((value for value in values if value < points), default=points)
    higher = min((value for value in values if value > points), default=points)
    steps = ((lower, error.down), (points, 1 - error.down - error.up), (higher, error.up))
    return tuple(((value - points) * weighing.weight, chance) for value, chance in steps)


@lru_cache(maxsize=8_192)
def _sum_of(parts: tuple[Chances, ...]) -> Lattice:
    """Return the distribution of the sum of independent parts; each prefix of them is kept for the next pattern."""
    if not parts:
        return np.zeros(1, dtype=np.int64), np.ones(1)
    values, chances = _sum_of(parts[:-1])
    more, weights = (np.array(column) for column in zip(*parts[-1], strict=True))
    sums, place = np.unique(np.add.outer(values, more).ravel(), return_inverse=True)
    together = np.bincount(place, weights=np.multiply.outer(chances, weights).ravel())
    return sums, together.astype(np.float64)


def _reaching(above: Longs, lattice: Lattice, deviation: float) -> Doubles:
    """Return the probability that a score which lies `above` a cut-off (or, negative, below) truly reaches it."""
    values, chances = lattice
    if not deviation:
        tail = np.append(np.cumsum(chances[::-1])[::-1], 0.0)
        tail[0] = 1.0
        return tail[np.searchsorted(values, -above, side="left")]
    found = np.empty(len(above))
    block = max(1, _CELLS // len(values))
    for start in range(0, len(above), block):
        part = slice(start, start + block)
        # The sum runs down the lattice row by row: the same order whatever the number of people.
        found[part] = (chances[:, None] * ndtr((values[:, None] + above[part]) / deviation)).sum(axis=0)
    return np.minimum(found, 1.0)
