"""Tables of counts of which all sums are known: nothing small in them can be worked out by subtracting."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from nawa.web.kit.smallcounts import SMALLEST, Count, Key

_Numbers = NDArray[np.int64]
_Marks = NDArray[np.bool_]

_DEAR: Final = 2**40


def protect_table(table: Mapping[Any, Mapping[Key, int]]) -> dict[Any, dict[Key, Count]]:
    """Withhold every count from 1 to 4 of a table, and others with it, so that no sum of a row or column gives it away.

    Each small count then stands at a corner of four withheld ones: taking one person from two of them and adding one to
    the other two changes no sum of a row or column, so whoever knows all sums cannot tell these two tables apart. Zeros
    are withheld where nothing larger can stand in. A table for which there is no such exchange is withheld whole. All
    that is withheld looks alike.
    """
    rows, columns = list(table), list(next(iter(table.values()), {}))
    numbers = np.array([[table[row][column] for column in columns] for row in rows], dtype=np.int64)
    withheld = _withheld(numbers.reshape(len(rows), len(columns)))
    return {
        row: {column: Count(None) if withheld[y, x] else Count(table[row][column]) for x, column in enumerate(columns)}
        for y, row in enumerate(rows)
    }


def _withheld(numbers: _Numbers) -> _Marks:
    small = (numbers > 0) & (numbers < SMALLEST)
    withheld = small.copy()
    for y, x in zip(*np.nonzero(small), strict=True):
        corner = _cheapest_corner(numbers, withheld, int(y), int(x))
        if corner is None:
            return np.ones_like(withheld)
        withheld[[y, corner[0], corner[0]], [corner[1], x, corner[1]]] = True
    return withheld


def _cheapest_corner(numbers: _Numbers, withheld: _Marks, y: int, x: int) -> tuple[int, int] | None:
    """Return the opposite corner of the exchange that withholds the fewest people besides those withheld already."""
    beside, above = numbers[y, :], numbers[:, x]
    possible = (numbers > 0) | ((beside > 0)[None, :] & (above > 0)[:, None])  # somebody can go either way round
    cost = np.where(withheld, 0, numbers + 1)
    total = np.where(possible, cost + cost[y, :][None, :] + cost[:, x][:, None], _DEAR)
    total[y, :] = total[:, x] = _DEAR
    if total.min(initial=_DEAR) == _DEAR:
        return None
    row, column = np.unravel_index(int(total.argmin()), total.shape)
    return int(row), int(column)
