"""Two cities that the tests look at: a small one with every shape, and the whole one."""

from datetime import date

import pytest

from nawa.demo.city import City, build

ON = date(2026, 11, 1)


@pytest.fixture(scope="session")
def small() -> City:
    """300 people, seed 1."""
    return build(people=300, seed=1, on=ON)


@pytest.fixture(scope="session")
def whole() -> City:
    """12,000 people, seed 1: the demo city."""
    return build(people=12_000, seed=1, on=ON)
