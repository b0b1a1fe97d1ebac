"""COMPETENCE: job–person match from an assessment's details, or from a report's total."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nawa.engine.assessment import competence
from nawa.engine.exact import half_up_fraction
from tests.engine.build import BKN, DJBK, Row, bkn, changed, earns, points

PERSON = [{"standard": "P"}]
DAY = date(2025, 5, 1)


def _standard(**levels: int) -> list[Row]:
    return [{"standard": "P", "competency": name, "level": level} for name, level in levels.items()]


def _levels(day: date = DAY, kind: str | None = None, **levels: float) -> list[Row]:
    return [
        {"assessed_on": day, "competency": name, "level_e4": round(level * 10_000), "kind": kind}
        for name, level in levels.items()
    ]


def _match(rows: list[Row], standard: list[Row], **others: object) -> Row | None:
    return earns(competence, person=PERSON, competency=rows, standard=standard, **others)  # type: ignore[arg-type]


def test_levels_attained_are_held_against_levels_required() -> None:
    assert points(_match(_levels(A=2, B=3), _standard(A=4, B=4))) == 62.5


def test_more_than_required_does_not_make_up_for_less_elsewhere() -> None:
    assert points(_match(_levels(A=5, B=2), _standard(A=3, B=3))) == pytest.approx(83.333333)


def test_uncapped_levels_make_up_but_points_stay_within_a_hundred() -> None:
    found = _match(_levels(A=5, B=5), _standard(A=3, B=3), parameters=bkn("jpm-tanpa-batas"))
    assert found is not None and (found["raw"], found["points"]) == (166_666_667, 100_000_000)


def test_a_profile_may_give_a_percent_of_match_other_points() -> None:
    doubled = changed(BKN, "assessment", points_per_match=2)
    found = _match(_levels(A=2, B=1), _standard(A=4, B=4), parameters=doubled)
    assert found is not None and (found["raw"], found["points"]) == (37_500_000, 75_000_000)
    report = {"assessed_on": DAY, "job_person_match_e4": 600_000}
    assert points(earns(competence, assessment_total=[report], parameters=doubled)) == 100


def test_weights_of_the_standard_count() -> None:
    standard = _standard(A=4, B=4)
    weighed = [{**row, "weight_e4": weight} for row, weight in zip(standard, (30_000, 10_000), strict=True)]
    assert points(_match(_levels(A=4, B=2), weighed)) == 87.5


@pytest.mark.parametrize("weights", [(30_000, None), (0, 0)])
def test_weights_that_are_not_all_stated_or_all_zero_are_left_aside(weights: tuple[int | None, int | None]) -> None:
    weighed = [{**row, "weight_e4": weight} for row, weight in zip(_standard(A=4, B=4), weights, strict=True)]
    assert points(_match(_levels(A=4, B=2), weighed)) == 75


def test_every_competency_of_the_standard_is_needed() -> None:
    assert _match(_levels(A=4), _standard(A=4, B=4)) is None


def test_without_a_standard_details_say_nothing() -> None:
    assert earns(competence, competency=_levels(A=4), standard=_standard(A=4)) is None


def test_the_latest_complete_day_counts() -> None:
    rows = [*_levels(date(2025, 1, 1), A=4, B=4), *_levels(date(2026, 1, 1), A=1)]
    found = _match(rows, _standard(A=4, B=4))
    assert points(found) == 100
    assert found is not None and (found["on"], found["expires_on"]) == (date(2025, 1, 1), date(2028, 1, 1))


@pytest.mark.parametrize(
    ("day", "counts"), [(date(2023, 11, 2), True), (date(2023, 11, 1), False), (date(2026, 11, 2), False)]
)
def test_an_assessment_holds_for_three_years(day: date, counts: bool) -> None:
    assert (_match(_levels(day, A=4), _standard(A=4)) is not None) is counts


def test_the_panel_goes_before_single_assessors() -> None:
    rows = [*_levels(A=1, kind="INDIVIDU"), *_levels(A=3, kind="PLENO"), *_levels(A=2, kind="PLENO")]
    found = _match(rows, _standard(A=5))
    assert points(found) == 50
    assert found is not None and found["source"] == 1


def test_the_panel_of_one_competency_says_nothing_about_another() -> None:
    rows = [*_levels(A=4, kind="PLENO"), *_levels(A=1, B=2), *_levels(B=4)]
    assert points(_match(rows, _standard(A=4, B=4))) == 87.5


@settings(max_examples=40)
@given(
    st.lists(st.lists(st.integers(0, 50_000), min_size=1, max_size=13), min_size=1, max_size=5),
    st.lists(st.tuples(st.integers(1, 5), st.integers(1, 10**9)), min_size=5, max_size=5),
)
def test_means_of_any_number_of_assessors_are_exact(
    assessors: list[list[int]], required: list[tuple[int, int]]
) -> None:
    rows = [
        {"assessed_on": DAY, "competency": f"K{place}", "level_e4": level}
        for place, levels in enumerate(assessors)
        for level in levels
    ]
    asked = required[: len(assessors)]
    standard = [
        {"standard": "P", "competency": f"K{place}", "level": level, "weight_e4": weight}
        for place, (level, weight) in enumerate(asked)
    ]
    attained = sum(
        min(Fraction(sum(levels), len(levels)), Fraction(level * 10_000)) * weight
        for levels, (level, weight) in zip(assessors, asked, strict=True)
    )
    due = sum(level * 10_000 * weight for level, weight in asked)
    found = _match(rows, standard)
    assert found is not None and found["raw"] == half_up_fraction(Fraction(attained) / due * 100_000_000)


def _report(**row: object) -> Row:
    return {"assessed_on": DAY, "job_person_match_e4": 934_700, **row}


def test_a_total_is_taken_when_details_give_nothing() -> None:
    found = earns(competence, assessment_total=[_report()])
    assert points(found) == 93.47
    assert found is not None and found["table"] == "assessment_total"


def test_details_go_before_a_total_in_bkn_and_are_not_asked_in_djbk() -> None:
    tables = {"competency": _levels(A=2), "standard": _standard(A=4), "assessment_total": [_report()]}
    assert points(earns(competence, person=PERSON, parameters=BKN, **tables)) == 50
    assert points(earns(competence, person=PERSON, parameters=DJBK, **tables)) == 93.47


@pytest.mark.parametrize(
    ("row", "counts"),
    [
        ({"assessed_on": date(2023, 11, 2)}, True),
        ({"assessed_on": date(2023, 11, 1)}, False),
        ({"assessed_on": date(2020, 1, 1), "expires_on": date(2026, 11, 2)}, True),
        ({"assessed_on": date(2026, 1, 1), "expires_on": date(2026, 11, 1)}, False),
        ({"job_person_match_e4": None}, False),
    ],
)
def test_a_total_holds_until_its_own_expiry_or_for_three_years(row: Row, counts: bool) -> None:
    assert (earns(competence, assessment_total=[_report(**row)]) is not None) is counts


def test_of_two_totals_the_latest_counts_not_the_greatest() -> None:
    rows = [_report(), _report(assessed_on=date(2026, 1, 1), job_person_match_e4=700_000)]
    assert points(earns(competence, assessment_total=rows)) == 70


def test_a_total_above_a_hundred_counts_as_a_hundred() -> None:
    found = earns(competence, assessment_total=[_report(job_person_match_e4=1_388_900)])
    assert found is not None and (found["raw"], found["points"]) == (138_890_000, 100_000_000)
