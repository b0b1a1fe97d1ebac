"""A provision's value as the entries of a form, and back: names and plain texts, numbers with a decimal point.

Nothing is judged here. What cannot be read as a number goes on as it was typed, and the shape of the provision says
what is wrong with it, as it does for a file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import permutations
from typing import Any, Final

from nawa.policy.layouts import ERROR_NUMBERS, LAYOUTS, Kind, Layout
from nawa.policy.problems import refuse

Entries = Mapping[str, str]

YES: Final = "1"
"""The text of a box that is ticked; one that is not is empty."""

SPARE: Final = 2
"""Empty steps that a form offers beside those there are."""

_NOTHING: Final = "–"
_NUMBER: Final = re.compile(r"-?[0-9]{1,9}(?:[.,][0-9]{1,9})?")


def entries_of(path: str, value: Any) -> dict[str, str]:
    """Return the entries of a provision's value, which is as a profile states it."""
    layout = LAYOUTS[path]
    return {f"{path}{name}": text for name, text in _WRITING[layout.kind](layout, value)}


def value_of(path: str, entries: Entries, *, before: Any) -> Any:
    """Return the value that entries say, as a profile states it; `before` gives lists their order.

    Raises:
        PolicyRefused: a bound is given twice.
    """
    layout = LAYOUTS[path]
    return _READING[layout.kind](layout, path, entries, before)


def plain(text: str) -> str:
    """Return a typed text as entries hold it: trimmed, a number with a decimal point."""
    stripped = text.strip()
    return stripped.replace(",", ".") if _NUMBER.fullmatch(stripped) else stripped


