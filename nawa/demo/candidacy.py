"""What people bring to a candidacy: statements, technical scores, competency tests, wishes; and relatives at work."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from nawa.demo.calendar import NO_DAY, plus_days, plus_years
from nawa.demo.chance import Bools, Chance, Floats, Streams
from nawa.demo.people import Population
from nawa.demo.posts import TIERS, Post
from nawa.demo.seating import Organisation
from nawa.demo.tables import table, table_of_rows
from nawa.demo.units import share_of_city

_LEADERS: Final = ("JPT_PRATAMA", "ADMINISTRATOR", "PENGAWAS")
_RELATED: Final = (("SUAMI_ISTRI", 0.6), ("SAUDARA", 0.25), ("ORANG_TUA_ANAK", 0.15))
_PAIRS: Final = 300  # in the whole city
_WISHED: Final = (0.66, 0.26, 0.08)  # in one's line of work, elsewhere, any post of a unit
_NEXT: Final = {
    "PELAKSANA": "PENGAWAS",
    "JF_AHLI_PERTAMA": "PENGAWAS",
    "JF_AHLI_MUDA": "ADMINISTRATOR",
    "JF_AHLI_MADYA": "JPT_PRATAMA",
    "PENGAWAS": "ADMINISTRATOR",
    "ADMINISTRATOR": "JPT_PRATAMA",
    "JPT_PRATAMA": "JPT_PRATAMA",
}


def tables(
    people: Population, organisation: Organisation, assessed: Bools, on: np.datetime64, streams: Streams
) -> dict[str, pl.DataFrame]:
    """Statements, technical scores, competency tests, preferences and relatives."""
    return {
        "requirement_statement": _statements(people, on, streams.of("statements")),
        "technical_score": _technical(people, organisation, assessed, on, streams.of("technical scores")),
        "competency_test": _tests(people, on, streams.of("competency tests")),
        "preference": _preferences(people, organisation, assessed, on, streams.of("preferences")),
        "relative": _relatives(people, streams.of("relatives")),
    }


def _statements(people: Population, on: np.datetime64, chance: Chance) -> pl.DataFrame:
    """Health, wealth reports, audit clearance and integrity pacts of managers, as far as they handed them in."""
    leads = people.in_tier(*_LEADERS)
    shares = (
        ("SEHAT", np.where(leads, 0.55, 0.04), 180, "Memenuhi syarat"),
        (
            "LHKPN",
            np.where(people.in_tier("JPT_PRATAMA", "ADMINISTRATOR"), 0.95, np.where(leads, 0.4, 0.0)),
            365,
            "Lengkap",
        ),
        ("BEBAS_TEMUAN", np.where(leads, 0.5, 0.02), 365, "Tidak ada temuan"),
        ("PAKTA", np.where(leads, 0.9, 0.15), 0, None),
    )
    parts = []
    for kind, share, days, result in shares:
        who = np.flatnonzero(chance.happens(share * ~people.contract, len(people)))
        served = (on - people.joined[who]).astype(np.int64)
        issued = plus_days(np.full(len(who), on), -np.minimum(5 + chance.below(420, len(who)), served))
        parts.append(
            table(
                "requirement_statement",
                {
                    "nip": people.nip[who],
                    "kind": [kind] * len(who),
                    "number": [f"{kind}/{place + 1:04d}" for place in range(len(who))],
                    "issued_on": issued,
                    "valid_through": plus_days(issued, days) if days else np.full(len(who), NO_DAY),
                    "result": [result] * len(who),
                },
            )
        )
    return pl.concat(parts)


def _technical(
    people: Population, organisation: Organisation, assessed: Bools, on: np.datetime64, chance: Chance
) -> pl.DataFrame:
    """Tests of technical knowledge for those who may rise: in the line of work, a few for one post."""
    n = len(people)
    share = np.where(
        people.in_tier(*_LEADERS), 0.4, np.where(people.in_tier("JF_AHLI_MADYA", "JF_AHLI_MUDA"), 0.12, 0.0)
    )
    who = np.flatnonzero(assessed & chance.happens(share, n))
    n = len(who)
    score = np.clip(74 + 7 * people.traits.competence[who, 3] + 5 * chance.normal(n), 35, 99)
    for_post = chance.happens(0.15, n).tolist()
    own = [organisation.posts[place] for place in people.post[who].tolist()]
    return table(
        "technical_score",
        {
            "nip": people.nip[who],
            "position_code": [post.code if one else None for post, one in zip(own, for_post, strict=True)],
            "family": [None if one else post.work_field for post, one in zip(own, for_post, strict=True)],
            "assessed_on": plus_days(np.full(n, on), -(20 + chance.below(900, n))),
            "score": np.round(score * 10).astype(np.int64) * 1000,
            "method": np.array(["Tes tertulis", "Wawancara", "Studi kasus"], dtype=object)[chance.below(3, n)],
            "examiner": ["Tim Penguji Teknis Kota"] * n,
        },
    )


def _tests(people: Population, on: np.datetime64, chance: Chance) -> pl.DataFrame:
    """Competency tests: of most JPT for moves among them, of functional officers for the next tier."""
    functional = people.in_tier("JF_AHLI_PERTAMA", "JF_AHLI_MUDA", "JF_TERAMPIL", "JF_MAHIR")
    share = np.where(people.in_tier("JPT_PRATAMA"), 0.6, np.where(functional, 0.06, 0.0))
    who = np.flatnonzero(chance.happens(share, len(people)) & ~people.candidate)
    n = len(who)
    tested = plus_days(
        np.full(n, on), -np.minimum(30 + chance.below(800, n), (on - people.joined[who]).astype(np.int64) - 5)
    )
    passed = chance.happens(0.86, n)
    return table(
        "competency_test",
        {
            "nip": people.nip[who],
            "tested_on": tested,
            "tier": [TIERS[tier] for tier in people.tier[who].tolist()],
            "result": np.where(passed, "LULUS", "TIDAK LULUS").astype(object),
            "number": [f"800.1.3/{place + 1}/UKOM" for place in range(n)],
            "valid_through": np.where(passed, plus_years(tested, 2), NO_DAY),
        },
    )


def _preferences(
    people: Population, organisation: Organisation, assessed: Bools, on: np.datetime64, chance: Chance
) -> pl.DataFrame:
    """One to three wishes of some of the assessed, a few of whom would move only later or not out of their district."""
    wanting = np.flatnonzero(assessed & ~people.contract & chance.happens(0.42, len(people))).tolist()
    choices = _choices(organisation)
    willing = chance.happens(0.8, len(wanting)).tolist()
    later = chance.happens(0.07, len(wanting)).tolist()
    soon = (on + np.timedelta64(180, "D")).astype(object)
    return table_of_rows(
        "preference",
        [
            {
                "nip": people.nip[person],
                "position_code": code if kind == "post" else None,
                "unit_code": code if kind == "unit" else None,
                "order": order,
                "willing_to_move": moves,
                "not_before": soon if waits else None,
            }
            for person, moves, waits in zip(wanting, willing, later, strict=True)
            for order, (kind, code) in enumerate(
                _wishes(organisation.posts[people.post[person]], choices, chance), start=1
            )
        ],
    )


def _choices(organisation: Organisation) -> dict[str, list[str]]:
    """Codes to wish for: managerial posts by tier and by tier and line of work, and units."""
    choices: dict[str, list[str]] = {}
    for post in organisation.posts:
        if post.echelon and post.valid_through is None:
            choices.setdefault(post.tier, []).append(post.code)
            choices.setdefault(f"{post.tier} {post.work_field}", []).append(post.code)
    units = (unit for unit in organisation.units if unit.kind in ("OPD", "KECAMATAN") and unit.role != "CLOSED")
    return choices | {"unit": [unit.code for unit in units]}


def _wishes(own: Post, choices: dict[str, list[str]], chance: Chance) -> list[tuple[str, str]]:
    """Different wishes, dearest first: posts of the next tier, mostly in one's own line of work, seldom a unit."""
    tier = _NEXT.get(own.tier, "PENGAWAS")
    number = 1 + int(chance.below(3, 1)[0])
    wishes = []
    for kind, draw in zip(chance.pick(_WISHED, number).tolist(), chance.uniform(number).tolist(), strict=True):
        line = (f"{tier} {own.work_field}", tier, "unit")[kind]
        codes = choices.get(line) or choices[tier]
        wishes.append(("unit" if line == "unit" else "post", codes[int(draw * len(codes))]))
    return list(dict.fromkeys(wishes))


