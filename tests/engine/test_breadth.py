"""BREADTH: definitive posts in several institutions, several units, or one."""

from __future__ import annotations

from datetime import date

import pytest

from nawa.engine.career import breadth
from tests.engine.build import Row, earns, points


def _career(*places: tuple[str | None, str | None], **row: object) -> Row | None:
    rows: list[Row] = [
        {"unit": unit, "institution": institution, "started_on": date(2010 + number, 1, 1), **row}
        for number, (unit, institution) in enumerate(places)
    ]
    return earns(breadth, career=rows)


@pytest.mark.parametrize(
    ("places", "code", "earned"),
    [
        ([("Bappeda", "Kota"), ("Bappeda", "Provinsi")], "CROSS_INSTITUTION", 100),
        ([("Bappeda", "Kota"), ("Setda", "Kota")], "CROSS_UNIT", 80),
        ([("Bappeda", "Kota"), ("Setda", None)], "CROSS_UNIT", 80),
        ([("Bappeda", "Kota")], "ONE_UNIT", 60),
        ([(None, "Kota")], "ONE_UNIT", 60),
        ([("Bappeda", None), (None, None)], "ONE_UNIT", 60),
    ],
)
def test_the_widest_difference_counts(places: list[tuple[str | None, str | None]], code: str, earned: int) -> None:
    found = _career(*places)
    assert points(found) == earned
    assert found is not None and found["raw"] == code


def test_names_are_the_same_without_regard_to_case_and_outer_spaces() -> None:
    found = _career((" BAPPEDA", "Kota"), ("bappeda ", "KOTA"))
    assert found is not None and found["raw"] == "ONE_UNIT"


def test_where_nothing_is_named_breadth_is_unknown() -> None:
    assert _career((None, None)) is None
    assert _career(("  ", None)) is None


def test_acting_posts_and_posts_to_come_do_not_count() -> None:
    assert _career(("Bappeda", "Kota"), assignment="PLT") is None
    assert _career(("Bappeda", "Kota"), started_on=date(2026, 11, 2)) is None
    assert _career(("Bappeda", "Kota"), started_on=date(2026, 11, 1)) is not None


def test_the_latest_row_that_names_something_is_shown() -> None:
    found = _career(("Bappeda", "Kota"), ("Setda", "Kota"), (None, None))
    assert found is not None
    assert (found["source"], found["on"], found["expires_on"]) == (1, date(2011, 1, 1), None)
