"""Looks into a sheet's XML for what a quick reader loses: long numbers, Excel errors, formulas without a result.

Sheets as Excel and most programs write them are searched with patterns; any other form goes through an XML parser.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final
from xml.parsers import expat

from nawa.workbook.grid import Findings, Oddity, letters, place_of

_ROOT: Final = re.compile(rb"<(?:(\w+):)?worksheet\b")
_F: Final = rb"<f(?:[^>]*/>|[^>]*>[^<]*</f>)\s*"
_ERROR: Final = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*? t="e"[^>]*>\s*(?:' + _F + rb")?<v>([^<]*)</v>")
_FORMULA: Final = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"([^>]*)>\s*' + _F + rb"(?:<v\s*/>|<v>([^<]*)</v>|(?=</c>))")


def last_filled_row(xml: bytes) -> int:
    """The last row, as Excel counts, that holds a value or formula; 0 if none. Formatted empty rows do not count."""
    root = _ROOT.search(xml, 0, 4096)
    prefix = root.group(1) + b":" if root and root.group(1) else b""
    end = -1
    for tag in (b"v", b"is", b"f"):  # each search goes back only to what the one before has found
        end = max(end, xml.rfind(b"</" + prefix + tag + b">", max(end, 0)))
    start = xml.rfind(b"<" + prefix + b"row", 0, end) if end >= 0 else -1
    if start < 0:
        return 0
    numbered = re.compile(rb'<[^>]*?\br="(\d{1,9})"').match(xml, start, start + 200)
    return int(numbered.group(1)) if numbered else xml.count(b"<" + prefix + b"row", 0, end)


def look(xml: bytes, filled: Mapping[int, int], *, recalculated: bool) -> Findings:
    """Numbers as they stand in the columns of `filled`, and every cell without a value to take.

    `filled` tells for at least one column how many filled cells the quick reader saw in it. Patterns are trusted only
    where they find just as many. `recalculated`: the workbook asks to be calculated when opened, so that a formula's
    stored `0` is no result.
    """
    found = _by_patterns(xml, filled, recalculated)
    if found is not None:
        return found
    collector = _Collector(frozenset(filled), recalculated)
    collector.parse(xml)
    return Findings(collector.numbers, tuple(collector.oddities))


def _by_patterns(xml: bytes, filled: Mapping[int, int], recalculated: bool) -> Findings | None:
    """The findings, or null where the sheet is not written as the patterns expect."""
    numbers: dict[int, dict[int, str]] = {}
    for place, count in filled.items():
        cells = _cells(xml, place)
        if len(cells) != count:
            return None
        numbers[place] = {
            int(row): value.decode("ascii", "replace").strip()
            for row, attributes, value in cells
            if value and (b" t=" not in attributes or b' t="n"' in attributes)
        }
    errors = formulas = list[tuple[bytes, ...]]()
    if b't="e"' in xml:
        errors = _ERROR.findall(xml)
        if len(errors) != xml.count(b't="e"'):
            return None
    if b"</f>" in xml:
        formulas = _FORMULA.findall(xml)
        if len(formulas) != xml.count(b"<f>") + xml.count(b"<f "):
            return None
    return Findings(numbers, (*_errors(errors), *_unsaved(formulas, recalculated)))


def _cells(xml: bytes, place: int) -> list[tuple[bytes, bytes, bytes]]:
    """Row, attributes and value of every cell of a column that is not empty."""
    column = letters(place).encode()
    start = rb'<c r="' + column + rb'(\d{1,7})"((?:[^>]*[^/>])?)>(?!</c>)\s*'
    return re.findall(start + rb"(?:" + _F + rb")?(?:<v>([^<]*)</v>)?", xml)


_Cells = list[tuple[bytes, ...]]


def _errors(cells: _Cells) -> list[Oddity]:
    return [
        Oddity(int(row), place_of(column.decode()), "CELL_ERROR", value.decode("utf-8", "replace"))
        for column, row, value in cells
    ]


def _unsaved(cells: _Cells, recalculated: bool) -> list[Oddity]:
    return [
        Oddity(int(row), place_of(column.decode()), "FORMULA_UNSAVED", "")
        for column, row, attributes, value in cells
        if _is_unsaved(value.decode("utf-8", "replace"), b't="str"' in attributes, recalculated)
    ]


def _is_unsaved(value: str, is_text: bool, recalculated: bool) -> bool:
    return (not value.strip() and not is_text) or (recalculated and value.strip() in {"", "0"})


class _Collector:
    """The same findings by way of an XML parser, for sheets in an unusual but valid form."""

    def __init__(self, places: frozenset[int], recalculated: bool) -> None:
        self.numbers: dict[int, dict[int, str]] = {place: {} for place in places}
        self.oddities: list[Oddity] = []
        self._recalculated = recalculated
        self._row = self._place = 0
        self._type = "n"
        self._text: list[str] | None = None
        self._value = ""
        self._formula = False

    def parse(self, xml: bytes) -> None:
        """Walk the sheet. Raises `expat.ExpatError` where it is not well-formed."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.Parse(xml, True)

    def _start(self, tag: str, attributes: dict[str, Any]) -> None:
        match tag.rpartition(":")[2]:
            case "row":
                self._row, self._place = int(attributes.get("r", self._row + 1)), -1
            case "c":
                reference = re.match(r"([A-Z]{1,3})\d+$", attributes.get("r", ""))
                self._place = place_of(reference.group(1)) if reference else self._place + 1
                self._type, self._value, self._formula = attributes.get("t", "n"), "", False
            case "f":
                self._formula = True
            case "v":
                self._text = []

    def _characters(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _end(self, tag: str) -> None:
        match tag.rpartition(":")[2]:
            case "v":
                self._value, self._text = "".join(self._text or ()).strip(), None
            case "c":
                self._note()

    def _note(self) -> None:
        if self._type == "e":
            self.oddities.append(Oddity(self._row, self._place, "CELL_ERROR", self._value))
        elif self._formula and _is_unsaved(self._value, self._type == "str", self._recalculated):
            self.oddities.append(Oddity(self._row, self._place, "FORMULA_UNSAVED", ""))
        elif self._type == "n" and self._value and self._place in self.numbers:
            self.numbers[self._place][self._row] = self._value
