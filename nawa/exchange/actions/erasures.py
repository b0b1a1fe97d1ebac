"""Erasing personal records whose time has come: a kind past its date, or lawfully all that is kept of one person.

What tells of people goes; the audit record, its sealed row changes and what published maps were computed from stay,
under ids that name nobody. The keys that would let somebody test a guess against the sealed changes are destroyed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction

from nawa.accounts import actions as accounts
from nawa.accounts.permissions import Permission
from nawa.accounts.queries import ties
from nawa.audit import actions as audit
from nawa.audit.enums import Event
from nawa.core import clock, locks
from nawa.core.actor import Actor
from nawa.core.refusal import refuse_if
from nawa.core.scope import Scope
from nawa.evidence.enums import TABLES
from nawa.evidence.models import DeclaredNone, Submission
from nawa.exchange.actions.comparisons import let_go
from nawa.exchange.enums import KIND_OF, PERSON, ErasureState, Ground
from nawa.exchange.frames import SHEET_MAPS
from nawa.exchange.frames.erasing import affected, deeds_naming, uploads_naming
from nawa.exchange.models import Comparison, Content, Decision, Disagreement, Erasure, Import, Upload
from nawa.exchange.queries import erasures as queries
from nawa.exchange.rules import erasures as rules
from nawa.policy.stewardship import RETAINED
from nawa.registry import actions as registry
from nawa.registry.models import Confirmation, Person, PlannedMove, Reorganisation
from nawa.talent import actions as talent
from nawa.workbook.sheets import BY_TABLE, Kind


@dataclass(slots=True)
class _Gone:
    """What an erasure has taken."""

    people: set[int] = field(default_factory=set)
    rows: set[str] = field(default_factory=set)  # `TABLE ROW`, as kept row changes name them


@transaction.atomic
def erase_due(kinds: Collection[str], *, by: Actor) -> Erasure:
    """Erase the records of these kinds of everybody for whom they are past their date; with the own row goes all.

    Raises:
        Refusal: `erasure.nothing`, `erasure.uploads`.
    """
    locks.hold(locks.RECORDS)
    found = affected(kinds, on=clock.today(), scope=Scope.everything())
    refuse_if(rules.reasons_against_erasing(kinds, len(found), queries.open_uploads()))
    at, whose = clock.now(), {one.kind: set(one.rows) for one in found}
    erasure = Erasure(ground=Ground.RETENTION, kinds=list(whose), asked_by=str(by), asked_at=at)
    return _carry_out(erasure, whose, by)


@transaction.atomic
def ask_erasure(person: Person, *, ground: Ground, letter_number: str, reason: str, by: Actor) -> Erasure:
    """Ask for the lawful erasure of all that is kept of somebody; a second person confirms.

    Raises:
        Refusal: `erasure.erased`, `erasure.active`, `erasure.asked`, `erasure.letter`.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    asked = queries.asked_for(person)
    refuse_if(rules.reasons_against_asking(person, asked, letter_number, reason, on=clock.today()))
    erasure = Erasure.objects.create(
        ground=ground,
        kinds=list(RETAINED),
        person=person,
        letter_number=letter_number.strip(),
        reason=reason.strip(),
        asked_by=str(by),
        asked_at=clock.now(),
    )
    audit.record(Event.ERASURE_ASKED, subject=erasure, by=by, details=_told(erasure))
    return erasure


@transaction.atomic
def confirm_erasure(erasure: Erasure, *, by: Actor) -> Erasure:
    """Erase all that is kept of the person, as somebody else has asked.

    Raises:
        Refusal: `erasure.decided`, `erasure.same_hand`, `erasure.active`, `erasure.erased`, `erasure.uploads`.
    """
    locks.hold(locks.RECORDS)
    erasure = Erasure.objects.select_for_update().get(pk=erasure.pk)
    refuse_if(rules.reasons_against_deciding_erasure(erasure, is_tied=is_tied(erasure, by)))
    if erasure.person is not None:
        refuse_if(rules.reasons_against_person(erasure.person, on=clock.today()))
    refuse_if(rules.reasons_against_uploads(queries.open_uploads()))
    return _carry_out(erasure, dict.fromkeys(RETAINED, _whole(erasure)), by)


@transaction.atomic
def decline_erasure(erasure: Erasure, *, by: Actor) -> None:
    """Let the records stay: the request was wrong. Raises `erasure.decided`."""
    erasure = Erasure.objects.select_for_update().get(pk=erasure.pk)
    refuse_if(rules.reasons_against_deciding_erasure(erasure, is_tied=False))
    _end(erasure, ErasureState.DECLINED, Event.ERASURE_DECLINED, by)


@transaction.atomic
def withdraw_erasure(erasure: Erasure, *, by: Actor) -> None:
    """Take back what one has asked for oneself, while nobody has decided. Raises `erasure.decided`, `.not_asker`."""
    erasure = Erasure.objects.select_for_update().get(pk=erasure.pk)
    refuse_if(rules.reasons_against_withdrawing_erasure(erasure, str(by)))
    _end(erasure, ErasureState.WITHDRAWN, Event.ERASURE_WITHDRAWN, by)


def _end(erasure: Erasure, to: ErasureState, event: Event, by: Actor) -> None:
    erasure.state, erasure.decided_by, erasure.decided_at = to, str(by), clock.now()
    erasure.save()
    audit.record(event, subject=erasure, by=by, details=_told(erasure))


