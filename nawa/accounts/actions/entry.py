"""The way into an account: its slip, its password, its second factor, and shutting it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction

from nawa.accounts import queries, rules
from nawa.accounts.actions.slips import FIELDS, Slip, new_slip
from nawa.accounts.models import User
from nawa.accounts.queries import Access
from nawa.accounts.rules import Standing
from nawa.audit import actions as audit
from nawa.audit.enums import UNKNOWN_NAME, Event
from nawa.core import clock, codes, locks
from nawa.core.actor import Actor, ActorKind
from nawa.core.refusal import refuse_if

ADMINISTRATORS: Final = "administrators"
"""Lock of whoever takes powers away: two administrators at once could each remove the other."""

_NOBODY: Final = User(username="", public_id="nobody")


def choose_language(*, user: User, language: str) -> None:
    """Remember the language in which somebody reads; no deed of record."""
    User.objects.filter(pk=user.pk).update(language=language)


@transaction.atomic
def note_entrance(event: Event, *, user: User) -> None:
    """Write down that the holder of an account came in or left (`ENTERED`, `LEFT`, `SESSION_IDLED`)."""
    audit.record(event, subject=user, by=Actor(ActorKind.USER, user.public_id))


@transaction.atomic
def note_refused_entrance(event: Event, *, username: str) -> None:
    """Write down that somebody, nobody knows who, was not let in under a name; an unknown name itself is not kept."""
    known = User.objects.filter(username=username).first()
    by = Actor.system("entrance")
    audit.record(event if known else Event.NAME_REFUSED, subject=known or UNKNOWN_NAME, by=by)


@transaction.atomic
def activate(*, login: str, code: str, password: str) -> User:
    """Give an account its holder's own password, in exchange for the code of a slip; the code is used up.

    Whether `password` is a good one is asked before. A wrong name takes as long as a wrong code.

    Raises:
        Refusal: `accounts.activation`, whatever the cause.
    """
    today = clock.today()
    account = User.objects.select_for_update().filter(username=login.strip()).first() or _NOBODY
    fits = codes.fits(code, account.activation, owner=account.public_id)
    fits = fits and queries.open_account(account.pk, on=today) is not None
    refuse_if(rules.reasons_against_activating(fits=fits, through=account.activation_through, today=today))
    account.set_password(password)
    account.activation, account.activation_through = "", None
    account.save(update_fields=FIELDS)
    audit.record(Event.ACCOUNT_ACTIVATED, subject=account, by=Actor(ActorKind.USER, account.public_id))
    return account


@transaction.atomic
def renew_slip(*, account: User, helper: Access, by: Actor) -> Slip:
    """Make a new slip for somebody who is locked out: their password and sessions end, their second factor stays.

    Raises:
        Refusal: as `rules.reasons_against_slip`.
    """
    account, facts = _held(account, helper, by)
    refuse_if(rules.reasons_against_slip(account, facts, by=by))
    slip = new_slip(account, today=clock.today())
    account.save(update_fields=FIELDS)
    audit.record(Event.SLIP_RENEWED, subject=account, by=by, details={"through": slip.through})
    return slip


@transaction.atomic
def drop_second_factor(*, account: User, helper: Access, by: Actor) -> None:
    """Take off the second factor of somebody who has lost their phone; their password stays.

    Raises:
        Refusal: as `rules.reasons_against_dropping_second_factor`.
    """
    account, facts = _held(account, helper, by)
    refuse_if(rules.reasons_against_dropping_second_factor(account, facts, by=by))
    queries.second_factors(account).delete()
    audit.record(Event.SECOND_FACTOR_DROPPED, subject=account, by=by)


@transaction.atomic
def close_account(*, account: User, helper: Access, by: Actor) -> None:
    """Shut an account: its sessions end, its password and slip are void, what it lent to others is not lent any more.

    Raises:
        Refusal: as `rules.reasons_against_closing`.
    """
    account, facts = _held(account, helper, by)
    refuse_if(rules.reasons_against_closing(account, facts, by=by))
    account.is_active = False
    account.set_unusable_password()
    account.activation, account.activation_through = "", None
    account.save(update_fields=["is_active", *FIELDS])
    audit.record(Event.ACCOUNT_CLOSED, subject=account, by=by)


@transaction.atomic
def forget_accounts(people: Iterable[int]) -> None:
    """Shut the accounts of people (primary keys) whose records are erased, and take out what tells of them.

    The caller records the deed.
    """
    for account in User.objects.select_for_update().filter(person__in=list(people)):
        account.is_active = False
        account.set_unusable_password()
        account.activation, account.activation_through = "", None
        account.username, account.name, account.email = account.public_id, "", ""
        account.save()
        Authenticator.objects.filter(user=account).delete()
        EmailAddress.objects.filter(user=account).delete()


@transaction.atomic
def reopen_account(*, account: User, helper: Access, by: Actor) -> None:
    """Open a shut account again; its holder comes in by a new slip.

    Raises:
        Refusal: as `rules.reasons_against_reopening`.
    """
    account, facts = _held(account, helper, by)
    refuse_if(rules.reasons_against_reopening(account, facts, by=by))
    account.is_active = True
    account.save(update_fields=["is_active"])
    audit.record(Event.ACCOUNT_REOPENED, subject=account, by=by)


def _held(account: User, helper: Access, by: Actor) -> tuple[User, Standing]:
    """Return the account, which nobody else changes until the deed is done, and what the rules must know of it."""
    locks.hold(ADMINISTRATORS)
    held = User.objects.select_for_update().get(pk=account.pk)
    return held, queries.standing(held, helper=helper, by=by, on=clock.today())
