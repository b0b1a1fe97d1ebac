"""Finds the heading row of an office sheet and matches its labels, of one line or several, to columns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from nawa.workbook.grid import letters
from nawa.workbook.shape import Sheet

SEARCHED_ROWS: Final = 10
_LINES: Final = 4  # lines that one heading may be spread over, groups included
HEAD_ROWS: Final = SEARCHED_ROWS + _LINES + 1

_SHORT_WORDS: Final = {"no": "nomor", "jml": "jumlah", "thn": "tahun"}

Lines = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Heading:
    """Where the columns of a sheet stand: `places` by column name, data from row index `data_from` on.

    `ignored` are labels that match no column, `twice` those whose column stood already further left.
    """

    places: Mapping[str, int]
    data_from: int
    ignored: tuple[str, ...]
    twice: tuple[str, ...]


def label_key(text: str) -> str:
    """What is compared of a heading or sheet name: letters and digits; `Tgl. Lahir*` is `tanggallahir`."""
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text[:200]).casefold())
    if len(words) > 1:  # a lone `No` heads a column of running numbers
        words = [_SHORT_WORDS.get(word, word) for word in words]
    return re.sub(r"^tgl", "tanggal", "".join(words))


def labels_of(sheet: Sheet) -> dict[str, str]:
    """Every label that names a column of this sheet, and the column's name. A heading goes before another's alias."""
    aliases = {label_key(alias): column.name for column in sheet.columns for alias in column.aliases}
    return aliases | {label_key(column.heading): column.name for column in sheet.columns}


def find_heading(sheet: Sheet, head: Lines) -> Heading | None:
    """Match a sheet's columns in its first `HEAD_ROWS` rows; null without a heading row.

    The heading row is the first of ten that holds two required headings (or the only one and any other). Labels above
    it are taken as groups (*Jabatan* over *Kode*, *Nama*), labels below it in a row without data as further lines.
    """
    labels = labels_of(sheet)
    anchor = _anchor(sheet, labels, head)
    if anchor is None:
        return None
    row, required = anchor
    below = _lines_below(head, row, labels, set(required.values()))
    stacks = _stacks(head, row, row + below)
    places = _places(stacks, labels, required)
    left = {place: stack for place, stack in stacks.items() if place not in places.values()}
    twice = {place for place, stack in left.items() if labels.get(label_key(stack[-1])) in places and len(stack) == 1}
    data_from = row + 1 + below
    return Heading(
        places,
        data_from + _counts_columns(head, data_from),
        ignored=tuple(stack[-1] for place, stack in left.items() if place not in twice),
        twice=tuple(left[place][-1] for place in sorted(twice)),
    )


def unlabelled(heading: Heading, filled: Sequence[bool], head: Lines) -> list[str]:
    """Letters of columns that hold data under no label at all."""
    labelled = {place for line in head[: heading.data_from] for place, text in enumerate(line) if text}
    return [letters(place) for place, used in enumerate(filled) if used and place not in labelled]


def _anchor(sheet: Sheet, labels: Mapping[str, str], head: Lines) -> tuple[int, dict[str, int]] | None:
    """The heading row and the places of the required columns that it names."""
    required = {column.name for column in sheet.columns if column.required}
    for row, line in enumerate(head[:SEARCHED_ROWS]):
        named: dict[str, int] = {}
        for place, text in enumerate(line):
            name = labels.get(label_key(text))
            if name:
                named.setdefault(name, place)
        found = {name: place for name, place in named.items() if name in required}
        if len(found) >= 2 or (len(required) == 1 and found and len(named) >= 2):
            return row, found
    return None


def _places(
    stacks: Mapping[int, Sequence[str]], labels: Mapping[str, str], required: Mapping[str, int]
) -> dict[str, int]:
    """Give every column its place: required ones as found, then labels that match in full, then those in part."""
    places = dict(required)
    for whole in (True, False):
        for place, stack in stacks.items():
            name = None if place in places.values() else _match(stack, labels, whole=whole)
            if name and name not in places:
                places[name] = place
    return places


def _lines_below(head: Lines, row: int, labels: Mapping[str, str], required: set[int]) -> int:
    """How many rows below the heading row belong to it: empty under required headings, the last with a known label."""
    count = 0
    for last in range(row + 1, min(row + _LINES, len(head))):
        if any(head[last][place] for place in required):
            break
        stacks = _stacks(head, row, last)
        lowest = [stacks[place] for place, text in enumerate(head[last]) if text]
        if any(_match(stack, labels, whole=whole) for stack in lowest for whole in (True, False)):
            count = last - row
    return count


def _stacks(head: Lines, row: int, last: int) -> dict[int, list[str]]:
    """For each labelled column its labels from top to bottom; a group's label reaches right over empty cells."""
    first = max(row - 2, 0)
    lines = [*(_spread(line) for line in head[first:last]), head[last]]
    stacks: dict[int, list[str]] = {}
    for place in range(len(head[row])):
        own = [head[index][place] for index in range(row, last + 1)]
        if any(own):
            lowest = max(index for index, text in enumerate(own) if text) + row - first
            stack = [lines[index][place] for index in range(lowest)] + [head[first + lowest][place]]
            stacks[place] = [text for text in stack if text]
    return stacks


def _spread(line: Sequence[str]) -> list[str]:
    """A line of group labels with each label carried to the right over empty cells, as merged cells show it."""
    spread, last = [], ""
    for text in line:
        last = text or last
        spread.append(last)
    return spread


def _match(stack: Sequence[str], labels: Mapping[str, str], *, whole: bool) -> str | None:
    """The column that a stack of labels names: all of them, then fewer from the top; in part also single lines."""
    for text in _readings(stack, whole=whole):
        name = labels.get(label_key(text)) or labels.get(label_key(re.sub(r"\(.*?\)", "", text)))
        if name:
            return name
    return None


def _readings(stack: Sequence[str], *, whole: bool) -> Iterator[str]:
    if whole:
        yield " ".join(stack)
        yield " ".join(reversed(stack))
        return
    for start in range(1, len(stack)):
        yield " ".join(stack[start:])
        yield " ".join(reversed(stack[start:]))
    yield from stack[-2::-1]


def _counts_columns(head: Lines, row: int) -> int:
    """1 if the row only numbers the columns (`1 2 3` or `(1) (2) (3)`), as offices write under headings; else 0."""
    if row >= len(head):
        return 0
    numbers = [text.strip("() .") for text in head[row] if text]
    return int(len(numbers) > 1 and numbers == [str(count) for count in range(1, len(numbers) + 1)])
