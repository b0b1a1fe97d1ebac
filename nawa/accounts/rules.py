"""Whether a deed with accounts may happen now. Nothing here asks the database."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from nawa.accounts.enums import AccountState, DelegationKind, Tie
from nawa.accounts.models import Delegation, Grant, User
from nawa.accounts.roles import ROLES, Role
from nawa.core.actor import Actor, ActorKind
from nawa.core.constraints import NAME
from nawa.core.refusal import Reason
from nawa.registry.models import Unit

SLIP_DAYS: Final = 30
"""Days on which a new code can be used, the day of its making counted."""

APART_DAYS: Final = 30
"""Days within which one person alone may not both renew a slip and take off the second factor of the same account."""


@dataclass(frozen=True, slots=True)
class Term:
    """From when a role is meant to hold, before which day it ends (None: nobody knows), and by which letter."""

    started_on: datetime.date
    ended_before: datetime.date | None = None
    basis: str = ""

    def meets(self, started_on: datetime.date, ended_before: datetime.date | None) -> bool:
        """Whether the term and another have a day in common."""
        begins_in_time = self.ended_before is None or started_on < self.ended_before
        return begins_in_time and (ended_before is None or self.started_on < ended_before)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the rules need to know of an account and of whoever is about to help its holder.

    `exceeds`: the account may more than the helper, who could come into those powers with its slip. The two `_by_same`:
    the helper has, within `APART_DAYS`, made a slip for the account, or taken off its second factor. Each alone lets
    nobody in; both in one hand would.
    """

    state: AccountState
    has_second_factor: bool = False
    exceeds: bool = False
    renewed_by_same: bool = False
    dropped_by_same: bool = False
    is_last_administrator: bool = False


def reasons_against_demo_accounts(*, demo: bool) -> list[Reason]:
    """Demo accounts are entered without a password: they exist in demo mode only."""
    return [] if demo else [Reason("accounts.not_demo")]


def reasons_against_opening(*, people: int, renewed: int) -> list[Reason]:
    """Return `accounts.nobody` where there is nobody to open an account for."""
    return [] if people + renewed else [Reason("accounts.nobody")]


def reasons_against_outsider(*, login: str, name: str, taken: bool) -> list[Reason]:
    """Return why an account may not be opened for somebody without NIP: a name missing, or a log-in name taken."""
    return [
        *([] if name else [Reason("accounts.name")]),
        *([] if login else [Reason("accounts.login")]),
        *([Reason("accounts.login_taken")] if taken else []),
    ]


def reasons_against_slip(account: User, facts: Standing, *, by: Actor) -> list[Reason]:
    """Return why somebody may not make a new slip for an account, which ends its password."""
    return [
        *_against_help(account, facts, by),
        *([Reason("accounts.powers")] if facts.exceeds else []),
        *([Reason("accounts.demo")] if account.is_demo else []),
        *([Reason("accounts.apart", {"days": APART_DAYS})] if facts.dropped_by_same else []),
    ]


def reasons_against_dropping_second_factor(account: User, facts: Standing, *, by: Actor) -> list[Reason]:
    """Return why somebody may not take off an account's second factor."""
    return [
        *_against_help(account, facts, by),
        *([] if facts.has_second_factor else [Reason("accounts.no_second_factor")]),
        *([Reason("accounts.apart", {"days": APART_DAYS})] if facts.renewed_by_same else []),
    ]


def reasons_against_closing(account: User, facts: Standing, *, by: Actor) -> list[Reason]:
    """Return why somebody may not shut an account."""
    return [
        *([Reason("accounts.closed")] if facts.state is AccountState.CLOSED else []),
        *_against_oneself(account, by),
        *([Reason("accounts.powers")] if facts.exceeds else []),
        *([Reason("accounts.last_administrator")] if facts.is_last_administrator else []),
    ]


def reasons_against_reopening(account: User, facts: Standing, *, by: Actor) -> list[Reason]:
    """Return why somebody may not open a shut account again."""
    return [
        *([] if facts.state is AccountState.CLOSED else [Reason("accounts.not_closed")]),
        *_against_oneself(account, by),
        *([Reason("accounts.powers")] if facts.exceeds else []),
    ]


def reasons_against_activating(*, fits: bool, through: datetime.date | None, today: datetime.date) -> list[Reason]:
    """Return `accounts.activation`, the same for every cause, so that it tells nothing of who has an account."""
    return [] if fits and through and today <= through else [Reason("accounts.activation")]


def reasons_against_role(
    account: User,
    state: AccountState,
    role: Role,
    term: Term,
    *,
    unit: Unit | None,
    acting_as: str,
    held: Iterable[Grant],
    by: Actor,
    today: datetime.date,
) -> list[Reason]:
    """Return why somebody may not give a role to an account that was given the roles `held`."""
    same = [grant for grant in held if grant.role == role and grant.unit_id == (unit.pk if unit else None)]
    return [
        *_against_oneself(account, by, "accounts.role_to_oneself"),
        *_against_holder(state),
        *([Reason("grant.unit")] if ROLES[role].of_unit and unit is None else []),
        *([Reason("grant.whole")] if role is Role.ADMINISTRATOR and unit else []),
        *_against_term(term, today),
        *([Reason("grant.acting_ends")] if acting_as and term.ended_before is None else []),
        *([Reason("grant.overlaps")] if any(term.meets(g.started_on, g.ended_before) for g in same) else []),
    ]


