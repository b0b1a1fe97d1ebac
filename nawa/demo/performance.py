"""Annual ratings by superiors, lenient and severe, and 360-degree feedback."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import polars as pl

from nawa.demo.calendar import year_of
from nawa.demo.chance import Bools, Chance, Days, Floats, Ints, Streams, Texts
from nawa.demo.parameters import Process
from nawa.demo.people import Population
from nawa.demo.registers import FEEDBACK, Registers
from nawa.demo.tables import known, table
from nawa.workbook.codes import VALUES

YEARS: Final = 3
_NAMES: Final = np.array(["DI_ATAS", "SESUAI", "DI_BAWAH"], dtype=object)
_MATRIX: Final = np.array(
    [
        ["SANGAT_BAIK", "BAIK", "KURANG"],
        ["BAIK", "BAIK", "KURANG"],
        ["BUTUH_PERBAIKAN", "BUTUH_PERBAIKAN", "SANGAT_KURANG"],
    ],
    dtype=object,
)
"""PermenPANRB 6/2022: results (rows) by behaviour (columns), each above, as and below expectation."""
_OF_UNITS: Final = ("ISTIMEWA", "BAIK", "BAIK", "BAIK", "BUTUH_PERBAIKAN")
_RELATIONS: Final = np.array(["ATASAN", "REKAN", "BAWAHAN", "DIRI", "GABUNGAN"], dtype=object)
_COMBINED: Final = 4
_WORDS_AT: Final = ((4.45, "SANGAT_BAIK"), (3.0, "BAIK"), (2.0, "BUTUH_PERBAIKAN"))


@dataclass(frozen=True, slots=True)
class Workplace:
    """Who rates whom, and since when people have sat in their present posts."""

    people: Population
    superior: Ints
    leading: Ints  # unit → person
    since: Days


def ratings(place: Workplace, on: np.datetime64, process: Process, streams: Streams) -> pl.DataFrame:
    """Ratings of the three years before `on`'s, with part-year rows for some of those whose year was divided."""
    last_year = int(str(on)[:4]) - 1
    parts = [
        part
        for year in range(last_year - YEARS + 1, last_year + 1)
        for part in _year(place, year, process, streams.of(f"ratings {year}"))
    ]
    return pl.concat(parts)


@dataclass(frozen=True, slots=True)
class _Judged:
    """One year of everybody's ratings; results and behaviour are places in `_NAMES`."""

    year: int
    rater: Ints
    results: Ints
    behaviour: Ints
    unit_rating: Texts


def _year(place: Workplace, year: int, process: Process, chance: Chance) -> list[pl.DataFrame]:
    """The annual rows, and the halves of a divided year: the first may be one step lower than the year."""
    people, n = place.people, len(place.people)
    judged = _judged(place, year, process, chance)
    handed_in = (year_of(people.joined) < year) & ~chance.happens(process.ratings_missing, n)
    divided = handed_in & chance.happens(process.part_year, n)
    first_half = replace(judged, results=np.minimum(judged.results + chance.below(2, n), 2))
    return [
        _rows(people, judged, handed_in, (None, "01-01", "12-31")),
        _rows(people, first_half, divided, ("Januari-Juni", "01-01", "06-30")),
        _rows(people, judged, divided, ("Juli-Desember", "07-01", "12-31")),
    ]


def _judged(place: Workplace, year: int, process: Process, chance: Chance) -> _Judged:
    people, n = place.people, len(place.people)
    rater = _raters(place, year, chance)
    quality = people.traits.diligence + process.year_to_year * chance.normal(n)
    severity = np.where(rater < 0, 0.0, people.traits.severity[rater])
    results, behaviour = _expectations(quality - severity, process, chance)
    of_unit = np.array(_OF_UNITS, dtype=object)[chance.below(len(_OF_UNITS), len(place.leading))]
    return _Judged(year, rater, results, behaviour, of_unit[people.unit])


def _rows(people: Population, judged: _Judged, chosen: Bools, part: tuple[str | None, str, str]) -> pl.DataFrame:
    """Rows of those chosen for the year or a part of it: its name, first and last day."""
    who = np.flatnonzero(chosen)
    results, behaviour, rater = judged.results[who], judged.behaviour[who], judged.rater[who]
    period, start, end = part
    return table(
        "performance_rating",
        {
            "nip": people.nip[who],
            "year": np.full(len(who), judged.year),
            "period": [period] * len(who),
            "started_on": np.full(len(who), np.datetime64(f"{judged.year}-{start}")),
            "ended_through": np.full(len(who), np.datetime64(f"{judged.year}-{end}")),
            "results": _NAMES[results],
            "behaviour": _NAMES[behaviour],
            "rating": _MATRIX[results, behaviour],
            "rater_nip": known(rater >= 0, people.nip[rater]),
            "unit_rating": judged.unit_rating[who],
        },
    )


