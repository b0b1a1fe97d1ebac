"""Every problem has its words, in both languages, and survives the way through the child process."""

import re
from pathlib import Path

import pytest

import nawa
from nawa.workbook.problems import Effect, Problem, ProblemList, Severity
from nawa.workbook.sentences import SENTENCES, UNREADABLE

SOURCES = [path for path in Path(nawa.__file__).parent.rglob("*.py") if path.name != "sentences.py"]
CODES = set(re.findall(r'"([A-Z]{2,}(?:_[A-Z]+)*)"', "\n".join(path.read_text("utf-8") for path in SOURCES)))


@pytest.mark.parametrize("code", SENTENCES)
def test_every_sentence_is_used_and_said_in_both_languages(code: str) -> None:
    assert code in CODES
    sentence = SENTENCES[code]
    assert set(sentence.reason) == set(sentence.remedy) == {"id", "en"}
    assert sentence.reason["id"].endswith((".", "}"))
    assert sentence.severity in set(Severity)
    for words in (sentence.reason, sentence.remedy):
        assert set(re.findall(r"{\w+}", words["id"])) == set(re.findall(r"{\w+}", words["en"]))


def test_every_refusal_is_used() -> None:
    assert set(UNREADABLE) - CODES == set()


def test_a_problem_becomes_plain_values_and_back() -> None:
    problem = Problem("CODE_UNKNOWN", "pegawai", 7, "golongan", "V/z", Effect.CELL, {"codes": "I/a"})
    assert Problem.from_dict(problem.as_dict()) == problem


def test_what_was_not_taken_is_always_an_error() -> None:
    assert Problem("PERSON_UNKNOWN", "kinerja", 2).severity is Severity.WARNING
    assert Problem("PERSON_UNKNOWN", "kinerja", 2, effect=Effect.ROW).severity is Severity.ERROR


def test_problems_beyond_the_most_are_counted_by_kind_and_column() -> None:
    problems = ProblemList(2)
    problems.add(*(Problem("NUMBER_FORM", "kinerja", row, "nilai_lama", "x") for row in range(5)))
    problems.add(Problem("NUMBER_FORM", "kinerja", 9, "tahun", "x"))
    *kept, rest = problems.all()
    assert [problem.row for problem in kept] == [0, 1, 9]
    assert (rest.code, rest.details) == ("MORE_LIKE_THIS", {"count": "3", "like": "NUMBER_FORM"})