def _relatives(people: Population, chance: Chance) -> pl.DataFrame:
    """Declared pairs of relatives; a good part of them work in the same unit, where they met or were recommended."""
    wanted = max(3, round(_PAIRS * share_of_city(len(people))))
    ages = people.born.astype("datetime64[D]").astype(np.int64) / 365.25
    tries = chance.below(len(people), wanted * 8).tolist()
    near = chance.happens(0.35, wanted * 8).tolist()
    kinds = chance.pick([share for _, share in _RELATED], wanted * 8).tolist()
    places = chance.uniform(wanted * 8).tolist()
    by_unit: dict[int, list[int]] = {}
    for person, unit in enumerate(people.unit.tolist()):
        by_unit.setdefault(unit, []).append(person)
    used: set[int] = set()
    rows: list[dict[str, object]] = []
    for first, close, kind, place in zip(tries, near, kinds, places, strict=True):
        pool = by_unit[people.unit[first]] if close else range(len(people))
        second = pool[int(place * len(pool))]
        name = _RELATED[kind][0]
        if len(rows) < wanted and not used & {first, second} and _plausible(people, ages, first, second, name):
            used |= {first, second}
            rows.append({"nip": people.nip[first], "relative_nip": people.nip[second], "kinship": name})
    return table_of_rows("relative", rows)


def _plausible(people: Population, ages: Floats, first: int, second: int, kinship: str) -> bool:
    apart = abs(float(ages[first] - ages[second]))
    if first == second:
        return False
    if kinship == "SUAMI_ISTRI":
        return bool(people.women[first] != people.women[second]) and apart < 9
    return apart < 14 if kinship == "SAUDARA" else 20 < apart < 38
