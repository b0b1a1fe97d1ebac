"""Every event there is: its code, what it may tell, and its sentence in Indonesian and English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Detail(StrEnum):
    """What a detail of an event may hold. None is free text: no personal text can enter the log."""

    CODE = "code"  # a code of the vocabulary: BAIK, bkn-411-2025
    COUNT = "count"  # a whole number, not negative
    INTEGER = "integer"
    ID = "id"  # an opaque id
    DIGEST = "digest"  # 64 hexadecimal digits, lower case
    DATE = "date"
    VERSION = "version"  # 1.0.3, 2026-11


class Event(StrEnum):
    """Codes of events, as they stand in the log for ever: add, never rename."""

    WORKBOOK_IMPORTED = "exchange.workbook_imported"
    IMPORT_UPLOADED = "exchange.import_uploaded"
    IMPORT_REFUSED = "exchange.import_refused"  # nothing in the file could be read
    IMPORT_CANCELLED = "exchange.import_cancelled"
    IMPORT_EXPIRED = "exchange.import_expired"
    IMPORT_EMPTIED = "exchange.import_emptied"  # what was needed to undo it has gone
    IMPORT_ENDED_WITHOUT_RESULT = "exchange.import_ended_without_result"
    IMPORT_UNDONE = "exchange.import_undone"
    SIMATA_COMPARED = "exchange.simata_compared"
    SIMATA_EMPTIED = "exchange.simata_emptied"  # whose values were compared has gone
    REGISTERS_DECLARED = "evidence.registers_declared"  # complete, or empty for people, by a signed letter
    DECLARATION_WITHDRAWN = "evidence.declaration_withdrawn"
    DISAGREEMENTS_QUEUED = "exchange.disagreements_queued"  # verified facts that a file says otherwise
    DISAGREEMENTS_WITHDRAWN = "exchange.disagreements_withdrawn"
    DISAGREEMENTS_KEPT = "exchange.disagreements_kept"
    DISAGREEMENTS_TAKEN = "exchange.disagreements_taken"
    ERASURE_ASKED = "exchange.erasure_asked"
    ERASURE_DECLINED = "exchange.erasure_declined"
    ERASURE_WITHDRAWN = "exchange.erasure_withdrawn"
    RECORDS_ERASED = "exchange.records_erased"
    DEMO_CITY_LOADED = "exchange.demo_city_loaded"
    DEMO_ACCOUNTS_OPENED = "accounts.demo_accounts_opened"
    ACCOUNTS_OPENED = "accounts.accounts_opened"
    ACCOUNT_OPENED = "accounts.account_opened"
    SLIP_RENEWED = "accounts.slip_renewed"
    ACCOUNT_ACTIVATED = "accounts.account_activated"
    ACCOUNT_CLOSED = "accounts.account_closed"
    ACCOUNT_REOPENED = "accounts.account_reopened"
    SECOND_FACTOR_DROPPED = "accounts.second_factor_dropped"
    ROLE_GIVEN = "accounts.role_given"
    ROLE_ENDED = "accounts.role_ended"
    ROLE_DELEGATED = "accounts.role_delegated"
    DELEGATION_ENDED = "accounts.delegation_ended"
    MAP_PUBLISHED = "talent.map_published"  # of runs before there were stages; later ones tell of each stage
    CYCLE_OPENED = "talent.cycle_opened"
    RUN_REQUESTED = "talent.run_requested"
    RUN_CANCEL_ASKED = "talent.run_cancel_asked"
    RUN_ENDED_WITHOUT_RESULT = "talent.run_ended_without_result"
    RUN_COMPUTED = "talent.run_computed"
    RUN_CHECKED = "talent.run_checked"
    CONTEST_OPENED = "talent.contest_opened"
    RUN_VALIDATED = "talent.run_validated"
    RUN_DETERMINED = "talent.run_determined"
    RUN_PUBLISHED = "talent.run_published"
    RUN_WITHDRAWN = "talent.run_withdrawn"
    RUN_RELEASED = "talent.run_released"  # it may be published although its data are not complete enough
    ENTERED = "accounts.entered"
    LEFT = "accounts.left"
    SESSION_IDLED = "accounts.session_idled"
    PASSWORD_REFUSED = "accounts.password_refused"  # noqa: S105 - an event's code
    CODE_REFUSED = "accounts.code_refused"
    NAME_REFUSED = "accounts.name_refused"  # its subject is `UNKNOWN_NAME`: the name itself is nobody's to keep
    POLICY_SHIPPED = "rulebook.policy_shipped"
    POLICY_DRAFTED = "rulebook.policy_drafted"
    POLICY_SUBMITTED = "rulebook.policy_submitted"
    POLICY_TAKEN_BACK = "rulebook.policy_taken_back"
    POLICY_APPROVED = "rulebook.policy_approved"
    POLICY_REFUSED = "rulebook.policy_refused"
    POLICY_WITHDRAWN = "rulebook.policy_withdrawn"
    POLICY_SIMULATED = "talent.policy_simulated"
    REORGANISATION_PREPARED = "registry.reorganisation_prepared"
    REORGANISATION_CANCELLED = "registry.reorganisation_cancelled"
    REORGANISATION_CARRIED_OUT = "registry.reorganisation_carried_out"
    EVIDENCE_SUBMITTED = "evidence.submitted"
    EVIDENCE_ANSWERED = "evidence.answered"
    EVIDENCE_ASKED_AGAIN = "evidence.asked_again"
    EVIDENCE_ACCEPTED = "evidence.accepted"
    EVIDENCE_REFUSED = "evidence.refused"
    EVIDENCE_WITHDRAWN = "evidence.withdrawn"
    EVIDENCE_SAMPLED = "evidence.sampled"
    DUTY_RECORDED = "registry.duty_recorded"
    DUTY_ENDED = "registry.duty_ended"
    PERSON_APPOINTED = "registry.person_appointed"
    PERSON_RELEASED = "registry.person_released"
    PERSON_DEPARTED = "registry.person_departed"
    MOVE_PLANNED = "registry.move_planned"
    MOVE_HELD = "registry.move_held"
    MOVE_CANCELLED = "registry.move_cancelled"


ENTRANCE: Final = frozenset(
    {
        Event.ENTERED,
        Event.LEFT,
        Event.SESSION_IDLED,
        Event.PASSWORD_REFUSED,
        Event.CODE_REFUSED,
        Event.NAME_REFUSED,
    }
)
"""Who came, left and was turned away; of these there are many more than of deeds."""

UNKNOWN_NAME: Final = "unknown-name"
"""The subject of an attempt to log in under a name that no account has."""


@dataclass(frozen=True, slots=True)
class EventForm:
    """What an event of one type tells: its details, all of them required, and a sentence over them in two languages."""

    details: Mapping[str, Detail]
    indonesian: str
    english: str


CHANGE_DETAILS: Final[Mapping[str, Detail]] = MappingProxyType(
    {
        "tables": Detail.COUNT,
        "added": Detail.COUNT,
        "corrected": Detail.COUNT,
        "unchanged": Detail.COUNT,
        "changes_root": Detail.DIGEST,  # Merkle root over the lines of the event's change chunks
    }
)
"""What every bulk deed tells; `actions.record_bulk` fills it in."""


class Language(StrEnum):
    """Languages in which the log is told."""

    INDONESIAN = "id"
    ENGLISH = "en"
