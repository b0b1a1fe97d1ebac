"""Acting duties: those that last or will, what is wrong with each, and posts that nobody looks after."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from nawa.core.refusal import Reason
from nawa.core.scope import Scope
from nawa.registry.enums import MANAGERIAL_TIERS, DutyState
from nawa.registry.models import ActingAssignment, Person, Position
from nawa.registry.queries.finding import called
from nawa.registry.queries.posts import RANK, existing, manned
from nawa.registry.queries.scopes import active, only, subtree
from nawa.registry.rules.acting import NOTES, Case, Law, continues, findings, meets, over_extended, past_limit

Inside: TypeAlias = frozenset[int] | None
"""Units by primary key; None leaves none out."""

_PRESSING: Final = frozenset({"acting.past_limit", "acting.over_extended"})


@dataclass(frozen=True, slots=True)
class WantedDuties:
    """Which duties a reader wants to see; empty means all. `inside`: units by primary key, and no others."""

    inside: frozenset[int] | None = None
    state: DutyState | None = None
    kind: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Examined:
    """A duty with what is wrong with it on a day, and the last day that it may last (none: its kind has no limit)."""

    duty: ActingAssignment
    on: datetime.date
    reasons: tuple[Reason, ...]
    limit: datetime.date | None

    @property
    def findings(self) -> tuple[Reason, ...]:
        """What is wrong with it, without what has to be looked up by hand."""
        return tuple(reason for reason in self.reasons if reason.code not in NOTES)

    @property
    def has_begun(self) -> bool:
        """Whether it is in force."""
        return self.duty.started_on <= self.on

    @property
    def is_past_limit(self) -> bool:
        """Whether it lasts longer than it may, or was extended more often."""
        return any(reason.code in _PRESSING for reason in self.reasons)

    @property
    def days(self) -> int:
        """How many days of it have gone by, the day itself counted."""
        return max((self.on - self.duty.started_on).days + 1, 0)

    @property
    def allowed(self) -> int:
        """How many days it may last; 0 where its kind has no limit."""
        return (self.limit - self.duty.started_on).days + 1 if self.limit else 0

    def ends_within(self, days: int) -> bool:
        """Tell whether its last day lies between today and so many days from now."""
        through = self.duty.ended_through
        return through is not None and self.on <= through <= self.on + datetime.timedelta(days=days)

    def is_in(self, state: DutyState) -> bool:
        """Tell whether a list that is narrowed by a state holds it."""
        codes = {reason.code for reason in self.reasons}
        return {
            DutyState.ENDING_7: self.ends_within(7),
            DutyState.ENDING_30: self.ends_within(30),
            DutyState.PAST: self.is_past_limit,
            DutyState.SEVERAL: "acting.several_posts" in codes,
            DutyState.FOUND: bool(self.findings),
            DutyState.COMING: not self.has_begun,
        }[state]


@dataclass(slots=True)
class _Around:
    """Duties by their people (`of`) and by their posts (`within`), the latest first."""

    of: dict[int, list[ActingAssignment]] = field(default_factory=lambda: defaultdict(list))
    within: dict[int, list[ActingAssignment]] = field(default_factory=lambda: defaultdict(list))


def examined_duties(*, inside: Inside, retiring: Inside, law: Law, on: datetime.date) -> list[Examined]:
    """Return the duties in the posts of these units (in scope) that last on a day or will, what presses most first.

    `retiring` are the units of whose people the reader may know when they retire. Three queries.
    """
    lasting = Q(ended_through__isnull=True) | Q(ended_through__gte=on)
    rows = only(ActingAssignment.objects.filter(lasting), inside, "position__unit_id")
    duties = list(_described(rows).order_by("started_on", "pk"))
    return sorted(examined(duties, retiring=retiring, law=law, on=on), key=_urgency)


def examined(duties: Sequence[ActingAssignment], *, retiring: Inside, law: Law, on: datetime.date) -> list[Examined]:
    """Return duties (in scope), also some that are not stored yet, each with what is wrong with it (two queries)."""
    around = _around(duties)
    holders = _holders({duty.position_id for duty in duties}, on)
    found = []
    for duty in duties:
        reasons = findings(_case(duty, around, holders, on), law)
        if not _is_home(duty.person, retiring):  # that somebody retires is a secret: their post will be empty
            reasons = [reason for reason in reasons if reason.code != "acting.holder_retires"]
        found.append(Examined(duty, on, tuple(reasons), law.limit(duty)))
    return found


def _is_home(person: Person, inside: Inside) -> bool:
    home = person.unit_id or (person.position.unit_id if person.position else None)
    return inside is None or home in inside


def pressing(*, inside: Inside, law: Law, on: datetime.date) -> dict[DutyState, int]:
    """Count the duties in the posts of these units (in scope) that are past a limit, and that end soon (one query)."""
    rows = only(ActingAssignment.objects.order_by("-started_on", "-pk"), inside, "position__unit_id")
    of: dict[int, list[ActingAssignment]] = defaultdict(list)
    for row in rows:
        of[row.person_id].append(row)
    counts: Counter[DutyState] = Counter()
    for duty in (one for own in of.values() for one in own if one.ended_through is None or one.ended_through >= on):
        case = Case(duty, on, earlier=_chain(duty, of[duty.person_id]))
        told = tuple(reason for rule in (past_limit, over_extended) if (reason := rule(case, law)))
        one = Examined(duty, on, told, law.limit(duty))
        counts.update(state for state in (DutyState.PAST, DutyState.ENDING_7) if one.is_in(state))
    return counts


def wanted_among(found: Iterable[Examined], wanted: WantedDuties) -> list[Examined]:
    """Return those duties that a reader wants to see (one query where they search for a name)."""
    kept = [
        one
        for one in found
        if (wanted.inside is None or one.duty.position.unit_id in wanted.inside)
        and (not wanted.kind or one.duty.kind == wanted.kind)
        and (wanted.state is None or one.is_in(wanted.state))
    ]
    if not wanted.text:
        return kept
    named = called(wanted.text, "person__") | Q(position__name__icontains=wanted.text)
    rows = ActingAssignment.objects.filter(named, pk__in=[one.duty.pk for one in kept])
    pks = set(rows.values_list("pk", flat=True))
    return [one for one in kept if one.duty.pk in pks]


def duty_by_id(pk: int, *, scope: Scope) -> ActingAssignment | None:
    """Return a duty in a post in scope, with its post and its holder's own (two queries at most)."""
    rows = only(ActingAssignment.objects.filter(pk=pk), subtree(scope), "position__unit_id")
    return _described(rows).first()


