"""Submitting evidence in tests: an office with an employee, a verifier and an analyst, and what they send."""

from __future__ import annotations

from typing import Any

from nawa.accounts.models import Grant, User
from nawa.accounts.roles import Role
from nawa.core import clock
from nawa.core.actor import Actor, ActorKind
from nawa.demo.letters import letter_scan
from nawa.evidence import actions
from nawa.evidence.enums import Kind
from nawa.evidence.models import Submission
from nawa.registry.models import Person, Unit
from tests.drafting import account, employee

PDF = letter_scan("Piagam", "1/2026", "1 November 2026")

AWARD = {"level": "NASIONAL", "awarded_on": "2025-08-17", "name": "Inovasi Layanan", "decree_number": "12/2025"}
TEXTS: dict[Kind, dict[str, str]] = {
    Kind.AWARD: AWARD,
    Kind.TEAM: {"role": "KETUA", "scope": "INTERNAL", "started_on": "2025-01-02", "decree_number": "5/2025"},
    Kind.TRAINING: {"name": "Manajemen Arsip", "kind": "TEKNIS", "hours": "40", "completed_on": "2025-05-02"},
    Kind.CERTIFICATE: {"name": "Ahli Pengadaan", "completed_on": "2025-05-02", "valid_through": "2029-05-01"},
    Kind.EDUCATION: {"level": "S2", "major": "Administrasi Publik", "graduated_in": "2020"},
    Kind.CAREER: {"title": "Analis", "started_on": "2019-02-01", "ended_through": "2020-12-31", "assignment": "D"},
}
"""A sound fact of each kind, as it is typed."""


def actor(user: User) -> Actor:
    return Actor(ActorKind.USER, user.public_id)


def verifier(name: str, unit: Unit, **own: Any) -> User:
    """An account that verifies for a unit."""
    user = account(name, **own)
    Grant.objects.create(
        user=user,
        role=Role.UNIT_VERIFIER,
        unit=unit,
        started_on=clock.today(),
        granted_by="system:tests",
        granted_at=clock.now(),
    )
    return user


class Office:
    """Rina, who submits; Joko, who verifies; Tini, who samples."""

    def __init__(self) -> None:
        self.unit = Unit.objects.create(code="DINAS", name="Dinas Arsip", kind="OPD", source="WORKBOOK")
        self.rina = self._employee("199001012015012001", "Rina Wati")
        self.account = account("rina", person=self.rina)
        self.joko = verifier("joko", self.unit, person=self._employee("198001012005011002", "Joko Susilo"))
        self.tini = account("tini", Role.ANALYST, person=employee("198201012006012003", "Tini Lestari"))

    def _employee(self, nip: str, name: str) -> Person:
        return Person.objects.create(nip=nip, name=name, position_name="Arsiparis", unit=self.unit, source="WORKBOOK")

    def submit(self, kind: Kind = Kind.AWARD, **own: Any) -> Submission:
        """What Rina submits."""
        given: dict[str, Any] = {"texts": TEXTS[kind], "papers": [PDF], "by": actor(self.account), **own}
        return actions.submit(person=self.rina, kind=kind, **given)

    def accept(self, row: Submission, **own: Any) -> Submission:
        return actions.accept(row, **{"edition": row.edition, "by": actor(self.joko), **own})
