"""Ranks: from the rank of entry, up a step every few years, within what the post asks for and the education allows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np

from nawa.demo.calendar import plus_days, plus_months, years_between
from nawa.demo.chance import Bools, Chance, Days, Floats, Ints, Texts
from nawa.demo.people import Population
from nawa.demo.posts import Post
from nawa.demo.seating import Organisation
from nawa.demo.studies import LEVELS

RANKS: Final = tuple(f"{roman}/{letter}" for roman in ("I", "II", "III") for letter in "abcd") + tuple(
    f"IV/{letter}" for letter in "abcde"
)
_PLACE: Final[Mapping[str, int]] = MappingProxyType({rank: place for place, rank in enumerate(RANKS)})

_AT_ENTRY: Final = {
    "SD": "I/a",
    "SMP": "I/c",
    "SLTA": "II/a",
    "D3": "II/c",
    "D4": "III/a",
    "S1": "III/a",
    "PROFESI": "III/b",
    "S2": "III/a",
    "SPESIALIS": "III/b",
    "S3": "III/a",
}
_ON_CONTRACT: Final = {
    "SMP": "IV",
    "SLTA": "V",
    "D3": "VII",
    "D4": "IX",
    "S1": "IX",
    "PROFESI": "X",
    "S2": "X",
    "SPESIALIS": "XI",
}
_STAFF_CEILING: Final = {"SMP": "II/d", "SLTA": "III/b", "D3": "III/c", "D4": "III/d", "S1": "III/d"}
_BOUNDS: Final = {
    "JF_PEMULA": ("II/a", "II/b"),
    "JF_TERAMPIL": ("II/a", "II/d"),
    "JF_MAHIR": ("III/a", "III/b"),
    "JF_PENYELIA": ("III/c", "III/d"),
    "JF_AHLI_PERTAMA": ("III/a", "III/b"),
    "JF_AHLI_MUDA": ("III/c", "III/d"),
    "JF_AHLI_MADYA": ("IV/a", "IV/c"),
    "JF_AHLI_UTAMA": ("IV/d", "IV/e"),
}
_ECHELON_CEILING: Final = {
    "II.a": "IV/e",
    "II.b": "IV/d",
    "III.a": "IV/b",
    "III.b": "IV/b",
    "IV.a": "IV/a",
    "IV.b": "III/d",
}
_YEARS_PER_STEP: Final = (4.0, 5.8)
_SPARE: Final = 0.35  # of a step: nobody reached the post's least rank only today


@dataclass(frozen=True, slots=True)
class RankHistory:
    """One entry per rank held, by person and then by date; the last of each person is the present rank."""

    person: Ints
    rank: Texts
    since: Days
    last: Bools


def rank_history(people: Population, organisation: Organisation, on: np.datetime64, chance: Chance) -> RankHistory:
    """Every rank of every person; PPPK keep the one they were given."""
    n = len(people)
    levels = [LEVELS[level] for level in people.level.tolist()]
    holders = [organisation.posts[post] for post in people.post.tolist()]
    entry = np.array([_PLACE[_AT_ENTRY[level]] for level in levels], dtype=np.int64)
    bounds = np.array([_bounds(post, level) for post, level in zip(holders, levels, strict=True)], dtype=np.int64)
    entry = np.minimum(entry, bounds[:, 1])
    service = years_between(people.joined, np.full(n, on))
    needed = np.maximum(bounds[:, 0] - entry, 0)
    pace = np.minimum(chance.between(*_YEARS_PER_STEP, n), service / (needed + _SPARE))
    steps = np.minimum(np.floor(service / np.maximum(pace, 0.1)).astype(np.int64), bounds[:, 1] - entry)
    steps = np.where(people.contract | people.candidate, 0, np.maximum(steps, 0))
    person = np.repeat(np.arange(n), steps + 1)
    number = np.arange(len(person)) - np.repeat(np.cumsum(steps + 1) - steps - 1, steps + 1)
    names = np.array(RANKS, dtype=object)[entry[person] + number]
    contracts = np.array([_ON_CONTRACT.get(level, "XI") for level in levels], dtype=object)
    return RankHistory(
        person,
        rank=np.where(people.contract[person], contracts[person], names),
        since=_dates(people.joined[person], number, pace[person]),
        last=number == steps[person],
    )


def _bounds(post: Post, level: str) -> tuple[int, int]:
    if post.echelon and post.least_rank:
        return _PLACE[post.least_rank], _PLACE[_ECHELON_CEILING[post.echelon]]
    low, high = _BOUNDS.get(post.tier, ("I/a", _STAFF_CEILING.get(level, "IV/a")))
    return _PLACE[low], _PLACE[high]


def _dates(joined: Days, number: Ints, pace: Floats) -> Days:
    """The day of entry, then firsts of April and October."""
    reached = plus_days(joined, np.floor(number * pace * 365.25))
    months = reached.astype("datetime64[M]")
    of_year = (months - months.astype("datetime64[Y]").astype("datetime64[M]")).astype(np.int64)  # January is 0
    back = np.where(of_year < 3, of_year + 3, np.where(of_year < 9, of_year - 3, of_year - 9))
    rounded = plus_months(months.astype("datetime64[D]"), -back)
    dates: Days = np.where(number == 0, joined, rounded)
    return dates
