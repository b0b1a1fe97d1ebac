"""What is wrong with an acting duty: one function per rule, which returns a reason or nothing."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from nawa.core.constraints import NAME
from nawa.core.dates import months_after
from nawa.core.refusal import Reason
from nawa.policy.loading import Policy
from nawa.registry.enums import DEPARTED, FOR_VACANCIES, LADDER, LIMITED
from nawa.registry.models import ActingAssignment, Person, Position

_DAY: Final = datetime.timedelta(days=1)

PROVISIONS: Final[Mapping[str, str]] = {
    "acting.too_long": "acting.months",
    "acting.past_limit": "acting.months",
    "acting.over_extended": "acting.extensions",
    "acting.too_far_below": "acting.tier_steps",
    "acting.tier_unknown": "acting.tier_steps",
}
"""The provision of the policy that a finding rests on."""

REFERENCES: Final[Mapping[str, str]] = {
    "acting.post_filled": "UU 30/2014 Pasal 14 ayat (2)",
    "acting.post_vacant": "UU 30/2014 Pasal 14 ayat (2)",
    "acting.no_letter": "SE Kepala BKN 1/SE/I/2021",
    "acting.no_end": "SE Kepala BKN 1/SE/I/2021",
}
"""What findings without a number in the policy rest on, none of it confirmed; the rest is custom that nobody wrote."""

NOTES: Final = frozenset({"acting.tier_unknown"})
"""What somebody has to look up by hand; it is no finding."""


@dataclass(frozen=True, slots=True)
class Law:
    """What the policy says of acting duties, and which provisions are confirmed: these bind, the others warn."""

    months: int
    extensions: int
    tier_steps: int
    equivalent_tiers: Mapping[str, tuple[str, ...]]
    confirmed: frozenset[str] = frozenset()

    def binds(self, reason: Reason) -> bool:
        """Tell whether a deed is refused that would bring this about."""
        return reason.code not in NOTES and PROVISIONS.get(reason.code) in self.confirmed

    def limit(self, duty: ActingAssignment) -> datetime.date | None:
        """Return the last day that a duty may last, by its first; none where its kind has no limit."""
        return months_after(duty.started_on, self.months) - _DAY if duty.kind in LIMITED else None


def law_of(policy: Policy) -> Law:
    """Return what a policy says of acting duties."""
    numbers = policy.stewardship
    return Law(
        months=numbers.acting_months,
        extensions=numbers.acting_extensions,
        tier_steps=numbers.acting_tier_steps,
        equivalent_tiers=numbers.equivalent_tiers,
        confirmed=frozenset(item.path for item in policy.provisions if item.confirmed),
    )


@dataclass(frozen=True, slots=True)
class Case:
    """An acting duty and what stands around it on a day.

    `earlier` are the duties of the same person, post and kind that it continues without a break; `rivals` counts others
    who act in the post on some of the same days, `elsewhere` the other posts in which its holder does; `holders` the
    definitive ones of the post.
    """

    duty: ActingAssignment
    on: datetime.date
    earlier: Sequence[ActingAssignment] = ()
    rivals: int = 0
    elsewhere: int = 0
    holders: int = 0

    @property
    def last(self) -> datetime.date:
        """The last day that is known: the stated one, or the day on which we look."""
        return self.duty.ended_through or max(self.on, self.duty.started_on)


def without_letter(case: Case, _law: Law) -> Reason | None:
    """A duty is given by a letter."""
    return None if case.duty.letter_number else Reason("acting.no_letter")


def without_end(case: Case, _law: Law) -> Reason | None:
    """The letter says until when, for the kinds that have a limit."""
    is_open = case.duty.kind in LIMITED and case.duty.ended_through is None
    return Reason("acting.no_end") if is_open else None


def too_long(case: Case, law: Law) -> Reason | None:
    """The letter states a term longer than may be given at once."""
    limit, through = law.limit(case.duty), case.duty.ended_through
    if limit is None or through is None or through <= limit or case.on > limit:
        return None
    return Reason("acting.too_long", {"months": law.months, "limit": limit, "through": through})


def past_limit(case: Case, law: Law) -> Reason | None:
    """It lasts although the day has gone by on which it should have ended."""
    limit = law.limit(case.duty)
    if limit is None or case.on <= limit or case.last <= limit:
        return None
    return Reason("acting.past_limit", {"months": law.months, "limit": limit})


def over_extended(case: Case, law: Law) -> Reason | None:
    """It was extended more often than may be; terms that follow one another without a break are extensions."""
    times = len(case.earlier)
    if case.duty.kind not in LIMITED or times <= law.extensions:
        return None
    return Reason("acting.over_extended", {"times": times, "most": law.extensions})


def too_far_below(case: Case, law: Law) -> Reason | None:
    """Its holder's own tier lies too many steps below that of the post."""
    steps = _steps(case.duty, law)
    if steps is None or steps <= law.tier_steps:
        return None
    own = case.duty.person.position
    told = {"tier": own.tier if own else "", "post_tier": case.duty.position.tier}
    return Reason("acting.too_far_below", {**told, "steps": steps, "most": law.tier_steps})


