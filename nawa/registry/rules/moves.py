"""Whether a decree may be recorded that moves somebody, and what follows from it. Nothing here asks the database."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from nawa.core.constraints import NAME
from nawa.core.refusal import Reason
from nawa.registry.enums import APPOINTMENTS, DEPARTED, DEPARTURES, Move, MoveState
from nawa.registry.models import ActingAssignment, CareerEntry, Person, PlannedMove, Position
from nawa.registry.rules.acting import rung, seats_of


@dataclass(frozen=True, slots=True)
class Decree:
    """What a decree says: the kind of movement, its number, from which day, and the day of inauguration, if any.

    `title` is what somebody who is released does afterwards: everybody has a post or a title.
    """

    kind: Move
    number: str
    since: datetime.date
    inaugurated_on: datetime.date | None = None
    title: str = ""

    @property
    def day_before(self) -> datetime.date:
        """The last day on which everything was as before."""
        return self.since - datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Movement:
    """A decree and everything in the registry that it touches.

    `career` are the entries that it closes; `ending` the acting duties that end: the person's own in the post that they
    now hold (all of them, if they leave), and those of others in a post that is full now; `lasting` the person's other
    duties, which somebody should look at. `held` counts the other definitive holders of the post.
    """

    person: Person
    to: Position | None
    decree: Decree
    held: int = 0
    career: tuple[CareerEntry, ...] = ()
    ending: tuple[ActingAssignment, ...] = ()
    lasting: tuple[ActingAssignment, ...] = field(default=())

    @property
    def leaves(self) -> bool:
        """Whether the person leaves the institution."""
        return self.decree.kind in DEPARTURES

    @property
    def retires_on(self) -> datetime.date | None:
        """From which day they retire afterwards, by the age limit of the post, where that is known."""
        born_on, age = self.person.born_on, self.to.retirement_age if self.to else None
        if born_on is None or age is None:
            return self.person.retires_on
        years, month = divmod(born_on.month, 12)
        return datetime.date(born_on.year + age + years, month + 1, 1)

    def last_day_of(self, duty: ActingAssignment) -> datetime.date:
        """Return the last day of a duty that ends: the day before, or its only day."""
        return max(self.decree.day_before, duty.started_on)


def standing(person: Person) -> str:
    """Return how somebody stands, as a form keeps it: whoever sends it back has seen them so."""
    days = (str(day or "") for day in (person.position_since, person.inactive_since))
    return "/".join([str(person.position_id or ""), *days])


def is_ended_by(duty: ActingAssignment, person: Person, to: Position | None, *, leaves: bool, is_full: bool) -> bool:
    """Tell whether an acting duty that lasts ends when somebody moves to a post, or leaves."""
    if duty.person_id == person.pk:
        return leaves or (to is not None and duty.position_id == to.pk)
    return is_full and to is not None and duty.position_id == to.pk


def reasons_against_moving(movement: Movement, *, seen: str, today: datetime.date) -> list[Reason]:
    """Return why a movement may not take place. One that lies ahead does on its day and not before."""
    early = [Reason("move.future", {"today": today})] if movement.decree.since > today else []
    post = movement.to
    full = post is not None and movement.held >= seats_of(post)
    seats = [Reason("move.no_seat", {"seats": seats_of(post)})] if post and full else []
    against = _reasons(movement, seen, by=today)
    return against if _is_stale(against) else [*early, *against, *seats]


def reasons_against_planning(movement: Movement, *, seen: str, planned: Collection[datetime.date]) -> list[Reason]:
    """Return why a movement that lies ahead may not be recorded now; `planned` are the days of the person's others.

    Whether there is a seat is asked on its day: whoever holds it may move as well.
    """
    since = movement.decree.since
    against = _reasons(movement, seen, by=since)
    twice = [Reason("move.planned", {"since": since})] if since in planned else []
    return against if _is_stale(against) else [*twice, *against]


def reasons_against_cancelling(plan: PlannedMove, *, reason: str) -> list[Reason]:
    """Return why a planned movement may not be cancelled: it is closed, or nobody says why it should be."""
    if plan.state != MoveState.WAITING:
        return [Reason("move.closed")]
    return [] if reason.strip() else [Reason("move.reason")]


def decree_of(plan: PlannedMove) -> Decree:
    """Return the decree of a planned movement."""
    return Decree(Move(plan.kind), plan.number, plan.since, plan.inaugurated_on, plan.title)


def _is_stale(against: list[Reason]) -> bool:
    return [reason.code for reason in against] == ["move.meanwhile"]


def _reasons(movement: Movement, seen: str, *, by: datetime.date) -> list[Reason]:
    """Return what stands against a movement but its day and the seats; `by` it must have been inaugurated."""
    person, decree = movement.person, movement.decree
    if standing(person) != seen:
        return [Reason("move.meanwhile")]
    return [
        *_against_decree(decree, by),
        *_against_person(person, decree),
        *_against_post(movement),
        *_against_order(person, decree, movement.career),
    ]


def unlike_kind(movement: Movement, equivalent_tiers: Mapping[str, tuple[str, ...]]) -> list[Reason]:
    """Return `move.unlike_kind` where the tiers do not lie as the kind of movement says; it warns."""
    before, after = (rung(post, equivalent_tiers) for post in (movement.person.position, movement.to))
    if before is None or after is None:
        return []
    fits = {Move.PROMOTION: after < before, Move.TRANSFER: after == before, Move.DEMOTION: after > before}
    return [] if fits.get(movement.decree.kind, True) else [Reason("move.unlike_kind", {"move": movement.decree.kind})]


def _against_decree(decree: Decree, by: datetime.date) -> Iterator[Reason]:
    if not 0 < len(decree.number) <= NAME:
        yield Reason("letter.number", {"most": NAME})
    if decree.inaugurated_on and decree.inaugurated_on > by:
        yield Reason("move.inaugurated", {"today": by})
    if decree.kind is Move.RELEASE and not 0 < len(decree.title) <= NAME:
        yield Reason("move.title", {"most": NAME})


def _against_person(person: Person, decree: Decree) -> Iterator[Reason]:
    inactive = person.inactive_since is not None and person.inactive_since <= decree.since
    may_be_inactive = decree.kind in (Move.RETIREMENT, Move.DEATH)  # after leave, study, or before retirement
    if person.legal_status in DEPARTED or (inactive and not may_be_inactive):
        yield Reason("move.gone")
    if decree.kind is Move.RELEASE and person.position_id is None:
        yield Reason("move.no_position")


def _against_post(movement: Movement) -> Iterator[Reason]:
    post, since = movement.to, movement.decree.since
    if post is None:
        if movement.decree.kind in APPOINTMENTS:
            yield Reason("move.which_post")
        return
    if post.pk == movement.person.position_id:
        yield Reason("move.same_post")
    begun = post.valid_from is None or post.valid_from <= since
    if not begun or (post.valid_through is not None and post.valid_through < since):
        yield Reason("move.no_post")


def _against_order(person: Person, decree: Decree, career: Iterable[CareerEntry]) -> Iterator[Reason]:
    begun = [person.position_since, *(entry.started_on for entry in career)]
    latest = max((day for day in begun if day), default=None)
    if latest and decree.since <= latest:
        yield Reason("move.too_early", {"since": latest})
