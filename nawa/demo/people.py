"""The people in their seats: age, sex, entry, education, identity, and the hidden traits behind all evidence."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from nawa.demo.calendar import first_of_month, plus_days, plus_months, plus_years
from nawa.demo.chance import Bools, Chance, Days, Floats, Ints, Streams, Texts
from nawa.demo.names import compose, identity_numbers
from nawa.demo.parameters import CONTRACT_LIFE, LIVES, Process
from nawa.demo.posts import TIER, TIERS, Post
from nawa.demo.seating import Organisation, Seats
from nawa.demo.studies import FIELD, FIELDS, LEVEL

COMPETENCIES: Final = 9
ASPECTS: Final = 8
_ENTRY_TIERS: Final = ("PELAKSANA", "JF_PEMULA", "JF_TERAMPIL", "JF_AHLI_PERTAMA")
_DAYS: Final = 365.25
_WOMEN: Final[Mapping[str, float]] = {
    "TEACHER": 0.68,
    "HEALTH": 0.82,
    "DOCTOR": 0.6,
    "EXPERT": 0.5,
    "SKILLED": 0.16,
    "STAFF": 0.45,
}
_WOMEN_MANAGERS: Final[Mapping[str, float]] = {"JPT_PRATAMA": 0.22, "ADMINISTRATOR": 0.36, "PENGAWAS": 0.46}

_EDUCATION: Final[Mapping[str, Mapping[str, float]]] = {
    "JPT_PRATAMA": {"S1": 14, "S2": 76, "S3": 10},
    "ADMINISTRATOR": {"S1": 44, "S2": 53, "S3": 3},
    "PENGAWAS": {"D3": 6, "D4": 6, "S1": 66, "S2": 22},
    "TEACHER": {"S1": 55, "PROFESI": 32, "S2": 13},
    "DOCTOR": {"PROFESI": 62, "SPESIALIS": 26, "S2": 12},
    "HEALTH_S1": {"S1": 40, "PROFESI": 50, "S2": 10},
    "EXPERT_S1": {"S1": 68, "S2": 30, "S3": 2},
    "S1": {"S1": 84, "D4": 4, "S2": 12},
    "D3": {"D3": 86, "D4": 14},
    "SLTA": {"SLTA": 82, "D3": 11, "S1": 7},
    "SMP": {"SMP": 55, "SLTA": 45},
}
_SUITED: Final[Mapping[str, tuple[float, float]]] = {
    "TEACHER": (0.93, 0.02),
    "DOCTOR": (0.98, 0.02),
    "HEALTH": (0.95, 0.03),
    "MANAGERIAL": (0.7, 0.16),
    "EXPERT": (0.84, 0.1),
}
"""Shares whose field of study is one that the post asks for, or a related one."""
_SUITED_ELSEWHERE: Final = (0.52, 0.2)


@dataclass(frozen=True, slots=True)
class Traits:
    """What no register holds: standard scores, mean 0 and standard deviation about 1 over the city."""

    ability: Floats
    diligence: Floats
    leadership: Floats
    competence: Floats  # people × COMPETENCIES
    potential: Floats  # people × ASPECTS
    severity: Floats  # as a rater


@dataclass(frozen=True, slots=True)
class Population:
    """One entry per person in the order of the seats."""

    post: Ints
    unit: Ints
    tier: Ints
    contract: Bools
    part_time: Bools
    candidate: Bools
    women: Bools
    born: Days
    joined: Days
    retires: Days
    level: Ints
    field: Texts
    name: Texts
    nip: Texts
    traits: Traits

    def __len__(self) -> int:
        """The number of people."""
        return len(self.post)

    def in_tier(self, *tiers: str) -> Bools:
        """Who holds a post of one of these tiers as PNS."""
        wanted = np.isin(self.tier, [TIER[tier] for tier in tiers])
        held: Bools = wanted & ~self.contract
        return held


def populate(
    organisation: Organisation, seats: Seats, on: np.datetime64, process: Process, streams: Streams
) -> Population:
    """A person for every seat, as of `on`."""
    tier = organisation.tier_of[seats.post]
    holders = [organisation.posts[place] for place in seats.post.tolist()]
    retirement = np.array([post.retirement_age for post in holders], dtype=np.int64)
    chance = streams.of("people")
    candidate = _candidates(tier, seats.contract, process, chance)
    age = _ages(tier, seats.contract, candidate, retirement, chance)
    born = plus_days(np.full(len(age), on), -np.floor(age * _DAYS))
    joined = _joined(born, age, tier, seats, candidate, on, chance)
    women = _women(holders, chance)
    level, field = _education(holders, streams.of("education"))
    return Population(
        post=seats.post,
        unit=organisation.unit_of[seats.post],
        tier=tier,
        contract=seats.contract,
        part_time=seats.part_time,
        candidate=candidate,
        women=women,
        born=born,
        joined=joined,
        retires=first_of_month(plus_months(plus_years(born, retirement), 1)),
        level=level,
        field=field,
        name=compose(women, streams.of("names")),
        nip=identity_numbers(born, joined, women, seats.contract),
        traits=_traits(tier, seats.contract, process, streams.of("traits")),
    )


def _per_tier(tier: Ints, contract: Bools, what: str) -> Floats:
    values = np.array([getattr(LIVES[name], what) for name in TIERS], dtype=np.float64)[tier]
    of_contract: float = getattr(CONTRACT_LIFE, what)
    return np.where(contract, of_contract, values)


def _candidates(tier: Ints, contract: Bools, process: Process, chance: Chance) -> Bools:
    entry = np.isin(tier, [TIER[name] for name in _ENTRY_TIERS])
    chosen: Bools = entry & ~contract & chance.happens(process.candidates, len(tier))
    return chosen


def _ages(tier: Ints, contract: Bools, candidate: Bools, retirement: Ints, chance: Chance) -> Floats:
    """Ages in years: evenly from 51 to retirement for the tier's share over fifty, evenly below that for the others."""
    n = len(tier)
    senior = chance.happens(_per_tier(tier, contract, "over_fifty"), n)
    older = chance.between(np.full(n, 51.0), retirement - 0.02, n)
    younger = chance.between(_per_tier(tier, contract, "youngest"), np.full(n, 51.0), n)
    newcomer = chance.between(23.0, 33.0, n)
    ages: Floats = np.where(candidate, newcomer, np.where(senior, older, younger))
    return ages


