"""POTENTIAL: eight aspects of one assessment, or a report's score."""

from __future__ import annotations

from datetime import date

from nawa.engine.assessment import potential
from nawa.engine.codes import POTENTIAL_ASPECTS
from tests.engine.build import Row, bkn, earns, points

DAY = date(2025, 5, 1)


def _aspects(*values: int, day: date = DAY, kind: str | None = None) -> list[Row]:
    return [
        {"assessed_on": day, "aspect": aspect, "value_e4": value * 10_000, "kind": kind}
        for aspect, value in zip(POTENTIAL_ASPECTS, values, strict=False)
    ]


def test_the_sum_of_eight_aspects_is_taken_of_forty() -> None:
    assert points(earns(potential, potential=_aspects(5, 4, 4, 3, 3, 3, 2, 5))) == 72.5


def test_where_aspects_have_three_levels_the_sum_is_taken_of_three_each() -> None:
    three = bkn("potensi-tingkat-3")
    assert points(earns(potential, potential=_aspects(3, 3, 3, 3, 2, 2, 1, 1), parameters=three)) == 75
    assert points(earns(potential, potential=_aspects(*[5] * 8), parameters=three)) == 100


def test_all_aspects_are_needed() -> None:
    assert earns(potential, potential=_aspects(5, 4, 4, 3, 3, 3, 2)) is None


def test_an_aspect_that_the_profile_does_not_ask_for_is_left_aside() -> None:
    rows = [*_aspects(4, 4, 4, 4, 4, 4, 4, 4), {"assessed_on": DAY, "aspect": "LAIN", "value_e4": 0}]
    assert points(earns(potential, potential=rows)) == 80


def test_several_assessors_are_averaged_and_a_panel_goes_before_them() -> None:
    rows = [*_aspects(*[2] * 8), *_aspects(*[4] * 8)]
    assert points(earns(potential, potential=rows)) == 60
    assert points(earns(potential, potential=[*rows, *_aspects(5, kind="PLENO")])) == 65


def test_a_reports_score_is_taken_when_details_give_nothing() -> None:
    report: Row = {"assessed_on": DAY, "potential_score_e4": 812_500}
    found = earns(potential, assessment_total=[report], potential=_aspects(5))
    assert points(found) == 81.25
    assert found is not None and (found["on"], found["expires_on"]) == (DAY, date(2028, 5, 1))
