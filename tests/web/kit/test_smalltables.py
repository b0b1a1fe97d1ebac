"""No small count of a table can be worked out from its sums, by whatever subtraction."""

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nawa.web.kit.smalltables import protect_table

Table = list[list[int]]
MOST = 9
tables = st.integers(2, 3).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, MOST), min_size=width, max_size=width), min_size=2, max_size=3)
)


def shown(table: Table) -> list[list[int | None]]:
    named = {y: dict(enumerate(row)) for y, row in enumerate(table)}
    return [[count.value for count in row.values()] for row in protect_table(named).values()]


def compatible(table: Table, seen: list[list[int | None]]) -> Iterator[Table]:
    """Every table that somebody who knows what is shown, and all sums, must hold possible (within one of the truth)."""
    hidden = [(y, x) for y, row in enumerate(seen) for x, value in enumerate(row) if value is None]
    for steps in product((-1, 0, 1), repeat=len(hidden)):
        other = [list(row) for row in table]
        for (y, x), step in zip(hidden, steps, strict=True):
            other[y][x] += step
        if min(map(min, other)) >= 0 and sums(other) == sums(table):
            yield other


def sums(table: Table) -> list[int]:
    return [*map(sum, table), *map(sum, zip(*table, strict=True))]


def test_large_counts_are_shown() -> None:
    assert shown([[5, 20], [30, 0]]) == [[5, 20], [30, 0]]


def test_a_small_count_takes_along_one_of_its_row_one_of_its_column_and_their_corner() -> None:
    assert shown([[3, 10, 90], [12, 15, 80], [70, 60, 50]]) == [[None, None, 90], [None, None, 80], [70, 60, 50]]


def test_small_counts_protect_each_other_without_large_ones() -> None:
    assert shown([[3, 2, 90], [1, 4, 80], [70, 60, 50]]) == [[None, None, 90], [None, None, 80], [70, 60, 50]]


def test_a_single_row_with_somebody_small_in_it_is_withheld_whole() -> None:
    assert shown([[3, 40, 50]]) == [[None, None, None]]


def test_a_table_of_nobody_is_shown() -> None:
    assert shown([[0, 0], [0, 0]]) == [[0, 0], [0, 0]]
    assert protect_table({}) == {}


@pytest.mark.parametrize("position", [(0, 0), (1, 2)])
def test_somebody_alone_in_a_row_hides_behind_a_zero(position: tuple[int, int]) -> None:
    table = [[0, 0, 0], [0, 0, 0], [20, 20, 20]]
    table[position[0]][position[1]] = 2
    seen = shown(table)
    assert seen[position[0]][position[1]] is None
    assert seen[position[0]].count(None) == 2


@given(tables)
def test_no_small_count_is_shown_and_what_is_shown_is_true(table: Table) -> None:
    for row, seen in zip(table, shown(table), strict=True):
        for count, value in zip(row, seen, strict=True):
            assert value is None or (value == count and (count == 0 or count >= 5))


@given(tables)
def test_no_small_count_follows_from_the_sums(table: Table) -> None:
    seen = shown(table)
    if all(value is None for row in seen for value in row):
        return  # nothing is shown
    possible = list(compatible(table, seen))
    for y, row in enumerate(table):
        for x, count in enumerate(row):
            if 0 < count < 5:
                assert len({other[y][x] for other in possible}) > 1
