"""Roles: given, ended, lent to somebody who stands in, and taken back."""

from __future__ import annotations

import datetime

from django.db import transaction

from nawa.accounts import queries, rules
from nawa.accounts.actions.entry import ADMINISTRATORS
from nawa.accounts.enums import DelegationKind
from nawa.accounts.models import Delegation, Grant, User
from nawa.accounts.roles import Role
from nawa.accounts.rules import Term
from nawa.audit import actions as audit
from nawa.audit.enums import Event
from nawa.core import clock, locks
from nawa.core.actor import Actor
from nawa.core.refusal import refuse_if
from nawa.registry.models import Unit


@transaction.atomic
def give_role(
    *, account: User, role: Role, term: Term, by: Actor, unit: Unit | None = None, acting_as: str = ""
) -> Grant:
    """Give an account a role over a unit and all below it, or (without unit) everything.

    Raises:
        Refusal: as `rules.reasons_against_role`.
    """
    account = User.objects.select_for_update().get(pk=account.pk)
    today = clock.today()
    state, held = queries.state_of(account, on=today), Grant.objects.filter(user=account)
    refuse_if(
        rules.reasons_against_role(
            account, state, role, term, unit=unit, acting_as=acting_as, held=held, by=by, today=today
        )
    )
    grant = Grant.objects.create(
        user=account,
        role=role,
        unit=unit,
        started_on=term.started_on,
        ended_before=term.ended_before,
        acting_as=acting_as,
        basis=term.basis,
        granted_by=str(by),
        granted_at=clock.now(),
    )
    details = {"account": account.public_id, "role": role.value, "since": grant.started_on}
    audit.record(Event.ROLE_GIVEN, subject=grant, by=by, details=details)
    return grant


@transaction.atomic
def end_role(*, grant: Grant, before: datetime.date, by: Actor) -> None:
    """Let a role end before a day; one that has not begun by then never holds. Delegations of it end with it.

    Raises:
        Refusal: as `rules.reasons_against_ending_role`.
    """
    locks.hold(ADMINISTRATORS)
    grant = Grant.objects.select_for_update().get(pk=grant.pk)
    today = clock.today()
    last = grant.role == Role.ADMINISTRATOR and queries.is_last_administrator(grant.user, on=today)
    refuse_if(rules.reasons_against_ending_role(grant, before=before, today=today, last_administrator=last))
    grant.ended_before = max(before, grant.started_on)
    grant.save(update_fields=["ended_before"])
    details = {"account": grant.user.public_id, "role": grant.role, "before": grant.ended_before}
    audit.record(Event.ROLE_ENDED, subject=grant, by=by, details=details)


@transaction.atomic
def delegate(*, grant: Grant, to: User, kind: DelegationKind, term: Term, by: Actor) -> Delegation:
    """Lend a grant to another account for a time.

    Raises:
        Refusal: as `rules.reasons_against_delegating`.
    """
    grant = Grant.objects.select_for_update().get(pk=grant.pk)
    today = clock.today()
    state, lender = queries.state_of(to, on=today), queries.state_of(grant.user, on=today)
    lent = list(grant.delegations.all())
    refuse_if(
        rules.reasons_against_delegating(grant, to, state, kind, term, lender=lender, lent=lent, by=by, today=today)
    )
    row = Delegation.objects.create(
        grant=grant,
        to=to,
        kind=kind,
        started_on=term.started_on,
        ended_before=term.ended_before or term.started_on,  # the rules have asked for one
        basis=term.basis,
        delegated_by=str(by),
        delegated_at=clock.now(),
    )
    details = {"role": grant.role, "owner": grant.user.public_id, "to": to.public_id, "kind": kind.value}
    dates = {"since": row.started_on, "before": row.ended_before}
    audit.record(Event.ROLE_DELEGATED, subject=row, by=by, details={**details, **dates})
    return row


@transaction.atomic
def end_delegation(*, delegation: Delegation, before: datetime.date, by: Actor) -> None:
    """Let a delegation end before a day.

    Raises:
        Refusal: as `rules.reasons_against_ending_delegation`.
    """
    row = Delegation.objects.select_for_update().get(pk=delegation.pk)
    refuse_if(rules.reasons_against_ending_delegation(row, before=before, today=clock.today()))
    row.ended_before = max(before, row.started_on)
    row.save(update_fields=["ended_before"])
    details = {"role": row.grant.role, "to": row.to.public_id, "before": row.ended_before}
    audit.record(Event.DELEGATION_ENDED, subject=row, by=by, details=details)
