"""Text that can always be set: what the fonts cannot draw is shown as such, and a word of any length can be broken."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any, Final

DRAWN: Final = (
    "\u0020-\u007e\u00a0-\u00ac\u00ae-\u01c3\u01cd-\u01e3\u01e6-\u01f0"  # Latin
    "\u0250-\u02af\u02bb-\u02c1\u0300-\u0331\u1e00-\u1e99\u1ea0-\u1ef9"  # phonetic letters, marks, more Latin
    "\u0391-\u03a1\u03a3-\u03a9\u03b1-\u03c9\u0410-\u044f"  # Greek, Cyrillic
    "\u2010-\u2015\u2018-\u201e\u2020-\u2022\u2026\u2030\u2032\u2033\u2039\u203a"  # punctuation
    "\u20ac\u2116\u2122\u2190-\u2195\u2212\u2215\u221e\u2260\u2264\u2265"  # signs
)
"""What every font of the documents draws, as ranges of a regular expression. PDF/A refuses any other character."""

LACKING: Final = "\ufffd"
"""Stands for a character that cannot be drawn, so that nobody takes a text for whole that is not."""

BREAK: Final = "\u200b"  # a line may break here, and nothing is drawn

_SPACES: Final = re.compile(r"\s+")
_UNSEEN: Final = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_UNDRAWN: Final = re.compile(rf"[^{DRAWN}]|(?<=[\u0300-\u0331]{{4}})[\u0300-\u0331]")  # nor marks piled on marks
_LONG: Final = re.compile(r"(?<=\S{24})(?=[^\s\u0300-\u0331])")  # a mark stays with its letter


def settable(value: Any) -> Any:
    """Return a value of mappings, sequences, texts and numbers with all its texts made settable."""
    match value:
        case str():
            return _text(value)
        case Mapping():
            return {key: settable(item) for key, item in value.items()}
        case list() | tuple():
            return [settable(item) for item in value]
        case _:
            return value


def shortened(text: str, length: int) -> str:
    """Return a text cut to a length, with an ellipsis where something was cut: for lines that cannot grow."""
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


def _text(text: str) -> str:
    text = _UNSEEN.sub("", unicodedata.normalize("NFC", text))
    text = _UNDRAWN.sub(LACKING, _SPACES.sub(" ", text).strip())
    return _LONG.sub(BREAK, text)
