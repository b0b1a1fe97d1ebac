"""Which posts people held before: postings inside each span of a tier, in units of the city or, at first, elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from nawa.demo.calendar import first_of_month, plus_days, years_between
from nawa.demo.chance import Bools, Chance, Days, Ints
from nawa.demo.parameters import Process
from nawa.demo.people import Population
from nawa.demo.posts import TIERS, Post
from nawa.demo.seating import Organisation
from nawa.demo.spans import Spans

_MANAGERIAL: Final = ("PENGAWAS", "ADMINISTRATOR", "JPT_PRATAMA")
_YEARS_IN_POST: Final = (3.4, 7.5)  # of managers, of others
_SAME_WORK: Final = 0.58  # a posting in the line of work of today's post
_LINES: Final = {
    "Kepala Sekolah": "Guru",
    "Pengawas Sekolah": "Guru",
    "Kepala Puskesmas": "Dokter",
    "Direktur RSUD": "Dokter",
}
_LATEST_MOVE: Final = 0.9  # how far into the last posting's share of time it may begin: some moved only months ago
_TRANSFER_AFTER: Final = 7.0  # years of service of those who may have come from another institution


@dataclass(frozen=True, slots=True)
class Postings:
    """One entry per definitive posting, by person and then by date; the last of each is the present one and has no end.

    `post` is a place among the posts; `elsewhere` marks those spent at another institution.
    """

    person: Ints
    post: Ints
    start: Days
    last: Bools
    elsewhere: Bools


def postings(
    people: Population, organisation: Organisation, spans: Spans, on: np.datetime64, process: Process, chance: Chance
) -> Postings:
    """Every definitive posting of every person."""
    person, tier, start = _cut(spans, on, chance)
    n = len(person)
    last = np.append(person[1:] != person[:-1], True)
    first = np.append(True, person[1:] != person[:-1])
    choose = _Chooser(organisation)
    draws, same = chance.uniform(n), chance.happens(_SAME_WORK, n)
    post = np.where(last, people.post[person], -1)
    for place in np.flatnonzero(~last).tolist():
        own = organisation.posts[people.post[person[place]]]
        post[place] = choose.earlier(TIERS[tier[place]], own, bool(same[place]), draws[place])
    service = years_between(people.joined, np.full(len(people), on))
    came = chance.happens(process.transferred_in, len(people)) & (service > _TRANSFER_AFTER) & ~people.contract
    return Postings(person, post, start, last, elsewhere=first & ~last & came[person])


def _cut(spans: Spans, on: np.datetime64, chance: Chance) -> tuple[Ints, Ints, Days]:
    """Cut each span of a tier into postings of a few years; starts fall on firsts of months and never coincide."""
    people, steps = np.nonzero(spans.tier >= 0)
    starts = spans.start[people, steps]
    ends = np.append(starts[1:], on)
    ends[np.append(people[1:] != people[:-1], True)] = on
    years = years_between(starts, ends)
    managerial = np.isin(spans.tier[people, steps], [TIERS.index(name) for name in _MANAGERIAL])
    pace = np.where(managerial, *_YEARS_IN_POST) * chance.between(0.6, 1.9, len(years))
    parts = 1 + np.floor(years / pace).astype(np.int64)
    row = np.repeat(np.arange(len(parts)), parts)
    number = np.arange(len(row)) - np.repeat(np.cumsum(parts) - parts, parts)
    late = np.where(number == parts[row] - 1, _LATEST_MOVE, 0.3)
    jitter = np.where(number > 0, chance.between(-0.3, late, len(row)), 0.0)
    offset = years[row] * (number + jitter) / parts[row]
    begun: Days = first_of_month(plus_days(starts[row], np.floor(offset * 365.25)))
    begun = np.where(number == 0, starts[row], begun)
    person = people[row]
    keep = np.append(True, (begun[1:] > begun[:-1]) | (person[1:] != person[:-1]))
    return person[keep], spans.tier[people, steps][row][keep], begun[keep]


class _Chooser:
    """Finds an earlier post of a tier: in the same family for functional posts, by line of work for the others."""

    def __init__(self, organisation: Organisation) -> None:
        self._by_line: dict[tuple[str, str], list[int]] = {}
        self._by_tier: dict[str, list[int]] = {}
        for place, post in enumerate(organisation.posts):
            if post.valid_through is None:
                lines = [self._line(post), *([post.work_field] if post.stream == "EXPERT" else [])]
                for line in lines:
                    self._by_line.setdefault((post.tier, line), []).append(place)
                self._by_tier.setdefault(post.tier, []).append(place)

    @staticmethod
    def _line(post: Post) -> str:
        return post.work_field if post.stream in ("MANAGERIAL", "STAFF") else _LINES.get(post.family, post.family)

    def earlier(self, tier: str, own: Post, same: bool, draw: float) -> int:
        """A place among the posts; any of the tier where the line has none, `own` tier's where the tier has none."""
        functional = own.stream not in ("MANAGERIAL", "STAFF")
        line = self._by_line.get((tier, self._line(own))) if same or functional else None
        options: Sequence[int] = line or self._by_tier.get(tier) or self._by_tier[own.tier]
        return options[int(draw * len(options))]


def present_since(postings: Postings) -> Days:
    """Since when each person has held the present post, in the order of people."""
    started: Days = postings.start[postings.last]
    return started
