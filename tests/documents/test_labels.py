import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import nawa.documents
from nawa.documents.labels import LABELS, day, instant
from tests.documents.examples import AT

ROOM = Path(nawa.documents.__file__).parent


@pytest.mark.parametrize("template", LABELS)
def test_both_languages_have_the_same_words_with_the_same_places(template: str) -> None:
    indonesian, english = LABELS[template]["id"], LABELS[template]["en"]
    assert {key: places(words) for key, words in indonesian.items()} == {
        key: places(words) for key, words in english.items()
    }


def places(words: str) -> set[str]:
    return set(re.findall(r"{\w+}", words))


@pytest.mark.parametrize("template", LABELS)
def test_every_label_is_used(template: str) -> None:
    sources = "".join(path.read_text("utf-8") for path in ROOM.rglob("*.*") if path.suffix in {".typ", ".py"})
    used = set(re.findall(r"labels\.(\w+)|labels\[[\"'](\w+)[\"']\]", sources))
    statuses = {"LENGKAP", "SEMENTARA", "BELUM_DAPAT_DIPETAKAN"}
    assert set(LABELS[template]["id"]) - statuses - {name for pair in used for name in pair} == set()


def test_days_and_instants_are_written_as_each_language_does() -> None:
    assert day(date(2026, 11, 23), "id") == "23 November 2026"
    assert day(date(2026, 8, 1), "en") == "1 August 2026"
    assert instant(AT, "id") == "5 November 2026 pukul 14.05 WIB"
    assert instant(datetime(2026, 1, 2, 3, 4, tzinfo=UTC), "en") == "2 January 2026 at 03:04 UTC"
