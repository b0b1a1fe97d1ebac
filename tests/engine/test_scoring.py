"""Axis scores, completeness, status and classes."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import combinations

import pytest

from nawa.engine.parameters import AXIS_OF, Axis, Component, Cutoffs, Parameters
from nawa.engine.pipeline import map_talent
from nawa.engine.scoring import greatest_points, scale
from tests.engine.build import BKN, DJBK, ON, Row, bkn, mapped, records
from tests.engine.whole import DAY, EVIDENCE, whole_person

RENORMALISED = bkn("renormalise")


def _without(*tables: str, parameters: Parameters = BKN) -> Row:
    return mapped(parameters=parameters, **{name: rows for name, rows in whole_person().items() if name not in tables})


def _proved(row: Row, axis: Axis, parameters: Parameters = BKN) -> int:
    on_axis = [component for component in parameters.components if AXIS_OF[component] is axis]
    return sum((row[f"{name.lower()}_points"] or 0) * parameters.weighing[name].weight for name in on_axis)


def test_a_score_is_the_sum_of_points_by_their_weights() -> None:
    row = mapped(**whole_person())
    assert row["status"] == "LENGKAP"
    assert row["performance_score"] == _proved(row, Axis.PERFORMANCE) == 6_350 * 1_000_000
    assert row["potential_score"] == _proved(row, Axis.POTENTIAL)


def test_weights_of_both_axes_add_to_their_base() -> None:
    for parameters in (BKN, DJBK):
        for axis in Axis:
            weights = [parameters.weighing[name].weight for name in Component if AXIS_OF[name] is axis]
            assert sum(weights) == parameters.weight_base[axis]


def test_the_talent_score_is_the_mean_of_both_axes_in_millionths() -> None:
    row = mapped(**whole_person())
    exact = Fraction(row["performance_score"], 100) / 2 + Fraction(row["potential_score"], 300) / 2
    assert abs(row["talent_score_e6"] - exact) <= Fraction(1, 2)


@pytest.mark.parametrize(
    ("missing", "status"),
    [
        ((), "LENGKAP"),
        (("award",), "SEMENTARA"),
        (("award", "team_role", "feedback"), "SEMENTARA"),  # 60 percent known: just enough
        (("rating",), "BELUM_DAPAT_DIPETAKAN"),  # 40 percent
        (("potential",), "SEMENTARA"),
        (("potential", "competency"), "BELUM_DAPAT_DIPETAKAN"),  # 55 percent
    ],
)
def test_status_follows_the_known_weight_of_each_axis(missing: tuple[str, ...], status: str) -> None:
    assert _without(*missing)["status"] == status


def test_completeness_is_the_known_share_in_ten_thousandths_of_a_percent() -> None:
    row = _without("award", "education", "career")
    # Missing: 15 of 100; and 10 + 10 (level, field) + 10/3 (breadth) of 100. Tenure is known from the post.
    assert row["performance_completeness_e4"] == 850_000
    assert row["potential_completeness_e4"] == 766_667
    assert row["completeness_e4"] == 808_333


def test_who_cannot_be_mapped_has_no_scores_classes_or_boxes_but_chances() -> None:
    row = _without("rating")
    official = ("performance_score", "performance_class", "potential_score", "potential_class", "talent_score_e6")
    assert all(row[name] is None for name in (*official, "box", "box_lowest", "box_highest"))
    assert (row["follow_ups"], row["pool_tiers"]) == ([], [])
    assert sum(row[f"box_{box}_e9"] for box in range(1, 10)) == 1_000_000_000


@pytest.mark.parametrize(
    ("cutoffs", "level"),
    [
        (Cutoffs(80, 63), "AS_EXPECTED"),
        (Cutoffs(80, 64), "BELOW"),
        (Cutoffs(63, 50), "ABOVE"),
        (Cutoffs(64, 63), "AS_EXPECTED"),
    ],
)
def test_a_class_begins_at_its_cut_off(cutoffs: Cutoffs, level: str) -> None:
    parameters = replace(BKN, cutoffs={**BKN.cutoffs, Axis.PERFORMANCE: cutoffs})
    assert mapped(parameters=parameters, **whole_person())["performance_class"] == level  # 63.5


def test_thirds_decide_a_boundary_exactly() -> None:
    # X = 65 × 0.8 + 5 + (60 + 60 + 0) / 3 × 5% + 1 + 0 … : with thirds of percents no float could say exactly 60.
    tables = {
        "person": [{"tier": "PENGAWAS", "position_since": DAY}],
        "rating": [{"year": 2025, "rating": "BAIK"}],
        "assessment_total": [{"assessed_on": DAY, "job_person_match_e4": 533_333}],
        "career": [{"unit": "A", "started_on": DAY}],
        "coverage": [{"register": name} for name in ("riwayat_jabatan", "disiplin", "diklat")],
        "education": [{"level": "D3", "field": "x"}],
    }
    row = mapped(parameters=DJBK, **tables)
    base = 65 * Fraction(533_333, 10_000) / 100 + Fraction(2) + Fraction(7, 2) + 15
    assert Fraction(row["potential_score"], 300_000_000) == base


def test_floor_adds_nothing_for_what_is_unknown() -> None:
    row = _without("award")
    assert row["performance_score"] == (6_350 - 15 * 25) * 1_000_000


def test_renormalise_takes_the_known_weight_for_the_whole() -> None:
    row = _without("award", parameters=RENORMALISED)
    exact = Fraction((6_350 - 375) * 1_000_000 * 100, 85)
    assert row["performance_score"] == (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)
    assert row["performance_class"] == "AS_EXPECTED"  # 70.3
    assert _without("award")["performance_class"] == "BELOW"  # 59.75


def test_renormalise_leaves_the_lowest_box_where_floor_has_it() -> None:
    floor, renormalised = _without("award"), _without("award", parameters=RENORMALISED)
    assert renormalised["box_lowest"] == floor["box_lowest"] == floor["box"]
    assert renormalised["box_highest"] == floor["box_highest"]


def test_greatest_points_are_those_of_the_scale() -> None:
    assert greatest_points(Component.ACTING, BKN) == 100_000_000
    assert greatest_points(Component.COMPETENCE, BKN) == 100_000_000
    assert scale(Component.AWARD, BKN) == (0, 25, 50, 75, 100)
    assert scale(Component.RATING, BKN) == (20, 40, 60, 80, 100)
    assert scale(Component.DISCIPLINE, BKN) == (0, 25, 50, 75, 100)


@pytest.mark.parametrize("parameters", [BKN, RENORMALISED], ids=["floor", "renormalise"])
def test_giving_evidence_for_what_was_unknown_never_lowers_the_lowest_box(parameters: Parameters) -> None:
    lowest = _lowest_boxes(parameters)
    for withheld, box in lowest.items():
        for given_back in withheld:
            after = lowest[withheld - {given_back}]
            if box is not None:
                assert after is not None
                assert _row_and_column(after)[0] >= _row_and_column(box)[0]
                assert _row_and_column(after)[1] >= _row_and_column(box)[1]


def _lowest_boxes(parameters: Parameters) -> dict[frozenset[str], int | None]:
    """The lowest box for every choice of tables withheld: one person each, mapped together."""
    choices = [frozenset(choice) for n in range(len(EVIDENCE) + 1) for choice in combinations(EVIDENCE, n)]
    tables: dict[str, list[Row]] = {}
    for number, withheld in enumerate(choices):
        for name, rows in whole_person().items():
            if name == "standard":
                tables[name] = rows
            elif name not in withheld:
                tables.setdefault(name, []).extend({**row, "subject": f"{number:03}"} for row in rows)
    result = map_talent(records(**tables), parameters, on=ON).map
    return dict(zip(choices, result["box_lowest"].to_list(), strict=True))


def _row_and_column(box: int) -> tuple[int, int]:
    return next((y, row.index(box)) for y, row in enumerate(BKN.box_table) if box in row)
