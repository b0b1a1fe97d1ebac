"""The made-up people really reach the boundaries and every state: without that, agreement would mean little."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from nawa.engine.parameters import Component, State
from tests.reference.days import years_after
from tests.reference.engine import REGISTER, counted, map_people
from tests.reference.strategies import Case, case

CODES: dict[str, set[Any]] = {
    "rating_raw": {"SANGAT_BAIK", "BAIK", "BUTUH_PERBAIKAN", "KURANG", "SANGAT_KURANG"},
    "award_raw": {"INTERNASIONAL", "NASIONAL", "LINTAS_INSTANSI", "INSTANSI"},
    "breadth_raw": {"CROSS_INSTITUTION", "CROSS_UNIT", "ONE_UNIT"},
    "acting_raw": {"PJ", "PLT_HIGHER", "PLT_SAME", "PLH_HIGHER", "PLH_SAME"},
    "field_raw": {"SUITABLE", "RELATED", "UNSUITABLE"},
    "discipline_raw": {"SERVING", "RINGAN", "SEDANG", "BERAT"},
    "status": {"LENGKAP", "SEMENTARA", "BELUM_DAPAT_DIPETAKAN"},
    "box": set(range(1, 10)),
}


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    """Some crowds, always the same."""
    return [case(Random(seed), 60) for seed in range(20)]


@pytest.fixture(scope="module")
def results(cases: list[Case]) -> list[dict[str, Any]]:
    """Their map by the slow engine."""
    return [row for one in cases for row in map_people(one.tables, one.parameters, one.on)]


def seen(results: list[dict[str, Any]], column: str) -> Counter[Any]:
    return Counter(row[column] for row in results if column in row)


@pytest.mark.parametrize("column", list(CODES))
def test_every_code_status_and_box_occurs(results: list[dict[str, Any]], column: str) -> None:
    assert CODES[column] <= seen(results, column).keys()


@pytest.mark.parametrize("component", list(Component))
def test_every_component_is_known_unknown_and_where_it_can_be_verified_none(
    results: list[dict[str, Any]], component: Component
) -> None:
    possible = set(State) if component in REGISTER else {State.KNOWN, State.UNKNOWN}
    assert seen(results, f"{component.value.lower()}_state").keys() == possible


def days_from_edge(cases: list[Case]) -> Iterator[int]:
    """How far awards stand from either edge of their window."""
    for one in cases:
        for row in one.tables["award"]:
            if row["awarded_on"] is not None:
                yield (row["awarded_on"] - one.on).days
                yield (years_after(row["awarded_on"], one.parameters.award_years) - one.on).days


def test_evidence_stands_on_the_edge_and_a_day_to_either_side(cases: list[Case]) -> None:
    near = Counter(days_from_edge(cases))
    assert min(near[-1], near[0], near[1]) > 20


def test_every_policy_leaves_some_components_out(cases: list[Case]) -> None:
    weightless = Counter(component for one in cases for component in set(Component) - set(counted(one.parameters)))
    assert len(weightless) > 10