def is_tied(erasure: Erasure, actor: Actor) -> bool:
    """Whether somebody is who asked for an erasure, or tied to them (three queries at most)."""
    if erasure.asked_by == str(actor):
        return True
    since = erasure.asked_at.astimezone(clock.ZONE).date()
    asked = Permission.RECORDS_CHANGE
    return bool(ties([erasure.asked_by], str(actor), asked=asked, since=since, on=clock.today()))


def _told(erasure: Erasure) -> dict[str, Any]:
    return {"ground": erasure.ground, "person": erasure.person.public_id if erasure.person else ""}


def _whole(erasure: Erasure) -> frozenset[int]:
    """The person that a lawful erasure is about."""
    return frozenset([erasure.person_id] if erasure.person_id else [])


def _carry_out(erasure: Erasure, whose: Mapping[str, Collection[int]], by: Actor) -> Erasure:
    gone = _Gone()
    everybody = {person for people in whose.values() for person in people}
    nips = set(Person.objects.filter(pk__in=everybody).values_list("nip", flat=True))
    uploads = uploads_naming(nips)
    for kind, people in whose.items():
        _erase_rows(kind, people, gone)
    if whose.get(PERSON):
        _erase_people(whose[PERSON], gone)
    talent.forget_checks()
    made = _destroy_keys(gone.rows, uploads)
    erasure.state, erasure.decided_by, erasure.decided_at = ErasureState.DONE, str(by), clock.now()
    erasure.people, erasure.rows, erasure.imports, erasure.reason = len(gone.people), len(gone.rows), made, ""
    erasure.save()
    counts = {"people": erasure.people, "rows": erasure.rows, "imports": made, "kinds": len(whose)}
    audit.record(Event.RECORDS_ERASED, subject=erasure, by=by, details={"ground": erasure.ground, **counts})
    return erasure


def _erase_rows(kind: str, people: Collection[int], gone: _Gone) -> None:
    """Delete the rows of a kind, what letters say of it, and what waits to be decided about it."""
    tables = [table for table, of_kind in KIND_OF.items() if of_kind == kind and table != "person"]
    for table in tables:
        rows = _rows_about(table, people)
        gone.rows |= {f"{table} {table}-{pk}" for pk in rows.values_list("pk", flat=True)}
        gone.people |= set(rows.values_list("person_id", flat=True))
        rows.delete()
    Disagreement.objects.filter(person__in=people, table__in=tables).delete()
    submitted = [one for one, table in TABLES.items() if table in tables]
    Submission.objects.filter(person__in=people, kind__in=submitted).delete()  # its scans go with it
    if "career_entry" in tables:
        Confirmation.objects.filter(person__in=people).delete()
        PlannedMove.objects.filter(person__in=people).delete()
    DeclaredNone.objects.filter(person__in=people, register=kind).delete()
    said = Person.objects.filter(pk__in=people).values_list("pk", "verified_none")
    registry.say_none({pk: [one for one in codes if one != kind] for pk, codes in said if kind in codes})


def _rows_about(table: str, people: Collection[int]) -> models.QuerySet[Any]:
    """Return the rows of a table that name any of these people, as whose they are or otherwise."""
    model = SHEET_MAPS[table].model
    named = models.Q()
    for one in model._meta.concrete_fields:
        if one.related_model is Person:
            named |= models.Q((f"{one.name}__in", list(people)))
    return model._base_manager.filter(named)


def _erase_people(people: Collection[int], gone: _Gone) -> None:
    """Empty people's own rows, what names them elsewhere, and their accounts."""
    ids = set(Person.objects.filter(pk__in=people).values_list("public_id", flat=True))
    gone.people |= set(people)
    gone.rows |= {f"person {one}" for one in ids}
    Disagreement.objects.filter(person__in=people).delete()
    Decision.objects.filter(subject__in=ids).delete()
    let_go(Comparison.objects.filter(has_contents=True))  # SIMATA's sheet names everybody
    for old, new in registry.forget_people(people).items():
        _rename(old, new)
    accounts.forget_accounts(people)


def _rename(old: str, new: str) -> None:
    """Let rows about others that name somebody by NIP (as their rater) name the number by which they go now."""
    for table, held in SHEET_MAPS.items():
        for column in BY_TABLE[table].columns:
            if column.kind is Kind.NIP and column.name in held.plain and table != "person":
                rows = held.model._base_manager.filter(**{held.path(column.name): old})
                rows.update(**{held.path(column.name): new})


def _destroy_keys(rows: Collection[str], uploads: Iterable[Upload]) -> int:
    """Empty uploads that name somebody, destroy the keys of deeds that name an erased row; return how many imports."""
    ended: set[str] = set()
    for upload in uploads:
        Content.objects.filter(upload=upload).delete()
        Decision.objects.filter(upload=upload).delete()
        Upload.objects.filter(pk=upload.pk).update(has_contents=False, file_name="")
        ended.add(upload.made.public_id if upload.made else upload.public_id)
    made = deeds_naming(Import, rows)
    Import.objects.filter(public_id__in=made).update(key="")
    Reorganisation.objects.filter(public_id__in=deeds_naming(Reorganisation, rows)).update(key="")
    return len(ended.union(made))