def reasons_against_ending_role(
    grant: Grant, *, before: datetime.date, today: datetime.date, last_administrator: bool
) -> list[Reason]:
    """Return why a role may not end before a day."""
    return [
        *_against_ending(grant, before, today),
        *([Reason("accounts.last_administrator")] if last_administrator else []),
    ]


def reasons_against_delegating(
    grant: Grant,
    to: User,
    state: AccountState,
    kind: DelegationKind,
    term: Term,
    *,
    lender: AccountState,
    lent: Sequence[Delegation],
    by: Actor,
    today: datetime.date,
) -> list[Reason]:
    """Return why a grant may not be lent to an account; `lent` are its delegations so far, `lender` its holder's state.

    Only grants are lent: a role that was itself lent is nobody's to pass on. Nobody lends a role to themselves.
    """
    busy = any(term.meets(row.started_on, row.ended_before) for row in lent)
    return [
        *([Reason("delegation.own")] if to.pk == grant.user_id else []),
        *([Reason("delegation.lender")] if _against_holder(lender) else []),
        *_against_oneself(to, by, "accounts.role_to_oneself"),
        *_against_holder(state),
        *_against_term(term, today),
        *([Reason("delegation.ends")] if term.ended_before is None else []),
        *_against_outliving(grant, term),
        *([Reason("delegation.acting")] if grant.acting_as and kind is not DelegationKind.PLH else []),
        *([Reason("delegation.overlaps")] if busy else []),
    ]


def reasons_against_ending_delegation(row: Delegation, *, before: datetime.date, today: datetime.date) -> list[Reason]:
    """Return why a delegation may not end before a day."""
    return _against_ending(row, before, today)


def reasons_against_moving(account: User | None, *, by: Actor) -> list[Reason]:
    """Return `move.oneself` where somebody records a movement of their own; `account` is whoever's who moves."""
    return _against_oneself(account, by, "move.oneself") if account else []


def reasons_against_ending_with_movement(*, exceeds: bool) -> list[Reason]:
    """Return `move.powers` where a movement or the end of a duty would end roles that reach further than the doer's.

    Whoever gives roles ends those first; then somebody else records what the decree says.
    """
    return [Reason("move.powers")] if exceeds else []


def ends_with_movement(grant: Grant, *, leaves: bool, stays_in: bool) -> bool:
    """Tell whether a role ends when its holder moves. `stays_in`: afterwards they still belong to its unit, if any.

    What was given for an acting duty ends with that duty, and not with the post that somebody holds.
    """
    if leaves:
        return True
    return not grant.acting_as and (grant.role == Role.UNIT_HEAD or not stays_in)


def _against_help(account: User, facts: Standing, by: Actor) -> list[Reason]:
    return [*_against_oneself(account, by), *_against_holder(facts.state)]


def _against_oneself(account: User, by: Actor, code: str = "accounts.oneself") -> list[Reason]:
    return [Reason(code)] if by == Actor(ActorKind.USER, account.public_id) else []


def _against_holder(state: AccountState) -> list[Reason]:
    codes = {AccountState.CLOSED: "accounts.closed", AccountState.LEFT: "accounts.left"}
    return [Reason(codes[state])] if state in codes else []


def _against_term(term: Term, today: datetime.date) -> Iterator[Reason]:
    if term.started_on < today:
        yield Reason("grant.past", {"today": today})
    if term.ended_before is not None and term.ended_before <= term.started_on:
        yield Reason("grant.order")
    if not 0 < len(term.basis) <= NAME:
        yield Reason("letter.number", {"most": NAME})


def _against_outliving(grant: Grant, term: Term) -> Iterator[Reason]:
    if term.started_on < grant.started_on:
        yield Reason("delegation.early", {"first": grant.started_on})
    if grant.ended_before and (term.ended_before is None or term.ended_before > grant.ended_before):
        yield Reason("delegation.outlives", {"last": grant.ended_before - datetime.timedelta(days=1)})


def _against_ending(row: Grant | Delegation, before: datetime.date, today: datetime.date) -> list[Reason]:
    """A role ends from today on, never in the past; what has ended, or ends earlier, is left as it is."""
    if row.ended_before and (row.ended_before <= today or row.ended_before <= before):
        return [Reason("grant.ended", {"last": row.ended_before - datetime.timedelta(days=1)})]
    return [Reason("grant.past", {"today": today})] if before < today else []


def ties_of_identity(one: User, other: User) -> set[Tie]:
    """Return by what two accounts show that the same person may stand behind them.

    Names and addresses count only where an account names no employee: two employees may share a name, and their NIP
    tells them apart.
    """
    if one.pk == other.pk:
        return {Tie.ACCOUNT}
    if one.person_id and other.person_id:
        return {Tie.PERSON} if one.person_id == other.person_id else set()
    names, addresses = (
        {plain_name(user.full_name) for user in (one, other)},
        {one.email.casefold(), other.email.casefold()},
    )
    same_address = len(addresses) == 1 and addresses != {""}
    return {Tie.NAME} if len(names) == 1 or same_address else set()


def plain_name(name: str) -> str:
    """Return a name without titles, accents, punctuation and capitals, its words in order of the alphabet."""
    before_titles = unicodedata.normalize("NFKD", name.partition(",")[0]).casefold()
    words = [word for word in before_titles.split() if not word.endswith(".")]
    return " ".join(sorted(re.sub(r"[^a-z]", "", word) for word in words))
