import unicodedata

import pytest

from nawa.documents.text import BREAK, DRAWN, LACKING, settable, shortened
from tests.documents.examples import SITI, slips_of, text


def every_drawn_character() -> str:
    """The ranges of `DRAWN` written out."""
    characters, ranges = "", DRAWN
    while ranges:
        end = 3 if ranges[1:2] == "-" else 1
        characters += "".join(map(chr, range(ord(ranges[0]), ord(ranges[end - 1]) + 1)))
        ranges = ranges[end:]
    return characters


def test_the_fonts_draw_every_character_that_is_said_to_be_drawn() -> None:
    letters = [letter for letter in every_drawn_character() if not unicodedata.combining(letter)]
    assert len(letters) > 900
    name = " ".join(letters) + " " + " ".join(f"x{mark}" for mark in every_drawn_character())
    login = type(SITI)(name, name, name, SITI.code)
    assert LACKING not in text(slips_of(login))


@pytest.mark.parametrize(
    ("given", "set_"),
    [
        ("Siti", "Siti"),
        ("  Siti\n\tAminah ", "Siti Aminah"),
        ("e\u0301", "é"),
        ("王小明", LACKING * 3),
        ("😀", LACKING),
        ("\x00\x07", LACKING * 2),
        ("\ud800", LACKING),
        ("\ue000", LACKING),
        ("\u202eitiS\u200b\u00ad", "itiS"),
        ("a" + "\u0315" * 4, "a" + "\u0315" * 4),
        ("a" + "\u0315" * 6, "a" + "\u0315" * 4 + LACKING * 2),
        ("", ""),
    ],
)
def test_what_cannot_be_drawn_is_shown_as_lacking(given: str, set_: str) -> None:
    assert settable(given) == set_


def test_a_long_word_may_be_broken_and_a_usual_one_may_not() -> None:
    assert BREAK not in settable("x" * 24)
    assert settable("x" * 26) == "x" * 24 + f"{BREAK}x{BREAK}x"
    assert BREAK not in settable("x" * 24 + "\u0315")


def test_all_texts_of_a_value_are_made_settable_and_nothing_else() -> None:
    assert settable({"a": ["\x00", 1, None, True], "b": ({"c": "x\n y"},)}) == {
        "a": [LACKING, 1, None, True],
        "b": [{"c": "x y"}],
    }


def test_a_line_that_cannot_grow_says_where_it_was_cut() -> None:
    assert shortened("12345", 5) == "12345"
    assert shortened("123 56", 5) == "123…"
