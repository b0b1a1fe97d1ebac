"""Drafting versions of policies in tests: accounts, papers, and moves by whoever has just looked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from nawa.accounts.models import Grant, User
from nawa.accounts.roles import Role
from nawa.core import clock
from nawa.core.actor import Actor, ActorKind
from nawa.policy.layouts import Chapter
from nawa.registry.models import Person
from nawa.rulebook import actions
from nawa.rulebook.enums import State
from nawa.rulebook.models import PolicyVersion
from nawa.rulebook.rules import Paper
from tests.publishing import PDF

SWAP = {"indicators.AWARD.weight": "10", "indicators.TEAM.weight": "20"}
"""A change of weights that still adds up."""


def account(name: str, role: Role | None = None, **own: Any) -> User:
    """An account; with a role it is granted by nobody of these."""
    user = User.objects.create(username=name, name="" if own.get("person") else own.pop("full_name", name), **own)
    if role:
        Grant.objects.create(
            user=user, role=role, started_on=clock.today(), granted_by="system:tests", granted_at=clock.now()
        )
    return user


def actor(user: User) -> Actor:
    return Actor(ActorKind.USER, user.public_id)


def employee(nip: str, name: str) -> Person:
    return Person.objects.create(nip=nip, name=name, position_name="Staf", source="WORKBOOK")


def paper(**changed: Any) -> Paper:
    """A regulation signed today, effective from tomorrow."""
    own = {"kind": "PERWAL", "number": "12/2026", "dated_on": clock.today(), "signatory": "Wali Kota", "scan": PDF}
    return Paper(**{**own, "effective_from": clock.today() + timedelta(days=1), **changed})


def write(draft: PolicyVersion, typed: dict[str, str], by: Actor, chapter: Chapter = Chapter.WEIGHTS) -> PolicyVersion:
    return actions.write(draft, chapter=chapter, typed=typed, edition=draft.edition_of(chapter), by=by)


def advance(version: PolicyVersion, to: State, by: Actor, **brought: Any) -> PolicyVersion:
    """Move a version as somebody who has just seen it."""
    expected = State(version.state)
    return actions.advance(version, to=to, expected=expected, edition=version.edition, by=by, **brought)


def submit(parent: PolicyVersion, version: str, by: User) -> PolicyVersion:
    """A draft with other weights, submitted."""
    draft = write(actions.draft(parent=parent, version=version, by=actor(by)), SWAP, actor(by))
    return advance(draft, State.SUBMITTED, actor(by))
