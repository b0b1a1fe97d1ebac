"""RATING: the predikat of the year that is due, and no other."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nawa.engine.performance import rating
from tests.engine.build import BKN, Row, bkn, changed, earns, points


def _rated(on: date = date(2026, 11, 1), parameters: Any = BKN, **row: Any) -> Row | None:
    return earns(rating, on=on, parameters=parameters, rating=[{"year": 2025, **row}])


@pytest.mark.parametrize(
    ("code", "earned"),
    [("SANGAT_BAIK", 100), ("BAIK", 80), ("BUTUH_PERBAIKAN", 60), ("KURANG", 40), ("SANGAT_KURANG", 20)],
)
def test_a_predikat_earns_the_points_of_the_scale(code: str, earned: int) -> None:
    assert points(_rated(rating=code)) == earned


@pytest.mark.parametrize(
    ("on", "counts"),
    [
        (date(2026, 3, 31), False),  # 2024 is still the required year
        (date(2026, 4, 1), True),
        (date(2027, 3, 31), True),
        (date(2027, 4, 1), False),
    ],
)
def test_the_rating_of_a_year_counts_from_its_due_day_to_the_next(on: date, counts: bool) -> None:
    assert (_rated(on, rating="BAIK") is not None) is counts


def test_the_date_shown_is_the_end_of_the_year_and_it_expires_when_the_next_is_due() -> None:
    found = _rated(rating="BAIK")
    assert found is not None
    assert (found["on"], found["expires_on"], found["raw"]) == (date(2025, 12, 31), date(2027, 4, 1), "BAIK")


def test_a_part_of_a_year_never_stands_in_for_the_year() -> None:
    assert _rated(rating="BAIK", period="TRIWULAN I") is None


@pytest.mark.parametrize(
    ("results", "behaviour", "code"),
    [
        ("DI_ATAS", "DI_ATAS", "SANGAT_BAIK"),
        ("DI_ATAS", "SESUAI", "BAIK"),
        ("DI_ATAS", "DI_BAWAH", "KURANG"),
        ("SESUAI", "SESUAI", "BAIK"),
        ("DI_BAWAH", "DI_ATAS", "BUTUH_PERBAIKAN"),
        ("DI_BAWAH", "DI_BAWAH", "SANGAT_KURANG"),
    ],
)
def test_without_a_predikat_the_matrix_decides(results: str, behaviour: str, code: str) -> None:
    found = _rated(results=results, behaviour=behaviour)
    assert found is not None
    assert found["raw"] == code


def test_the_matrix_needs_both_of_its_values() -> None:
    assert _rated(results="DI_ATAS") is None


@pytest.mark.parametrize(
    ("score", "code"),
    [
        (1_100_000, "SANGAT_BAIK"),
        (1_099_999, "BAIK"),
        (900_000, "BAIK"),
        (899_999, "BUTUH_PERBAIKAN"),
        (0, "SANGAT_KURANG"),
    ],
)
def test_a_former_score_falls_into_its_band(score: int, code: str) -> None:
    found = _rated(former_score_e4=score)
    assert found is not None
    assert found["raw"] == code


def test_what_is_stated_goes_before_the_matrix_and_the_matrix_before_a_former_score() -> None:
    stated = _rated(rating="KURANG", results="DI_ATAS", behaviour="DI_ATAS", former_score_e4=0)
    crossed = _rated(results="DI_ATAS", behaviour="DI_ATAS", former_score_e4=0)
    assert stated is not None and crossed is not None
    assert (stated["raw"], crossed["raw"]) == ("KURANG", "SANGAT_BAIK")


def test_the_rival_scale_counts_110_as_100() -> None:
    rival = bkn("predikat-110")
    assert points(_rated(parameters=rival, rating="SANGAT_BAIK")) == 100
    assert points(_rated(parameters=rival, rating="BAIK")) == 100
    assert points(_rated(parameters=rival, rating="BUTUH_PERBAIKAN")) == 80


def test_with_two_years_both_are_needed_and_their_mean_counts() -> None:
    two = bkn("rata-rata-2-tahun")
    both = [{"year": 2025, "rating": "BAIK"}, {"year": 2024, "rating": "SANGAT_BAIK"}]
    found = earns(rating, parameters=two, rating=both)
    assert points(found) == 90
    assert found is not None and found["raw"] == "BAIK"
    assert earns(rating, parameters=two, rating=both[:1]) is None


def test_a_mean_is_rounded_half_up_to_a_millionth() -> None:
    three = changed(BKN, "rating", years=3)
    rows = [{"year": year, "rating": code} for year, code in ((2025, "BAIK"), (2024, "BAIK"), (2023, "SANGAT_BAIK"))]
    found = earns(rating, parameters=three, rating=rows)
    assert found is not None and found["points"] == 86_666_667
