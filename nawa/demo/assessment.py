"""Assessments of competence and potential: who is chosen, by which method, what assessors saw of the hidden traits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from nawa.demo.calendar import NO_DAY, plus_days, plus_years
from nawa.demo.chance import Array, Bools, Chance, Days, Floats, Ints, Streams
from nawa.demo.parameters import Process
from nawa.demo.people import Population
from nawa.demo.posts import TIERS
from nawa.demo.registers import Registers
from nawa.demo.seating import Organisation
from nawa.demo.tables import Values, table
from nawa.workbook.codes import COMPETENCIES, POTENTIAL_ASPECTS

ASSESSORS: Final = 24
_PRIORITY: Final = {
    "JPT_PRATAMA": 4.0,
    "ADMINISTRATOR": 3.4,
    "PENGAWAS": 2.0,
    "JF_AHLI_UTAMA": 1.5,
    "JF_AHLI_MADYA": 0.8,
    "JF_AHLI_MUDA": 0.6,
}
_CLASSROOM: Final = 0.9  # how far behind teachers are in the queue
_CONTRACT: Final = 1.1
_TYPICAL: Final = {
    "JPT_PRATAMA": 3.45,
    "ADMINISTRATOR": 2.6,
    "PENGAWAS": 1.85,
    "JF_AHLI_UTAMA": 3.4,
    "JF_AHLI_MADYA": 2.6,
    "JF_AHLI_MUDA": 1.85,
    "JF_PENYELIA": 1.75,
}
"""The level that an average holder of a tier's post shows."""
_TYPICAL_ELSEWHERE: Final = 1.4
_MEAN_POTENTIAL: Final = 3.1
_VALID_DAYS: Final = 3 * 365 - 20
_METHODS: Final = np.array(["AC", "CACT", "PROFILING", "LAINNYA"], dtype=object)


@dataclass(frozen=True, slots=True)
class Assessed:
    """The assessment tables, who was assessed at all, and each assessor's true severity in levels."""

    tables: dict[str, pl.DataFrame]
    people: Bools
    severity: Floats


@dataclass(frozen=True, slots=True)
class _Sitting:
    """One sitting per person in `who`; the two halves say what was looked at."""

    who: Ints
    day: Days
    method: Ints
    first: Ints
    second: Ints
    plenary: Bools
    competence: Bools
    potential: Bools


def assess(
    people: Population,
    organisation: Organisation,
    registers: Registers,
    on: np.datetime64,
    process: Process,
    streams: Streams,
) -> Assessed:
    """A quarter of the people: managers, the promising, and those whose units keep good records stand first in line."""
    chance = streams.of("assessment")
    chosen = _chosen(people, organisation, registers, process, chance)
    severity = process.assessor_severity * chance.normal(ASSESSORS)
    totals = chance.happens(process.totals_only, len(chosen))
    sitting = _sittings(chosen[~totals], people, on, process, chance)
    levels = np.array([_TYPICAL.get(tier, _TYPICAL_ELSEWHERE) for tier in TIERS])[people.tier]
    competence = levels[:, None] + 0.5 * people.traits.competence
    potential = _MEAN_POTENTIAL + 0.9 * people.traits.potential
    made = {
        "competency_assessment": _details(
            "competency_assessment", people, sitting, sitting.competence, competence, severity, streams.of("competence")
        ),
        "potential_assessment": _details(
            "potential_assessment", people, sitting, sitting.potential, potential, severity, streams.of("potential")
        ),
        "assessment_result": _totals(
            people, chosen[totals], levels, competence, potential, on, process, streams.of("totals")
        ),
    }
    return Assessed(made, np.isin(np.arange(len(people)), chosen), severity)


def _chosen(
    people: Population, organisation: Organisation, registers: Registers, process: Process, chance: Chance
) -> Ints:
    n = len(people)
    streams = np.array([organisation.posts[post].stream for post in people.post.tolist()])
    queue = np.array([_PRIORITY.get(tier, 0.0) for tier in TIERS])[people.tier]
    queue = queue - np.where(streams == "TEACHER", _CLASSROOM, 0.0) - np.where(people.contract, _CONTRACT, 0.0)
    queue = queue + process.chosen_by_merit * people.traits.ability
    queue = queue + process.chosen_by_records * registers.whole.mean(axis=1) + chance.normal(n)
    queue = np.where(people.part_time | people.candidate, -np.inf, queue)
    return np.sort(np.argsort(-queue, kind="stable")[: round(process.assessed * n)])


