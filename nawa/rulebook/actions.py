"""What may be done with versions of policies."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.db import transaction

from nawa.accounts.enums import Tie
from nawa.accounts.queries import ties
from nawa.audit import actions as audit
from nawa.audit.enums import Event
from nawa.core import clock, locks, scans
from nawa.core.actor import Actor
from nawa.core.refusal import refuse_if
from nawa.policy.drafting import only_changed, path_of
from nawa.policy.keeping import begins_on
from nawa.policy.layouts import Chapter, chapter_of
from nawa.policy.loading import Policy, load, shipped
from nawa.rulebook import queries, rules
from nawa.rulebook.enums import MOVES, Instrument, State
from nawa.rulebook.models import InstrumentScan, PolicyVersion
from nawa.rulebook.rules import Paper

SHIPPER: Final = Actor.system("rulebook")
"""Who brings shipped profiles into the rulebook."""


@transaction.atomic
def ship(*, at: datetime.datetime | None = None) -> list[PolicyVersion]:
    """Bring the shipped profiles that the rulebook does not hold yet into it, and return them; safe at any time.

    The first of its name is in force at once, from the first day that its own dates allow: there is nothing else to
    stand on. One that came later, with a new release of Nawa, is submitted: a release changes no rule by itself.
    """
    at = at or clock.now()
    found = [load(name, on=at.astimezone(clock.ZONE).date()) for name in shipped()]
    known = set(PolicyVersion.objects.values_list("digest", flat=True))
    if all(policy.hash in known for policy in found):
        return []
    locks.hold("rulebook")
    known = set(PolicyVersion.objects.values_list("digest", flat=True))
    return [_shipped(policy, at) for policy in found if policy.hash not in known]


@transaction.atomic
def draft(*, parent: PolicyVersion, version: str, by: Actor, at: datetime.datetime | None = None) -> PolicyVersion:
    """Begin a draft from an approved version, under a name of its own; it is proposed from the next month on.

    Raises:
        Refusal: as `rules.reasons_against_drafting`.
    """
    at = at or clock.now()
    locks.hold("rulebook")
    refuse_if(rules.reasons_against_drafting(version=version, taken=queries.taken(parent.code), parent=parent))
    row = PolicyVersion(
        code=parent.code,
        version=version,
        label=parent.label,
        parent=parent,
        hands=[str(by)],
        proposed_from=_next_month(at.astimezone(clock.ZONE).date(), parent.effective_from),
        drafted_by=str(by),
        drafted_at=at,
    )
    _judge(row)
    row.save()
    details = {"policy": row.code, "version": row.version, "parent": parent.public_id}
    audit.record(Event.POLICY_DRAFTED, subject=row, by=by, details=details, at=at)
    return row


@transaction.atomic
def write(
    version: PolicyVersion,
    *,
    chapter: Chapter,
    typed: Mapping[str, str],
    edition: int,
    by: Actor,
    proposed_from: datetime.date | None = None,
) -> PolicyVersion:
    """Keep what was typed in a chapter of a draft, right or wrong, over the edition of the chapter that was seen.

    Raises:
        Refusal: `policy.not_draft`; `policy.meanwhile` where somebody else has changed this chapter since.
    """
    row = _locked(version)
    refuse_if(rules.reasons_against_editing(row))
    refuse_if(rules.reasons_against_overwriting(row, chapter, edition=edition, by=str(by)))
    changed = only_changed(typed, rules.policy_of(row.parent, on=row.drafted_at.date())) if row.parent else {}
    others = {name: text for name, text in row.typed.items() if chapter_of(path_of(name)) is not chapter}
    mine = {name: text for name, text in changed.items() if chapter_of(path_of(name)) is chapter}
    new_day = proposed_from if chapter is Chapter.HEAD else row.proposed_from
    if row.typed == others | mine and row.proposed_from == new_day:
        return row
    row.typed, row.proposed_from = others | mine, new_day
    row.editions = {**row.editions, chapter: [row.edition_of(chapter) + 1, str(by)]}
    row.hands = list(dict.fromkeys([*row.hands, str(by)]))
    _judge(row)
    row.save()
    return row


def advance(
    version: PolicyVersion,
    *,
    to: State,
    expected: State,
    edition: int,
    by: Actor,
    paper: Paper | None = None,
    reason: str = "",
    at: datetime.datetime | None = None,
) -> PolicyVersion:
    """Move a version on to a state, from the state and edition in which whoever decides has seen it.

    Raises:
        Refusal: as `rules.reasons_against_standing`, `reasons_against_move`, and what the move asks for.
    """
    at, paper = at or clock.now(), paper or Paper()
    today = at.astimezone(clock.ZONE).date()
    planned = MOVES.get((expected, to))
    content = scans.cleaned_ahead(paper.scan) if planned and planned.instrument else b""
    with transaction.atomic():
        row = _locked(version)
        refuse_if(rules.reasons_against_standing(row, edition=edition, state=expected))
        refuse_if(rules.reasons_against_move(row, to, ties=ties_of(row, by, on=today)))
        move = MOVES[expected, to]
        reasons = rules.reasons_against_paper(row, paper, today=today) if move.instrument else []
        reasons += rules.reasons_against_day(row, row.proposed_from, today=today) if to is State.SUBMITTED else []
        refuse_if([*reasons, *(rules.reasons_against_objection(reason) if move.reason else [])])
        if move.instrument:
            _judge(row, paper)
            refuse_if(rules.reasons_against_move(row, to, ties=()))  # with another day something may be wrong
        row.state = to
        for name, value in _marks(to, by, at, reason).items():
            setattr(row, name, value)
        if move.instrument:
            _put(paper, content, row, by=by, at=at)
        row.save()
        audit.record(move.event, subject=row, by=by, details=_told(row), at=at)
        return row


def ties_of(version: PolicyVersion, actor: Actor, *, on: datetime.date) -> frozenset[Tie]:
    """Return what ties somebody to those who had a hand in a draft, as of a day (three queries)."""
    since = version.drafted_at.astimezone(clock.ZONE).date()
    hands: Iterable[str] = {*version.hands, version.drafted_by, *filter(None, [version.submitted_by])}
    asked = MOVES[State.DRAFT, State.SUBMITTED].permission
    return ties(hands, str(actor), asked=asked, since=since, on=on)


def _locked(version: PolicyVersion) -> PolicyVersion:
    rows = PolicyVersion.objects.select_for_update(of=("self",)).select_related("parent")
    return rows.get(pk=version.pk)


def _judge(row: PolicyVersion, paper: Paper | None = None) -> None:
    """Fill in the text that the draft gives, or none while something in it is wrong."""
    since = (paper.effective_from if paper else row.proposed_from) or clock.today()
    citation = paper.citation if paper else rules.UNSIGNED
    policy, _problems = rules.judged(row, row.typed, since=since, citation=citation)
    row.text = policy.canonical.decode("ascii") if policy else ""
    row.digest = policy.hash if policy else ""
    row.label = policy.label if policy else row.label


def _marks(to: State, by: Actor, at: datetime.datetime, reason: str) -> dict[str, Any]:
    if to is State.SUBMITTED:
        return {"submitted_by": str(by), "submitted_at": at}
    if to is State.DRAFT:
        return {"submitted_by": "", "submitted_at": None}
    decided = {"decided_by": str(by), "decided_at": at, "decided_on": at.astimezone(clock.ZONE).date()}
    return {**decided, "reason": reason if to is State.REFUSED else ""}


def _put(paper: Paper, content: bytes, row: PolicyVersion, *, by: Actor, at: datetime.datetime) -> None:
    row.instrument, row.number, row.signatory = paper.kind, paper.number.strip(), paper.signatory.strip()
    row.dated_on, row.effective_from = paper.dated_on, paper.effective_from
    row.scan = InstrumentScan(
        content_type=scans.content_type(content),
        content=content,
        digest=scans.digest(content),
        kept_by=str(by),
        kept_at=at,
    )
    row.scan.save()


def _told(row: PolicyVersion) -> dict[str, Any]:
    name = {"policy": row.code, "version": row.version}
    text = {**name, "policy_hash": row.digest}
    if row.state == State.SUBMITTED:
        changes = len({path_of(entry) for entry in row.typed})
        return {**text, "changes": changes, "proposed_from": row.proposed_from}
    if row.state == State.APPROVED and row.scan:
        own = {"effective_from": row.effective_from, "dated_on": row.dated_on, "instrument": row.instrument}
        return {**text, **own, "scan": row.scan.digest}
    return {**text, "reason": row.reason} if row.state == State.REFUSED else name


def _shipped(policy: Policy, at: datetime.datetime) -> PolicyVersion:
    taken, is_first = queries.taken(policy.id), not PolicyVersion.objects.filter(code=policy.id).exists()
    text = policy.canonical.decode("ascii")
    own = {"state": State.SUBMITTED, "proposed_from": _next_month(at.astimezone(clock.ZONE).date(), None)}
    if is_first:
        own = {"state": State.APPROVED, "instrument": Instrument.SHIPPED, "effective_from": begins_on(text)}
        own |= _marks(State.APPROVED, SHIPPER, at, "")
    row = PolicyVersion.objects.create(
        code=policy.id,
        version=policy.version if policy.version not in taken else f"{policy.version}-{policy.hash[:8]}",
        label=policy.label,
        text=text,
        digest=policy.hash,
        hands=[str(SHIPPER)],
        drafted_by=str(SHIPPER),
        drafted_at=at,
        submitted_by=str(SHIPPER),
        submitted_at=at,
        **own,
    )
    details = {"policy": row.code, "version": row.version, "policy_hash": row.digest, "state": row.state}
    audit.record(Event.POLICY_SHIPPED, subject=row, by=SHIPPER, details=details, at=at)
    return row


def _next_month(today: datetime.date, not_before: datetime.date | None) -> datetime.date:
    first = (today.replace(day=1) + datetime.timedelta(days=32)).replace(day=1)
    return max(first, not_before) if not_before else first
