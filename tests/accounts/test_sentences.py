"""Every reason of the accounts app has its sentence in both languages."""

import re
from pathlib import Path

import pytest

from nawa.policy.sentences import LANGUAGES, Language, sentences
from tests.test_house_rules import TREE


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_a_sentence_and_none_is_left_over(language: Language) -> None:
    places = [*(TREE / "nawa" / "accounts").rglob("*.py"), *(TREE / "nawa" / "web" / "users").rglob("*.py")]
    source = "".join(Path(place).read_text("utf-8") for place in places if place.stem != "permissions")
    kinds = r'"((?:accounts|grant|delegation)\.\w+)"'
    used = set(re.findall(kinds, source)) - {"accounts.User"}
    written = {code for code in sentences(language)["refusals"] if re.fullmatch(kinds.replace('"', ""), code)}
    assert used == written
