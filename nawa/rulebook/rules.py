"""What may happen to a version now, and why not. Nothing here asks the database."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from nawa.accounts.enums import Tie
from nawa.core.constraints import CODE, NAME
from nawa.core.refusal import Reason
from nawa.core.scans import reasons_against_scan
from nawa.policy.drafting import Basis, drafted
from nawa.policy.keeping import kept
from nawa.policy.loading import Policy
from nawa.policy.problems import PolicyRefused, Problem
from nawa.policy.wording import day
from nawa.rulebook.enums import MOVES, SIGNED, Instrument, Move, Objection, State
from nawa.rulebook.models import PolicyVersion

_NAME: Final = re.compile(r"(?!.*\d{16})[0-9A-Za-z][0-9A-Za-z.+_-]{0,63}")
"""What the version of a policy may be called: what the audit trail can tell."""

UNSIGNED: Final = "rancangan, belum ditetapkan"
"""What a draft's new numbers cite until an instrument is signed."""


@dataclass(frozen=True, slots=True)
class Paper:
    """The instrument that sets a version in force, and the day from which it does."""

    kind: str = ""
    number: str = ""
    dated_on: datetime.date | None = None
    signatory: str = ""
    scan: bytes = b""
    effective_from: datetime.date | None = None

    @property
    def citation(self) -> str:
        """How the numbers that it sets cite it; in the language of the law."""
        name = Instrument(self.kind).label
        return f"{name} Nomor {self.number} tanggal {day(self.dated_on)}" if self.dated_on else name


def policy_of(version: PolicyVersion, *, on: datetime.date) -> Policy:
    """Return the policy that a version with a text is, as it stands on a day.

    Raises:
        PolicyRefused: the text is not what its digest says, or cannot be used on that day.
    """
    if hashlib.sha256(version.text.encode()).hexdigest() != version.digest:
        raise PolicyRefused([])
    return kept(version.text, on)


def policy_in_force(version: PolicyVersion, *, on: datetime.date) -> Policy:
    """Return the policy of a version as it stands on a day, or on the first of its own days where that is later."""
    start = version.effective_from or version.proposed_from
    return policy_of(version, on=max(on, start) if start else on)


def judged(
    version: PolicyVersion, typed: Mapping[str, str], *, since: datetime.date, citation: str = UNSIGNED
) -> tuple[Policy | None, tuple[Problem, ...]]:
    """Return the policy that these entries over the version's parent are, or everything that is wrong with them."""
    if version.parent is None:
        return policy_of(version, on=since), ()
    try:
        return drafted(version.parent.text, typed, Basis(version.version, since, citation)), ()
    except PolicyRefused as refused:
        return None, refused.problems


def moves_from(state: str) -> list[tuple[State, Move]]:
    """Return the moves that lead on from a state, in the order of the table."""
    return [(to, move) for (origin, to), move in MOVES.items() if origin == state]


def reasons_against_drafting(*, version: str, taken: Iterable[str], parent: PolicyVersion) -> list[Reason]:
    """Return why no draft may be made: `policy.parent_state`, `policy.name` or `policy.name_taken`."""
    reasons = [] if parent.state == State.APPROVED else [Reason("policy.parent_state", {"state": parent.state})]
    if not _NAME.fullmatch(version) or len(version) > CODE:
        reasons.append(Reason("policy.name"))
    elif version in taken:
        reasons.append(Reason("policy.name_taken", {"version": version}))
    return reasons


def reasons_against_editing(version: PolicyVersion) -> list[Reason]:
    """Return `policy.not_draft` where a version is no draft any more."""
    return [] if version.state == State.DRAFT else [Reason("policy.not_draft", {"state": version.state})]


def reasons_against_overwriting(version: PolicyVersion, chapter: str, *, edition: int, by: str) -> list[Reason]:
    """Return `policy.meanwhile` where somebody else has changed a chapter since it was seen.

    Whoever made the last change themselves may go on from any earlier page: a form that saves while it is typed in
    may be sent again before its own answer has come.
    """
    is_other = version.edition_of(chapter) != edition and version.editions[chapter][1] != by
    return [Reason("policy.meanwhile", {"state": version.state})] if is_other else []


def reasons_against_standing(version: PolicyVersion, *, edition: int, state: str) -> list[Reason]:
    """Return `policy.meanwhile` where a version no longer is what somebody saw."""
    is_same = version.state == state and version.edition == edition
    return [] if is_same else [Reason("policy.meanwhile", {"state": version.state})]


def reasons_against_move(version: PolicyVersion, to: State, *, ties: Iterable[Tie]) -> list[Reason]:
    """Return why somebody may not make a move, whatever papers they bring.

    `ties` is what ties them to those who had a hand in the draft. `policy.no_move`: no such move leads from where the
    version stands. `policy.own_draft`, `policy.tied`: a draft is decided by another person. `policy.invalid`: something
    in it is wrong. `policy.unchanged`: it is the parent under another name.
    """
    move = MOVES.get((State(version.state), to))
    if move is None:
        return [Reason("policy.no_move", {"state": version.state, "to": to})]
    found = set(ties) if move.other_person else set()
    reasons = [Reason("policy.own_draft")] if found & {Tie.ACCOUNT, Tie.PERSON} else []
    reasons += [Reason("policy.tied", {"tie": tie}) for tie in sorted(found - {Tie.ACCOUNT, Tie.PERSON})]
    if move.valid and not version.text:
        reasons.append(Reason("policy.invalid"))
    elif move.valid and version.parent is not None and not version.typed:
        reasons.append(Reason("policy.unchanged"))
    return reasons


def reasons_against_day(version: PolicyVersion, since: datetime.date | None, *, today: datetime.date) -> list[Reason]:
    """Return why a version may not hold from a day: none, one that has passed, or one before the parent's own."""
    if since is None:
        return [Reason("policy.from")]
    if since < today:
        return [Reason("policy.retroactive", {"today": today})]
    own = version.parent.effective_from if version.parent else None
    return [Reason("policy.before_parent", {"since": own})] if own and since < own else []


def reasons_against_paper(version: PolicyVersion, paper: Paper, *, today: datetime.date) -> list[Reason]:
    """Return what is missing or wrong in the instrument that is to set a version in force on a day."""
    reasons = [] if paper.kind in SIGNED else [Reason("policy.instrument")]
    if not 0 < len(paper.number.strip()) <= NAME:
        reasons.append(Reason("letter.number", {"most": NAME}))
    if paper.dated_on is None:
        reasons.append(Reason("letter.date"))
    elif paper.dated_on > today:
        reasons.append(Reason("letter.future", {"today": today}))
    if not 0 < len(paper.signatory.strip()) <= NAME:
        reasons.append(Reason("policy.signatory", {"most": NAME}))
    return [
        *reasons,
        *reasons_against_scan(paper.scan),
        *reasons_against_day(version, paper.effective_from, today=today),
    ]


def reasons_against_objection(reason: str) -> list[Reason]:
    """Return `policy.reason` where a refusal names none."""
    return [] if reason in Objection.values else [Reason("policy.reason")]


def suggested(parent: PolicyVersion, taken: Iterable[str], *, today: datetime.date) -> str:
    """Return a name for the next version: the year and the first free number."""
    used = set(taken)
    return next(name for place in range(1, 10_000) if (name := f"{today.year}.{place}") not in used | {parent.version})