def tier_unknown(case: Case, law: Law) -> Reason | None:
    """How far they lie apart cannot be told: somebody has to verify it by hand."""
    is_asked = case.duty.kind in LIMITED and _steps(case.duty, law) is None
    return Reason("acting.tier_unknown") if is_asked else None


def holder_left(case: Case, _law: Law) -> Reason | None:
    """Its holder has left within its term; why is not told."""
    person = case.duty.person
    gone = person.inactive_since is not None and person.inactive_since <= case.last
    return Reason("acting.holder_left") if gone or person.legal_status in DEPARTED else None


def holder_retires(case: Case, _law: Law) -> Reason | None:
    """Its holder retires within its term. For those alone who may read when somebody retires."""
    retires_on = case.duty.person.retires_on
    if retires_on is None or retires_on > case.last:
        return None
    return Reason("acting.holder_retires", {"since": retires_on})


def several_act(case: Case, _law: Law) -> Reason | None:
    """More people act in the post at once than it has seats."""
    acting = case.rivals + 1
    return Reason("acting.several_act", {"people": acting}) if case.rivals >= seats_of(case.duty.position) else None


def several_posts(case: Case, _law: Law) -> Reason | None:
    """Its holder acts in several posts at once."""
    return Reason("acting.several_posts", {"posts": case.elsewhere + 1}) if case.elsewhere else None


def post_filled(case: Case, _law: Law) -> Reason | None:
    """A Plt or Pj stands in where nobody holds the post."""
    full = case.holders >= seats_of(case.duty.position)
    return Reason("acting.post_filled") if case.duty.kind in FOR_VACANCIES and full else None


def post_vacant(case: Case, _law: Law) -> Reason | None:
    """A Plh stands in for a holder who is away for a time."""
    return Reason("acting.post_vacant") if case.duty.kind == "PLH" and case.holders == 0 else None


RULES: Final[tuple[Callable[[Case, Law], Reason | None], ...]] = (
    *(past_limit, too_long, over_extended, without_end, without_letter, holder_left, holder_retires),
    *(post_filled, post_vacant, several_act, several_posts, too_far_below, tier_unknown),
)
"""In the order in which findings are told: what presses most comes first."""


def findings(case: Case, law: Law) -> list[Reason]:
    """Return what is wrong with a duty, and what has to be verified by hand (`NOTES`)."""
    return [reason for rule in RULES if (reason := rule(case, law))]


def seats_of(post: Position) -> int:
    """Return how many seats a post has; a number that is not known counts as one."""
    return 1 if post.seats is None else post.seats


def meets(one: ActingAssignment, other: ActingAssignment) -> bool:
    """Tell whether two duties have a day in common."""
    return _begins_in_time(one, other) and _begins_in_time(other, one)


