"""Provisions: dated, cited, confirmed or not, with rivals by name."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nawa.policy.problems import PolicyRefused
from nawa.policy.provisions import Provision, collect, provision

ON = date(2026, 11, 1)
NODE: dict[str, Any] = {
    "unit": "year",
    "values": {date(2020, 1, 1): 3, date(2026, 11, 1): 5, date(2027, 1, 1): 7},
    "reference": {date(2020, 1, 1): "lama", date(2026, 11, 1): "baru", date(2027, 1, 1): "nanti"},
    "confirmed": True,
    "note": "catatan",
    "alternatives": {
        "dua": {"value": 2, "reference": "lain"},
        "satu": {"value": 1, "reference": "lain", "note": "ragu"},
    },
}


def _at(on: date, *alternatives: str, **changes: Any) -> Provision:
    return provision("a.b", {**NODE, **changes}, on=on, alternatives=alternatives)


@pytest.mark.parametrize(
    ("on", "value", "reference"),
    [
        (date(2020, 1, 1), 3, "lama"),
        (date(2026, 10, 31), 3, "lama"),
        (date(2026, 11, 1), 5, "baru"),
        (date(2030, 1, 1), 7, "nanti"),
    ],
)
def test_the_value_in_force_on_the_day_counts_with_its_own_citation(on: date, value: int, reference: str) -> None:
    found = _at(on)
    assert (found.value, found.reference, found.confirmed) == (value, reference, True)


def test_a_chosen_alternative_takes_its_place_and_is_not_confirmed() -> None:
    found = _at(ON, "satu", "lain-lagi")
    assert (found.value, found.reference, found.note, found.confirmed, found.chosen) == (
        1,
        "lain",
        "ragu",
        False,
        "satu",
    )
    assert [rival.name for rival in found.alternatives] == ["dua", "satu"]


@pytest.mark.parametrize(
    ("changes", "path", "code"),
    [
        ({"values": {}}, "a.b.values", "no_dates"),
        ({"values": [1]}, "a.b.values", "no_dates"),
        ({"values": {"2020": 1}}, "a.b.values.2020", "no_date"),
        ({"values": {date(2030, 1, 1): 1}}, "a.b.values", "not_in_force"),
        ({"reference": None}, "a.b.reference", "no_reference"),
        ({"reference": " "}, "a.b.reference", "no_reference"),
        ({"reference": {date(2020, 1, 1): "lama"}}, "a.b.reference", "no_reference"),
        ({"confirmed": None}, "a.b.confirmed", "no_boolean"),
        ({"confirmed": "ya"}, "a.b.confirmed", "no_boolean"),
        ({"note": 3}, "a.b.note", "no_text"),
        ({"catatan": "x"}, "a.b.catatan", "unknown_key"),
        ({"alternatives": [1]}, "a.b.alternatives", "no_mapping"),
        ({"alternatives": {"x": {"reference": "r"}}}, "a.b.alternatives.x", "no_value"),
        ({"alternatives": {"x": {"value": 1}}}, "a.b.alternatives.x.reference", "no_reference"),
        ({"alternatives": {"x": {"value": 1, "reference": "r", "y": 1}}}, "a.b.alternatives.x.y", "unknown_key"),
    ],
)
def test_a_malformed_provision_is_refused_with_its_path(changes: dict[str, Any], path: str, code: str) -> None:
    with pytest.raises(PolicyRefused) as caught:
        _at(ON, **changes)
    assert [(problem.path, problem.code) for problem in caught.value.problems] == [(path, code)]


def test_two_alternatives_of_one_provision_are_refused() -> None:
    with pytest.raises(PolicyRefused, match="dua, satu"):
        _at(ON, "satu", "dua")


def test_an_alternative_that_no_provision_has_is_refused() -> None:
    _, problems = collect({"a": {"b": NODE}}, on=ON, alternatives=["tiga"])
    assert [(problem.path, problem.code) for problem in problems] == [("alternatives", "unknown_alternative")]


def test_all_malformed_provisions_are_told_at_once() -> None:
    found, problems = collect({"a": {"b": NODE, "c": {**NODE, "confirmed": 1}}, "d": 3}, on=ON, alternatives=[])
    assert list(found) == ["a.b"]
    assert [problem.path for problem in problems] == ["a.c.confirmed", "d"]
