"""The career as a line of time: posts held and duties beside them, ranks, education; on one scale, drawn in a table."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from nawa.policy.sentences import label
from nawa.registry.models import Person
from nawa.talent.queries.statements import Statement
from nawa.web.kit.languages import spoken
from nawa.web.kit.origins import source_of
from nawa.web.kit.profile.telling import span

_TICKS: Final = (1, 2, 5, 10, 20)  # years between two ticks
_MOST_TICKS: Final = 6

Told = Mapping[str, Sequence[Statement]]


@dataclass(frozen=True, slots=True)
class Post:
    """A post or a duty. `duty` is empty for one held definitively; `x` and `width` are in percent of the time drawn.

    `source` tells where the record comes from and who verified it, as for ranks and studies; empty where it is as for
    most records of the career.
    """

    title: str
    tier: str
    unit: str
    duty: str
    when: str
    letter: str
    x: str
    width: str
    starts: datetime.date
    source: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A year on the scale, in percent."""

    year: int
    x: str


@dataclass(frozen=True, slots=True)
class Rank:
    """A rank, and since when."""

    name: str
    since: datetime.date | None
    source: str


@dataclass(frozen=True, slots=True)
class Study:
    """A degree or certificate; what is not known is empty."""

    level: str
    major: str
    institution: str
    year: int | None
    source: str


@dataclass(frozen=True, slots=True)
class Career:
    """Everything, the latest first. `source` is what most records have in common, `has_others` that some have not."""

    posts: tuple[Post, ...]
    ticks: tuple[Tick, ...]
    ranks: tuple[Rank, ...]
    studies: tuple[Study, ...]
    source: str
    has_others: bool


@dataclass(frozen=True, slots=True)
class _Spell:
    title: str
    tier: str
    unit: str
    duty: str
    start: datetime.date
    last: datetime.date | None
    letter: str
    source: str


def career_of(person: Person, told: Told, *, on: datetime.date) -> Career:
    """Return the career of somebody by their records, drawn up to a day."""
    spells = sorted(_spells(person, told), key=lambda spell: (spell.start, not spell.duty), reverse=True)
    first = min((spell.start for spell in spells), default=on)
    scale = _Scale(first, max([on, *(spell.last or on for spell in spells)]))
    posts = [_post(spell, scale, on) for spell in spells]
    ranks = [_rank(row) for row in sorted(told["rank_entry"], key=lambda row: row["since"], reverse=True)]
    studies = [_study(row) for row in sorted(told["education"], key=_year, reverse=True)]
    told_by = (*(post.source for post in posts), *(rank.source for rank in ranks), *(one.source for one in studies))
    sources = Counter(told_by)
    most = max(sources, key=lambda source: sources[source], default="")
    return Career(
        posts=tuple(replace(post, source="") if post.source == most else post for post in posts),
        ticks=tuple(scale.ticks()) if spells else (),
        ranks=tuple(replace(rank, source="") if rank.source == most else rank for rank in ranks),
        studies=tuple(replace(study, source="") if study.source == most else study for study in studies),
        source=most,
        has_others=len(sources) > 1,
    )


def _spells(person: Person, told: Told) -> list[_Spell]:
    past = [
        _Spell(
            title=row["title"],
            tier=row["tier"] or "",
            unit=row["unit"] or "",
            duty="" if row["assignment"] in (None, "D") else row["assignment"],
            start=row["started_on"],
            last=row["ended_through"],
            letter=row["decree_number"] or "",
            source=source_of([row]),
        )
        for row in told["career_entry"]
    ]
    known = {(spell.duty, spell.start) for spell in past}  # the history may hold a duty under another name
    duties = [
        _Spell(
            title=row["position"],
            tier=row["tier"],
            unit=row["unit"],
            duty=row["kind"],
            start=row["started_on"],
            last=row["ended_through"],
            letter=row["letter_number"] or "",
            source=source_of([row]),
        )
        for row in told["acting_assignment"]
        if (row["kind"], row["started_on"]) not in known
    ]
    return [*past, *duties, *_present(person, past, told)]


def _present(person: Person, past: Sequence[_Spell], told: Told) -> list[_Spell]:
    """The definitive post, where the history does not hold it yet."""
    title = person.position.name if person.position else person.position_name
    held = any(not spell.duty and spell.last is None for spell in past)
    if held or not title or person.position_since is None:
        return []
    tier = person.position.tier if person.position else ""
    unit = person.unit.name if person.unit else ""
    return [_Spell(title, tier, unit, "", person.position_since, None, "", source_of(told["person"]))]


def _post(spell: _Spell, scale: _Scale, on: datetime.date) -> Post:
    end = spell.last or max(on, spell.start)
    next_day = spell.last and spell.last + datetime.timedelta(days=1)
    return Post(
        title=spell.title,
        tier=label("tiers", spell.tier, spoken()) if spell.tier else "",
        unit=spell.unit,
        duty=label("assignments", spell.duty, spoken()) if spell.duty else "",
        when=span(spell.start, next_day),
        letter=spell.letter,
        x=scale.at(spell.start),
        width=scale.wide(spell.start, end),
        starts=spell.start,
        source=spell.source,
    )


def _rank(row: Statement) -> Rank:
    return Rank(label("ranks", row["rank"], spoken()), row["since"], source_of([row]))


def _study(row: Statement) -> Study:
    level = label("raw_codes", row["level"], spoken())
    return Study(level, row["major"] or "", row["institution"] or "", row["graduated_in"], source_of([row]))


def _year(row: Statement) -> int:
    return row["graduated_in"] or 0


@dataclass(frozen=True, slots=True)
class _Scale:
    """Time from the first day to the last, over the whole width."""

    first: datetime.date
    last: datetime.date

    @property
    def days(self) -> int:
        return max((self.last - self.first).days, 1)

    def at(self, day: datetime.date) -> str:
        return f"{100 * (day - self.first).days / self.days:.2f}%"

    def wide(self, start: datetime.date, end: datetime.date) -> str:
        return f"{max(100 * (end - start).days / self.days, 0.5):.2f}%"

    def ticks(self) -> list[Tick]:
        years = range(self.first.year + 1, self.last.year + 1)
        step = next((step for step in _TICKS if len(years) <= _MOST_TICKS * step), _TICKS[-1])
        return [Tick(year, self.at(datetime.date(year, 1, 1))) for year in years if year % step == 0]
