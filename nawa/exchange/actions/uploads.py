"""What may be done with an upload: taken, decided on, applied, undone, given up; and what time does to it."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping, Set
from typing import Any

from django.db import transaction

from nawa.accounts.models import User
from nawa.accounts.queries import beyond, roles_of_people
from nawa.accounts.rules import reasons_against_ending_with_movement, reasons_against_moving
from nawa.audit import actions as audit
from nawa.audit.enums import Event
from nawa.core import clock, leases
from nawa.core.actor import Actor
from nawa.core.constraints import NAME
from nawa.core.models import OPEN, RunState
from nawa.core.refusal import Reason, refuse_if
from nawa.exchange import queries, rules, tasks
from nawa.exchange.enums import MOVES, About, Absence, Declared, Deed, Failure, Mode, Stage, Twin
from nawa.exchange.models import Content, Decision, Upload, Work
from nawa.exchange.queries import parts
from nawa.exchange.tasks import steps


@transaction.atomic
def accept(content: bytes, *, file_name: str, declared: Declared, by: Actor, language: str = "id") -> Upload:
    """Take a file in and ask for its check; both are there or neither.

    Raises:
        Refusal: `import.empty`, `import.size`, `import.kind`.
    """
    refuse_if(rules.reasons_against_uploading(len(content), content[:64]))
    at = clock.now()
    upload = Upload.objects.create(
        declared=declared,
        language=language,
        file_name=file_name[-NAME:],
        file_size=len(content),
        digest=hashlib.sha256(content).hexdigest(),
        uploaded_by=str(by),
        uploaded_at=at,
        kept_through=rules.kept_through(at),
    )
    Content.objects.create(upload=upload, name=parts.FILE, content=content)
    details = {"file": upload.digest, "declared": str(declared)}
    audit.record(Event.IMPORT_UPLOADED, subject=upload, by=by, details=details, at=at)
    _ask(upload, Deed.CHECK, by)
    return upload


@transaction.atomic
def check_again(upload: Upload, *, by: Actor) -> Work:
    """Ask for a new preview, of what was kept of the file, beside the records as they are now.

    Raises:
        Refusal: `import.underway`, `import.no_move`.
    """
    upload = _locked(upload)
    refuse_if(rules.reasons_against_checking(upload, queries.underway(upload)))
    return _ask(upload, Deed.CHECK, by)


@transaction.atomic
def decide_absences(
    upload: Upload, people: Mapping[str, str] | None, *, why: Absence, on: datetime.date | None, by: Actor
) -> int:
    """Say why people are absent, and return how many they are: all that nobody has explained yet (None), or those
    of these public ids, each with what had been said of them (or "") when somebody chose them.

    It is written to the records when the upload is applied, and replaces what was said.

    Raises:
        Refusal: `import.underway`, `import.no_move`, or `import.since` where a day is missing or has not come;
            `import.meanwhile` where something else has been said since; of people who leave `move.oneself`, and
            `move.powers` where they may more than who says it.
    """
    upload = _locked(upload)
    refuse_if(rules.reasons_against_deciding(upload, queries.underway(upload)))
    refuse_if(rules.reasons_against_absence(why, on, today=clock.today()))
    known = queries.absent_ids(upload)
    seen = dict.fromkeys(known - queries.decided(upload, About.ABSENT), "") if people is None else people
    chosen = known & set(seen)
    if why in rules.WITH_A_DAY:
        refuse_if(_against_departures(chosen, by=by))
    effective = on if why in rules.WITH_A_DAY else None
    rows = {("person", one): seen[one] for one in chosen}
    return _decide(upload, About.ABSENT, rows, choice=why, on=effective, by=by)


def _against_departures(people: Set[str], *, by: Actor) -> list[Reason]:
    """Return why somebody may not say that people have left: their accounts shut with it, as by a movement."""
    today = clock.today()
    exceeds = beyond(roles_of_people(people, on=today), by, on=today)
    accounts = User.objects.filter(public_id=by.id, person__isnull=False).select_related("person")
    own = next((one for one in accounts if one.person and one.person.public_id in people), None)
    return [*reasons_against_moving(own, by=by), *reasons_against_ending_with_movement(exceeds=exceeds)]


@transaction.atomic
def decide_twins(upload: Upload, rows: Mapping[tuple[str, str], str] | None, *, what: Twin, by: Actor) -> int:
    """Say whether new rows correct their twin or are more: all that nobody has decided on (None), or those of these
    tables and subjects, each with what had been said of it (or "") when somebody chose it.

    Raises:
        Refusal: `import.underway`, `import.no_move`, `import.meanwhile` where something else has been said since.
    """
    upload = _locked(upload)
    refuse_if(rules.reasons_against_deciding(upload, queries.underway(upload)))
    known = queries.twin_ids(upload)
    done = set(Decision.objects.filter(upload=upload, about=About.TWIN).values_list("table", "subject"))
    seen = dict.fromkeys(known - done, "") if rows is None else {row: rows[row] for row in known & set(rows)}
    return _decide(upload, About.TWIN, seen, choice=what, on=None, by=by)


@transaction.atomic
def apply_upload(upload: Upload, *, mode: Mode, preview: str, by: Actor) -> Work:
    """Ask for an upload to be applied as its preview shows it; `preview` is the id of the preview that was seen.

    Raises:
        Refusal: as `rules.reasons_against_applying`; of people who leave by it as `decide_absences`.
    """
    upload = _locked(upload)
    underway, undecided = queries.underway(upload), queries.undecided_twins(upload)
    refuse_if(rules.reasons_against_applying(upload, underway, mode=mode, preview=preview, undecided=undecided))
    refuse_if(_against_departures(queries.departing_ids(upload), by=by))
    return _ask(upload, Deed.APPLY, by, mode=mode)


@transaction.atomic
def undo_import(upload: Upload, *, by: Actor) -> Work:
    """Ask for everything that an upload has written to be taken back.

    Raises:
        Refusal: `import.underway`, `import.no_move`, `import.emptied`.
    """
    upload = _locked(upload)
    refuse_if(rules.reasons_against_undoing(upload, queries.underway(upload)))
    return _ask(upload, Deed.UNDO, by)


@transaction.atomic
def cancel_upload(upload: Upload, *, by: Actor) -> None:
    """Stop what is being done with an upload; where nothing is, give it up and delete its contents.

    Raises:
        Refusal: `import.cancel_asked`, or `import.no_move` where it is applied or over.
    """
    upload = _locked(upload)
    underway = queries.underway(upload)
    if underway is not None:
        refuse_if([] if leases.ask_to_cancel(underway, by=str(by), at=clock.now()) else [Reason("import.cancel_asked")])
        return
    refuse_if(rules.reasons_against_ending(upload, None))
    _end(upload, Stage.CANCELLED, by=by)


def tick(*, at: datetime.datetime) -> list[Work]:
    """Take care of work whose worker was killed, and of uploads whose time is over; return the work."""
    cared = [work for work in leases.silent(Work, at=at) if _taken_care_of(work, at)]
    today = at.astimezone(clock.ZONE).date()
    for upload in Upload.objects.filter(has_contents=True, kept_through__lt=today).exclude(works__state__in=OPEN):
        _empty(upload, today)
    return cared


@transaction.atomic
def _empty(upload: Upload, today: datetime.date) -> None:
    """Delete the contents of an upload that is over; one that was never applied ends with that."""
    upload = _locked(upload)
    if not upload.has_contents or upload.kept_through >= today or queries.underway(upload):
        return
    by = Actor.system("tick")
    if (Stage(upload.stage), Stage.EXPIRED) in MOVES:
        _end(upload, Stage.EXPIRED, by=by)
        return
    Content.objects.filter(upload=upload).delete()
    Decision.objects.filter(upload=upload).delete()
    Upload.objects.filter(pk=upload.pk).update(has_contents=False, file_name="")
    audit.record(Event.IMPORT_EMPTIED, subject=upload, by=by, details={"stage": upload.stage})


def _end(upload: Upload, to: Stage, *, by: Actor) -> None:
    origin = Stage(upload.stage)
    steps.move(upload, to, has_contents=False, file_name="")
    Content.objects.filter(upload=upload).delete()
    Decision.objects.filter(upload=upload).delete()
    steps.tell_move(upload, origin, by, {"stage": origin})


def _locked(upload: Upload) -> Upload:
    return Upload.objects.select_for_update().get(pk=upload.pk)


def _ask(upload: Upload, deed: Deed, by: Actor, mode: str = "") -> Work:
    at = clock.now()
    work = Work.objects.create(upload=upload, deed=deed, mode=mode, started_by=str(by), started_at=at, heartbeat_at=at)
    tasks.perform.enqueue(work.public_id)
    return work


def _decide(
    upload: Upload,
    about: About,
    seen: Mapping[tuple[str, str], str],
    *,
    choice: str,
    on: datetime.date | None,
    by: Actor,
) -> int:
    """Write a choice about rows, each with the choice that was seen of it; one that is written already stays."""
    said = queries.choices(upload, about)
    rows = {row for row in seen if row not in said or (said[row].choice, said[row].effective_on) != (choice, on)}
    refuse_if(rules.reasons_against_replacing({row: said[row].choice for row in rows if row in said}, seen))
    given: Mapping[str, Any] = {"choice": choice, "effective_on": on, "decided_by": str(by), "decided_at": clock.now()}
    Decision.objects.bulk_create(
        [
            Decision(upload=upload, about=about, table=table, subject=subject, **given)
            for table, subject in sorted(rows)
        ],
        update_conflicts=True,
        unique_fields=["upload", "about", "table", "subject"],
        update_fields=[*given],
    )
    return len(seen)


@transaction.atomic
def _taken_care_of(work: Work, at: datetime.datetime) -> bool:
    if work.cancel_asked_at:
        return _given_up(work, RunState.CANCELLED, at)
    if work.state == RunState.RUNNING and work.attempts >= leases.ATTEMPTS:
        return _given_up(work, RunState.FAILED, at, failure=Failure.ABANDONED)
    if leases.put_back(work, at=at):
        tasks.perform.enqueue(work.public_id)
        return True
    return False


def _given_up(work: Work, state: RunState, at: datetime.datetime, **values: str) -> bool:
    ended = leases.give_up(work, state, at=at, **values)
    if ended:
        tasks.tell_end(work, state, **values)
    return ended
