"""Who may what on a day: the access of an account."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from django.conf import settings
from django.db.models import Q, QuerySet

from nawa.accounts import rules
from nawa.accounts.enums import DelegationKind, Tie
from nawa.accounts.models import Delegation, Grant, User
from nawa.accounts.permissions import DECIDING, Permission
from nawa.accounts.roles import ROLES, Role
from nawa.core.scope import Scope
from nawa.registry.models import Person
from nawa.registry.queries import active


@dataclass(frozen=True, slots=True)
class Held:
    """A role in use: over which unit (None: everything), and on whose behalf where it is delegated."""

    role: Role
    unit_code: str | None
    unit_name: str
    delegated_as: DelegationKind | None = None
    through: datetime.date | None = None  # the last day, if one is stated


@dataclass(frozen=True, slots=True)
class Access:
    """What an account may do on a day. The access of nobody is `Access()`: nothing."""

    user_id: str = ""
    person_id: str = ""  # public id of the employee behind the account; their own record is theirs to see
    roles: tuple[Held, ...] = ()
    scopes: Mapping[Permission, Scope] = field(default_factory=lambda: MappingProxyType({}))
    is_demo: bool = False

    def scope(self, permission: Permission) -> Scope:
        """Return where the permission holds; the empty scope where it does not."""
        return self.scopes.get(permission, Scope.nothing())

    def may(self, permission: Permission) -> bool:
        """Tell whether the permission holds anywhere."""
        return not self.scope(permission).is_empty

    @property
    def needs_second_factor(self) -> bool:
        """Whether this account must log in with TOTP (demo accounts apart: they hold no real data)."""
        return not self.is_demo and any(map(self.may, DECIDING))


def access_of(user: User, *, on: datetime.date) -> Access:
    """Return what an account may do on a day, from its own grants and those delegated to it (two queries)."""
    held = [*_own(user, on), *_delegated(user, on)]
    return Access(
        user_id=user.public_id,
        person_id=user.person.public_id if user.person else "",
        roles=tuple(held),
        scopes=MappingProxyType(_scopes(held)),
        is_demo=user.is_demo,
    )


def open_account(pk: int, *, on: datetime.date) -> User | None:
    """Return an account that may be entered on a day: not shut, its employee not gone; demo accounts in demo mode only.

    One query; the employee comes along.
    """
    rows = User.objects.select_related("person").filter(pk=pk, is_active=True)
    stays = Q(person__isnull=True) | Q(person__in=Person.objects.filter(active(on)))
    return rows.filter(stays, is_demo__in=(False, settings.DEMO)).first()


def _valid(on: datetime.date, prefix: str = "") -> Q:
    started = Q(**{f"{prefix}started_on__lte": on})
    return started & (Q(**{f"{prefix}ended_before__isnull": True}) | Q(**{f"{prefix}ended_before__gt": on}))


def grants(user: User, *, on: datetime.date) -> QuerySet[Grant]:
    """Return an account's own grants that hold on a day."""
    return Grant.objects.filter(_valid(on), user=user).select_related("unit").order_by("role", "pk")


def _own(user: User, on: datetime.date) -> Iterable[Held]:
    return [_held(grant) for grant in grants(user, on=on)]


def _delegated(user: User, on: datetime.date) -> Iterable[Held]:
    """Roles lent to the account by somebody whose own account is open."""
    rows = Delegation.objects.filter(_valid(on), _valid(on, "grant__"), to=user, grant__user__is_active=True)
    return [
        _held(row.grant, DelegationKind(row.kind), row.ended_before)
        for row in rows.select_related("grant__unit").order_by("pk")
    ]


def _held(grant: Grant, kind: DelegationKind | None = None, ended_before: datetime.date | None = None) -> Held:
    end = min((day for day in (ended_before, grant.ended_before) if day), default=None)
    return Held(
        role=Role(grant.role),
        unit_code=grant.unit.code if grant.unit else None,
        unit_name=grant.unit.name if grant.unit else "",
        delegated_as=kind,
        through=end - datetime.timedelta(days=1) if end else None,
    )


def _scopes(roles: Iterable[Held]) -> dict[Permission, Scope]:
    units: dict[Permission, set[str | None]] = defaultdict(set)
    for held in roles:
        for permission in ROLES[held.role].permissions:
            units[permission].add(held.unit_code)
    return {
        permission: Scope.everything() if None in codes else Scope.below(*(code for code in codes if code))
        for permission, codes in units.items()
    }


def demo_accounts() -> QuerySet[User]:
    """Return the accounts of the demo city, one per role and a few employees; none outside demo mode."""
    return (
        User.objects.filter(is_demo=True, is_active=settings.DEMO)
        .select_related("person")
        .prefetch_related("grants")
        .order_by("pk")
    )


def roles_of(users: Iterable[str]) -> dict[str, tuple[Role, ...]]:
    """Return the roles ever granted to accounts (public ids), each once (one query)."""
    found: dict[str, dict[Role, None]] = defaultdict(dict)
    rows = Grant.objects.filter(user__public_id__in=list(users)).order_by("role")
    for user, role in rows.values_list("user__public_id", "role"):
        found[user][Role(role)] = None
    return {user: tuple(roles) for user, roles in found.items()}


def names_of(actors: Iterable[str]) -> dict[str, str]:
    """Return the names of those actors (as rows and events keep them: `user:abc`) who are accounts (one query)."""
    users = User.objects.select_related("person").filter(
        public_id__in={actor.removeprefix("user:") for actor in actors if actor.startswith("user:")}
    )
    return {f"user:{user.public_id}": user.full_name for user in users}


def ties(
    actors: Iterable[str], to: str, *, asked: Permission, since: datetime.date, on: datetime.date
) -> frozenset[Tie]:
    """Return what ties any of these actors (`user:abc`), who asked for something, to one who decides on a day.

    Tied is whoever, between the day since which it was asked for and the day of the decision, used a role of one of
    them, or lent one of them the very role with which it was asked for; and who decides by a role that one of them
    gave. Parts of the system are tied to nobody. Three queries.
    """
    ids = {actor.removeprefix("user:") for actor in (*actors, to) if actor.startswith("user:")}
    users = {f"user:{user.public_id}": user for user in User.objects.select_related("person").filter(public_id__in=ids)}
    if to not in users:
        return frozenset()
    own, others = users[to], [users[actor] for actor in actors if actor in users]
    found = {tie for other in others for tie in rules.ties_of_identity(other, own)}
    roles = [role for role, form in ROLES.items() if asked in form.permissions]
    lent = Q(to=own, grant__user__in=others) | Q(to__in=others, grant__user=own, grant__role__in=roles)
    if Delegation.objects.filter(lent, started_on__lte=on, ended_before__gt=since).exists():
        found.add(Tie.DELEGATION)
    if Grant.objects.filter(_valid(on), user=own, granted_by__in=[actor for actor in actors if actor != to]).exists():
        found.add(Tie.GRANT)
    return frozenset(found)
