"""Roles: which permissions each gives, over the whole institution or a unit and all below it. Deny is the default.

An employee's right to their own record is no role: whoever has an account and a person has it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from nawa.accounts.permissions import DECIDING, Permission


class Role(StrEnum):
    """Codes of roles, as grants name them: add, never rename."""

    UNIT_HEAD = "PIMPINAN_UNIT"
    UNIT_VERIFIER = "VERIFIKATOR_UNIT"
    ANALYST = "ANALIS"
    ASSESSOR = "ASESOR"
    COMMITTEE_MEMBER = "ANGGOTA_KOMITE"
    COMMITTEE_SECRETARY = "SEKRETARIS_KOMITE"
    AGENCY_HEAD = "KEPALA_BKPP"
    PROPOSER = "PYB"
    APPOINTER = "PPK"
    INSPECTORATE = "INSPEKTORAT"
    AUDITOR = "AUDITOR_LUAR"
    ADMINISTRATOR = "ADMINISTRATOR"


@dataclass(frozen=True, slots=True)
class RoleForm:
    """A role's names, what it permits, and whether a grant of it always names a unit."""

    indonesian: str
    english: str
    permissions: frozenset[Permission]
    of_unit: bool = False

    @property
    def needs_second_factor(self) -> bool:
        """Whether its holder must log in with TOTP."""
        return bool(self.permissions & DECIDING)


_P = Permission
_LOOK: Final = frozenset({_P.ORGANISATION, _P.DIRECTORY, _P.MAP_COUNTS, _P.POLICY_READ})
_READ: Final = _LOOK | {_P.MAP_PEOPLE, _P.PROFILE}
_READ_ALL: Final = _READ | {_P.UNPUBLISHED}
_RECORDS: Final = frozenset({_P.EVIDENCE_READ, _P.QUALITY})

ROLES: Final[Mapping[Role, RoleForm]] = MappingProxyType(
    {
        Role.UNIT_HEAD: RoleForm("Pimpinan unit", "Head of unit", _READ | {_P.QUALITY}, of_unit=True),
        Role.UNIT_VERIFIER: RoleForm(
            "Verifikator unit",
            "Unit verifier",
            _LOOK | _RECORDS | {_P.ACCOUNTS_RESET, _P.EVIDENCE_VERIFY},
            of_unit=True,
        ),
        Role.ANALYST: RoleForm(
            "Analis kepegawaian",
            "Personnel analyst",
            _READ_ALL
            | {_P.RUN_START, _P.RUN_CHECK, _P.POLICY_DRAFT, _P.ACCOUNTS_OPEN, _P.ACCOUNTS_RESET}
            | {_P.IMPORT_READ, _P.IMPORT_APPLY, _P.EVIDENCE_SAMPLE, _P.RECORDS_CHANGE}
            | _RECORDS,
        ),
        Role.ASSESSOR: RoleForm("Asesor", "Assessor", _LOOK),
        Role.COMMITTEE_MEMBER: RoleForm("Anggota komite talenta", "Member of the talent committee", _READ_ALL),
        Role.COMMITTEE_SECRETARY: RoleForm(
            "Sekretaris komite talenta", "Secretary of the talent committee", _READ_ALL | {_P.RUN_VALIDATE, _P.QUALITY}
        ),
        Role.AGENCY_HEAD: RoleForm(
            "Kepala badan kepegawaian",
            "Head of the personnel agency",
            _READ_ALL
            | {_P.RUN_CHECK, _P.RUN_RELEASE, _P.POLICY_APPROVE, _P.TRAIL, _P.IMPORT_READ, _P.RECORDS_ERASE}
            | _RECORDS,
        ),
        Role.PROPOSER: RoleForm("Pejabat yang berwenang (Sekda)", "Proposing official (secretary)", _READ_ALL),
        Role.APPOINTER: RoleForm(
            "Pejabat pembina kepegawaian",
            "Appointing official (mayor)",
            _READ_ALL | {_P.RUN_DETERMINE, _P.POLICY_APPROVE},
        ),
        Role.INSPECTORATE: RoleForm(
            "Inspektorat", "Inspectorate", _READ_ALL | _RECORDS | {_P.TRAIL, _P.READ_LOG, _P.IMPORT_READ}
        ),
        Role.AUDITOR: RoleForm(
            "Auditor luar", "Outside auditor", _READ_ALL | _RECORDS | {_P.TRAIL, _P.READ_LOG, _P.IMPORT_READ}
        ),
        Role.ADMINISTRATOR: RoleForm(
            "Administrator",
            "Administrator",
            frozenset({_P.ORGANISATION, _P.DIRECTORY, _P.ACCOUNTS_OPEN, _P.ACCOUNTS_RESET, _P.GRANTS, _P.TRAIL}),
        ),
    }
)