def orders(columns: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield every order of some of these, the longest first."""
    for length in range(len(columns), 0, -1):
        yield from permutations(columns, length)


def places_of(path: str, entries: Iterable[str]) -> list[int]:
    """Return the numbers of the steps that entries of a provision name, in order."""
    start = f"{path}/"
    return sorted({int(name.removeprefix(start).partition("/")[0]) for name in entries if name.startswith(start)})


# -- writing


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def _write_one(_: Layout, value: Any) -> Iterator[tuple[str, str]]:
    yield "", _said(value)


def _write_order(_: Layout, value: Any) -> Iterator[tuple[str, str]]:
    yield "", " ".join(value)


def _write_set(layout: Layout, value: Any) -> Iterator[tuple[str, str]]:
    chosen = {str(code) for code in value}
    yield from ((f"/{code}", YES if code in chosen else "") for code in layout.columns)


def _write_table(layout: Layout, value: Any) -> Iterator[tuple[str, str]]:
    yield from ((f"/{row}", _said(value[row])) for row in layout.rows)


def _write_grid(layout: Layout, value: Any) -> Iterator[tuple[str, str]]:
    for row in layout.rows:
        for column in layout.columns:
            cell = value[int(row)][int(column)] if isinstance(value, list) else value[row][column]
            yield f"/{row}/{column}", _said(cell)


def _write_steps(_: Layout, value: Any) -> Iterator[tuple[str, str]]:
    steps = sorted(value.items(), key=lambda step: step[0], reverse=True)
    for place, (bound, cell) in enumerate([*steps, *[("", "")] * SPARE]):
        yield f"/{place}/from", _said(bound)
        yield f"/{place}/to", _said(cell)


def _write_lists(layout: Layout, value: Any) -> Iterator[tuple[str, str]]:
    chosen = {str(row): {str(code) for code in codes} for row, codes in value.items()}
    for row in layout.rows:
        yield from ((f"/{row}/{code}", YES if code in chosen.get(row, ()) else "") for code in layout.columns)


def _write_error(_: Layout, value: Any) -> Iterator[tuple[str, str]]:
    yield "/kind", value["kind"]
    names = [name for names in ERROR_NUMBERS.values() for name in names]
    yield from ((f"/{name}", _said(value.get(name, ""))) for name in names)


_WRITING: Final[Mapping[Kind, Callable[[Layout, Any], Iterator[tuple[str, str]]]]] = {
    Kind.NUMBER: _write_one,
    Kind.CHOICE: _write_one,
    Kind.SET: _write_set,
    Kind.ORDER: _write_order,
    Kind.TABLE: _write_table,
    Kind.GRID: _write_grid,
    Kind.STEPS: _write_steps,
    Kind.LISTS: _write_lists,
    Kind.ERROR: _write_error,
}

# -- reading


def _number(text: str) -> Any:
    """Return a whole number or a decimal; any other text as it stands."""
    if not _NUMBER.fullmatch(text):
        return text or _NOTHING
    value = Decimal(text.replace(",", "."))
    return int(value) if value == value.to_integral_value() else value


def _read_number(_: Layout, path: str, entries: Entries, __: Any) -> Any:
    return _number(entries[path])


def _read_choice(_: Layout, path: str, entries: Entries, before: Any) -> Any:
    text = entries[path]
    if isinstance(before, bool):
        return {"true": True, "false": False}.get(text, text)
    return _number(text) if isinstance(before, int) else text


def _read_order(_: Layout, path: str, entries: Entries, __: Any) -> Any:
    return entries[path].split()


def _read_set(layout: Layout, path: str, entries: Entries, before: Any) -> Any:
    return _in_order([code for code in layout.columns if entries[f"{path}/{code}"]], before)


def _read_table(layout: Layout, path: str, entries: Entries, _: Any) -> Any:
    return {row: _number(entries[f"{path}/{row}"]) for row in layout.rows}


def _read_grid(layout: Layout, path: str, entries: Entries, before: Any) -> Any:
    def cell(row: str, column: str) -> Any:
        text = entries[f"{path}/{row}/{column}"]
        return text if layout.cells else _number(text)

    if isinstance(before, list):
        return [[cell(row, column) for column in layout.columns] for row in layout.rows]
    return {row: {column: cell(row, column) for column in layout.columns} for row in layout.rows}


def _read_steps(layout: Layout, path: str, entries: Entries, _: Any) -> Any:
    found: dict[Any, Any] = {}
    for place in places_of(path, entries):
        bound, cell = (entries.get(f"{path}/{place}/{end}", "") for end in ("from", "to"))
        if bound or cell:
            key = _number(bound)
            if key in found:
                raise refuse(f"{path}.{key}", "twice", line=place + 1)
            found[key] = cell if layout.cells else _number(cell)
    return found


def _read_lists(layout: Layout, path: str, entries: Entries, before: Any) -> Any:
    """Return the lists; a row that may be left out is, where nothing in it is ticked."""
    found: dict[Any, Any] = {}
    whole = all(row.isdigit() for row in layout.rows)
    former = {str(row): codes for row, codes in before.items()}
    for row in layout.rows:
        ticked = [code for code in layout.columns if entries[f"{path}/{row}/{code}"]]
        if ticked or whole:
            codes = [int(code) if code.isdigit() else code for code in ticked]
            found[int(row) if whole else row] = _in_order(codes, former.get(row, ()))
    return found


def _read_error(_: Layout, path: str, entries: Entries, __: Any) -> Any:
    kind = entries[f"{path}/kind"]
    names = ERROR_NUMBERS.get(kind, ())
    return {"kind": kind, **{name: _number(entries[f"{path}/{name}"]) for name in names}}


def _in_order(chosen: list[Any], before: Any) -> list[Any]:
    """Those of before in the order that they had, then the others."""
    kept = [code for code in before if code in chosen]
    return [*kept, *(code for code in chosen if code not in kept)]


_READING: Final[Mapping[Kind, Callable[[Layout, str, Entries, Any], Any]]] = {
    Kind.NUMBER: _read_number,
    Kind.CHOICE: _read_choice,
    Kind.SET: _read_set,
    Kind.ORDER: _read_order,
    Kind.TABLE: _read_table,
    Kind.GRID: _read_grid,
    Kind.STEPS: _read_steps,
    Kind.LISTS: _read_lists,
    Kind.ERROR: _read_error,
}
