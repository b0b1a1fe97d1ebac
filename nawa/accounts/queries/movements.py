"""What of somebody's access ends when they move, and heads whom a unit has lost."""

from __future__ import annotations

import datetime
from collections.abc import Container, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from nawa.accounts.models import Delegation, Grant, User
from nawa.accounts.queries.access import unended, valid
from nawa.accounts.roles import Role
from nawa.accounts.rules import ends_with_movement
from nawa.core.scope import Scope
from nawa.registry.models import ActingAssignment, Person
from nawa.registry.queries import subtree
from nawa.registry.rules.moves import Movement


@dataclass(frozen=True, slots=True)
class AccessMoved:
    """Roles that end with a movement, those that stay with the person, and what was lent that ends."""

    ending: tuple[Grant, ...] = ()
    staying: tuple[Grant, ...] = ()
    lent: tuple[Delegation, ...] = ()


def access_moved(moved: Movement, *, on: datetime.date) -> AccessMoved:
    """Return what ends and what stays: three queries, and one for each role over a unit."""
    rows = Grant.objects.filter(unended(on), user__person=moved.person).select_related("user__person", "unit")
    own = list(rows.order_by("role", "pk"))
    ends = {grant.pk: ends_with_movement(grant, leaves=moved.leaves, stays_in=_stays_in(grant, moved)) for grant in own}
    acting = given_for(moved.ending, on=on)
    ending = [grant for grant in own if ends[grant.pk]]
    ending += [grant for grant in acting if grant.pk not in {one.pk for one in ending}]
    staying = [grant for grant in own if grant.pk not in {one.pk for one in ending}]
    lent = lent_for(moved.ending, on=on, to=moved.person if moved.leaves else None)
    return AccessMoved(tuple(ending), tuple(staying), tuple(lent))


def roles_of_people(people: Container[str], *, on: datetime.date) -> list[Grant | Delegation]:
    """Return the roles of a day or later, own and lent, of people (public ids): two queries, however many people."""
    own = Grant.objects.filter(unended(on), user__person__isnull=False).select_related("user__person", "unit")
    lent = Delegation.objects.filter(unended(on), to__person__isnull=False)
    borrowed = lent.select_related("to__person", "grant__unit")
    found: list[Grant | Delegation] = [row for row in own if _holder(row.user) in people]
    return [*found, *(row for row in borrowed if _holder(row.to) in people)]


def _holder(account: User) -> str:
    return account.person.public_id if account.person else ""


def headless(*, since: datetime.date, on: datetime.date) -> int:
    """Count the units whose head's role has ended since a day, and of which nobody is head on a day (one query)."""
    heads = Grant.objects.filter(role=Role.UNIT_HEAD)
    other = heads.filter(valid(on), unit=OuterRef("unit"))
    ended = heads.filter(ended_before__gt=since, ended_before__lte=on)
    return ended.filter(~Exists(other)).order_by().values("unit").distinct().count()


def account_of(person: Person) -> User | None:
    """Return somebody's account, if they have one (one query)."""
    return User.objects.filter(person=person).first()


def _stays_in(grant: Grant, moved: Movement) -> bool:
    """Tell whether somebody still belongs to the unit of a role after they have moved."""
    if grant.unit is None:
        return True
    person = moved.person
    after = moved.to.unit_id if moved.to else person.unit_id or (person.position and person.position.unit_id)
    return after in (subtree(Scope.below(grant.unit.code)) or ())


def given_for(duties: Sequence[ActingAssignment], *, on: datetime.date) -> list[Grant]:
    """Return the roles of a day or later that were given for acting duties: of the same person, kind and unit."""
    rows = Grant.objects.filter(unended(on), _of_duties(duties, "user", "acting_as"))
    return list(rows.select_related("user__person", "unit").order_by("pk")) if duties else []


def lent_for(duties: Sequence[ActingAssignment], *, on: datetime.date, to: Person | None = None) -> list[Delegation]:
    """Return what of a day or later was lent for acting duties, and everything that was lent to somebody (`to`)."""
    wanted = _of_duties(duties, "to", "kind", "grant__") | (Q(to__person=to) if to else Q(pk__in=()))
    rows = Delegation.objects.filter(unended(on), wanted).select_related("to__person", "grant__unit")
    return list(rows.order_by("pk"))


def _of_duties(duties: Sequence[ActingAssignment], user: str, kind: str, grant: str = "") -> Q:
    wanted = Q(pk__in=())
    for duty in duties:
        of = {f"{user}__person": duty.person_id, kind: duty.kind, f"{grant}unit": duty.position.unit_id}
        wanted |= Q(**of)
    return wanted
