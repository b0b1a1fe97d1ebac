"""Provisions in words: what a rule says, so that somebody who never saw the file can read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from nawa.policy import wording
from nawa.policy.layouts import ERROR_NUMBERS, LAYOUTS, Kind, Layout
from nawa.policy.provisions import Alternative, Provision
from nawa.policy.sentences import Language, label, sentence
from nawa.policy.values import cited

Line = tuple[str, str]
"""What, and how much; what is empty where the rule says one thing only."""


def said(item: Provision, language: Language = "id") -> tuple[Line, ...]:
    """Return what a provision says, line by line; a value that its layout does not fit as it stands."""
    return said_value(item.path, item.value, item.unit, language)


def said_value(path: str, value: Any, unit: str | None, language: Language = "id") -> tuple[Line, ...]:
    """Return what a value of the provision at a path says, line by line."""
    layout = LAYOUTS.get(path)
    if layout is None:
        return (("", str(value)),)
    return tuple(_SAYING[layout.kind](_Speech(path, layout, unit, language), value))


def said_rival(item: Provision, rival: Alternative, sources: Mapping[str, str], language: Language = "id") -> str:
    """Return what a rival value of a provision says, and after whom: no code of the profile stands in it."""
    lines = said_value(item.path, rival.value, item.unit, language)
    return f"{'; '.join(' '.join(filter(None, line)) for line in lines)} ({cited(rival.reference, sources)})"


class _Speech:
    """One provision, and the language in which it is said."""

    def __init__(self, path: str, layout: Layout, unit: str | None, language: Language) -> None:
        self.path, self.layout, self.unit, self.language = path, layout, unit, language

    def row(self, code: object) -> str:
        return self._label(0, code)

    def column(self, code: object) -> str:
        return self._label(1, code)

    def cell(self, value: Any) -> str:
        """A code by its label, a number with its unit where that reads well."""
        if self.layout.cells:
            return self._label(2, value)
        if not isinstance(value, int | Decimal):
            return str(value)
        if self.unit == "probability":
            return f"{wording.number(Decimal(value) * 100, self.language)}%"
        amount = wording.number(Decimal(value), self.language)
        unit = label("units", self.unit, self.language) if self.unit in _COUNTED else ""
        return sentence("said_steps", "amount", self.language, amount=amount, unit=unit).strip()

    def bound(self, value: Any) -> str:
        kind = "chance" if self.unit == "probability" else "months" if "tenure" in self.path else "bound"
        return sentence("said_steps", kind, self.language, bound=value)

    def _label(self, place: int, code: object) -> str:
        return label(self.layout.words[place], code, self.language)


_COUNTED: Final = ("percent", "point", "year", "month")


def _one(speech: _Speech, value: Any) -> Iterator[Line]:
    yield "", speech.cell(value)


def _choice(speech: _Speech, value: Any) -> Iterator[Line]:
    yield "", speech.column(str(value).lower() if isinstance(value, bool) else value)


def _list(speech: _Speech, value: Any) -> Iterator[Line]:
    yield "", ", ".join(speech.column(code) for code in value) or "–"


def _table(speech: _Speech, value: Any) -> Iterator[Line]:
    yield from ((speech.row(row), speech.cell(value[row])) for row in speech.layout.rows if row in value)


def _grid(speech: _Speech, value: Any) -> Iterator[Line]:
    for row in speech.layout.rows:
        for column in speech.layout.columns:
            cell = value[int(row)][int(column)] if isinstance(value, list) else value[row][column]
            yield f"{speech.row(row)} · {speech.column(column)}", speech.cell(cell)


def _steps(speech: _Speech, value: Any) -> Iterator[Line]:
    for bound, cell in sorted(value.items(), key=lambda step: step[0], reverse=True):
        yield speech.bound(bound), speech.cell(cell)


def _lists(speech: _Speech, value: Any) -> Iterator[Line]:
    found = {str(row): codes for row, codes in value.items()}
    for row in speech.layout.rows:
        if row in found:
            yield speech.row(row), ", ".join(speech.column(code) for code in found[row])


def _error(speech: _Speech, value: Any) -> Iterator[Line]:
    yield "", speech.column(value["kind"])
    for name in ERROR_NUMBERS[value["kind"]]:
        amount = wording.number(Decimal(value[name]), speech.language)
        yield label("error_numbers", name, speech.language), amount


_SAYING: Final[Mapping[Kind, Callable[[_Speech, Any], Iterator[Line]]]] = {
    Kind.NUMBER: _one,
    Kind.CHOICE: _choice,
    Kind.SET: _list,
    Kind.ORDER: _list,
    Kind.TABLE: _table,
    Kind.GRID: _grid,
    Kind.STEPS: _steps,
    Kind.LISTS: _lists,
    Kind.ERROR: _error,
}
