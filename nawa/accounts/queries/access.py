"""Who may what on a day: the access of an account."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from nawa.accounts import rules
from nawa.accounts.enums import DelegationKind, Tie
from nawa.accounts.models import Delegation, Grant, User
from nawa.accounts.permissions import DECIDING, Permission
from nawa.accounts.roles import ROLES, Role
from nawa.core.actor import Actor, ActorKind
from nawa.core.scope import Scope
from nawa.registry.queries import active, subtree


@dataclass(frozen=True, slots=True)
class Held:
    """A role in use: over which unit (None: everything), and as what where its holder stands in for somebody."""

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


WHOLE: Final = Access(scopes=MappingProxyType(dict.fromkeys(Permission, Scope.everything())))
"""The access of whoever holds the command line of the installation."""


def access_of(user: User, *, on: datetime.date) -> Access:
    """Return what an account may do on a day, from its own grants and those delegated to it (two queries)."""
    held = held_by([user.pk], on=on)[user.pk]
    return Access(
        user_id=user.public_id,
        person_id=user.person.public_id if user.person else "",
        roles=tuple(held),
        scopes=MappingProxyType(scopes_of(held)),
        is_demo=user.is_demo,
    )


def held_by(users: Sequence[int], *, on: datetime.date, or_later: bool = False) -> Mapping[int, list[Held]]:
    """Return the roles of accounts (primary keys) on a day, own ones first; `or_later` takes those to come as well.

    A role is lent only by somebody whose own account can be entered. Two queries.
    """
    holds = unended if or_later else valid
    found: dict[int, list[Held]] = defaultdict(list)
    for grant in Grant.objects.filter(holds(on), user__in=users).select_related("unit").order_by("role", "pk"):
        found[grant.user_id].append(_held(grant, grant.acting_as))
    lent = Delegation.objects.filter(holds(on), holds(on, "grant__"), open_on(on, "grant__user__"), to__in=users)
    for row in lent.select_related("grant__unit").order_by("pk"):
        found[row.to_id].append(_held(row.grant, row.kind, row.ended_before))
    return found


def exceeds(held: Iterable[Held], helper: Access) -> bool:
    """Tell whether roles reach further than the helper's own: some permission somewhere that the helper lacks there.

    Whoever gives all roles themselves (`Permission.GRANTS`, everywhere) is exceeded by nobody.
    """
    if helper.scope(Permission.GRANTS).all_units:
        return False
    pairs = {(helper.scope(permission), scope) for permission, scope in scopes_of(held).items()}
    return any(not _covers(mine, other) for mine, other in pairs)


def beyond(roles: Sequence[Grant | Delegation], by: Actor, *, on: datetime.date) -> bool:
    """Tell whether roles, own or lent, exceed what somebody may on a day; parts of the system are exceeded by nobody.

    At most three queries, and those of `exceeds`; none where there are no roles.
    """
    if not roles or by.kind is not ActorKind.USER:
        return False
    held = [_held(row.grant, row.kind) if isinstance(row, Delegation) else _held(row) for row in roles]
    doer = User.objects.select_related("person").filter(public_id=by.id).first()
    return exceeds(held, access_of(doer, on=on) if doer else Access())


def _covers(mine: Scope, other: Scope) -> bool:
    """Tell whether a scope lies within another (two queries where it is not plain to see)."""
    if mine.all_units or other.all_units:
        return mine.all_units
    return other.subtrees <= mine.subtrees or (subtree(other) or frozenset()) <= (subtree(mine) or frozenset())


def open_account(pk: int, *, on: datetime.date) -> User | None:
    """Return an account that may be entered on a day: not shut, its employee not gone; demo accounts in demo mode only.

    One query; the employee comes along, and as `has_second_factor` whether the account has one.
    """
    factor = Exists(Authenticator.objects.filter(user=OuterRef("pk")))
    rows = User.objects.select_related("person").annotate(has_second_factor=factor)
    return rows.filter(open_on(on), pk=pk).first()


def open_on(on: datetime.date, prefix: str = "") -> Q:
    """Return the filter for accounts that may be entered on a day, as far as their password is right."""
    stays = Q(**{f"{prefix}person__isnull": True}) | active(on, f"{prefix}person__")
    kinds = (False, True) if settings.DEMO else (False,)
    return stays & Q(**{f"{prefix}is_active": True, f"{prefix}is_demo__in": kinds})


def unended(on: datetime.date, prefix: str = "") -> Q:
    """Return the filter for grants or delegations that hold on a day, or will."""
    return Q(**{f"{prefix}ended_before__isnull": True}) | Q(**{f"{prefix}ended_before__gt": on})


def valid(on: datetime.date, prefix: str = "") -> Q:
    """Return the filter for grants or delegations that hold on a day."""
    return Q(**{f"{prefix}started_on__lte": on}) & unended(on, prefix)


def _held(grant: Grant, kind: str = "", ended_before: datetime.date | None = None) -> Held:
    end = min((day for day in (ended_before, grant.ended_before) if day), default=None)
    return Held(
        role=Role(grant.role),
        unit_code=grant.unit.code if grant.unit else None,
        unit_name=grant.unit.name if grant.unit else "",
        delegated_as=DelegationKind(kind) if kind else None,
        through=end - datetime.timedelta(days=1) if end else None,
    )


def scopes_of(roles: Iterable[Held]) -> dict[Permission, Scope]:
    """Return where each permission of these roles holds."""
    units: dict[Permission, set[str | None]] = defaultdict(set)
    for held in roles:
        for permission in ROLES[held.role].permissions:
            units[permission].add(held.unit_code)
    return {
        permission: Scope.everything() if None in codes else Scope.below(*(code for code in codes if code))
        for permission, codes in units.items()
    }


def demo_accounts() -> QuerySet[User]:
    """Return the accounts of the demo city, at least one per role and a few employees; none outside demo mode."""
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


def accounts_alike(actor: str) -> frozenset[str]:
    """Return an actor (`user:abc`) and all accounts behind which the same person may stand (two queries)."""
    users = User.objects.select_related("person")
    own = users.filter(public_id=actor.removeprefix("user:")).first()
    if own is None:
        return frozenset({actor})
    others = users.filter(person__isnull=True) if own.person_id else users.all()  # an employee has one account
    alike = {f"user:{other.public_id}" for other in others if rules.ties_of_identity(own, other)}
    return frozenset({actor, *alike})


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
    if Grant.objects.filter(valid(on), user=own, granted_by__in=[actor for actor in actors if actor != to]).exists():
        found.add(Tie.GRANT)
    return frozenset(found)
