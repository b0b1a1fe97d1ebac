"""What may happen to a submission now, and why not. Nothing here asks the database."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from nawa.accounts.enums import Tie
from nawa.core.constraints import NAME
from nawa.core.refusal import Reason
from nawa.core.scans import reasons_against_scan
from nawa.evidence.enums import CERTIFICATION, MOVES, TABLES, Cause, Kind, Move, State, Verdict
from nawa.evidence.models import Submission
from nawa.workbook.entry import judged, sound
from nawa.workbook.problems import Problem
from nawa.workbook.shape import Column, Sheet
from nawa.workbook.sheets import BY_TABLE

MOST_SCANS: Final = 3
"""Scans that a submission may have."""

MOST_OPEN: Final = 20
"""Submissions of one employee that may wait at the same time."""

_UNASKED: Final = frozenset({"nip", "position_code"})
"""Columns that the employee does not fill in: who it is, and a code that only the registry knows."""

_HAPPENED: Final = frozenset({"awarded_on", "completed_on", "started_on"})
"""Days that cannot lie ahead in what has happened."""

_SAME: Final = frozenset({Tie.ACCOUNT, Tie.PERSON})


def sheet_of(kind: Kind) -> Sheet:
    """Return the sheet of the workbook that a kind of fact is a row of."""
    return BY_TABLE[TABLES[kind]]


def asked_columns(kind: Kind) -> list[Column]:
    """Return the columns that somebody fills in for a kind of fact, in the sheet's order."""
    is_fixed = {"kind"} if kind is Kind.CERTIFICATE else set()
    return [column for column in sheet_of(kind).columns if column.name not in _UNASKED | is_fixed]


def judged_fact(kind: Kind, texts: Mapping[str, str], *, nip: str) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """Return the values of a fact as an import would read them, without whose it is, and what is wrong with it.

    Where anything is wrong they are those of the sound cells, so that what else is wrong with these is told too.
    """
    given = {column.name: texts.get(column.name, "") for column in asked_columns(kind)}
    if kind is Kind.CERTIFICATE:
        given["kind"] = CERTIFICATION
    values, problems = judged(sheet_of(kind), {**given, "nip": nip})
    values = sound(sheet_of(kind), given, problems) if problems else values
    return {name: value for name, value in values.items() if name not in _UNASKED}, problems


def reasons_against_content(
    kind: Kind, values: Mapping[str, Any], problems: Sequence[Problem], *, today: datetime.date
) -> list[tuple[str, Reason]]:
    """Return why a fact cannot be submitted, each with the column that it speaks of.

    `evidence.cell`: the sheet does not allow it. `evidence.long`: too long. `evidence.future`,
    `evidence.future_year`: it has not happened yet.
    `evidence.certificate`: a certificate that is submitted as a training.
    """
    by_heading = {column.heading: column.name for column in sheet_of(kind).columns}
    found = [
        (by_heading.get(problem.column or "", ""), Reason("evidence.cell", problem.as_dict())) for problem in problems
    ]
    for name, value in values.items():
        if isinstance(value, str) and len(value) > NAME:
            found.append((name, Reason("evidence.long", {"most": NAME})))
        if name in _HAPPENED and value and value > today:
            found.append((name, Reason("evidence.future", {"today": today})))
        if name == "graduated_in" and value and value > today.year:
            found.append((name, Reason("evidence.future_year", {"year": str(today.year)})))
    if kind is Kind.TRAINING and values.get("kind") == CERTIFICATION:
        found.append(("kind", Reason("evidence.certificate")))
    return found


def reasons_against_scans(scans: Sequence[bytes], *, kept: int = 0) -> list[Reason]:
    """Return why these scans cannot be kept; without new ones those that are `kept` already will do."""
    if not scans and not kept:
        return [Reason("evidence.scan")]
    if len(scans) > MOST_SCANS:
        return [Reason("evidence.scans", {"most": MOST_SCANS})]
    found = [reason for scan in scans for reason in reasons_against_scan(scan)]
    return [reason for place, reason in enumerate(found) if reason not in found[:place]]


def reasons_against_many(waiting: int) -> list[Reason]:
    """Return `evidence.many` where somebody has as many submissions waiting as one may have."""
    return [Reason("evidence.many", {"most": MOST_OPEN})] if waiting >= MOST_OPEN else []


