"""EDUCATION: the highest level."""

from __future__ import annotations

import pytest

from nawa.engine.learning import education
from tests.engine.build import earns, points


@pytest.mark.parametrize(
    ("level", "earned"), [("S3", 100), ("S2", 90), ("S1", 80), ("D4", 80), ("D3", 70), ("SLTA", 60)]
)
def test_a_level_earns_the_points_of_the_scale(level: str, earned: int) -> None:
    assert points(earns(education, education=[{"level": level}])) == earned


def test_the_highest_level_is_shown_without_date_or_expiry() -> None:
    found = earns(education, education=[{"level": "SLTA"}, {"level": "S2"}, {"level": "SPESIALIS"}])
    assert found is not None
    assert (found["raw"], found["source"], found["on"], found["expires_on"]) == ("S2", 1, None, None)


def test_a_level_outside_the_scale_does_not_count() -> None:
    assert earns(education, education=[{"level": "KURSUS"}]) is None
