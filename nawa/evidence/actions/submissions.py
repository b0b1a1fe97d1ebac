"""What may be done with what employees submit. An accepted submission becomes a fact like any other."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.conf import settings
from django.db import transaction

from nawa.accounts.enums import Tie
from nawa.accounts.permissions import Permission
from nawa.accounts.queries import ties
from nawa.audit import actions as audit
from nawa.audit.enums import Event
from nawa.core import clock, locks, scans
from nawa.core.actor import Actor
from nawa.core.models import Source
from nawa.core.refusal import Reason, refuse_if
from nawa.core.sheets import Put
from nawa.evidence.actions.workbooks import put_fact
from nawa.evidence.enums import MOVES, OPEN, TABLES, Kind, State
from nawa.evidence.models import Submission, SubmissionScan
from nawa.evidence.queries.submissions import known
from nawa.evidence.rules import submissions as rules
from nawa.registry import actions as registry
from nawa.registry.models import Person
from nawa.rulebook.queries import stewardship
from nawa.workbook.entry import plain, typed

_OF_REGISTRY: Final = frozenset({"education", "career_entry"})


def submit(
    *,
    person: Person,
    kind: Kind,
    texts: Mapping[str, str],
    papers: Sequence[bytes],
    by: Actor,
    replaces: str = "",
    at: datetime.datetime | None = None,
) -> Submission:
    """Take in a fact that somebody states about themselves: what they typed, by column, and the scans that prove it.

    Raises:
        Refusal: as `rules.reasons_against_content`, `reasons_against_scans`, `reasons_against_many`,
            `reasons_against_twin` and `reasons_against_replacing`.
    """
    at = at or clock.now()
    content = _content(kind, texts, person, _day(at))
    papers = _cleaned(papers)
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)  # of two at once the second is a twin
        waiting = Submission.objects.filter(person=person, state__in=OPEN)
        refuse_if(rules.reasons_against_many(waiting.count()))
        refuse_if(rules.reasons_against_twin(content, kind, waiting))
        refuse_if(_against_replacing(replaces, person, kind))
        row = Submission.objects.create(
            person=person,
            kind=kind,
            content=content,
            replaces=replaces,
            submitted_by=str(by),
            submitted_at=at,
            verify_through=_after(at, stewardship(on=_day(at)).verify_days),
        )
        _keep(papers, row, by=by, at=at)
        _tell(Event.EVIDENCE_SUBMITTED, row, by, at, scans=len(papers), through=row.verify_through)
    return row


def answer(
    submission: Submission,
    *,
    texts: Mapping[str, str],
    papers: Sequence[bytes],
    edition: int,
    by: Actor,
    replaces: str | None = None,
    at: datetime.datetime | None = None,
) -> Submission:
    """Answer what was asked again: what is typed now holds; scans that are given take the place of the older ones.

    What it replaces stays as it was unless `replaces` says otherwise.

    Raises:
        Refusal: as `submit`, and as `rules.reasons_against_standing` and `reasons_against_move`.
    """
    at = at or clock.now()
    papers = _cleaned(papers, kept=submission.scans.count())
    content = _content(Kind(submission.kind), texts, submission.person, _day(at))
    with transaction.atomic():
        row = _to_be_moved(submission, State.SUBMITTED, edition=edition, by=by, at=at)
        row.content, row.submitted_at, row.submitted_by = content, at, str(by)
        row.replaces = row.replaces if replaces is None else replaces
        refuse_if(_against_replacing(row.replaces, row.person, Kind(row.kind)))
        row.decided_by, row.decided_at = "", None
        row.verify_through = _after(at, stewardship(on=_day(at)).verify_days)
        _moved(row, State.SUBMITTED)
        if papers:
            row.scans.all().delete()
            _keep(papers, row, by=by, at=at)
        _tell(Event.EVIDENCE_ANSWERED, row, by, at, scans=row.scans.count(), through=row.verify_through)
    return row


@transaction.atomic
def withdraw(submission: Submission, *, edition: int, by: Actor, at: datetime.datetime | None = None) -> Submission:
    """Take back what one has submitted, before it was decided on.

    Raises:
        Refusal: as `rules.reasons_against_standing` and `reasons_against_move`.
    """
    at = at or clock.now()
    row = _to_be_moved(submission, State.WITHDRAWN, edition=edition, by=by, at=at)
    return _decided(row, State.WITHDRAWN, by=by, at=at)


@transaction.atomic
def accept(submission: Submission, *, edition: int, by: Actor, at: datetime.datetime | None = None) -> Submission:
    """Make a submission a fact, verified: a new row, the older one that it replaces, or the one that says the same.

    What an older row said stays in `before`. Whether the acceptance falls into the analyst's sample is settled now.

    Raises:
        Refusal: as `withdraw`; `sheet.gone` and `sheet.taken` as `nawa.core.sheets.put`; `evidence.same_key` where it
            replaces nothing, yet another fact has its key.
    """
    locks.hold(locks.RECORDS)  # before the row: an import holds the records and may not be overtaken
    at = at or clock.now()
    row = _to_be_moved(submission, State.ACCEPTED, edition=edition, by=by, at=at)
    written = _written(row, by=by, at=at)
    row.fact, row.before = written.row, plain(_shown(written.before)) if written.before else None
    percent = stewardship(on=_day(at)).sample_percent
    row.is_drawn = rules.is_drawn(row.public_id, percent=percent, key=_sample_key())
    told = {"fact": row.fact, "corrected": int(row.before is not None)}
    return _decided(row, State.ACCEPTED, by=by, at=at, **told)


@transaction.atomic
def ask_again(
    submission: Submission, *, edition: int, cause: str, by: Actor, note: str = "", at: datetime.datetime | None = None
) -> Submission:
    """Ask the employee for more, with a reason and a day by which to answer.

    Raises:
        Refusal: as `withdraw`, and as `rules.reasons_against_cause`.
    """
    at = at or clock.now()
    row = _to_be_moved(submission, State.ASKED_AGAIN, edition=edition, by=by, at=at)
    refuse_if(rules.reasons_against_cause(cause, note))
    row.cause, row.note = cause, note.strip()
    row.answer_through = _after(at, stewardship(on=_day(at)).answer_days)
    return _decided(row, State.ASKED_AGAIN, by=by, at=at, cause=cause, through=row.answer_through)


@transaction.atomic
def refuse(
    submission: Submission, *, edition: int, cause: str, by: Actor, note: str = "", at: datetime.datetime | None = None
) -> Submission:
    """Refuse a submission, with a reason.

    Raises:
        Refusal: as `withdraw`, and as `rules.reasons_against_cause`.
    """
    at = at or clock.now()
    row = _to_be_moved(submission, State.REFUSED, edition=edition, by=by, at=at)
    refuse_if(rules.reasons_against_cause(cause, note))
    row.cause, row.note = cause, note.strip()
    return _decided(row, State.REFUSED, by=by, at=at, cause=cause)


@transaction.atomic
def sample(
    submission: Submission, *, verdict: str, by: Actor, note: str = "", at: datetime.datetime | None = None
) -> Submission:
    """Say whether an acceptance that was drawn was right.

    Raises:
        Refusal: as `rules.reasons_against_sampling`.
    """
    at, row, note = at or clock.now(), _locked(submission), note.strip()
    since = _day(row.submitted_at)
    hands = (row.submitted_by, row.decided_by)
    tied = ties(hands, str(by), asked=Permission.EVIDENCE_VERIFY, since=since, on=_day(at))
    refuse_if(rules.reasons_against_sampling(row, verdict, note, ties=tied))
    row.verdict, row.verdict_note, row.sampled_by, row.sampled_at = verdict, note, str(by), at
    row.save()
    _tell(Event.EVIDENCE_SAMPLED, row, by, at, verdict=verdict)
    return row


def ties_of(row: Submission, by: Actor, *, on: datetime.date) -> frozenset[Tie]:
    """Return what ties somebody to whoever submitted a fact, as of a day (three queries)."""
    asked, since = Permission.EVIDENCE_VERIFY, _day(row.submitted_at)
    return ties([row.submitted_by], str(by), asked=asked, since=since, on=on)


def _against_replacing(replaces: str, person: Person, kind: Kind) -> list[Reason]:
    return rules.reasons_against_replacing(replaces, [fact.row for fact in known(person, kind)]) if replaces else []


def _to_be_moved(submission: Submission, to: State, *, edition: int, by: Actor, at: datetime.datetime) -> Submission:
    row = _locked(submission)
    refuse_if(rules.reasons_against_standing(row, edition=edition))
    refuse_if(rules.reasons_against_move(row, to, ties=ties_of(row, by, on=_day(at))))
    return row


def _locked(submission: Submission) -> Submission:
    rows = Submission.objects.select_for_update(of=("self",)).select_related("person")
    return rows.get(pk=submission.pk)


def _moved(row: Submission, to: State) -> None:
    row.state, row.edition = to, row.edition + 1
    row.save()


def _decided(row: Submission, to: State, *, by: Actor, at: datetime.datetime, **told: Any) -> Submission:
    event = MOVES[State(row.state), to].event
    row.decided_by, row.decided_at = str(by), at
    _moved(row, to)
    _tell(event, row, by, at, **told)
    return row


def _content(kind: Kind, texts: Mapping[str, str], person: Person, today: datetime.date) -> dict[str, Any]:
    values, problems = rules.judged_fact(kind, texts, nip=person.nip)
    against = rules.reasons_against_content(kind, values, problems, today=today)
    refuse_if([Reason("evidence.content")] if against else [])
    return plain(values)


def _written(row: Submission, *, by: Actor, at: datetime.datetime) -> Put:
    kind = Kind(row.kind)
    values = {name: value for name, value in typed(rules.sheet_of(kind), row.content).items() if name in _asked(kind)}
    put = registry.put_fact if TABLES[kind] in _OF_REGISTRY else put_fact
    constants = {"source": Source.SUBMITTED, "import_id": "", "verified_by": str(by), "verified_at": at}
    written = put(TABLES[kind], row.person, values, over=row.replaces, **constants)
    refuse_if(rules.reasons_against_same_key(row.replaces, written.before, values))
    return written


def _asked(kind: Kind) -> set[str]:
    return {column.name for column in rules.asked_columns(kind)} | ({"kind"} if kind is Kind.CERTIFICATE else set())


def _shown(before: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in before.items() if name != "nip"}


def _cleaned(papers: Sequence[bytes], *, kept: int = 0) -> list[bytes]:
    """Return what is kept of scans; a picture takes seconds, in which no transaction need be open."""
    refuse_if(rules.reasons_against_scans(papers, kept=kept))
    return [scans.cleaned(paper) for paper in papers]


def _keep(papers: Sequence[bytes], row: Submission, *, by: Actor, at: datetime.datetime) -> None:
    for content in papers:
        SubmissionScan.objects.create(
            submission=row,
            content_type=scans.content_type(content),
            content=content,
            size=len(content),
            digest=scans.digest(content),
            kept_by=str(by),
            kept_at=at,
        )


def _tell(event: Event, row: Submission, by: Actor, at: datetime.datetime, **details: Any) -> None:
    whose = {"evidence": row.kind, "person": row.person.public_id}
    audit.record(event, subject=row, by=by, details={**whose, **details}, at=at)


def _sample_key() -> bytes:
    return hashlib.blake2b(settings.SECRET_KEY.encode(), person=b"nawa.sampling").digest()


def _day(at: datetime.datetime) -> datetime.date:
    return at.astimezone(clock.ZONE).date()


def _after(at: datetime.datetime, days: int) -> datetime.date:
    return _day(at) + datetime.timedelta(days=days)