def reasons_against_twin(content: Mapping[str, Any], kind: Kind, waiting: Iterable[Submission]) -> list[Reason]:
    """Return `evidence.twice` where somebody's submission of the very same is still waiting."""
    is_there = any(row.kind == kind and row.content == content for row in waiting)
    return [Reason("evidence.twice")] if is_there else []


def reasons_against_replacing(row: str, known: Collection[str]) -> list[Reason]:
    """Return `evidence.replaces` where what is to be replaced is nothing that is recorded of this kind."""
    return [] if not row or row in known else [Reason("evidence.replaces")]


def reasons_against_same_key(
    replaces: str, before: Mapping[str, Any] | None, values: Mapping[str, Any]
) -> list[Reason]:
    """Return `evidence.same_key` where a fact that replaces none would write over another (`before`) of its key."""
    if replaces or before is None:
        return []
    differs = any((before[name] or None) != (value or None) for name, value in values.items())
    return [Reason("evidence.same_key")] if differs else []


def reasons_against_standing(row: Submission, *, edition: int) -> list[Reason]:
    """Return `evidence.meanwhile` where a submission no longer is what somebody saw."""
    return [] if row.edition == edition else [Reason("evidence.meanwhile", {"evidence_state": row.state})]


def moves_from(state: str) -> list[tuple[State, Move]]:
    """Return the moves that lead on from a state, in the order of the table."""
    return [(to, move) for (origin, to), move in MOVES.items() if origin == state]


def reasons_against_move(row: Submission, to: State, *, ties: Collection[Tie]) -> list[Reason]:
    """Return why somebody may not make a move; `ties` is what ties them to whoever submitted it.

    `evidence.no_move`: none leads there. `evidence.not_own`: it is the employee's. `evidence.own`, `evidence.tied`:
    nobody verifies what is their own, nor what somebody tied to them has submitted.
    """
    move = MOVES.get((State(row.state), to))
    if move is None:
        return [Reason("evidence.no_move", {"evidence_state": row.state, "evidence_to": to})]
    if move.is_own:
        return [] if _SAME & set(ties) else [Reason("evidence.not_own")]
    return _reasons_against_ties(ties, own="evidence.own")


def reasons_against_cause(cause: str, note: str) -> list[Reason]:
    """Return `evidence.cause` where no reason is given, `evidence.note` where what is added is too long."""
    reasons = [] if cause in Cause.values else [Reason("evidence.cause")]
    return [*reasons, *([Reason("evidence.note", {"most": NAME})] if len(note) > NAME else [])]


def reasons_against_sampling(row: Submission, verdict: str, note: str, *, ties: Collection[Tie]) -> list[Reason]:
    """Return why somebody may not judge an acceptance; `ties` is what ties them to who submitted and who accepted it.

    `evidence.not_drawn`, `evidence.sampled`: nothing is to be judged (any more). `evidence.own_sample`,
    `evidence.tied`: it is another person's to judge. `evidence.verdict`: none given, or a wrong one without a word.
    """
    if row.state != State.ACCEPTED or not row.is_drawn:
        return [Reason("evidence.not_drawn")]
    if row.verdict:
        return [Reason("evidence.sampled")]
    is_told = verdict == Verdict.RIGHT or (verdict == Verdict.WRONG and bool(note))
    reasons = [] if is_told and len(note) <= NAME else [Reason("evidence.verdict", {"most": NAME})]
    return [*_reasons_against_ties(ties, own="evidence.own_sample"), *reasons]


def is_drawn(public_id: str, *, percent: int, key: bytes) -> bool:
    """Tell whether an accepted submission falls into the sample: by its id and the installation's secret alone.

    Nobody without the secret can know it beforehand, and nobody can choose.
    """
    number = int.from_bytes(hashlib.blake2b(public_id.encode(), key=key, person=b"nawa.sample").digest()[:8])
    return number % 10_000 < percent * 100


def _reasons_against_ties(ties: Collection[Tie], *, own: str) -> list[Reason]:
    found = set(ties)
    others = [Reason("evidence.tied", {"evidence_tie": tie}) for tie in sorted(found - _SAME)]
    return [Reason(own)] if found & _SAME else others
