"""Reading accounts: the list, one account with its roles past and present, and whom to open accounts for."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from nawa.accounts.enums import AccountState
from nawa.accounts.models import Delegation, Grant, User
from nawa.accounts.queries.access import Access, exceeds, held_by, open_on, unended, valid
from nawa.accounts.roles import Role
from nawa.accounts.rules import APART_DAYS, Standing
from nawa.audit.enums import Event
from nawa.audit.queries import deeds_of
from nawa.core.actor import Actor
from nawa.core.scope import Scope
from nawa.registry.models import Person
from nawa.registry.queries import active, people

_NO_PASSWORD = Q(password="") | Q(password__startswith="!")  # noqa: S106 - how Django marks what nobody can type


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which accounts somebody asks for; what is empty asks for nothing. `unit` is a code, with all below it."""

    unit: str = ""
    role: str = ""
    state: str = ""
    text: str = ""


def accounts(*, scope: Scope, on: datetime.date) -> QuerySet[User]:
    """Return the accounts of the people in scope, by name; those without an employee belong to the whole institution.

    Each knows its `state` on the day, its `shown_name`, and whether it has a second factor (`has_second_factor`).
    """
    rows = _described(on).select_related("person__unit", "person__position__unit")
    inside = rows if scope.all_units else rows.filter(person__in=people(scope=scope))
    return inside.order_by("shown_name", "pk")


def _described(on: datetime.date) -> QuerySet[Any]:
    totp = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
    return User.objects.annotate(
        state=_state(on), shown_name=Coalesce("person__name", "name"), has_second_factor=Exists(totp)
    )


def narrowed(rows: QuerySet[User], wanted: Wanted, *, on: datetime.date) -> QuerySet[User]:
    """Return those of the accounts that somebody asks for."""
    asked = Q()
    if wanted.unit:
        asked &= Q(person__in=people(scope=Scope.below(wanted.unit)))
    if wanted.role:
        asked &= _holding(wanted.role, on)
    if wanted.state:
        asked &= Q(state=wanted.state)
    for word in wanted.text.split():
        asked &= Q(username__icontains=word) | Q(shown_name__icontains=word)
    found: QuerySet[User] = rows.filter(asked)
    return found


def _holding(role: str, on: datetime.date) -> Q:
    own = Grant.objects.filter(valid(on), user=OuterRef("pk"), role=role)
    lenders = open_on(on, "grant__user__")
    lent = Delegation.objects.filter(valid(on), valid(on, "grant__"), lenders, to=OuterRef("pk"), grant__role=role)
    return Q(Exists(own)) | Q(Exists(lent))


def state_of(account: User, *, on: datetime.date) -> AccountState:
    """Return whether an account can be entered on a day, and if not, why (one query)."""
    return AccountState(_described(on).values_list("state", flat=True).get(pk=account.pk))


def standing(account: User, *, helper: Access, by: Actor, on: datetime.date) -> Standing:
    """Return what the rules need to know of an account and of its helper (at most seven queries)."""
    held = held_by([account.pk], on=on, or_later=True).get(account.pk, [])
    deeds = deeds_of(by, account.public_id, since=on - datetime.timedelta(days=APART_DAYS))
    state, has_second_factor = _described(on).values_list("state", "has_second_factor").get(pk=account.pk)
    return Standing(
        state=AccountState(state),
        has_second_factor=has_second_factor,
        exceeds=exceeds(held, helper),
        renewed_by_same=Event.SLIP_RENEWED in deeds,
        dropped_by_same=Event.SECOND_FACTOR_DROPPED in deeds,
        is_last_administrator=any(one.role is Role.ADMINISTRATOR for one in held)
        and is_last_administrator(account, on=on),
    )


def is_last_administrator(account: User, *, on: datetime.date) -> bool:
    """Tell whether nobody could give roles any more without this account from a day on (one query)."""
    lasting = set(administrators(on=on).values_list("pk", flat=True))
    return lasting == {account.pk}


def second_factors(account: User) -> QuerySet[Any]:
    """Return what an account's second factor consists of: the key in the phone, and the recovery codes."""
    found: QuerySet[Any] = Authenticator.objects.filter(user=account)
    return found


def _state(on: datetime.date) -> Case:
    gone = Q(person__isnull=False) & ~active(on, "person__")
    return Case(
        When(is_active=False, then=Value(AccountState.CLOSED)),
        When(gone, then=Value(AccountState.LEFT)),
        When(_NO_PASSWORD, is_demo=False, then=Value(AccountState.WAITING)),
        default=Value(AccountState.ACTIVE),
    )


def account_by_login(login: str) -> User | None:
    """Return the account with a log-in name, as somebody types it who stands before its holder (one query)."""
    return User.objects.select_related("person").filter(username=login.strip()).first()


def newcomers(*, scope: Scope, on: datetime.date) -> QuerySet[Person]:
    """Return the people in scope who work here on a day and have no account."""
    without = ~Exists(User.objects.filter(person=OuterRef("pk")))
    return people(scope=scope).filter(active(on), without).order_by("name", "pk")


def waiting(*, scope: Scope, on: datetime.date) -> QuerySet[User]:
    """Return the accounts in scope whose slip was never used; those that hold any role are renewed one by one."""
    held = Exists(Grant.objects.filter(unended(on), user=OuterRef("pk")))
    lent = Exists(Delegation.objects.filter(unended(on), to=OuterRef("pk")))
    return accounts(scope=scope, on=on).filter(~held, ~lent, Q(state=AccountState.WAITING), person__isnull=False)


def grants_of(account: User) -> QuerySet[Grant]:
    """Return all roles ever given to an account, the latest first, each with its delegations (two queries)."""
    return (
        Grant.objects.filter(user=account)
        .select_related("unit")
        .prefetch_related("delegations__to__person")
        .order_by("-started_on", "-pk")
    )


def delegations_of(account: User) -> QuerySet[Delegation]:
    """Return all roles ever lent to an account, the latest first (one query)."""
    rows = Delegation.objects.filter(to=account).select_related("grant__unit", "grant__user__person")
    return rows.order_by("-started_on", "-pk")


def grant_by_id(public_id: str) -> Grant | None:
    """Return a grant by its opaque id, with whose it is."""
    return Grant.objects.select_related("user__person", "unit").filter(public_id=public_id).first()


def delegation_by_id(public_id: str) -> Delegation | None:
    """Return a delegation by its opaque id, with whose role it is and to whom it is lent."""
    rows = Delegation.objects.select_related("grant__user__person", "to__person")
    return rows.filter(public_id=public_id).first()


def administrators(*, on: datetime.date) -> QuerySet[User]:
    """Return the accounts that can be entered as an administrator of everything on a day and ever after."""
    lasting = Grant.objects.filter(
        user=OuterRef("pk"), role=Role.ADMINISTRATOR, unit=None, started_on__lte=on, ended_before=None
    )
    found: QuerySet[User] = _described(on).filter(Exists(lasting), state=AccountState.ACTIVE)
    return found
