"""A sheet as plain text, before anything is understood: what every kind of source hands to the reader."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import polars as pl


@dataclass(frozen=True, slots=True)
class Limits:
    """What one input may cost; beyond it a file is refused with a message and not read."""

    file_bytes: int = 256 * 2**20
    entries: int = 5_000  # files inside an xlsx
    part_bytes: int = 512 * 2**20  # one of them, unpacked
    unpacked_bytes: int = 2**30  # all of them
    swelling: int = 250  # unpacked over packed size of parts beyond 16 MiB; real sheets stay under 100
    rows: int = 500_000  # in one sheet
    columns: int = 1_000
    memory_bytes: int = 2 * 2**30  # address space of the child process
    seconds: int = 120
    problems: int = 1_000  # of one kind in one column; the rest is counted


class Oddity(NamedTuple):
    """A cell without a value to take: an Excel error, or a formula never calculated. `row` as Excel counts."""

    row: int
    place: int
    code: str
    value: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What only the file itself knows: numbers exactly as stored, by place and row, and cells without a value."""

    numbers: Mapping[int, Mapping[int, str]] = field(default_factory=dict)
    oddities: tuple[Oddity, ...] = ()


def _nothing_odd(places: Collection[int]) -> Findings:
    return Findings()


@dataclass(frozen=True, slots=True)
class Grid:
    """Row i of `frame` is row i + 1 as Excel counts; its columns are text, named by place (`"0"`, `"1"` …).

    `look` tells, for the columns asked (at least one), how numbers stand in the file, and the sheet's oddities.
    """

    frame: pl.DataFrame
    look: Callable[[Collection[int]], Findings] = _nothing_odd

    def head(self, rows: int) -> list[list[str]]:
        """The first rows as lists of text, one entry for each column; empty cells are `""`."""
        return [[(cell or "").strip() for cell in row] for row in self.frame.head(rows).iter_rows()]


def letters(place: int) -> str:
    """The column letters that Excel shows: 0 is `A`, 26 is `AA`."""
    place += 1
    name = ""
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name


def place_of(name: str) -> int:
    """The inverse of `letters`."""
    place = 0
    for letter in name:
        place = place * 26 + ord(letter) - 64
    return place - 1
