"""Acting duties: Plt for vacant posts, Plh during leave, heads with a second school, and those of the past."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from nawa.demo.calendar import first_of_month, plus_days
from nawa.demo.chance import Chance, Streams
from nawa.demo.people import Population
from nawa.demo.posts import TIERS
from nawa.demo.seating import Organisation, Seats, vacant_seats
from nawa.demo.spans import Spans

_COVERED: Final = 0.88  # of vacant head posts
_FROM_BELOW: Final = 0.6  # the deputy acts; otherwise somebody of the same tier
_ON_LEAVE: Final = 0.012  # heads whose duties are done for them this month
_EARLIER: Final = {
    "JPT_PRATAMA": 0.75,
    "ADMINISTRATOR": 0.5,
    "PENGAWAS": 0.24,
    "JF_AHLI_MADYA": 0.05,
    "JF_AHLI_MUDA": 0.03,
}
_EARLIER_HIGHER: Final = 0.5
_EARLIER_PLH: Final = 0.25
_DEPUTY_TIER: Final = {"JPT_PRATAMA": "ADMINISTRATOR", "ADMINISTRATOR": "PENGAWAS", "PENGAWAS": "PENGAWAS"}
_HIGHER: Final = {
    "JF_AHLI_MUDA": "PENGAWAS",
    "JF_AHLI_MADYA": "ADMINISTRATOR",
    "PENGAWAS": "ADMINISTRATOR",
    "ADMINISTRATOR": "JPT_PRATAMA",
}


@dataclass(frozen=True, slots=True)
class Duty:
    """One acting duty: person and post are places; an open end is today's duty."""

    person: int
    post: int
    kind: str
    started: np.datetime64
    through: np.datetime64 | None


@dataclass(slots=True)
class _Staff:
    """Who may act, by tier and office, ablest first: the ablest are asked most often."""

    people: Population
    organisation: Organisation
    by_tier: dict[tuple[str, str], list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for person in np.argsort(-self.people.traits.ability, kind="stable").tolist():
            post = self.organisation.posts[self.people.post[person]]
            if self.people.contract[person]:
                continue
            office = self.organisation.units[self.people.unit[person]].office
            for group in (office, post.work_field, ""):
                self.by_tier.setdefault((self._kind(post.tier, head=post.head), group), []).append(person)

    @staticmethod
    def _kind(tier: str, *, head: bool) -> str:
        return "PRINCIPAL" if head and tier == "JF_AHLI_MADYA" else tier

    def one(self, tier: str, groups: tuple[str, ...], draw: float) -> int | None:
        """Somebody of the tier from the first group that has anybody, the ablest most likely."""
        for group in groups:
            able = self.by_tier.get((tier, group))
            if able:
                return able[int(draw * draw * draw * len(able))]
        return None


def duties(
    people: Population, organisation: Organisation, seats: Seats, spans: Spans, on: np.datetime64, streams: Streams
) -> list[Duty]:
    """Today's duties (each with an open end or ending after `on`), then those of earlier years."""
    staff = _Staff(people, organisation)
    chance = streams.of("acting")
    return [
        *_for_vacancies(staff, vacant_seats(organisation, seats).tolist(), on, chance),
        *_during_leave(staff, on, chance),
        *_earlier(staff, spans, on, streams.of("earlier duties")),
    ]


def _for_vacancies(staff: _Staff, vacancies: list[int], on: np.datetime64, chance: Chance) -> list[Duty]:
    found = []
    draws = zip(
        vacancies,
        chance.happens(_COVERED, len(vacancies)).tolist(),
        chance.happens(_FROM_BELOW, len(vacancies)).tolist(),
        chance.uniform(len(vacancies)).tolist(),
        chance.below(5, len(vacancies)).tolist(),
        strict=True,
    )
    for place, covered, from_below, draw, months in draws:
        post = staff.organisation.posts[place]
        if not covered or not post.head:
            continue
        office = staff.organisation.units[staff.organisation.unit_of[place]].office
        if post.stream != "MANAGERIAL":
            tier, kind = "PRINCIPAL", "TT"
        else:
            tier, kind = (_DEPUTY_TIER[post.tier] if from_below else post.tier), "PLT"
        person = staff.one(tier, (office, post.work_field, ""), draw)
        if person is not None:
            started = first_of_month(np.array([on - np.timedelta64(30 * months + 5, "D")]))[0]
            found.append(Duty(person, place, kind, started, None))
    return found


def _during_leave(staff: _Staff, on: np.datetime64, chance: Chance) -> list[Duty]:
    """A Plh of a few weeks for a head who is on leave, by a deputy."""
    people, posts = staff.people, staff.organisation.posts
    heads = [place for place, post in enumerate(people.post.tolist()) if posts[post].head and posts[post].echelon]
    away = chance.happens(_ON_LEAVE, len(heads)).tolist()
    found = []
    for place, draw, gone in zip(heads, chance.uniform(len(heads)).tolist(), [True, *away[1:]], strict=True):
        post = posts[people.post[place]]
        tier = post.tier if post.echelon == "II.a" else _DEPUTY_TIER[post.tier]
        deputy = staff.one(tier, (staff.organisation.units[people.unit[place]].office,), draw)
        if gone and deputy is not None and deputy != place:
            found.append(
                Duty(deputy, int(people.post[place]), "PLH", on - np.timedelta64(9, "D"), on + np.timedelta64(12, "D"))
            )
    return found


def _earlier(staff: _Staff, spans: Spans, on: np.datetime64, chance: Chance) -> list[Duty]:
    """One duty of three months in earlier years for some, the able more often, of the same tier or the next above."""
    people, n = staff.people, len(staff.people)
    rates = np.array([_EARLIER.get(tier, 0.0) for tier in TIERS])[people.tier]
    likely = rates * np.clip(0.75 + 0.25 * people.traits.ability, 0.2, 1.5)
    chosen = chance.happens(likely, n) & ~people.contract
    since = spans.current_start()
    ready = (on - since).astype(np.int64) > 300
    ago = chance.uniform(n) * np.minimum((on - since).astype(np.int64) - 240, 2000)
    started = first_of_month(plus_days(np.full(n, on), -(ago + 200)))
    higher, on_leave = chance.happens(_EARLIER_HIGHER, n), chance.happens(_EARLIER_PLH, n)
    draws = chance.uniform(n)
    posts = _posts_by_tier(staff.organisation)
    found = []
    for person in np.flatnonzero(chosen & ready).tolist():
        tier = TIERS[people.tier[person]]
        wanted = _HIGHER.get(tier, tier) if higher[person] or tier.startswith("JF") else tier
        options = [place for place in posts[wanted] if place != people.post[person]]
        if options:
            kind, days = ("PLH", 20) if on_leave[person] else ("PLT", 88)
            place = options[int(draws[person] * len(options))]
            found.append(Duty(person, place, kind, started[person], started[person] + np.timedelta64(days, "D")))
    return found


def _posts_by_tier(organisation: Organisation) -> dict[str, list[int]]:
    by_tier: dict[str, list[int]] = {}
    for place, post in enumerate(organisation.posts):
        if post.head and post.echelon and post.valid_through is None:
            by_tier.setdefault(post.tier, []).append(place)
    return by_tier
