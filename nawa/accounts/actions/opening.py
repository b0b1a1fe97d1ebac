"""Opening accounts: in bulk for the employees of units, for somebody without NIP, for the first administrator."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.conf import settings
from django.db import transaction

from nawa.accounts import queries, rules
from nawa.accounts.actions.slips import FIELDS, Slip, new_slip
from nawa.accounts.models import Grant, User
from nawa.accounts.roles import Role
from nawa.audit import actions as audit
from nawa.audit.enums import Event
from nawa.core import clock, ids, locks
from nawa.core.actor import Actor
from nawa.core.refusal import Reason, refuse_if
from nawa.core.scope import Scope
from nawa.demo.cast import Part
from nawa.registry.models import Person, Unit

OPENING: Final = "accounts"
"""Lock of whoever opens accounts in bulk: two at once would open the same ones."""

_BATCH: Final = 1_000


@transaction.atomic
def open_demo_accounts(parts: Sequence[Part], *, by: Actor) -> list[User]:
    """Open the accounts of the demo city, or find them where they are open already.

    Raises:
        Refusal: `accounts.not_demo` outside demo mode.
    """
    refuse_if(rules.reasons_against_demo_accounts(demo=settings.DEMO))
    if known := list(User.objects.filter(is_demo=True)):
        return known
    people = {person.nip: person for person in Person.objects.filter(nip__in=[part.nip for part in parts])}
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=[part.unit_code for part in parts])}
    opened = []
    for number, part in enumerate(parts):
        user = User(username=f"peraga-{number + 1}", person=people.get(part.nip or ""), name=part.name, is_demo=True)
        user.set_unusable_password()
        user.save()
        opened.append(user)
        if part.role:
            _grant(user, Role(part.role), units.get(part.unit_code or ""), by=by)
    audit.record(Event.DEMO_ACCOUNTS_OPENED, subject=ids.public_id(), by=by, details={"accounts": len(opened)})
    return opened


@transaction.atomic
def open_accounts(*, scope: Scope, renew: bool, by: Actor) -> list[Slip]:
    """Open an account for everybody in scope who works here and has none; return the slips, by name.

    `renew` also makes new slips for those who have never used theirs; an account that holds any role is left out.

    Raises:
        Refusal: `accounts.nobody`.
    """
    locks.hold(OPENING)
    today = clock.today()
    people = list(queries.newcomers(scope=scope, on=today).select_related("unit", "position__unit"))
    waiting = list(queries.waiting(scope=scope, on=today)) if renew else []
    refuse_if(rules.reasons_against_opening(people=len(people), renewed=len(waiting)))
    opened = [new_slip(User(username=person.nip, person=person), today=today) for person in people]
    renewed = [new_slip(account, today=today) for account in waiting]
    User.objects.bulk_create([slip.account for slip in opened], batch_size=_BATCH)
    User.objects.bulk_create(  # six times as fast as an update that spells out each row
        waiting, batch_size=_BATCH, update_conflicts=True, unique_fields=["id"], update_fields=FIELDS
    )
    slips = sorted([*opened, *renewed], key=lambda slip: slip.account.full_name)
    details = {"accounts": len(opened), "renewed": len(renewed), "through": slips[0].through}
    audit.record(Event.ACCOUNTS_OPENED, subject=ids.public_id(), by=by, details=details)
    return slips


@transaction.atomic
def open_outsider(*, login: str, name: str, by: Actor) -> Slip:
    """Open an account for somebody who is no employee here, such as an academic in the committee, or the mayor.

    Raises:
        Refusal: as `rules.reasons_against_outsider`.
    """
    login, name = login.strip(), " ".join(name.split())
    refuse_if(rules.reasons_against_outsider(login=login, name=name, taken=_taken(login)))
    return _opened(User(username=login, name=name), by=by)


@transaction.atomic
def open_administrator(*, login: str, name: str, by: Actor) -> Slip:
    """Let somebody in as administrator: the first of an installation, or one who has lost the way in.

    Opens the account where there is none, gives the role where it is not held, makes a new slip, and takes off the
    second factor. For the command line of the installation, which is beyond all rules.

    Raises:
        Refusal: `accounts.demo` for a demo account; as `rules.reasons_against_outsider` for a new one.
    """
    today = clock.today()
    known, person = queries.account_by_login(login), Person.objects.filter(nip=login.strip()).first()
    if known:
        slip = _let_in_again(known, by=by)
    elif person:
        slip = _opened(User(username=person.nip, person=person), by=by)
    else:
        slip = open_outsider(login=login, name=name, by=by)
    held = Grant.objects.filter(queries.valid(today), user=slip.account, role=Role.ADMINISTRATOR, unit=None)
    if not held.exists():
        grant = _grant(slip.account, Role.ADMINISTRATOR, None, by=by)
        details = {"account": slip.account.public_id, "role": grant.role, "since": grant.started_on}
        audit.record(Event.ROLE_GIVEN, subject=grant, by=by, details=details)
    return slip


def _opened(account: User, *, by: Actor) -> Slip:
    slip = new_slip(account, today=clock.today())
    account.save()
    audit.record(Event.ACCOUNT_OPENED, subject=account, by=by, details={"through": slip.through})
    return slip


def _let_in_again(account: User, *, by: Actor) -> Slip:
    refuse_if([Reason("accounts.demo")] if account.is_demo else [])
    slip = new_slip(account, today=clock.today())
    account.is_active = True
    account.save()
    queries.second_factors(account).delete()
    audit.record(Event.SLIP_RENEWED, subject=account, by=by, details={"through": slip.through})
    audit.record(Event.SECOND_FACTOR_DROPPED, subject=account, by=by)
    return slip


def _taken(login: str) -> bool:
    return User.objects.filter(username=login).exists() or Person.objects.filter(nip=login).exists()


def _grant(user: User, role: Role, unit: Unit | None, *, by: Actor) -> Grant:
    return Grant.objects.create(
        user=user, role=role, unit=unit, started_on=clock.today(), granted_by=str(by), granted_at=clock.now()
    )
