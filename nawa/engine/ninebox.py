"""Two classes meet in a box; a box has recommended follow-ups and opens pools of succession."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import polars as pl

from nawa.engine.parameters import Parameters

BOX: Final = (
    (1, 3, 6),  # performance below expectation; potential low, middle, high
    (2, 5, 8),  # as expected
    (4, 7, 9),  # above expectation
)
"""The table of PermenPANRB 3/2020, for drawing a map; a map itself is made with the table of its profile."""


def between(lowest: int | None, highest: int | None, table: Sequence[Sequence[int]] = BOX) -> frozenset[int]:
    """Return the boxes from the lowest to the highest on both axes; none where there is no range."""
    if lowest is None or highest is None or lowest == highest:
        return frozenset()
    place = {box: (y, x) for y, row in enumerate(table) for x, box in enumerate(row)}
    (bottom, left), (top, right) = place[lowest], place[highest]
    return frozenset(box for box, (y, x) in place.items() if bottom <= y <= top and left <= x <= right)


def box(performance: pl.Expr, potential: pl.Expr, parameters: Parameters) -> pl.Expr:
    """Return the box of two levels (0 low, 1 middle, 2 high); null where a level is null."""
    cells = {3 * y + x: cell for y, row in enumerate(parameters.box_table) for x, cell in enumerate(row)}
    return (3 * performance + potential).replace_strict(cells, default=None, return_dtype=pl.Int64)


def follow_ups(boxes: pl.Series, parameters: Parameters) -> pl.Series:
    """Return the recommended follow-ups of each box; none where there is no box."""
    return listed(boxes.fill_null(0), [parameters.follow_ups.get(number, ()) for number in range(10)])


def pool_tiers(boxes: pl.Series, parameters: Parameters) -> pl.Series:
    """Return the target tiers whose pool each box qualifies for, in the profile's order; none where there is no box."""
    pools = parameters.pool_boxes.items()
    return listed(boxes.fill_null(0), [[tier for tier, admits in pools if number in admits] for number in range(10)])


def listed(places: pl.Series, lists: Sequence[Sequence[str]]) -> pl.Series:
    """Return the list at each place."""
    # Codes hold no `;`: taken as one text and then split, they come three times faster than as lists.
    texts = pl.Series([";".join(items) for items in lists], dtype=pl.String)
    lengths = pl.Series([len(items) for items in lists], dtype=pl.UInt32)
    taken = pl.DataFrame({"text": texts.gather(places), "length": lengths.gather(places)})
    return taken.select(pl.col("text").str.split(";").list.head(pl.col("length"))).to_series()
