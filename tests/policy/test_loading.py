"""Loading a profile, and refusing one with the path to every mistake."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from nawa.engine.parameters import Axis
from nawa.policy import PolicyRefused, check, load, shipped
from nawa.policy.loading import brought_up
from tests.policy.profile import DAY, ON, bkn, codes, problems, put, shipped_text, written


def test_every_shipped_profile_can_be_used() -> None:
    assert shipped() == ("bkn-411-2025", "djbk-2026", "semarang")
    for name in shipped():
        assert check(name, on=ON) == ()


def test_a_file_of_the_same_content_gives_the_same_policy(tmp_path: Path) -> None:
    path = tmp_path / "sendiri.yaml"
    path.write_text(shipped_text(), encoding="utf-8")
    assert load(path, on=ON) == load("bkn-411-2025", on=ON)


def test_the_hash_is_that_of_the_canonical_form_and_follows_every_change(tmp_path: Path) -> None:
    ours = load("bkn-411-2025", on=ON)
    changed = load(written(tmp_path, put(bkn(), "award.years", 6)), on=ON)
    rival = load("bkn-411-2025", on=ON, alternatives=["predikat-110"])
    assert len({ours.hash, changed.hash, rival.hash}) == 3
    assert ours.hash == load("bkn-411-2025", on=date(2025, 6, 1)).hash
    assert ours.parameters.policy_hash == ours.hash


def test_what_is_made_of_a_shipped_profile_leaves_it_as_it_is() -> None:
    before = load("bkn-411-2025", on=ON)
    whole = brought_up({})
    for group in whole.values():
        group.clear()
    assert load("bkn-411-2025", on=ON) == before
    assert brought_up({}) != whole


def test_layout_and_order_of_keys_do_not_change_the_hash(tmp_path: Path) -> None:
    tree = bkn()
    path = written(tmp_path, dict(reversed(tree.items())))
    assert load(path, on=ON).hash == load("bkn-411-2025", on=ON).hash


def test_chosen_alternatives_are_in_the_policys_name() -> None:
    policy = load("bkn-411-2025", on=ON, alternatives=["skala-85", "diklat-jam"])
    assert policy.id == policy.parameters.policy_id == "bkn-411-2025+diklat-jam+skala-85"
    assert policy.parameters.award_points["INSTANSI"] == 50
    assert policy.parameters.learning.training_measure == "HOURS"


def test_a_profile_may_extend_a_shipped_one(tmp_path: Path) -> None:
    text = """
extends: bkn-411-2025
id: kota-contoh
version: "1"
label: Kota Contoh
instrument: Perwal contoh
award:
  years: {unit: year, values: {2025-01-01: 3}, reference: Perwal contoh, confirmed: true}
