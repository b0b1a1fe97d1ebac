"""Every reason of the registry has its sentence in both languages, and every finding its short name."""

import re
from pathlib import Path

import pytest

from nawa.policy.sentences import LANGUAGES, Language, sentences
from nawa.registry.rules import acting
from tests.test_house_rules import TREE

AREAS = ("registry", "accounts", "web/acting", "web/people")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_a_sentence_and_none_is_left_over(language: Language) -> None:
    source = "".join(path.read_text("utf-8") for area in AREAS for path in (TREE / "nawa" / area).rglob("*.py"))
    kinds = r'"((?:acting|move)\.\w+)"'
    used = set(re.findall(kinds, source)) - set(acting.PROVISIONS.values())
    written = {code for code in sentences(language)["refusals"] if re.fullmatch(kinds.replace('"', ""), code)}
    assert used == written


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_has_a_short_name(language: Language) -> None:
    source = Path(acting.__file__).read_text("utf-8").partition("class Letter")[0]
    found = set(re.findall(r'Reason\("([\w.]+)"', source))
    assert set(sentences(language)["acting_findings"]) == found
    assert set(acting.PROVISIONS) | set(acting.REFERENCES) <= found
