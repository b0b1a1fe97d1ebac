"""Every text of the pages has its English: none missing, none left over, no placeholder lost, no bare text."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.extract import extract
from django.template.base import Lexer, TokenType
from django.utils.translation.template import templatize

from tools.translations import SOURCES, catalog

TREE = Path(__file__).resolve().parent.parent
TEMPLATES = sorted((TREE / "nawa" / "web" / "templates").rglob("*.html"))
CODE = sorted(path for path in (TREE / "nawa").rglob("*.py") if "cli" not in path.parts)
SINGLE, PLURAL = ("gettext", "gettext_lazy", "gettext_noop", "_"), ("ngettext", "ngettext_lazy")
KEYWORDS = dict.fromkeys(SINGLE) | dict.fromkeys(PLURAL, (1, 2))
SAID_AS_IS = {"Nawa", "English", "Bahasa Indonesia"}
SPOKEN_ATTRIBUTES = {"aria-label", "title", "alt", "placeholder", "data-label", "aria-description"}

Message = str | tuple[str, ...]


def texts_of(source: bytes, where: str) -> Iterator[tuple[str, Message]]:
    for _, text, _, _ in extract("python", io.BytesIO(source), KEYWORDS):
        yield where, tuple(text) if isinstance(text, tuple | list) else text


def used() -> dict[Message, str]:
    found: dict[Message, str] = {}
    for path in TEMPLATES:
        source = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        found |= {text: where for where, text in texts_of(source.encode(), str(path.relative_to(TREE)))}
    for path in CODE:
        found |= {text: where for where, text in texts_of(path.read_bytes(), str(path.relative_to(TREE)))}
    return found


def plain(text: Message) -> str:
    """A message by its singular, as catalogs name it."""
    return text if isinstance(text, str) else text[0]


def test_every_text_has_its_english() -> None:
    english = {plain(message.id) for message in catalog() if message.id and all(_strings(message.string))}
    assert sorted(f"{where}: {plain(text)}" for text, where in used().items() if plain(text) not in english) == []


def test_no_translation_is_left_over() -> None:
    known = {plain(text) for text in used()}
    assert sorted(plain(message.id) for message in catalog() if message.id and plain(message.id) not in known) == []


def test_no_placeholder_is_lost_or_made_up() -> None:
    for message in catalog():
        if message.id:
            wanted = {name for text in _strings(message.id) for name in _placeholders(text)}
            for text in _strings(message.string):
                assert _placeholders(text) <= wanted, text
            assert wanted <= {name for text in _strings(message.string) for name in _placeholders(text)}, message.id


@pytest.mark.parametrize("path", sorted(SOURCES.glob("*.po")), ids=lambda path: path.name)
def test_translations_are_text_files_with_a_header(path: Path) -> None:
    assert "Plural-Forms" in path.read_text(encoding="utf-8")


def _strings(text: Message | list[str]) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


def _placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)s|\{(\w+)\}", text)) - {("", "")}


# -- bare text


class Bare(HTMLParser):
    """Collects what a reader would see or hear that is not translated."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.in_code = False  # commands are typed as they stand, in any language

    def handle_data(self, data: str) -> None:
        if not self.in_code:
            self._take(data)

    def handle_endtag(self, tag: str) -> None:
        self.in_code &= tag != "code"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.in_code |= tag == "code"
        for name, value in attrs:
            if name in SPOKEN_ATTRIBUTES and value:
                self._take(value)

    def _take(self, text: str) -> None:
        said = text.strip("… ·\n")
        if re.search(r"[^\W\d_]{2,}", said) and said not in SAID_AS_IS:
            self.found.append(said)


def without_template_tags(source: str) -> str:
    kept, inside = [], ""
    for token in Lexer(source).tokenize():
        word = token.contents.split()[0] if token.token_type == TokenType.BLOCK and token.contents else ""
        if word in ("blocktranslate", "comment"):
            inside = f"end{word}"
        elif inside and word == inside:
            inside = ""
        elif token.token_type == TokenType.TEXT and not inside:
            kept.append(token.contents)
        elif token.token_type == TokenType.VAR or word in ("translate", "url", "static"):
            kept.append("…")
    return "".join(kept)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(TREE / "nawa" / "web" / "templates")))
def test_no_text_of_a_template_stands_bare(path: Path) -> None:
    parser = Bare()
    parser.feed(without_template_tags(path.read_text(encoding="utf-8")))
    assert parser.found == []
