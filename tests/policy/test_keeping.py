"""A policy read back from what a run keeps is the policy that the run was made with."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from nawa.policy import Policy, PolicyRefused, load, shipped
from nawa.policy.keeping import kept
from tests.policy.profile import ON, bkn, put, written

RIVALS = sorted(
    {(name, rival.name) for name in shipped() for item in load(name, on=ON).provisions for rival in item.alternatives}
)


def sorted_by_path(policy: Policy) -> Policy:
    return replace(policy, provisions=tuple(sorted(policy.provisions, key=lambda item: item.path)))


@pytest.mark.parametrize("name", shipped())
@pytest.mark.parametrize("on", [date(2025, 1, 1), ON])
def test_a_kept_profile_is_equal_to_the_one_that_wrote_it(name: str, on: date) -> None:
    policy = load(name, on=on)
    assert sorted_by_path(kept(policy.canonical.decode(), on)) == sorted_by_path(policy)


@pytest.mark.parametrize(("name", "rival"), RIVALS)
def test_a_chosen_alternative_is_kept_too(name: str, rival: str) -> None:
    policy = load(name, on=ON, alternatives=[rival])
    again = kept(policy.canonical.decode(), ON)
    assert (again.alternatives, again.parameters) == ((rival,), policy.parameters)


def test_editing_the_profile_changes_nothing_that_was_kept(tmp_path: Path) -> None:
    path = written(tmp_path, bkn())
    before = load(path, on=ON)
    written(tmp_path, put(bkn(), "award.years", 6))
    assert load(path, on=ON).parameters.award_years == 6
    assert kept(before.canonical.decode(), ON).parameters == before.parameters


def test_a_text_from_before_a_provision_had_to_be_stated_stays_readable(tmp_path: Path) -> None:
    tree = bkn()
    now = load(written(tmp_path, tree), on=ON)
    document = json.loads(now.canonical)
    for chapter in ("succession", "records", "acting", "posts"):
        del document["profile"][chapter]
    for name in ("points_per_match", "greatest_aspect_value"):
        del document["profile"]["assessment"][name]
    text = json.dumps(document, sort_keys=True, separators=(",", ":"))
    then = kept(text, ON)
    assert then.canonical == text.encode()
    assert replace(then.parameters, policy_hash=now.hash) == now.parameters
    assert then.stewardship.publication_completeness == now.stewardship.publication_completeness
    assert "succession.technical_weights" not in {item.path for item in then.provisions}


def test_a_text_is_read_once() -> None:
    text = load("semarang", on=ON).canonical.decode()
    assert kept(text, ON) is kept(text, ON)


def test_fractions_and_dates_of_references_come_back(tmp_path: Path) -> None:
    tree = bkn()
    tree["indicators"]["AWARD"]["weight"] |= {"values": {date(2025, 1, 1): 12.5, date(2026, 1, 1): 17.5}}
    tree["indicators"]["TEAM"]["weight"] |= {"values": {date(2025, 1, 1): 17.5, date(2026, 1, 1): 12.5}}
    both = {date(2025, 1, 1): "Perwal lama", date(2026, 1, 1): "Perwal baru"}
    tree["indicators"]["AWARD"]["weight"]["reference"] = both
    for on in (date(2025, 6, 1), ON):
        policy = load(written(tmp_path, tree), on=on)
        assert sorted_by_path(kept(policy.canonical.decode(), on)) == sorted_by_path(policy)


def test_a_text_that_is_no_policy_is_refused() -> None:
    with pytest.raises(PolicyRefused):
        kept('{"alternatives":[],"profile":{}}', ON)
