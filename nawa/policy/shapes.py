"""Shapes of policy values: each function checks one value and returns it as the engine's parameters hold it.

A shape is called with the value and its path, and raises `PolicyRefused` with the path of the very part that is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any, TypeVar

from nawa.engine.parameters import Band, Cutoffs, Error, Exact, Normal, Steps
from nawa.policy.problems import refuse

T = TypeVar("T")
Shape = Callable[[Any, str], T]


def whole(least: int, most: int) -> Shape[int]:
    """A whole number between two bounds, both included."""

    def shape(value: Any, path: str) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise refuse(path, "no_whole", value=value, least=least, most=most)
        return value

    return shape


def capped(most: int, cap: int) -> Shape[int]:
    """A whole number from 0 to `most` that counts as `cap` at most."""
    stated = whole(0, most)
    return lambda value, path: min(cap, stated(value, path))


def number(least: int, most: int) -> Shape[Fraction]:
    """An exact number between two bounds, both included: `60` or `7.5`."""

    def shape(value: Any, path: str) -> Fraction:
        if not isinstance(value, int | Decimal) or isinstance(value, bool) or not least <= value <= most:
            raise refuse(path, "no_number", value=value, least=least, most=most)
        return Fraction(value)

    return shape


def boolean(value: Any, path: str) -> bool:
    """Yes or no."""
    if not isinstance(value, bool):
        raise refuse(path, "no_boolean", value=value)
    return value


def code(*known: str) -> Shape[str]:
    """One of the known codes."""

    def shape(value: Any, path: str) -> str:
        if value not in known:
            raise refuse(path, "unknown_code", value=value, known=", ".join(known))
        return str(value)

    return shape


def codes(*known: str, least: int = 1) -> Shape[tuple[str, ...]]:
    """A list of known codes, each once."""
    one = code(*known)

    def shape(value: Any, path: str) -> tuple[str, ...]:
        if not isinstance(value, list) or len(value) < least:
            raise refuse(path, "no_list", least=least)
        found = tuple(one(item, f"{path}[{index}]") for index, item in enumerate(value))
        if len(set(found)) < len(found):
            raise refuse(path, "repeated", value=", ".join(found))
        return found

    return shape


def table(known: Collection[str], cell: Shape[T], *, complete: bool = True) -> Shape[dict[str, T]]:
    """A value for each code, in the order of the vocabulary; all codes unless not `complete`."""

    def shape(value: Any, path: str) -> dict[str, T]:
        if not isinstance(value, Mapping):
            raise refuse(path, "no_mapping")
        for key in value:
            if key not in known:
                raise refuse(f"{path}.{key}", "unknown_code", value=key, known=", ".join(known))
        missing = [key for key in known if key not in value]
        if complete and missing:
            raise refuse(path, "incomplete", missing=", ".join(missing))
        return {key: cell(value[key], f"{path}.{key}") for key in known if key in value}

    return shape


def pairs(rows: Collection[str], columns: Collection[str], cell: Shape[T]) -> Shape[dict[tuple[str, str], T]]:
    """A complete table of two keys."""
    nested = table(rows, table(columns, cell))

    def shape(value: Any, path: str) -> dict[tuple[str, str], T]:
        found = nested(value, path)
        return {(row, column): found[row][column] for row in rows for column in columns}

    return shape


def steps_down(cell: Shape[T]) -> Shape[tuple[tuple[int, T], ...]]:
    """Lower bounds and what they earn, highest first. One is 0, so there is no gap; they differ, so no overlap."""

    def shape(value: Any, path: str) -> tuple[tuple[int, T], ...]:
        if not isinstance(value, Mapping) or 0 not in value:
            raise refuse(path, "no_zero_bound")
        least = whole(0, 100_000)
        found = [(least(bound, f"{path}.{bound}"), cell(earned, f"{path}.{bound}")) for bound, earned in value.items()]
        return tuple(sorted(found, key=lambda step: step[0], reverse=True))

    return shape


def bands(value: Any, path: str) -> tuple[Band, ...]:
    """Lower bounds and points, highest first; more never earns less."""
    found = tuple(Band(least, points) for least, points in steps_down(whole(0, 100))(value, path))
    for higher, lower in pairwise(found):
        if higher.points < lower.points:
            raise refuse(f"{path}.{higher.least}", "falling", higher=higher.points, lower=lower.points)
    return found


def cutoffs(value: Any, path: str) -> Cutoffs:
    """Lower bounds of the high and the middle class: below each the next class begins, without gap or overlap."""
    found = table(("high", "middle"), whole(1, 100))(value, path)
    if found["middle"] >= found["high"]:
        raise refuse(f"{path}.middle", "overlap", middle=found["middle"], high=found["high"])
    return Cutoffs(**found)


Row = tuple[int, int, int]


def boxes(value: Any, path: str) -> tuple[Row, Row, Row]:
    """Three rows (performance, low first) of three boxes (potential, low first): each of 1 to 9 once."""
    rows = value if isinstance(value, list) else []
    if [len(row) if isinstance(row, list) else 0 for row in rows] != [3, 3, 3]:
        raise refuse(path, "no_three_rows")
    one = whole(1, 9)
    found = [tuple(one(box, f"{path}[{y}][{x}]") for x, box in enumerate(row)) for y, row in enumerate(rows)]
    if sorted(box for row in found for box in row) != list(range(1, 10)):
        raise refuse(path, "no_permutation")
    low, middle, high = ((row[0], row[1], row[2]) for row in found)
    return low, middle, high


def by_box(cell: Shape[T]) -> Shape[dict[int, T]]:
    """A value for each of the nine boxes."""

    def shape(value: Any, path: str) -> dict[int, T]:
        if not isinstance(value, Mapping) or set(value) != set(range(1, 10)):
            raise refuse(path, "no_nine_boxes")
        return {box: cell(value[box], f"{path}.{box}") for box in range(1, 10)}

    return shape


def box_set(value: Any, path: str) -> tuple[int, ...]:
    """Some of the nine boxes, each once, highest first."""
    if not isinstance(value, list) or not value:
        raise refuse(path, "no_list", least=1)
    found = [whole(1, 9)(box, f"{path}[{index}]") for index, box in enumerate(value)]
    if len(set(found)) < len(found):
        raise refuse(path, "repeated", value=", ".join(map(str, found)))
    return tuple(sorted(found, reverse=True))


def distribution(value: Any, path: str) -> tuple[tuple[int, float], ...]:
    """Points and their probabilities, which add to exactly one; those of probability zero are left out."""
    if not isinstance(value, Mapping) or not value:
        raise refuse(path, "no_mapping")
    points, share = whole(0, 100), number(0, 1)
    found = {points(key, f"{path}.{key}"): share(chance, f"{path}.{key}") for key, chance in value.items()}
    if sum(found.values()) != 1:
        raise refuse(path, "no_unit_sum", total=float(sum(found.values())))
    return tuple((key, float(found[key])) for key in sorted(found) if found[key])


def error(value: Any, path: str) -> Error:
    """`{kind: EXACT}`, `{kind: STEPS, down: …, up: …}` or `{kind: NORMAL, standard_error: …}`."""
    if not isinstance(value, Mapping):
        raise refuse(path, "no_mapping")
    kind = code("EXACT", "STEPS", "NORMAL")(value.get("kind"), f"{path}.kind")
    keys = {"EXACT": (), "STEPS": ("down", "up"), "NORMAL": ("standard_error",)}[kind]
    if set(value) != {"kind", *keys}:
        raise refuse(path, "wrong_keys", known=", ".join(("kind", *keys)))
    if kind == "EXACT":
        return Exact()
    if kind == "NORMAL":
        return Normal(float(number(0, 50)(value["standard_error"], f"{path}.standard_error")))
    down, up = (number(0, 1)(value[key], f"{path}.{key}") for key in keys)
    if down + up > 1:
        raise refuse(path, "no_unit_sum", total=float(down + up))
    return Steps(float(down), float(up))
