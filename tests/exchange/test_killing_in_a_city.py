"""Workers killed while they import and undo the workbooks of a city of 12,000 people."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from tests.exchange.test_killing import Office, kill_throughout
from tests.talent.test_killing import database

__all__ = ["database"]
pytestmark = pytest.mark.torture
KILLS = (2, 2, 2)  # while a turn is checked, applied, undone: a third would be the last attempt at a deed
TURNS = 34  # 204 kills


@pytest.fixture(scope="module")
def city(database: str) -> Iterator[Office]:
    opened = Office(database, "tests.exchange.city_worker")
    yield opened
    opened.close()


@pytest.mark.parametrize("number", range(TURNS))
def test_a_city_whose_workers_are_killed_at_any_moment_is_whole_and_imported_once(city: Office, number: int) -> None:
    kill_throughout(city, random.Random(number), kills=KILLS)
