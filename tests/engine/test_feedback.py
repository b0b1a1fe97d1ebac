"""FEEDBACK: the latest period's 360-degree feedback by others."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from nawa.engine.exact import half_up_fraction
from nawa.engine.performance import feedback
from tests.engine.build import BKN, Row, bkn, changed, earns, points


def _row(relation: str | None, value: float | None, period: str = "2025", **others: object) -> Row:
    return {
        "relation": relation,
        "value_e4": None if value is None else round(value * 10_000),
        "period": period,
        **others,
    }


def test_a_value_of_raters_is_multiplied_and_a_predikat_has_its_points() -> None:
    assert points(earns(feedback, feedback=[_row("ATASAN", 4.5)])) == 90
    assert points(earns(feedback, feedback=[_row("ATASAN", None, rating="BAIK")])) == 80


def test_a_value_goes_before_a_predikat() -> None:
    assert points(earns(feedback, feedback=[_row("ATASAN", 3, rating="SANGAT_BAIK")])) == 60


def test_relations_present_are_averaged_by_their_weights() -> None:
    rows = [_row("ATASAN", 5), _row("REKAN", 4), _row("REKAN", 3)]
    assert points(earns(feedback, feedback=rows)) == pytest.approx((2 * 100 + 70) / 3, abs=1e-6)


def test_a_mean_of_means_is_rounded_once() -> None:
    values = {"ATASAN": (5, 4, 4), "REKAN": (3, 4, 5, 5, 5, 4, 4), "BAWAHAN": (2, 3)}
    rows = [_row(relation, value) for relation, group in values.items() for value in group]
    weights = BKN.feedback.relation_weights
    means = {relation: Fraction(20 * sum(group), len(group)) for relation, group in values.items()}
    exact = sum((weights[relation] * mean for relation, mean in means.items()), Fraction(0)) / sum(weights.values())
    found = earns(feedback, feedback=rows)
    assert found is not None and found["points"] == half_up_fraction(exact * 1_000_000)


def test_ones_own_view_does_not_count() -> None:
    assert earns(feedback, feedback=[_row("DIRI", 5)]) is None
    assert points(earns(feedback, feedback=[_row("DIRI", 5), _row("REKAN", 3)])) == 60


@pytest.mark.parametrize("relation", ["GABUNGAN", None])
def test_a_combined_row_stands_for_the_whole_period(relation: str | None) -> None:
    assert points(earns(feedback, feedback=[_row(relation, 3), _row("ATASAN", 5)])) == 60


@pytest.mark.parametrize(
    ("period", "counts"),
    [("2024", False), ("2025", True), ("2025-S2", True), ("2026-03", True), ("2027", False), ("S2 2025", False)],
)
def test_a_period_counts_from_the_required_year_to_the_present_one(period: str, counts: bool) -> None:
    assert (earns(feedback, feedback=[_row("ATASAN", 5, period)]) is not None) is counts


@pytest.mark.parametrize(("on", "counts"), [(date(2027, 3, 31), True), (date(2027, 4, 1), False)])
def test_a_period_expires_when_the_rating_of_the_next_year_is_due(on: date, counts: bool) -> None:
    found = earns(feedback, on=on, feedback=[_row("ATASAN", 5)])
    assert (found is not None) is counts
    assert found is None or (found["on"], found["expires_on"]) == (None, date(2027, 4, 1))


def test_the_latest_period_in_which_something_counts_is_the_one() -> None:
    rows = [_row("ATASAN", 3, "2025"), _row("ATASAN", 5, "2025-S2"), _row("REKAN", None, "2026")]
    found = earns(feedback, feedback=rows)
    assert points(found) == 100
    assert found is not None and found["source"] == 1


def test_more_than_a_hundred_counts_as_a_hundred_and_is_shown_as_it_is() -> None:
    generous = changed(BKN, "feedback", points_per_value=30)
    found = earns(feedback, parameters=generous, feedback=[_row("ATASAN", 5)])
    assert found is not None and (found["raw"], found["points"]) == (150_000_000, 100_000_000)


def test_the_rival_scale_can_be_chosen() -> None:
    assert points(earns(feedback, parameters=bkn("skala-85"), feedback=[_row("ATASAN", None, rating="BAIK")])) == 85
