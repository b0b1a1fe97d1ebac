"""Provisions in words: no code is left standing, the most comes first, and sources are spelled out."""

from __future__ import annotations

import re

import pytest

from nawa.policy import load
from nawa.policy.loading import Policy
from nawa.policy.sentences import LANGUAGES, Language
from nawa.policy.values import sources_of, value_words
from tests.policy.profile import ON

TOLD = (
    *("indicators.", "rating.points", "rating.due_month", "award.", "team.", "feedback.", "learning.", "assessment."),
    *("career.tenure", "career.breadth", "career.acting", "education.", "field.", "discipline."),
)


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load("bkn-411-2025", on=ON)


def words(policy: Policy, path: str, language: Language = "id") -> str:
    return value_words(next(item for item in policy.provisions if item.path == path), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_code_is_left_in_what_a_profile_page_tells(policy: Policy, language: Language) -> None:
    for item in policy.provisions:
        if item.path.startswith(TOLD):
            assert not re.search(r"\b[A-Z]{3,}_[A-Z]+", value_words(item, language)), item.path


def test_scales_begin_with_what_is_worth_most(policy: Policy) -> None:
    assert words(policy, "rating.points").startswith("Sangat Baik 100 · Baik 80 ·")
    assert words(policy, "learning.training_bands").startswith("mulai 8: 100 · mulai 6: 75 ·")
    assert words(policy, "team.points").startswith("ketua tim lintas instansi 100 · ketua tim internal 75")


def test_numbers_have_their_unit(policy: Policy) -> None:
    assert words(policy, "award.years") == "5 tahun"
    assert words(policy, "award.years", "en") == "5 years"
    assert words(policy, "indicators.RATING.weight") == "60%"
    assert words(policy, "rating.due_month") == "April"
    assert words(policy, "assessment.cap_levels") == "ya"


def test_the_sources_of_a_citation_are_spelled_out(policy: Policy) -> None:
    item = next(item for item in policy.provisions if item.path == "award.years")
    assert sources_of(item, policy.sources) == [policy.sources["S4"], policy.sources["S5b"]]
