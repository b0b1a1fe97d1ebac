"""TEAM: the highest role that has not ended, or ended within two years."""

from __future__ import annotations

from datetime import date

import pytest

from nawa.engine.performance import team
from tests.engine.build import Row, earns, points


def _role(**row: object) -> Row | None:
    return earns(team, team_role=[{"role": "KETUA", "scope": "INTERNAL", **row}])


@pytest.mark.parametrize(
    ("role", "scope", "earned"),
    [
        ("KETUA", "LINTAS_INSTANSI", 100),
        ("KETUA", "INTERNAL", 75),
        ("ANGGOTA", "LINTAS_INSTANSI", 50),
        ("ANGGOTA", "INTERNAL", 25),
    ],
)
def test_a_role_earns_the_points_of_the_scale(role: str, scope: str, earned: int) -> None:
    found = _role(role=role, scope=scope, started_on=date(2026, 1, 1))
    assert points(found) == earned
    assert found is not None and found["raw"] == f"{role}_{scope}"


@pytest.mark.parametrize(
    ("ended_before", "counts"),
    [(date(2024, 11, 2), True), (date(2024, 11, 1), False), (date(2030, 1, 1), True)],
)
def test_a_role_counts_for_two_years_after_its_end(ended_before: date, counts: bool) -> None:
    assert (_role(started_on=date(2020, 1, 1), ended_before=ended_before) is not None) is counts


@pytest.mark.parametrize(("started_on", "counts"), [(date(2024, 11, 2), True), (date(2024, 11, 1), False)])
def test_without_an_end_the_start_counts_for_two_years(started_on: date, counts: bool) -> None:
    assert (_role(started_on=started_on) is not None) is counts


def test_a_role_that_begins_tomorrow_does_not_count() -> None:
    assert _role(started_on=date(2026, 11, 2)) is None


def test_the_highest_role_is_shown_with_its_start_and_its_expiry() -> None:
    rows = [
        {"role": "ANGGOTA", "scope": "INTERNAL", "started_on": date(2026, 1, 1)},
        {"role": "KETUA", "scope": "INTERNAL", "started_on": date(2023, 1, 1), "ended_before": date(2025, 1, 1)},
    ]
    found = earns(team, team_role=rows)
    assert found is not None
    assert (found["on"], found["expires_on"], found["source"]) == (date(2023, 1, 1), date(2027, 1, 1), 1)
