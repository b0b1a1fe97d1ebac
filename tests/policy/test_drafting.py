"""A draft over a parent: what is typed becomes the policy, or every problem that the loader would find in a file."""

from __future__ import annotations

import json
from datetime import date

import pytest

from nawa.policy import Policy, PolicyRefused, load, shipped
from nawa.policy.drafting import Basis, differences, drafted, only_changed, parent_entries, path_of
from nawa.policy.entries import entries_of, orders, plain, value_of
from nawa.policy.keeping import begins_on, kept
from nawa.policy.layouts import LAYOUTS, Chapter, chapter_of, paths_of
from nawa.policy.schema import RULES
from nawa.policy.sentences import LANGUAGES, Language, sentences
from nawa.policy.speaking import said
from nawa.policy.wording import problem
from tests.policy.profile import ON

NEXT = Basis("2027.1", date(2027, 1, 1), "Peraturan Wali Kota Nomor 1 tanggal 2 Desember 2026")


def policy(name: str = "semarang") -> Policy:
    return load(name, on=ON)


def text(name: str = "semarang") -> str:
    return policy(name).canonical.decode()


def problems(typed: dict[str, str]) -> dict[str, str]:
    with pytest.raises(PolicyRefused) as refused:
        drafted(text(), typed, NEXT)
    return {found.path: found.code for found in refused.value.problems}


@pytest.mark.parametrize("name", shipped())
def test_the_entries_of_every_provision_give_its_value_back(name: str) -> None:
    for item in policy(name).provisions:
        assert value_of(item.path, entries_of(item.path, item.value), before=item.value) == item.value, item.path


@pytest.mark.parametrize("name", shipped())
def test_a_draft_that_changes_nothing_has_the_parent_s_numbers(name: str) -> None:
    made = drafted(text(name), {}, NEXT)
    assert differences(policy(name), made) == ()
    assert (made.version, made.instrument) == (NEXT.version, NEXT.instrument)


def test_a_draft_states_what_its_parent_was_too_old_to_state() -> None:
    document = json.loads(text())
    for chapter in ("records", "acting", "posts"):
        del document["profile"][chapter]
    old = json.dumps(document)
    assert drafted(old, {}, NEXT).provisions == drafted(text(), {}, NEXT).provisions
    assert drafted(old, {"acting.months": "6"}, NEXT).stewardship.acting_months == 6


def test_what_equals_the_parent_is_no_change_and_unknown_names_are_nothing() -> None:
    own = parent_entries(policy())
    assert only_changed(own, policy()) == {}
    typed = {**own, "award.years": "4", "award.years/0/from": "1", "people.no": "1", "career.tenure_bands/9/from": "12"}
    assert only_changed(typed, policy()) == {"award.years": "4", "career.tenure_bands/9/from": "12"}


def test_a_changed_number_holds_from_its_day_and_cites_the_instrument() -> None:
    made = drafted(text(), {"indicators.AWARD.weight": "12.5", "indicators.TEAM.weight": "17.5"}, NEXT)
    award = next(item for item in made.provisions if item.path == "indicators.AWARD.weight")
    assert (award.since, award.reference, award.confirmed) == (NEXT.since, NEXT.instrument, True)
    again = kept(made.canonical.decode(), NEXT.since)
    assert (again.hash, again.parameters) == (made.hash, made.parameters)
    before = kept(made.canonical.decode(), ON)
    assert before.parameters.weighing == policy().parameters.weighing
    assert {item.path for item in differences(policy(), made)} == {"indicators.AWARD.weight", "indicators.TEAM.weight"}


def test_a_citation_of_one_s_own_and_a_confirmation_change_no_number() -> None:
    own = {"award.years#reference": "Perwal 1/2026 Pasal 5", "award.years#confirmed": "1"}
    made = drafted(text(), own, NEXT)
    (found,) = differences(policy(), made)
    assert found.after is not None
    assert (found.is_value, found.after.reference, found.after.confirmed) == (False, "Perwal 1/2026 Pasal 5", True)
    assert found.after.since == date(2025, 1, 1)


def test_a_rival_value_is_taken_as_it_stands() -> None:
    made = drafted(text(), {"learning.training_years#rival": "diklat-5-tahun"}, NEXT)
    assert made.parameters.learning.training_years == 5
    assert made.id == "semarang"


def test_a_stamp_goes_when_it_is_emptied() -> None:
    assert drafted(text(), {"stamp": ""}, NEXT).stamp is None
    assert drafted(text(), {"stamp": "uji"}, NEXT).stamp == "uji"