def _sittings(who: Ints, people: Population, on: np.datetime64, process: Process, chance: Chance) -> _Sitting:
    n = len(who)
    expired = chance.happens(process.expired, n)
    ago = np.where(expired, 1110 + chance.below(500, n), 10 + chance.below(_VALID_DAYS - 10, n))
    served = (on - people.joined[who]).astype(np.int64) - 30
    half = chance.uniform(n)
    first = chance.below(ASSESSORS, n)
    return _Sitting(
        who,
        day=plus_days(np.full(n, on), -np.minimum(ago, served)),
        method=chance.pick([0.5, 0.3, 0.15, 0.05], n),
        first=first,
        second=(first + 1 + chance.below(ASSESSORS - 1, n)) % ASSESSORS,
        plenary=chance.happens(process.plenary, n),
        competence=half >= process.one_half_only,
        potential=half < 1 - process.one_half_only,
    )


def _details(
    name: str, people: Population, sitting: _Sitting, sat: Bools, truth: Floats, severity: Floats, streams: Chance
) -> pl.DataFrame:
    """Two assessors in an assessment centre, often with the panel's agreed value beside; one instrument otherwise."""
    aspects, column, value = _kinds(name)
    centre = sat & (sitting.method == 0)
    panels = [
        (centre, sitting.first, "INDIVIDU", severity[sitting.first]),
        (centre, sitting.second, "INDIVIDU", severity[sitting.second]),
        (centre & sitting.plenary, None, "PLENO", np.zeros(len(sitting.who))),
        (sat & (sitting.method > 0), None, "INDIVIDU", np.zeros(len(sitting.who))),
    ]
    parts = []
    for chosen, assessor, kind, severe in panels:
        rows = np.flatnonzero(chosen)
        person = sitting.who[rows]
        noise = streams.normal(len(rows) * len(aspects)).reshape(len(rows), -1)
        seen = truth[person] - severe[rows][:, None] + 0.3 * noise
        marks = np.clip(np.round(seen), 0, 5).astype(np.int64)
        repeat = np.repeat(np.arange(len(rows)), len(aspects))
        columns: dict[str, Values] = {
            "nip": people.nip[person][repeat],
            "assessed_on": sitting.day[rows][repeat],
            column: list(aspects) * len(rows),
            value: (marks * 10_000).reshape(-1),
            "method": _METHODS[sitting.method[rows]][repeat],
            "assessor": [None] * len(repeat) if assessor is None else _assessors(assessor[rows])[repeat],
            "kind": [kind] * len(repeat),
        }
        parts.append(table(name, columns))
    return pl.concat(parts)


def _kinds(name: str) -> tuple[tuple[str, ...], str, str]:
    if name == "competency_assessment":
        return tuple(COMPETENCIES), "competency", "level"
    return tuple(POTENTIAL_ASPECTS), "aspect", "value"


def assessor_code(place: int) -> str:
    """The code by which an assessor signs."""
    return f"ASR-{place + 1:02d}"


def _assessors(places: Ints) -> Array:
    return np.array([assessor_code(place) for place in places.tolist()], dtype=object)


def _totals(
    people: Population,
    who: Ints,
    levels: Floats,
    competence: Floats,
    potential: Floats,
    on: np.datetime64,
    process: Process,
    chance: Chance,
) -> pl.DataFrame:
    """Reports by outside providers that give totals and no details."""
    n = len(who)
    ago = np.where(
        chance.happens(process.expired, n), 1110 + chance.below(500, n), 10 + chance.below(_VALID_DAYS - 10, n)
    )
    ago = np.minimum(ago, (on - people.joined[who]).astype(np.int64) - 30)
    shown = _mean(np.minimum(competence[who], (levels[who] + 0.4)[:, None]))
    match = np.clip(shown / (levels[who] + 0.4) * 100 + 3 * chance.normal(n), 40, 100)
    score = np.clip(_mean(potential[who]) * 20 + 4 * chance.normal(n), 20, 100)
    held = plus_days(np.full(n, on), -ago)
    return table(
        "assessment_result",
        {
            "nip": people.nip[who],
            "assessed_on": held,
            "provider": np.array(["Pusat Asesmen Provinsi", "Lembaga Asesmen Perguruan Tinggi"], dtype=object)[
                chance.below(2, n)
            ],
            "method": _METHODS[chance.below(2, n)],
            "job_person_match": np.round(match * 100).astype(np.int64) * 100,
            "category": np.where(
                match >= 80, "Memenuhi Syarat", np.where(match >= 68, "Masih Memenuhi Syarat", "Kurang Memenuhi Syarat")
            ).astype(object),
            "potential_score": np.round(score * 100).astype(np.int64) * 100,
            "standard": [f"JENJANG:{TIERS[tier]}" for tier in people.tier[who].tolist()],
            "valid_through": np.where(chance.happens(0.8, n), plus_years(held, 3) - np.timedelta64(1, "D"), NO_DAY),
            "number": [f"800.1.4/{place + 1}/ASM" for place in range(n)],
        },
    )


def _mean(values: Floats) -> Floats:
    """The mean over columns, added from the left so that every machine rounds alike."""
    total = values[:, 0].copy()
    for column in range(1, values.shape[1]):
        total = total + values[:, column]
    mean: Floats = total / values.shape[1]
    return mean