def continues(later: ActingAssignment, earlier: ActingAssignment) -> bool:
    """Tell whether a duty begins after another of the same person, post and kind did and without a break."""
    same = (later.person_id, later.position_id, later.kind) == (earlier.person_id, earlier.position_id, earlier.kind)
    if not same or earlier.started_on >= later.started_on:
        return False
    return earlier.ended_through is None or later.started_on <= earlier.ended_through + _DAY


def _begins_in_time(one: ActingAssignment, other: ActingAssignment) -> bool:
    return other.ended_through is None or one.started_on <= other.ended_through


def _steps(duty: ActingAssignment, law: Law) -> int | None:
    """Return by how many tiers a post lies above its acting holder's own; none where that cannot be told."""
    own = rung(duty.person.position, law.equivalent_tiers)
    wanted = rung(duty.position, law.equivalent_tiers)
    return None if own is None or wanted is None else own - wanted


def rung(post: Position | None, equivalent_tiers: Mapping[str, tuple[str, ...]]) -> int | None:
    """Return where a post stands on the ladder of tiers, the highest being 0, as itself or as what equals it."""
    if post is None:
        return None
    equals = (tier for tier, alike in equivalent_tiers.items() if post.tier in alike)
    tier = post.tier if post.tier in LADDER else next(equals, "")
    return LADDER.index(tier) if tier in LADDER else None


@dataclass(frozen=True, slots=True)
class Letter:
    """What a letter of appointment says: its number and date, and the first and last day of the duty."""

    number: str
    dated_on: datetime.date
    started_on: datetime.date
    ended_through: datetime.date


def duty_by_letter(person: Person, position: Position, kind: str, letter: Letter) -> ActingAssignment:
    """Return the duty that a letter gives, not stored yet."""
    return ActingAssignment(
        person=person,
        position=position,
        kind=kind,
        started_on=letter.started_on,
        ended_through=letter.ended_through,
        letter_number=letter.number,
        letter_dated_on=letter.dated_on,
    )


def reasons_against_recording(
    duty: ActingAssignment,
    letter: Letter,
    *,
    others: Iterable[ActingAssignment],
    findings: Iterable[Reason],
    seen: frozenset[str],
    law: Law,
    today: datetime.date,
) -> list[Reason]:
    """Return why a duty may not be recorded.

    `others` are the duties of the same person in the same post. What a confirmed rule finds wrong refuses; the other
    findings have to be the ones that were `seen`, or somebody would confirm what they do not know.
    """
    told = list(findings)
    found = [
        *_against_letter(letter, today),
        *_against_pair(duty),
        *([Reason("acting.overlaps")] if any(meets(duty, other) for other in others) else []),
        *(reason for reason in told if law.binds(reason)),
    ]
    return found or ([] if {reason.code for reason in told} == seen else [Reason("acting.other_findings")])


def reasons_against_ending(
    duty: ActingAssignment, through: datetime.date, *, seen: datetime.date | None
) -> list[Reason]:
    """Return why a duty may not end through a day. It ends earlier or as stated, never later: that takes a letter."""
    if duty.ended_through != seen:
        return [Reason("acting.meanwhile")]
    if through < duty.started_on:
        return [Reason("acting.order")]
    if duty.ended_through is not None and through >= duty.ended_through:
        return [Reason("acting.not_earlier", {"through": duty.ended_through})]
    return []


def _against_letter(letter: Letter, today: datetime.date) -> Iterator[Reason]:
    if not 0 < len(letter.number) <= NAME:
        yield Reason("letter.number", {"most": NAME})
    if letter.dated_on > today:
        yield Reason("letter.future", {"today": today})
    if letter.ended_through < letter.started_on:
        yield Reason("acting.order")


def _against_pair(duty: ActingAssignment) -> Iterator[Reason]:
    person, post = duty.person, duty.position
    if person.position_id == post.pk:
        yield Reason("acting.own_post")
    if person.legal_status in DEPARTED or (person.inactive_since and person.inactive_since <= duty.started_on):
        yield Reason("acting.gone")
    begun = post.valid_from is None or post.valid_from <= duty.started_on
    if not begun or (post.valid_through is not None and post.valid_through < duty.started_on):
        yield Reason("acting.no_post")
