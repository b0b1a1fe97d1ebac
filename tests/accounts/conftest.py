"""The small office with accounts for all three, and an administrator."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from nawa.accounts.models import Grant, User
from nawa.accounts.queries import Access, access_of
from nawa.accounts.roles import Role
from nawa.core import clock
from nawa.core.actor import Actor, ActorKind
from nawa.exchange.actions import import_workbook
from nawa.registry.models import Person, Unit
from tests.office import office

PASSWORD = "kuda-lumping-berlari"


@pytest.fixture
def staffed(db: None) -> None:
    """Three people in three units, none with an account."""
    import_workbook(office(), by=Actor.system("tests"))


def opened(login: str, *, person: str = "", password: str = PASSWORD, **more: Any) -> User:
    """An account that its holder has activated."""
    employee = Person.objects.get(nip=person) if person else None
    user = User(username=login, person=employee, name="" if employee else login.title(), **more)
    user.set_password(password)
    user.save()
    return user


def given(to: User, role: Role, unit: str | None = None, **more: Any) -> Grant:
    """A role held since yesterday."""
    yesterday = clock.today() - datetime.timedelta(days=1)
    facts = {"started_on": yesterday, "granted_by": "system:tests", "granted_at": clock.now(), **more}
    return Grant.objects.create(user=to, role=role, unit=Unit.objects.get(code=unit) if unit else None, **facts)


def acting(user: User) -> Actor:
    """The account as the doer of a deed."""
    return Actor(ActorKind.USER, user.public_id)


def may(user: User) -> Access:
    """What the account may today."""
    return access_of(user, on=clock.today())
