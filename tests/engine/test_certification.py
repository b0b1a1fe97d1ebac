"""CERTIFICATION: professional certificates that still hold."""

from __future__ import annotations

from datetime import date

import pytest

from nawa.engine.learning import certification
from tests.engine.build import Row, earns, points


def _rows(count: int = 1, **row: object) -> list[Row]:
    return [{"kind": "SERTIFIKASI", "completed_on": date(2026, 1, 1), **row}] * count


@pytest.mark.parametrize(("count", "earned"), [(1, 50), (2, 50), (3, 100), (9, 100)])
def test_more_certificates_earn_more_by_bands(count: int, earned: int) -> None:
    assert points(earns(certification, training=_rows(count))) == earned


@pytest.mark.parametrize(
    ("completed_on", "expires_on", "counts"),
    [
        (date(2021, 11, 2), None, True),
        (date(2021, 11, 1), None, False),
        (date(2010, 1, 1), date(2026, 11, 2), True),
        (date(2026, 1, 1), date(2026, 11, 1), False),
        (date(2026, 11, 2), date(2030, 1, 1), False),
    ],
)
def test_a_certificate_holds_until_its_own_end_or_for_five_years(
    completed_on: date, expires_on: date | None, counts: bool
) -> None:
    found = earns(certification, training=_rows(completed_on=completed_on, expires_on=expires_on))
    assert (found is not None) is counts


def test_a_training_is_no_certificate() -> None:
    assert earns(certification, training=_rows(kind="TEKNIS")) is None


def test_of_the_latest_the_one_that_lasts_longest_is_shown() -> None:
    rows = [
        *_rows(expires_on=date(2027, 1, 1)),
        *_rows(expires_on=date(2029, 1, 1)),
        *_rows(completed_on=date(2025, 1, 1)),
    ]
    found = earns(certification, training=rows)
    assert found is not None
    assert (found["source"], found["on"], found["expires_on"]) == (1, date(2026, 1, 1), date(2029, 1, 1))
