"""The head of a profile: who somebody is, the post they hold, and the duties they have beside it. No photo, no age."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nawa.policy.sentences import label
from nawa.registry.models import Person, Position, Unit
from nawa.talent.models import MappingResult
from nawa.talent.queries.statements import Statement
from nawa.web.kit.languages import spoken
from nawa.web.kit.origins import source_of


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty beside the definitive post, on a day on which it holds."""

    kind: str
    post: str
    unit: str
    since: datetime.date
    through: datetime.date | None
    letter: str | None


@dataclass(frozen=True, slots=True)
class Head:
    """Who somebody is. `post_then` and `unit_then` are those of the day of the run, where they are others now.
    `source` tells where the record comes from and who verified it.

    `units` runs from the institution down to the unit. Texts are empty where nothing is known.
    """

    person: Person
    name: str
    nip: str
    post: str
    units: tuple[str, ...]
    tier: str
    rank: str
    staff_kind: str
    since: datetime.date | None
    duties: tuple[Duty, ...]
    post_then: str
    unit_then: str
    source: str


def head_of(
    person: Person, result: MappingResult | None, told: Mapping[str, Sequence[Statement]] | None, *, on: datetime.date
) -> Head:
    """Return the head of somebody's profile as their records stand on a day.

    `told` is None where the reader may not see their records any more: they have moved, and only where they were at
    the time of the run is told.
    """
    place = person if told is not None or result is None else result
    position = place.position
    unit = _unit_of(place, result)
    moved = result if told is not None else None
    return Head(
        person=person,
        name=full_name(person),
        nip=_spaced(person.nip),
        post=position.name if position else person.position_name if place is person else "",
        units=tuple(path_of(unit)),
        tier=_label("tiers", position.tier if position else ""),
        rank=_label("ranks", person.rank),
        staff_kind=_label("staff_kinds", person.staff_kind),
        since=person.position_since if told is not None else None,
        duties=tuple(_duties(told["acting_assignment"], on)) if told is not None else (),
        post_then=_other(moved.position if moved else None, position),
        unit_then=_other(moved.unit if moved else None, unit),
        source=source_of(told["person"]) if told is not None else "",
    )


def _unit_of(place: Person | MappingResult, result: MappingResult | None) -> Unit | None:
    """The unit of a person or a result; that of the result where they are the same: its path is at hand."""
    key = place.unit_id or (place.position.unit_id if place.position else None)
    if result is not None and result.unit_id == key:
        return result.unit
    return place.unit or (place.position.unit if place.position else None)


def full_name(person: Person) -> str:
    """Return the name between its titles."""
    before = f"{person.front_title} {person.name}".strip()
    return f"{before}, {person.back_title}" if person.back_title else before


def path_of(unit: Unit | None) -> list[str]:
    """Return the names from the institution down to a unit, as far as they are at hand."""
    names: list[str] = []
    while unit is not None:
        names.insert(0, unit.name)
        unit = unit.parent
    return names


def _other(then: Position | Unit | None, now: Position | Unit | None) -> str:
    return then.name if then is not None and then != now else ""


def _duties(rows: Sequence[Statement], on: datetime.date) -> list[Duty]:
    held = [row for row in rows if row["started_on"] <= on and (row["ended_through"] or on) >= on]
    return [
        Duty(
            kind=_label("assignments", row["kind"]),
            post=row["position"],
            unit=row["unit"],
            since=row["started_on"],
            through=row["ended_through"],
            letter=row["letter_number"],
        )
        for row in held
    ]


def _spaced(nip: str) -> str:
    """A NIP as people read it: birth, appointment, sex, number."""
    return f"{nip[:8]} {nip[8:14]} {nip[14:15]} {nip[15:]}"


def _label(group: str, code: str) -> str:
    return label(group, code, spoken()) if code else ""