def _raters(place: Workplace, year: int, chance: Chance) -> Ints:
    """The superior; the leader of another unit for those who sat elsewhere that year; nobody who had not joined yet."""
    people, n = place.people, len(place.people)
    able = np.unique(place.leading[place.leading >= 0])
    drawn = able[chance.below(len(able), n)]
    moved = year_of(place.since) > year
    others = np.where(drawn == np.arange(n), -1, drawn)
    rater = np.where(moved & (place.superior >= 0), others, place.superior)
    joined = (rater >= 0) & (year_of(people.joined[rater]) < year)
    raters: Ints = np.where(joined, rater, place.superior)
    return raters


def _expectations(quality: Floats, process: Process, chance: Chance) -> tuple[Ints, Ints]:
    """Results and behaviour as 0 above, 1 as, 2 below expectation. Low marks are rare and fall mostly to the weak."""
    n = len(quality)
    conduct = 0.7 * quality + 0.7 * chance.normal(n)
    results = np.where(quality > process.result_bar, 0, 1)
    behaviour = np.where(conduct > process.behaviour_bar, 0, 1)
    draw = chance.uniform(n) * (1.0 + 0.3 * np.clip(quality, -3, 3))  # the weak are nearer to zero
    edges = np.cumsum([process.low_both, process.low_results, process.low_behaviour])
    both, low_results = draw < edges[0], (draw >= edges[0]) & (draw < edges[1])
    low_behaviour = (draw >= edges[1]) & (draw < edges[2])
    results = np.where(both | low_results, 2, results)
    behaviour = np.where(both | low_behaviour, 2, np.where(low_results, 1, behaviour))
    return results, behaviour


def feedback(
    place: Workplace, registers: Registers, checked: Bools, on: np.datetime64, process: Process, chance: Chance
) -> pl.DataFrame:
    """Seven values per relation. Most are reported as one combined mean, some by relation, some in one word."""
    people, n = place.people, len(place.people)
    wanted = np.where(registers.whole[:, FEEDBACK], process.feedback_rate * 1.6, process.feedback_rate * 0.5)
    asked = chance.uniform(n) < np.where(checked, 0.9, wanted)
    asked &= checked | chance.happens(np.where(registers.whole[:, FEEDBACK], 1.0, process.poor_recording), n)
    form = chance.pick([0.6, 0.3, 0.1], n)
    periods = np.array([f"{str(on)[:4]}-S1", f"{int(str(on)[:4]) - 1}-S2", f"{int(str(on)[:4]) - 2}-S2"], dtype=object)
    period = periods[chance.pick([0.45, 0.5, 0.05], n)]
    manager = np.isin(np.arange(n), place.leading)
    level = 4.28 + 0.26 * people.traits.diligence + 0.12 * chance.normal(n)
    combined, each, word = (np.flatnonzero(asked & (form == kind)) for kind in range(3))
    relations = _by_relation(each, manager)
    return pl.concat(
        [
            _valued(place, np.repeat(combined, len(VALUES)), _COMBINED, level, period, chance),
            *(
                _valued(place, np.repeat(who, len(VALUES)), relation, level, period, chance)
                for relation, who in relations
            ),
            _worded(people.nip[word], period[word], level[word], chance),
        ]
    )


def _by_relation(each: Ints, manager: Bools) -> list[tuple[int, Ints]]:
    return [(0, each), (1, each), (2, each[manager[each]]), (3, each)]


def _valued(place: Workplace, who: Ints, relation: int, level: Floats, period: Texts, chance: Chance) -> pl.DataFrame:
    people, n = place.people, len(who)
    kindness = (0.0, 0.05, 0.08, 0.18, 0.0)[relation]
    count = np.where(relation == _COMBINED, 5 + chance.below(4, n), 1 if relation in (0, 3) else 3)
    value = level[who] + kindness + 0.2 * chance.normal(n)
    tenths = np.clip(np.round(value * 10), 10, 50).astype(np.int64)
    rater = people.nip[who] if relation == 3 else known(place.superior[who] >= 0, people.nip[place.superior[who]])
    return table(
        "feedback",
        {
            "nip": people.nip[who],
            "period": period[who],
            "relation": [_RELATIONS[relation]] * n,
            "rater_nip": rater if relation in (0, 3) else [None] * n,
            "aspect": list(VALUES) * (n // len(VALUES)),
            "value": tenths * 1000,
            "rater_count": count,
        },
    )


def _worded(nip: Texts, period: Texts, level: Floats, chance: Chance) -> pl.DataFrame:
    words = [next((word for least, word in _WORDS_AT if value >= least), "KURANG") for value in level.tolist()]
    return table(
        "feedback",
        {
            "nip": nip,
            "period": period,
            "relation": [_RELATIONS[_COMBINED]] * len(nip),
            "rating": words,
            "rater_count": 4 + chance.below(5, len(nip)),
        },
    )
