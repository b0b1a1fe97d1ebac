"""The shipped profiles hold the numbers that the sources fix, field by field; the loader has no part in the builder."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from nawa.engine.parameters import AXIS_OF, INDICATOR_OF, Axis, Component, Indicator, Parameters, Source
from nawa.policy import load
from tests.reference.profiles import BKN_WEIGHTS, DJBK_WEIGHTS, RATING_POINTS, djbk, parameters

ON = date(2026, 11, 1)


@pytest.fixture(scope="module")
def bkn() -> Parameters:
    """The loader's view of Keputusan Kepala BKN 411/2025."""
    return load("bkn-411-2025", on=ON).parameters


def percent(p: Parameters, component: Component) -> Fraction:
    """A component's share of its axis."""
    return Fraction(100 * p.weighing[component].weight, p.weight_base[AXIS_OF[component]])


def by_indicator(shares: dict[Component, Fraction]) -> dict[Indicator, Fraction]:
    return {
        indicator: sum((share for one, share in shares.items() if INDICATOR_OF[one] == indicator), Fraction(0))
        for indicator in Indicator
    }


def test_weights_are_those_of_bkn(bkn: Parameters) -> None:
    assert {component: percent(bkn, component) for component in Component} == BKN_WEIGHTS
    assert bkn.talent_weights == {Axis.PERFORMANCE: 50, Axis.POTENTIAL: 50}


def test_boxes_and_cutoffs_are_those_of_bkn(bkn: Parameters) -> None:
    assert (bkn.cutoffs, bkn.box_table) == (parameters().cutoffs, parameters().box_table)
    assert {tier: sorted(boxes) for tier, boxes in bkn.pool_boxes.items()} == {
        tier: [7, 8, 9] for tier in bkn.pool_boxes
    }
    assert set(bkn.follow_ups) == set(range(1, 10)) and all(bkn.follow_ups.values())


def test_the_rating_scale_and_the_matrix_are_those_of_the_sources(bkn: Parameters) -> None:
    ours = parameters().rating
    assert (bkn.rating.points, bkn.rating.matrix, bkn.rating.years) == (RATING_POINTS, ours.matrix, 1)
    assert bkn.rating.former_bands == ours.former_bands
    assert bkn.feedback.points == RATING_POINTS


@pytest.mark.parametrize("field", ["award_points", "award_years", "team_points", "team_years", "discipline", "unknown"])
def test_scales_and_windows_are_those_of_the_sources(bkn: Parameters, field: str) -> None:
    assert getattr(bkn, field) == getattr(parameters(), field)


def test_experience_and_learning_are_those_of_the_sources(bkn: Parameters) -> None:
    ours = parameters()
    for scale in ("tenure_bands", "breadth_points", "acting_points"):
        assert getattr(bkn.career, scale) == getattr(ours.career, scale)
    for bands in ("training_bands", "certification_bands"):
        above_none = tuple(band for band in getattr(bkn.learning, bands) if band.least > 0)
        assert above_none == getattr(ours.learning, bands)
    for number in ("training_measure", "training_years", "certification_years"):
        assert getattr(bkn.learning, number) == getattr(ours.learning, number)


def test_ranks_of_tiers_have_the_order_of_the_law(bkn: Parameters) -> None:
    ours = parameters().career.tier_rank
    assert sorted(ours, key=lambda tier: (ours[tier], tier)) == sorted(
        ours, key=lambda tier: (bkn.career.tier_rank[tier], tier)
    )


def test_education_and_field_of_study_are_those_of_the_sources(bkn: Parameters) -> None:
    settled = parameters().education_points
    assert {level: bkn.education_points[level] for level in settled} == settled
    assert (bkn.field_points["SUITABLE"], bkn.field_points["UNSUITABLE"]) == (100, 50)


def test_an_assessment_holds_three_years_and_has_eight_aspects(bkn: Parameters) -> None:
    assert (bkn.assessment.years, bkn.assessment.cap_levels) == (3, True)
    assert sorted(bkn.assessment.potential_aspects) == sorted(parameters().assessment.potential_aspects)


def test_an_empty_register_earns_nothing_but_for_discipline(bkn: Parameters) -> None:
    assert {component for component, one in bkn.weighing.items() if one.none_points} == {Component.DISCIPLINE}
    assert bkn.weighing[Component.DISCIPLINE].none_points == 100
    assert bkn.provisional_completeness == 60
    assert bkn.candidate_staff_kinds == ("PNS",)


def test_with_the_rival_scale_no_rating_is_worth_more_than_100() -> None:
    rival = load("bkn-411-2025", on=ON, alternatives=("predikat-110",)).parameters.rating.points
    assert rival == dict(zip(RATING_POINTS, (100, 100, 80, 60, 40), strict=True))


def test_djbk_weighs_the_assessment_total_65_and_the_rating_alone() -> None:
    p = load("djbk-2026", on=ON).parameters
    shares = {component: percent(p, component) for component in Component}
    assert by_indicator(shares) == by_indicator({one: DJBK_WEIGHTS.get(one, Fraction(0)) for one in Component})
    assert p.assessment.competence_sources == djbk().assessment.competence_sources == (Source.TOTAL,)


def test_semarang_takes_bkn_weights_its_own_pools_and_says_so(bkn: Parameters) -> None:
    p = load("semarang", on=ON).parameters
    assert p.weighing == bkn.weighing
    assert {tier: sorted(p.pool_boxes[tier]) for tier in ("JPT_PRATAMA", "ADMINISTRATOR", "PENGAWAS")} == {
        "JPT_PRATAMA": [9],
        "ADMINISTRATOR": [7, 8, 9],
        "PENGAWAS": [7, 8, 9],
    }
    assert p.stamp == "bobot BKN; bobot kota belum diketahui"
