"""The queues of the demo city: what its players have submitted, verified, declared and asked for, each a deed."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Final

from django.db import transaction

from nawa.accounts.models import Grant, User
from nawa.accounts.roles import Role
from nawa.core import clock
from nawa.core.actor import Actor, ActorKind
from nawa.demo.claims import Claim, Fate, claims
from nawa.demo.letters import letter_photo, letter_scan
from nawa.demo.tables import table_of_rows
from nawa.engine.codes import REGISTERS
from nawa.evidence import actions as evidence
from nawa.evidence.enums import Kind, Verdict
from nawa.evidence.models import Submission
from nawa.evidence.queries.declarations import standing
from nawa.evidence.rules.submissions import sheet_of
from nawa.exchange.actions import import_workbook
from nawa.exchange.actions.erasures import ask_erasure
from nawa.exchange.enums import Ground
from nawa.registry.models import Person, Unit
from nawa.workbook.entry import typed

_TRIES: Final = 500
"""How often an acceptance is tried until the draw falls on it: of one in ten it misses once in 10 to the 23rd."""

_OTHERWISE: Final = {"awarded_on": datetime.date(2012, 9, 3)}
"""What a later file says otherwise of the awards that were accepted."""


def fill_queues(users: Sequence[User], players: Mapping[str, Actor], *, seed: int) -> None:
    """Let every queue of records show something: claims of an office's people, letters, two disagreements, an erasure.

    Does nothing for a city without an office that has a verifier.
    """
    office = Grant.objects.filter(role=Role.UNIT_VERIFIER, user__in=users).select_related("unit").first()
    people = [(user.person, user) for user in users if user.person and _is_of_office(user)]
    if office is None or office.unit is None or not people:
        return
    accepted = [
        row
        for claim in claims(players=len(people), seed=seed)
        if (row := _Deeds(*people[claim.player], players).done(claim)) and claim.fate is Fate.ACCEPTED
    ]
    _declare(office.unit, [person for person, _user in people], by=players[Role.UNIT_VERIFIER])
    _disagree(accepted, by=players[Role.ANALYST])
    _ask_erasure(by=players[Role.ANALYST])


def _is_of_office(user: User) -> bool:
    return {grant.role for grant in user.grants.all()} <= {Role.UNIT_HEAD}


class _Deeds:
    """What one player claims, and what the others make of it."""

    def __init__(self, person: Person, user: User, players: Mapping[str, Actor]) -> None:
        self.person = person
        self.own = Actor(ActorKind.USER, user.public_id)
        self.verifier, self.analyst = players[Role.UNIT_VERIFIER], players[Role.ANALYST]

    def done(self, claim: Claim) -> Submission:
        """Bring a claim as far as it goes."""
        if claim.fate in (Fate.ACCEPTED, Fate.DRAWN, Fate.SAMPLED):
            return self._accepted(claim)
        row, at = self._submitted(claim), _before(claim.decided)
        match claim.fate:
            case Fate.WITHDRAWN:
                return evidence.withdraw(row, edition=row.edition, by=self.own, at=at)
            case Fate.ASKED_AGAIN | Fate.REFUSED:
                deed = evidence.refuse if claim.fate is Fate.REFUSED else evidence.ask_again
                return deed(row, edition=row.edition, cause=claim.cause, note=claim.note, by=self.verifier, at=at)
            case _:
                return row

    def _submitted(self, claim: Claim) -> Submission:
        paper = (letter_photo if claim.is_photo else letter_scan)(
            claim.texts.get("name") or claim.texts.get("title") or claim.texts.get("major", ""),
            claim.texts.get("decree_number", "-"),
            claim.texts.get("awarded_on") or claim.texts.get("completed_on") or claim.texts.get("started_on", "-"),
        )
        kind, at = Kind(claim.kind), _before(claim.ago)
        return evidence.submit(person=self.person, kind=kind, texts=claim.texts, papers=[paper], by=self.own, at=at)

    def _accepted(self, claim: Claim) -> Submission:
        """Submit and accept until the draw, which nobody can foresee, says what the claim wants; the rest is undone."""
        wanted = claim.fate is not Fate.ACCEPTED
        for _try in range(_TRIES):
            with transaction.atomic():
                row = self._submitted(claim)
                row = evidence.accept(row, edition=row.edition, by=self.verifier, at=_before(claim.decided))
                transaction.set_rollback(row.is_drawn != wanted)
            if row.is_drawn == wanted:
                break
        if claim.fate is Fate.SAMPLED and row.is_drawn:
            row = evidence.sample(row, verdict=Verdict.RIGHT, by=self.analyst, at=_before(claim.decided - 3))
        return row


def _declare(unit: Unit, people: Sequence[Person], *, by: Actor) -> None:
    """Declare the register whose letter is oldest complete anew; a second letter, that some have nothing, came back."""
    today = clock.today()
    oldest = sorted(standing(unit, REGISTERS).values(), key=lambda row: row.complete_on)[:1]
    for row in oldest:
        if row.complete_on < today:
            letter = _letter("Pernyataan Kelengkapan Register", "800/214/SPT")
            evidence.declare_complete(unit, [row.register], on=today, letter=letter, by=by)
    letter = _letter("Pernyataan Nihil Hukuman Disiplin", "800/219/SPT")
    nips = [person.nip for person in people if not person.disciplines.exists()]
    if nips:
        declared = evidence.declare_none(unit, ["disiplin"], nips=nips, on=today, letter=letter, by=by)
        reason = "Surat belum ditandatangani kepala badan; menunggu surat pengganti."
        evidence.withdraw_declaration(declared, reason=reason, by=by)


def _letter(title: str, number: str) -> evidence.Letter:
    return evidence.Letter(number, letter_scan(title, number, f"{clock.today():%d-%m-%Y}"))


def _disagree(accepted: Sequence[Submission], *, by: Actor) -> None:
    """Import a file that says otherwise of two verified facts."""
    awards = [
        {**typed(sheet_of(Kind.AWARD), row.content), **_OTHERWISE, "nip": row.person.nip}
        for row in accepted
        if row.kind == Kind.AWARD
    ]
    import_workbook({"award": table_of_rows("award", awards)}, by=by)


def _ask_erasure(*, by: Actor) -> None:
    """Ask for the erasure of one who has left."""
    left = Person.objects.filter(inactive_since__lte=clock.today()).order_by("inactive_since", "nip").first()
    if left:
        reason = "Permohonan tertulis setelah pindah ke instansi lain."
        ask_erasure(left, ground=Ground.REQUEST, letter_number="800/87/PDP", reason=reason, by=by)


def _before(days: int) -> datetime.datetime:
    return clock.now() - datetime.timedelta(days=days)
