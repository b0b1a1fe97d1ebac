"""What may be done with accounts."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction

from nawa.accounts import rules
from nawa.accounts.models import Grant, User
from nawa.audit import actions as audit
from nawa.audit.enums import UNKNOWN_NAME, Event
from nawa.core import clock, ids
from nawa.core.actor import Actor, ActorKind
from nawa.core.refusal import refuse_if
from nawa.demo.cast import Part
from nawa.registry.models import Person, Unit


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
            Grant.objects.create(
                user=user,
                role=part.role,
                unit=units.get(part.unit_code or ""),
                started_on=clock.today(),
                granted_by=str(by),
                granted_at=clock.now(),
            )
    audit.record(Event.DEMO_ACCOUNTS_OPENED, subject=ids.public_id(), by=by, details={"accounts": len(opened)})
    return opened


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


def choose_language(*, user: User, language: str) -> None:
    """Remember the language in which somebody reads; no deed of record."""
    User.objects.filter(pk=user.pk).update(language=language)
