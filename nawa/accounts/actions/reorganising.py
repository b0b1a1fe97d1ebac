"""Reorganisations: prepared line by line, cancelled, or carried out by another person, with the roles in the units.

They stand here and not in the registry, because whoever carries one out must not be tied to those who prepared it, and
because the roles given over a unit that ends pass on to the one that takes its place.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction

from nawa.accounts.enums import Tie
from nawa.accounts.models import Delegation, Grant
from nawa.accounts.permissions import Permission
from nawa.accounts.queries import given_for, lent_for, ties, unended
from nawa.audit import actions as audit
from nawa.audit.enums import Event
from nawa.core import clock, ids, locks, scans
from nawa.core.actor import Actor
from nawa.core.refusal import Reason, refuse_if
from nawa.proof.sealing import new_key
from nawa.registry import actions as registry
from nawa.registry import rules
from nawa.registry.enums import Fate, Operation, PlanState
from nawa.registry.models import ActingAssignment, Reorganisation, ReorganisationScan, Unit
from nawa.registry.queries import Assessment, assess, duties_that_end
from nawa.registry.rules import Outcome
from nawa.registry.rules.plans import MOST_LINES

Equivalent = Mapping[str, tuple[str, ...]]
"""Tiers that the policy holds to be equal (`nawa.policy.stewardship`)."""

_NOTHING: Final = b""


@dataclass(frozen=True, slots=True)
class Head:
    """What a plan is called, from when it takes effect, and by which instrument; an empty scan leaves the one kept."""

    title: str
    effective_on: datetime.date
    instrument: str
    number: str = ""
    dated_on: datetime.date | None = None
    scan: bytes = _NOTHING


def prepare_reorganisation(*, head: Head, by: Actor, at: datetime.datetime | None = None) -> Reorganisation:
    """Begin a plan.

    Raises:
        Refusal: as `rules.reasons_against_head` and `rules.reasons_against_beginning`.
    """
    at, content = at or clock.now(), scans.cleaned_ahead(head.scan)
    with transaction.atomic():
        plan = Reorganisation(prepared_by=str(by), prepared_at=at)
        locks.hold(locks.RECORDS)
        _put(plan, head, content, by=by, at=at)
        named = {name: getattr(plan, name) for name in ("title", "effective_on", "instrument", "number", "dated_on")}
        same = Reorganisation.objects.filter(**named, state=PlanState.DRAFT).exclude(pk=plan.pk)
        refuse_if(rules.reasons_against_beginning(is_begun=same.exists()))
        audit.record(Event.REORGANISATION_PREPARED, subject=plan, by=by, details={"since": plan.effective_on}, at=at)
        return plan


def revise_reorganisation(plan: Reorganisation, *, head: Head, edition: int, by: Actor) -> Reorganisation:
    """Change title, day or instrument of a plan.

    Raises:
        Refusal: as `rules.reasons_against_changing` and `rules.reasons_against_head`.
    """
    content = scans.cleaned_ahead(head.scan)
    with transaction.atomic():
        plan = _changeable(plan, edition)
        _put(plan, head, content, by=by, at=clock.now())
        return plan


@transaction.atomic
def add_line(
    plan: Reorganisation, *, operation: Operation, arguments: Mapping[str, Any], edition: int, by: Actor
) -> Reorganisation:
    """Add a line to a plan. What it makes of the organisation is told by the plan's assessment, not here.

    Raises:
        Refusal: as `rules.reasons_against_changing` and `rules.reasons_against_line`; `sotk.lines`, too many.
    """
    plan = _changeable(plan, edition)
    line = rules.new_line(ids.public_id(), operation, arguments)
    full = [Reason("sotk.lines", {"most": MOST_LINES})] if len(plan.lines) >= MOST_LINES else []
    refuse_if([*rules.reasons_against_line(operation, line["arguments"]), *full])
    plan.lines = [*plan.lines, line]
    return _changed(plan, by)


@transaction.atomic
def remove_line(plan: Reorganisation, *, line: str, edition: int, by: Actor) -> Reorganisation:
    """Take a line out of a plan; one that is not there is none to take out.

    Raises:
        Refusal: as `rules.reasons_against_changing`.
    """
    plan = _changeable(plan, edition)
    plan.lines = rules.without(plan.lines, line)
    return _changed(plan, by)


@transaction.atomic
def decide_on_people(
    plan: Reorganisation, *, people: Collection[str], post: str, edition: int, by: Actor, equivalent: Equivalent
) -> Reorganisation:
    """Place people whom a plan leaves without a post (public ids) in a post (its code), or in none for a time.

    Raises:
        Refusal: as `rules.reasons_against_changing` and `rules.reasons_against_deciding`.
    """
    plan = _changeable(plan, edition)
    found = assess(plan, equivalent=equivalent)
    left = {effect.holder.public_id for effect in found.left}
    posts = {code for code in found.outcome.posts if found.outcome.is_open_post(code)}
    refuse_if(rules.reasons_against_deciding(people, post, left=left, posts=posts))
    plan.decisions = {**plan.decisions, **dict.fromkeys(people, post)}
    return _changed(plan, by)


@transaction.atomic
def cancel_reorganisation(
    plan: Reorganisation, *, edition: int, by: Actor, at: datetime.datetime | None = None
) -> Reorganisation:
    """Give a plan up. It stays to be read.

    Raises:
        Refusal: as `rules.reasons_against_changing`.
    """
    at = at or clock.now()
    plan = _changeable(plan, edition)
    plan.state, plan.closed_by, plan.closed_at = PlanState.CANCELLED, str(by), at
    plan.save()
    audit.record(Event.REORGANISATION_CANCELLED, subject=plan, by=by, details={"since": plan.effective_on}, at=at)
    return plan


@transaction.atomic
def carry_out_reorganisation(
    plan: Reorganisation, *, edition: int, by: Actor, equivalent: Equivalent, at: datetime.datetime | None = None
) -> Reorganisation:
    """Carry out a plan as a whole: units, posts, holders, careers, duties, and the roles over units that end.

    Raises:
        Refusal: as `rules.reasons_against_changing` and `rules.reasons_against_carrying_out`.
    """
    at = at or clock.now()
    today = at.astimezone(clock.ZONE).date()
    locks.hold(locks.RECORDS)
    plan = _changeable(plan, edition)
    found = assess(plan, equivalent=equivalent)
    against = against_carrying_out(plan, found, by=by, on=today)
    refuse_if(against)
    plan.state, plan.closed_by, plan.closed_at, plan.key = PlanState.CARRIED_OUT, str(by), at, new_key().hex()
    plan.save()
    _end_with_duties(found.outcome, since=max(plan.effective_on, today), by=by, at=at)
    changes = registry.reorganise(plan, found, by=by, at=at)
    roles = _pass_on_roles(found.outcome, since=max(plan.effective_on, today), by=by, at=at)
    details = {**_counts(found), "since": plan.effective_on, "roles": roles}
    audit.record_bulk(
        Event.REORGANISATION_CARRIED_OUT,
        changes=changes,
        key=bytes.fromhex(plan.key),
        subject=plan,
        by=by,
        details=details,
        at=at,
    )
    return plan


def against_carrying_out(plan: Reorganisation, found: Assessment, *, by: Actor, on: datetime.date) -> list[Reason]:
    """Return why somebody may not carry out a plan on a day (three queries)."""
    return rules.reasons_against_carrying_out(
        plan,
        ties=ties_to_preparers(plan, by, on=on),
        problems=len(found.outcome.problems),
        undecided=len(found.undecided),
        today=on,
    )


def ties_to_preparers(plan: Reorganisation, actor: Actor, *, on: datetime.date) -> frozenset[Tie]:
    """Return what ties somebody to those who prepared a plan, as of a day (three queries)."""
    since = plan.prepared_at.astimezone(clock.ZONE).date()
    hands = {plan.prepared_by, *plan.hands}
    return ties(hands, str(actor), asked=Permission.RECORDS_CHANGE, since=since, on=on)


def roles_concerned(outcome: Outcome, *, on: datetime.date) -> tuple[int, int]:
    """Count the roles over units that end, and those given for duties that do: how many pass on to heirs, and how many
    end (three queries at most).
    """
    with_duties = {grant.pk for grant in given_for(_ending_duties(outcome), on=on)}
    over = [grant for grant in _over_closed(outcome, on=on) if grant.pk not in with_duties]
    passing = len(_passing_on(outcome, over))
    return passing, len(over) - passing + len(with_duties)


def _ending_duties(outcome: Outcome) -> list[ActingAssignment]:
    return list(duties_that_end(outcome).select_related("position"))


def _over_closed(outcome: Outcome, *, on: datetime.date) -> list[Grant]:
    rows = Grant.objects.filter(unended(on), unit__code__in=_closed(outcome))
    return list(rows.select_related("unit", "user").order_by("pk"))


def _passing_on(outcome: Outcome, grants: Sequence[Grant]) -> list[tuple[Grant, str]]:
    """Return the roles over units that end which pass on, each with the code of the unit that they are then over.

    The plan itself makes that unit, and its holder has the role over all of what it is made of: else they would reach
    people for whom nobody gave it to them.
    """
    parts, held = defaultdict(set), defaultdict(set)
    for code in _closed(outcome):
        parts[outcome.unit_after(code)].add(code)
    for grant, code in _coded(grants):
        held[_alike(grant)].add(code)
    whole = {code: set(outcome.path(code, outcome.before.units)) for codes in parts.values() for code in codes}
    heirs = [(grant, outcome.unit_after(code)) for grant, code in _coded(grants)]
    return [
        (grant, heir)
        for grant, heir in heirs
        if heir and heir not in outcome.before.units and all(whole[part] & held[_alike(grant)] for part in parts[heir])
    ]


def _coded(grants: Iterable[Grant]) -> Iterator[tuple[Grant, str]]:
    yield from ((grant, grant.unit.code) for grant in grants if grant.unit)


def _alike(grant: Grant) -> tuple[object, ...]:
    return grant.user_id, grant.role, grant.acting_as, grant.ended_before


def _closed(outcome: Outcome) -> list[str]:
    return [code for code in outcome.before.units if not outcome.is_open(code)]


def _changeable(plan: Reorganisation, edition: int) -> Reorganisation:
    row = Reorganisation.objects.select_for_update().get(pk=plan.pk)
    refuse_if(rules.reasons_against_changing(row, edition=edition))
    return row


def _changed(plan: Reorganisation, by: Actor) -> Reorganisation:
    plan.edition += 1
    plan.hands = list(dict.fromkeys([*plan.hands, str(by)]))
    plan.save()
    return plan


def _put(plan: Reorganisation, head: Head, content: bytes, *, by: Actor, at: datetime.datetime) -> None:
    refuse_if(
        rules.reasons_against_head(
            title=head.title,
            instrument=head.instrument,
            number=head.number,
            dated_on=head.dated_on,
            scan=head.scan,
            today=at.astimezone(clock.ZONE).date(),
        )
    )
    plan.title, plan.effective_on = head.title.strip(), head.effective_on
    plan.instrument, plan.number, plan.dated_on = head.instrument, head.number.strip(), head.dated_on
    if head.scan:
        plan.scan = ReorganisationScan.objects.create(
            content_type=scans.content_type(content),
            content=content,
            digest=scans.digest(content),
            kept_by=str(by),
            kept_at=at,
        )
    _changed(plan, by)


def _counts(found: Assessment) -> dict[str, int]:
    outcome, counts = found.outcome, found.counts
    return {
        "units": sum(row != outcome.before.units.get(code) for code, row in outcome.units.items()),
        "posts": sum(row != outcome.before.posts.get(code) for code, row in outcome.posts.items()),
        "people": len(found.effects) - counts.get(Fate.RELEASED, 0),
        "released": counts.get(Fate.RELEASED, 0),
    }


# -- roles


def _end_with_duties(outcome: Outcome, *, since: datetime.date, by: Actor, at: datetime.datetime) -> None:
    """End what was given or lent for acting duties in posts that end: the unit may well go on."""
    duties = _ending_duties(outcome)
    for row in lent_for(duties, on=since) if duties else []:
        row.ended_before = max(since, row.started_on)
        row.save(update_fields=["ended_before"])
        told = {"role": row.grant.role, "to": row.to.public_id, "before": row.ended_before}
        audit.record(Event.DELEGATION_ENDED, subject=row, by=by, details=told, at=at)
    for grant in given_for(duties, on=since):
        _end(grant, since, by, at)


def _end(grant: Grant, since: datetime.date, by: Actor, at: datetime.datetime) -> None:
    grant.ended_before = max(since, grant.started_on)
    grant.save(update_fields=["ended_before"])
    told = {"account": grant.user.public_id, "role": grant.role, "before": grant.ended_before}
    audit.record(Event.ROLE_ENDED, subject=grant, by=by, details=told, at=at)


def _pass_on_roles(outcome: Outcome, *, since: datetime.date, by: Actor, at: datetime.datetime) -> int:
    """End the roles over units that end, and give those over units that the plan makes in their place, with what was
    lent of them; return how many passed on.

    A role that would reach people for whom nobody gave it ends. Whoever has the same role over the new unit already
    keeps that one. They stay roles of whoever gave them.
    """
    grants = _over_closed(outcome, on=since)
    passed_on = _passing_on(outcome, grants)
    units = {unit.code: unit for unit in Unit.objects.filter(code__in={heir for _grant, heir in passed_on})}
    for grant, heir in passed_on:
        _lend_on(grant, _given_over(grant, units[heir], since, by, at), since)
    for grant in grants:
        _end(grant, since, by, at)
    return len(passed_on)


def _given_over(grant: Grant, unit: Unit, since: datetime.date, by: Actor, at: datetime.datetime) -> Grant:
    same = Grant.objects.filter(unended(since), user=grant.user_id, role=grant.role, unit=unit)
    found = same.filter(acting_as=grant.acting_as, ended_before=grant.ended_before).first()
    if found:
        return found
    given = Grant.objects.create(
        user_id=grant.user_id,
        role=grant.role,
        unit=unit,
        started_on=max(since, grant.started_on),
        ended_before=grant.ended_before,
        acting_as=grant.acting_as,
        basis=grant.basis,
        granted_by=grant.granted_by,
        granted_at=at,
    )
    told = {"account": grant.user.public_id, "role": grant.role, "since": given.started_on}
    audit.record(Event.ROLE_GIVEN, subject=given, by=by, details=told, at=at)
    return given


def _lend_on(former: Grant, grant: Grant, since: datetime.date) -> None:
    for row in list(former.delegations.filter(unended(since))):
        Delegation.objects.create(
            grant=grant,
            to_id=row.to_id,
            kind=row.kind,
            started_on=max(since, row.started_on),
            ended_before=row.ended_before,
            basis=row.basis,
            delegated_by=row.delegated_by,
            delegated_at=row.delegated_at,
        )
        row.ended_before = max(since, row.started_on)
        row.save(update_fields=["ended_before"])
