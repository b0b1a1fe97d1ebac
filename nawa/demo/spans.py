"""The tiers that each person passed through, and since when: the skeleton of careers, ranks and acting duties."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nawa.demo.calendar import first_of_month, plus_days, years_between
from nawa.demo.chance import Bools, Chance, Days, Floats, Ints
from nawa.demo.parameters import FORMER_OFFICERS, PATHS, Path, Process
from nawa.demo.people import Population
from nawa.demo.posts import TIER
from nawa.demo.seating import Organisation

_LONGEST = 4
_DAYS = 365.25


@dataclass(frozen=True, slots=True)
class Spans:
    """Per person (rows) up to four tiers, the present one last; `tier` is -1 and `start` no day where there is none."""

    tier: Ints  # people × 4
    start: Days  # people × 4
    count: Ints

    def current_start(self) -> Days:
        """Since when each person has been in the present tier."""
        started: Days = self.start[np.arange(len(self.count)), self.count - 1]
        return started


def spans(people: Population, organisation: Organisation, on: np.datetime64, process: Process, chance: Chance) -> Spans:
    """Split each person's service over the tiers of a path that leads to the present one.

    Time beyond the least years falls on the tiers by chance.
    """
    n = len(people)
    service = years_between(people.joined, np.full(n, on))
    draws = np.stack([chance.between(0.4, 1.6, n) for _ in range(_LONGEST)], axis=1)
    choice, former = chance.uniform(n), chance.happens(process.former_officers, n)
    tier = np.full((n, _LONGEST), -1, dtype=np.int64)
    years = np.zeros((n, _LONGEST), dtype=np.float64)
    count = np.ones(n, dtype=np.int64)
    analysts = np.array([organisation.posts[post].family == "Analis Kebijakan" for post in people.post.tolist()])
    for name in PATHS:
        for path, members in _by_path(name, people.in_tier(name), choice, former & analysts):
            width = len(path.tiers)
            tier[members, :width] = [TIER[step] for step in path.tiers]
            years[members, :width] = _split(path, service[members], draws[members, :width])
            count[members] = width
    alone = tier[:, 0] < 0
    tier[alone, 0] = people.tier[alone]
    return Spans(tier, _starts(people.joined, years, count), count)


def _by_path(name: str, held: Bools, choice: Floats, former: Bools) -> list[tuple[Path, Bools]]:
    """The people of a tier divided over its paths."""
    divided = []
    edge = 0.0
    for path in PATHS[name]:
        taken = held & (choice >= edge) & (choice < edge + path.weight)
        edge += path.weight
        divided.append((path, taken & ~former if name == "JF_AHLI_MUDA" else taken))
    if name == "JF_AHLI_MUDA":
        divided.append((FORMER_OFFICERS, held & former))
    return divided


def _split(path: Path, service: Floats, draws: Floats) -> Floats:
    least = np.array(path.least_years)
    spare = np.maximum(service - sum(path.least_years), 0.0)
    total = draws[:, 0].copy()
    for step in range(1, draws.shape[1]):
        total = total + draws[:, step]
    years: Floats = least + draws / total[:, None] * spare[:, None]
    return years


def _starts(joined: Days, years: Floats, count: Ints) -> Days:
    starts = np.full(years.shape, np.datetime64("NaT", "D"))
    starts[:, 0] = joined
    elapsed = np.zeros(len(joined))
    for step in range(1, years.shape[1]):
        elapsed = elapsed + years[:, step - 1]
        reached = first_of_month(plus_days(joined, np.floor(elapsed * _DAYS)))
        starts[:, step] = np.where(step < count, reached, np.datetime64("NaT", "D"))
    return starts