def test_every_problem_is_told_at_once_with_its_place() -> None:
    typed = {"indicators.AWARD.weight": "banyak", "award.years": "", "career.tenure_bands/4/from": "60"}
    assert problems({**typed, "career.tenure_bands/4/to": "3"}) == {
        "career.tenure_bands.60": "twice",
        "indicators.AWARD.weight": "no_number",
        "award.years": "no_whole",
    }


@pytest.mark.parametrize(
    ("typed", "path", "code"),
    [
        ({"indicators.AWARD.weight": "16"}, "indicators", "axis_sum"),
        ({"indicators.AWARD.weight": "14"}, "indicators", "axis_sum"),
        ({"map.cutoffs.PERFORMANCE/middle": "80"}, "map.cutoffs.PERFORMANCE.middle", "overlap"),
        ({"award.years": "0"}, "award.years", "no_whole"),
        ({"career.tenure_bands/2/from": "1"}, "career.tenure_bands", "no_zero_bound"),
        ({"career.tenure_bands/0/to": "79"}, "career.tenure_bands.60", "falling"),
        ({"map.box_table/0/0": "2"}, "map.box_table", "no_permutation"),
        ({"people.mapped_staff_kinds/PNS": ""}, "people.candidate_staff_kinds", "not_mapped"),
        ({"label": ""}, "label", "missing"),
    ],
)
def test_the_loader_s_own_rules_hold_in_a_draft(typed: dict[str, str], path: str, code: str) -> None:
    assert problems(typed) == {path: code}


def test_the_smallest_allowed_step_beside_each_bound_is_taken() -> None:
    assert drafted(text(), {"map.cutoffs.PERFORMANCE/middle": "79"}, NEXT)
    assert drafted(text(), {"award.years": "1"}, NEXT).parameters.award_years == 1
    assert drafted(text(), {"career.tenure_bands/0/to": "80"}, NEXT)


def test_lists_keep_the_order_that_they_had() -> None:
    made = drafted(text(), {"map.follow_ups/9/RETAIN": "1", "map.pool_boxes/PENGAWAS/7": ""}, NEXT)
    assert made.parameters.follow_ups[9] == (*policy().parameters.follow_ups[9], "RETAIN")
    assert made.parameters.pool_boxes["PENGAWAS"] == (9, 8)
    none = dict.fromkeys((f"map.pool_boxes/PENGAWAS/{box}" for box in (9, 8, 7)), "")
    assert "PENGAWAS" not in drafted(text(), none, NEXT).parameters.pool_boxes


def test_numbers_may_be_typed_with_a_comma() -> None:
    assert [plain(typed) for typed in (" 7,5 ", "7.5", "60", "a,b", "")] == ["7.5", "7.5", "60", "a,b", ""]


def test_every_order_of_sources_can_be_chosen() -> None:
    assert list(orders(("A", "B"))) == [("A", "B"), ("B", "A"), ("A",), ("B",)]


def test_every_provision_has_its_layout_and_one_chapter() -> None:
    assert LAYOUTS.keys() == RULES.keys()
    assert sorted(path for chapter in Chapter for path in paths_of(chapter)) == sorted(RULES)
    assert chapter_of("components.AWARD.none_points") is Chapter.PERFORMANCE
    assert chapter_of("components.ACTING.none_points") is Chapter.POTENTIAL
    assert chapter_of("indicators") is Chapter.WEIGHTS
    assert path_of("team.points/KETUA/INTERNAL") == path_of("team.points#reference") == "team.points"


def test_a_profile_begins_on_the_last_of_its_first_days() -> None:
    assert begins_on(text("bkn-411-2025")) == date(2025, 1, 1)
    assert load("bkn-411-2025", on=begins_on(text("bkn-411-2025")))


# -- in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_provision_is_said_in_words_without_a_bare_code(language: Language) -> None:
    for name in shipped():
        for item in policy(name).provisions:
            lines = said(item, language)
            assert lines
            assert all(how_much for _what, how_much in lines), item.path
            assert not any(word.isupper() and "_" in word for line in lines for word in " ".join(line).split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_of_a_layout_has_words(language: Language) -> None:
    for layout in LAYOUTS.values():
        for group, shown in zip(layout.words, (layout.rows, layout.columns, layout.cells), strict=True):
            assert not group or set(shown) <= set(sentences(language)[group])


def test_a_problem_is_said_with_labels_instead_of_codes() -> None:
    with pytest.raises(PolicyRefused) as refused:
        drafted(text(), {"indicators.AWARD.weight": "16"}, NEXT)
    assert problem(refused.value.problems[0]).startswith("Bobot sumbu kinerja berjumlah 101 persen")