"""
    policy = load(written(tmp_path, text), on=ON)
    base = load("bkn-411-2025", on=ON).parameters
    assert policy.parameters.award_years == 3
    same = replace(policy.parameters, award_years=5, policy_id=base.policy_id, policy_version=base.policy_version)
    assert replace(same, policy_hash=base.policy_hash) == base


def test_a_profile_before_its_day_is_refused() -> None:
    with pytest.raises(PolicyRefused, match="Belum berlaku pada 2024-12-31"):
        load("bkn-411-2025", on=date(2024, 12, 31))


def test_a_profile_that_does_not_exist_is_refused_without_its_folder(tmp_path: Path) -> None:
    for name in ("tidak-ada", "../profiles/bkn-411-2025", str(tmp_path / "rahasia" / "x.yaml"), str(tmp_path)):
        (problem,) = check(name, on=ON)
        assert problem.code == "no_profile"
        assert "rahasia/" not in problem.say()


@pytest.mark.parametrize("base", ["tidak-ada", "../x", 3])
def test_only_shipped_profiles_can_be_extended(tmp_path: Path, base: object) -> None:
    assert codes(problems(tmp_path, {"extends": base})) == {"extends": "no_base"}


WRONG: list[tuple[str, Any, str, str]] = [
    ("indicators.RATING.weight", 59, "indicators", "axis_sum"),
    ("indicators.RATING.weight", "60", "indicators.RATING.weight", "no_number"),
    ("indicators.RATING.weight", 101, "indicators.RATING.weight", "no_number"),
    ("components.TRAINING.share", -1, "components.TRAINING.share", "no_whole"),
    ("components.AWARD.none_points", 101, "components.AWARD.none_points", "no_whole"),
    ("components.RATING.error", {"kind": "LAIN"}, "components.RATING.error.kind", "unknown_code"),
    ("components.RATING.error", {"kind": "STEPS", "down": 0.6, "up": 0.5}, "components.RATING.error", "no_unit_sum"),
    ("components.RATING.error", {"kind": "STEPS", "down": 0.6}, "components.RATING.error", "wrong_keys"),
    ("components.RATING.error", {"kind": "NORMAL", "standard_error": 5}, "components.RATING.error", "no_normal"),
    ("components.FEEDBACK.error", {"kind": "STEPS", "down": 0, "up": 0}, "components.FEEDBACK.error", "no_steps"),
    ("components.AWARD.absent", {0: 0.5, 100: 0.4}, "components.AWARD.absent", "no_unit_sum"),
    ("components.AWARD.absent", {0: 1.5}, "components.AWARD.absent.0", "no_number"),
    ("components.AWARD.absent", {120: 1}, "components.AWARD.absent.120", "no_whole"),
    ("map.talent_weights", {"PERFORMANCE": 60, "POTENTIAL": 50}, "map.talent_weights", "talent_sum"),
    ("map.cutoffs.POTENTIAL", {"high": 60, "middle": 60}, "map.cutoffs.POTENTIAL.middle", "overlap"),
    ("map.cutoffs.POTENTIAL", {"high": 60, "middle": 61}, "map.cutoffs.POTENTIAL.middle", "overlap"),
    ("map.cutoffs.POTENTIAL", {"high": 80}, "map.cutoffs.POTENTIAL", "incomplete"),
    ("map.cutoffs.POTENTIAL", {"high": 80, "middle": 0}, "map.cutoffs.POTENTIAL.middle", "no_whole"),
    ("map.box_table", [[1, 3, 6], [2, 5, 8], [4, 7, 7]], "map.box_table", "no_permutation"),
    ("map.box_table", [[1, 3, 6], [2, 5, 8], [4, 7, 10]], "map.box_table[2][2]", "no_whole"),
    ("map.box_table", [[1, 3, 6], [2, 5, 8]], "map.box_table", "no_three_rows"),
    ("map.follow_ups", {1: ["PROCESS_BY_LAW"]}, "map.follow_ups", "no_nine_boxes"),
    ("map.pool_boxes", {"JPT_PRATAMA": [10]}, "map.pool_boxes.JPT_PRATAMA[0]", "no_whole"),
    ("map.pool_boxes", {"ESELON_II": [9]}, "map.pool_boxes.ESELON_II", "unknown_code"),
    ("map.pool_boxes", {"JPT_PRATAMA": [9, 9]}, "map.pool_boxes.JPT_PRATAMA", "repeated"),
    ("people.mapped_staff_kinds", ["PPPK"], "people.candidate_staff_kinds", "not_mapped"),
    ("people.mapped_staff_kinds", [], "people.mapped_staff_kinds", "no_list"),
    ("people.excluded_legal_statuses", ["PERGI"], "people.excluded_legal_statuses[0]", "unknown_code"),
    ("completeness.unknown", "zero", "completeness.unknown", "unknown_code"),
    ("completeness.provisional", 0, "completeness.provisional", "no_whole"),
    ("rating.points", {"BAIK": 80}, "rating.points", "incomplete"),
    ("rating.points", {"CUKUP": 80}, "rating.points.CUKUP", "unknown_code"),
    ("rating.matrix", {"DI_ATAS": {}}, "rating.matrix", "incomplete"),
    ("rating.former_bands", {110: "SANGAT_BAIK"}, "rating.former_bands", "no_zero_bound"),
    ("rating.due_month", 13, "rating.due_month", "no_whole"),
    ("rating.years", 0, "rating.years", "no_whole"),
    (
        "feedback.relation_weights",
        {"ATASAN": 1, "REKAN": 0, "BAWAHAN": 1},
        "feedback.relation_weights.REKAN",
        "no_whole",
    ),
    ("award.years", 0, "award.years", "no_whole"),
    ("award.years", -5, "award.years", "no_whole"),
    ("award.years", True, "award.years", "no_whole"),
    ("team.points", {"KETUA": {"INTERNAL": 1}}, "team.points", "incomplete"),
    ("assessment.competence_sources", ["REPORT"], "assessment.competence_sources[0]", "unknown_code"),
    ("assessment.cap_levels", 1, "assessment.cap_levels", "no_boolean"),
    ("learning.training_bands", {1: 25}, "learning.training_bands", "no_zero_bound"),
    ("learning.training_bands", {0: 50, 4: 25}, "learning.training_bands.4", "falling"),
    ("career.tier_rank", {"PENGAWAS": 3}, "career.tier_rank", "incomplete"),
    ("education.points", 80, "education.points", "no_mapping"),
    ("field.points", {"SUITABLE": 50, "RELATED": 75, "UNSUITABLE": 50}, "field.points", "fit_order"),
]


@pytest.mark.parametrize(
    ("path", "value", "where", "code"), WRONG, ids=[f"{path}={value}" for path, value, _, _ in WRONG]
)
def test_a_wrong_value_is_refused_with_the_path_to_it(
    tmp_path: Path, path: str, value: Any, where: str, code: str
) -> None:
    assert codes(problems(tmp_path, put(bkn(), path, value)))[where] == code


def test_weights_that_are_cut_too_finely_are_refused(tmp_path: Path) -> None:
    tree = put(put(bkn(), "indicators.RATING.weight", 59.9999), "indicators.AWARD.weight", 15.0001)
    assert codes(problems(tmp_path, tree)) == {"indicators": "too_fine"}


def test_halves_and_thirds_of_weights_stay_exact(tmp_path: Path) -> None:
    tree = put(put(bkn(), "indicators.RATING.weight", 62.5), "indicators.AWARD.weight", 12.5)
    parameters = load(written(tmp_path, tree), on=ON).parameters
    assert parameters.weight_base[Axis.PERFORMANCE] == 200
    assert parameters.weight_base[Axis.POTENTIAL] == 300


def test_an_indicator_whose_components_have_no_share_is_refused(tmp_path: Path) -> None:
    tree = bkn()
    for component in ("TRAINING", "CERTIFICATION"):
        put(tree, f"components.{component}.share", 0)
    assert "no_share" in codes(problems(tmp_path, tree)).values()


def test_a_wrong_unit_is_refused(tmp_path: Path) -> None:
    tree = bkn()
    tree["award"]["years"]["unit"] = "month"
    assert codes(problems(tmp_path, tree)) == {"award.years.unit": "wrong_unit"}


def test_what_is_missing_and_what_is_not_known_are_both_told(tmp_path: Path) -> None:
    tree = bkn()
    tree["award"]["tahun"] = tree["award"].pop("years")
    assert codes(problems(tmp_path, tree)) == {"award.years": "missing", "award.tahun": "unknown_path"}


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    tree = put(put(bkn(), "award.years", 0), "team.years", 0)
    assert set(codes(problems(tmp_path, tree))) == {"award.years", "team.years"}


@pytest.mark.parametrize("key", ["id", "version", "label", "instrument"])
def test_a_profile_must_name_itself(tmp_path: Path, key: str) -> None:
    tree = bkn()
    del tree[key]
    assert codes(problems(tmp_path, tree)) == {key: "missing"}


def test_a_head_that_is_no_text_is_refused(tmp_path: Path) -> None:
    assert codes(problems(tmp_path, {**bkn(), "version": 2025})) == {"version": "no_text"}


def test_an_unknown_alternative_is_refused_with_those_that_there_are(tmp_path: Path) -> None:
    (problem,) = check("bkn-411-2025", on=ON, alternatives=["lain"])
    assert "predikat-110" in problem.say()


def test_a_problem_is_a_path_a_reason_and_a_remedy_in_both_languages(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, put(bkn(), "award.years", 0))
    assert problem.say() == "award.years: 0 bukan bilangan bulat antara 1 dan 60. Betulkan nilainya."
    assert problem.say("en") == "award.years: 0 is no whole number between 1 and 60. Mend the value."


def test_every_provision_has_a_citation_a_day_and_says_whether_it_is_confirmed() -> None:
    policy = load("bkn-411-2025", on=ON)
    assert all(item.reference and item.since >= date(2019, 1, 1) for item in policy.provisions)
    assert {item.path for item in policy.unconfirmed} >= {
        "rating.points",
        "map.cutoffs.PERFORMANCE",
        "learning.training_years",
    }
    assert "map.box_table" not in {item.path for item in policy.unconfirmed}
    assert DAY <= ON