def _joined(
    born: Days, age: Floats, tier: Ints, seats: Seats, candidate: Bools, on: np.datetime64, chance: Chance
) -> Days:
    """The first of the month of entry: early enough for the tier's least service, never before the age of 18½.

    PPPK came in 2021 to 2025 (part-time on 1 January 2026) where `on` allows, CPNS in the last year.
    """
    n = len(age)
    entry_age = 21.0 + 13.0 * chance.uniform(n) * chance.uniform(n)
    least = _per_tier(tier, seats.contract, "least_service") + 0.2
    entry_age = np.maximum(np.minimum(entry_age, age - least), 18.6)
    entry_age = np.minimum(entry_age, age - 0.2)
    permanent = first_of_month(plus_days(born, np.ceil(entry_age * _DAYS) + 31))
    back = np.where(seats.part_time, 10.0, 12.0 + 12.0 * chance.below(5, n))
    newcomer = first_of_month(plus_days(np.full(n, on), -30.5 * (1 + chance.below(10, n))))
    on_contract = first_of_month(plus_days(np.full(n, on), -30.44 * back))
    joined: Days = np.where(seats.contract, on_contract, np.where(candidate, newcomer, permanent))
    return joined


def _women(holders: list[Post], chance: Chance) -> Bools:
    shares = np.array([_WOMEN.get(post.stream) or _WOMEN_MANAGERS[post.tier] for post in holders])
    return chance.happens(shares, len(holders))


def _education(holders: list[Post], chance: Chance) -> tuple[Ints, Texts]:
    """The highest level of education (place in LEVELS) and its field."""
    n = len(holders)
    draws, fits, choices = chance.uniform(n), chance.uniform(n), chance.uniform(n)
    levels, fields = np.empty(n, dtype=np.int64), np.empty(n, dtype=object)
    for place, post in enumerate(holders):
        weights = _EDUCATION[_education_group(post)]
        levels[place] = LEVEL[_at(tuple(weights), tuple(weights.values()), draws[place])]
        fields[place] = _field_of_study(post, int(levels[place]), fits[place], choices[place])
    return levels, fields


def _education_group(post: Post) -> str:
    for group in (post.tier, post.stream, f"{post.stream}_{post.least_education}"):
        if group in _EDUCATION:
            return group
    return post.least_education


def _at(options: tuple[str, ...], weights: tuple[float, ...], draw: float) -> str:
    target = draw * sum(weights)
    for option, weight in zip(options, weights, strict=True):
        target -= weight
        if target < 0:
            return option
    return options[-1]


def _field_of_study(post: Post, level: int, fit: float, choice: float) -> str:
    if level <= LEVEL["SMP"]:
        return "Umum"
    suited, related = _SUITED.get(post.stream, _SUITED_ELSEWHERE)
    if fit < suited and post.fields:
        options = list(post.fields)
    elif fit < suited + related and post.fields:
        options = [name for name in FIELD[post.fields[0]].related if name not in post.fields] or list(post.fields)
    else:
        options = [field.name for field in FIELDS if field.name not in ("Kedokteran", "Keperawatan", "Kebidanan")]
    usable = [name for name in options if _taught(name, level)] or ["Administrasi Publik"]
    return usable[int(choice * choice * len(usable))]  # the first fields are the commonest


def _taught(field: str, level: int) -> bool:
    if level == LEVEL["SLTA"]:
        return bool(FIELD[field].school_majors)
    return field != "Umum" and (level != LEVEL["D3"] or bool(FIELD[field].titles[0]))


def _traits(tier: Ints, contract: Bools, process: Process, chance: Chance) -> Traits:
    n = len(tier)
    ability = _per_tier(tier, contract, "merit") + chance.normal(n)
    own = math.sqrt(1 - process.generality * process.generality)

    def trait() -> Floats:
        drawn: Floats = process.generality * ability + own * chance.normal(n)
        return drawn

    return Traits(
        ability,
        diligence=trait(),
        leadership=trait(),
        competence=np.stack([trait() for _ in range(COMPETENCIES)], axis=1),
        potential=np.stack([trait() for _ in range(ASPECTS)], axis=1),
        severity=process.severity * chance.normal(n),
    )
