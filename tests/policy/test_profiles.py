"""The shipped numbers are those of the domain notes."""

from __future__ import annotations

import pytest

from nawa.engine.parameters import AXIS_OF, Axis, Band, Component, Cutoffs, Source
from nawa.policy import load
from tests.policy.profile import ON

BKN = load("bkn-411-2025", on=ON).parameters
DJBK = load("djbk-2026", on=ON).parameters
SEMARANG = load("semarang", on=ON)


def _percent(component: Component) -> float:
    return 100 * BKN.weighing[component].weight / BKN.weight_base[AXIS_OF[component]]


def test_weights_of_performance_are_60_15_15_10() -> None:
    on_axis = [component for component in Component if AXIS_OF[component] is Axis.PERFORMANCE]
    assert [_percent(component) for component in on_axis] == [60, 15, 15, 10]


def test_weights_of_potential_are_20_10_10_25_10_10_15() -> None:
    weights = BKN.weighing
    three = (Component.TENURE, Component.BREADTH, Component.ACTING)
    assert _percent(Component.COMPETENCE) == 20
    assert _percent(Component.TRAINING) + _percent(Component.CERTIFICATION) == 10
    assert sum(weights[component].weight for component in three) == 30  # 10 percent, in 300ths
    assert [_percent(c) for c in (Component.POTENTIAL, Component.EDUCATION, Component.FIELD)] == [25, 10, 10]
    assert _percent(Component.DISCIPLINE) == 15


def test_classes_begin_at_60_and_80() -> None:
    assert BKN.cutoffs == dict.fromkeys(Axis, Cutoffs(high=80, middle=60))
    assert BKN.talent_weights == dict.fromkeys(Axis, 50)


def test_scales_are_those_of_the_first_source() -> None:
    assert list(BKN.rating.points.values()) == [100, 80, 60, 40, 20]
    assert list(BKN.award_points.values()) == [100, 75, 50, 25]
    assert list(BKN.team_points.values()) == [100, 75, 50, 25]
    assert BKN.learning.training_bands == (Band(8, 100), Band(6, 75), Band(4, 50), Band(1, 25), Band(0, 0))
    assert BKN.learning.certification_bands == (Band(3, 100), Band(1, 50), Band(0, 0))
    assert BKN.career.tenure_bands == (Band(60, 100), Band(36, 80), Band(0, 60))
    assert list(BKN.career.breadth_points.values()) == [100, 80, 60]
    assert list(BKN.career.acting_points.values()) == [100, 80, 60, 40, 20]
    assert (BKN.discipline.points, BKN.discipline.serving_points) == ({"RINGAN": 75, "SEDANG": 50, "BERAT": 25}, 0)
    assert BKN.weighing[Component.DISCIPLINE].none_points == 100


def test_windows_are_5_2_3_and_5_years() -> None:
    assert (BKN.award_years, BKN.team_years) == (5, 2)
    assert (BKN.learning.training_years, BKN.discipline.years, BKN.assessment.years) == (3, 5, 3)


@pytest.mark.parametrize(
    "name",
    [
        "predikat-110",
        "skala-85",
        "diklat-jam",
        "diklat-5-tahun",
        "plh-sama-40",
        "bidang-sebagian-75",
        "rata-rata-2-tahun",
        "jpm-tanpa-batas",
        "potensi-tingkat-3",
        "renormalise",
    ],
)
def test_each_rival_value_can_be_chosen_by_its_name(name: str) -> None:
    rival = load("bkn-411-2025", on=ON, alternatives=[name])
    chosen = [item for item in rival.provisions if item.chosen == name]
    assert chosen and not any(item.confirmed for item in chosen)


def test_all_rival_values_can_be_chosen_together() -> None:
    policy = load("bkn-411-2025", on=ON)
    names = {rival.name for item in policy.provisions for rival in item.alternatives}
    load("bkn-411-2025", on=ON, alternatives=sorted(names))


def test_what_no_source_settles_is_marked_as_unconfirmed() -> None:
    open_ = {item.path for item in load("bkn-411-2025", on=ON).unconfirmed}
    conversions = {"feedback.points_per_value", "assessment.points_per_match", "components.TRAINING.share"}
    assert conversions | {"assessment.cap_levels", "succession.technical_weights"} <= open_
    assert {f"components.{component}.{what}" for component in Component for what in ("error", "absent")} <= open_


def test_the_technical_score_weighs_20_30_40_and_50_percent() -> None:
    (found,) = (item for item in load("bkn-411-2025", on=ON).provisions if item.path == "succession.technical_weights")
    assert found.value == {"JPT_MADYA": 20, "JPT_PRATAMA": 30, "ADMINISTRATOR": 40, "PENGAWAS": 50}


def test_djbk_weighs_65_20_15_against_the_predikat_alone() -> None:
    percent = {c: 100 * DJBK.weighing[c].weight / DJBK.weight_base[AXIS_OF[c]] for c in DJBK.components}
    assert percent[Component.RATING] == 100
    assert percent[Component.COMPETENCE] == 65
    assert percent[Component.DISCIPLINE] == 15
    assert round(sum(percent.values()), 9) == 200
    assert DJBK.assessment.competence_sources == (Source.TOTAL,)


def test_semarang_has_bkns_weights_its_own_pools_and_a_stamp() -> None:
    parameters = SEMARANG.parameters
    assert parameters.weighing == BKN.weighing
    assert parameters.pool_boxes == {"JPT_PRATAMA": (9,), "ADMINISTRATOR": (9, 8, 7), "PENGAWAS": (9, 8, 7)}
    assert parameters.stamp == SEMARANG.stamp == "bobot BKN; bobot kota belum diketahui"
