"""Every code has words, in both languages, with places for the same arguments."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

import pytest
import yaml

from nawa.engine import codes
from nawa.engine.explain import Reason, ReasonCode
from nawa.engine.parameters import Axis, Component, Indicator, Source, State, Status
from nawa.engine.scoring import CLASSES
from nawa.policy import load
from nawa.policy.schema import RULES
from nawa.policy.sentences import LANGUAGES, Language, label, provision_label, sentences
from nawa.policy.stewardship import RETAINED
from nawa.policy.wording import day, number, say
from nawa.workbook.codes import (
    ASSESSMENT_METHODS,
    ASSIGNMENTS,
    COMPETENCIES,
    DISCIPLINE_STATES,
    RANKS,
    TRAINING_KINDS,
    UNIT_KINDS,
)
from tests.policy.profile import ON

RAW_CODES = {
    *codes.RATINGS,
    *codes.AWARD_LEVELS,
    *(f"{role}_{scope}" for role in codes.TEAM_ROLES for scope in codes.TEAM_SCOPES),
    *codes.BREADTHS,
    *codes.ACTING_DUTIES,
    *codes.EDUCATION_LEVELS,
    *codes.FIT_LEVELS,
    *codes.DISCIPLINE_LEVELS,
    codes.SERVING,
}
COMPLETE = {
    "reasons": set(ReasonCode),
    "statuses": set(Status),
    "states": set(State),
    "axes": set(Axis),
    "classes": {name for names in CLASSES.values() for name in names},
    "indicators": set(Indicator),
    "components": set(Component),
    "raw_units": {"POINTS", "COUNT", "HOURS", "MONTHS"},
    "raw_codes": RAW_CODES,
    "follow_ups": set(codes.FOLLOW_UPS),
    "tiers": set(codes.TIERS),
    "staff_kinds": set(codes.STAFF_KINDS),
    "assignments": set(ASSIGNMENTS),
    "unit_kinds": set(UNIT_KINDS),
    "competencies": set(COMPETENCIES),
    "potential_aspects": set(codes.POTENTIAL_ASPECTS),
    "relations": set(codes.RELATIONS),
    "assessment_methods": set(ASSESSMENT_METHODS),
    "training_kinds": set(TRAINING_KINDS),
    "requirements": {
        *("WAJIB", "KOORDINASI_GUBERNUR", "KONSULTASI_GUBERNUR", "PERSETUJUAN_DPRD", "PENETAPAN_MENDAGRI"),
        *("DIKLAT_DASAR_POL_PP", "PENDIDIKAN_PEMERINTAHAN", "TENAGA_MEDIS"),
    },
    "expectations": set(codes.EXPECTATIONS),
    "discipline_states": set(DISCIPLINE_STATES),
    "assessment_sources": set(Source),
    "training_measures": {"COUNT", "HOURS"},
    "ranks": set(RANKS),
    "months": set(range(1, 13)),
    "retained": set(RETAINED),
    "units": {rule.unit for rule in RULES.values() if rule.unit},
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("group", list(COMPLETE))
def test_every_code_has_words_and_no_words_are_left_over(group: str, language: Language) -> None:
    assert set(sentences(language)[group]) == {str(code) for code in COMPLETE[group]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_provision_has_a_label(language: Language) -> None:
    assert all(provision_label(path, language) != path for path in RULES)
    used = {path for path in RULES if not path.startswith(("indicators.", "components."))}
    shared = {"indicators.weight", *(f"components.{what}" for what in ("share", "none_points", "error", "absent"))}
    assert set(sentences(language)["provisions"]) == used | shared


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_that_the_loader_can_find_has_a_sentence(language: Language) -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in Path("nawa/policy").glob("*.py"))
    told = set(re.findall(r'(?:refuse|Problem)\(\s*(?:f?"[^"]*"|[^",]+), "(\w+)"', source))
    written = set(sentences(language)["problems"])
    assert told <= written <= set(re.findall(r'"(\w+)"', source))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_code_stands_twice_in_a_group(language: Language) -> None:
    """YAML would take the last of them, and the first would never be said."""
    text = files("nawa.policy.sentences").joinpath(f"{language}.yaml").read_text(encoding="utf-8")
    root = yaml.compose(text, Loader=yaml.BaseLoader)
    groups = {"": root} | {name.value: group for name, group in root.value}
    codes = {group: [code.value for code, _words in node.value] for group, node in groups.items()}
    assert {group: len(of) - len(set(of)) for group, of in codes.items() if len(of) != len(set(of))} == {}


def test_both_languages_have_the_same_places_in_every_sentence() -> None:
    ours, others = sentences("id"), sentences("en")
    assert ours.keys() == others.keys()
    for group, words in ours.items():
        for code, template in words.items():
            assert set(re.findall(r"{(\w+)}", template)) == set(re.findall(r"{(\w+)}", others[group][code])), code


def test_a_reason_is_said_with_local_numbers_dates_and_labels() -> None:
    known = Reason(
        ReasonCode.KNOWN,
        {
            "component": Component.RATING,
            "raw": "BAIK",
            "points": Decimal("80.0000"),
            "weight": Decimal("3.3333"),
            "contribution": Decimal("2.6667"),
        },
    )
    assert say(known) == "Penilaian Kinerja: Baik bernilai 80 poin, bobot 3,3333%, sumbangan 2,6667."
    assert say(known, "en") == "Performance rating: Good earns 80 points, weight 3.3333%, contribution 2.6667."
    expires = Reason(ReasonCode.EXPIRES, {"component": Component.AWARD, "expires_on": date(2027, 8, 1)})
    assert say(expires) == "Penghargaan: bukti ini tidak lagi dihitung mulai 1 Agustus 2027."


def test_a_number_has_its_unit() -> None:
    arguments = {
        "component": Component.TENURE,
        "raw": 41,
        "raw_unit": "MONTHS",
        "points": 80,
        "weight": 3,
        "contribution": 2,
    }
    assert say(Reason(ReasonCode.KNOWN, arguments)).startswith("Lama Jabatan: 41 bulan bernilai 80 poin")


def test_numbers_and_days_are_written_in_each_language() -> None:
    assert (number(Decimal("86.7944")), number(Decimal("80.0000")), number(Decimal(1200))) == ("86,7944", "80", "1.200")
    assert number(Decimal("86.7944"), "en") == "86.7944"
    assert (day(date(2026, 11, 1)), day(date(2026, 5, 1), "en")) == ("1 November 2026", "1 May 2026")


def test_an_institutions_own_code_is_shown_as_it_is() -> None:
    assert label("follow_ups", "KHUSUS") == "KHUSUS"


def test_the_stamp_of_a_profile_is_in_its_language() -> None:
    assert load("semarang", on=ON).stamp == "bobot BKN; bobot kota belum diketahui"