def uncovered(*, inside: Inside, on: datetime.date) -> list[Position]:
    """Return the managerial posts of these units (in scope) with an empty seat in which nobody acts (one query).

    The highest come first.
    """
    posts = only(existing(scope=Scope.everything(), on=on), inside, "unit_id").filter(tier__in=MANAGERIAL_TIERS)
    empty = manned(posts, on=on).filter(Q(("free__gt", 0), ("acting", 0))).select_related("unit")
    return list(empty.order_by(RANK, "echelon", Lower("name"), "pk"))


def post_in_scope(pk: int, *, scope: Scope, on: datetime.date) -> Position | None:
    """Return a post in scope that exists on a day, with its unit and how many hold it (two queries at most)."""
    return manned(existing(scope=scope, on=on).filter(pk=pk), on=on).select_related("unit").first()


def _described(rows: QuerySet[ActingAssignment]) -> QuerySet[ActingAssignment]:
    return rows.select_related("person__position", "position__unit")


def _around(duties: Sequence[ActingAssignment]) -> _Around:
    """Return every duty, past ones too, of these people and in these posts (one query)."""
    people, posts = {duty.person_id for duty in duties}, {duty.position_id for duty in duties}
    rows = ActingAssignment.objects.filter(Q(person__in=people) | Q(position__in=posts))
    around = _Around()
    for row in rows.order_by("-started_on", "-pk"):
        around.of[row.person_id].append(row)
        around.within[row.position_id].append(row)
    return around


def _holders(posts: Collection[int], on: datetime.date) -> Mapping[int, int]:
    rows = Person.objects.filter(active(on), position__in=posts).values_list("position_id", flat=True)
    return Counter(pk for pk in rows if pk is not None)


def _case(duty: ActingAssignment, around: _Around, holders: Mapping[int, int], on: datetime.date) -> Case:
    own = [one for one in around.of[duty.person_id] if one.pk != duty.pk]
    rivals = {
        one.person_id for one in around.within[duty.position_id] if one.person_id != duty.person_id and meets(one, duty)
    }
    elsewhere = {one.position_id for one in own if one.position_id != duty.position_id and meets(one, duty)}
    return Case(
        duty,
        on,
        earlier=_chain(duty, own),
        rivals=len(rivals),
        elsewhere=len(elsewhere),
        holders=holders.get(duty.position_id, 0),
    )


def _chain(duty: ActingAssignment, own: Sequence[ActingAssignment]) -> list[ActingAssignment]:
    """Return the duties that one continues, one after the other, the latest first; `own` come latest first."""
    found: list[ActingAssignment] = []
    for other in own:
        if continues(found[-1] if found else duty, other):
            found.append(other)
    return found


def _urgency(one: Examined) -> tuple[bool, bool, datetime.date, int]:
    last = one.duty.ended_through or one.limit or datetime.date.max
    return (not one.is_past_limit, not one.findings, last, one.duty.pk)
