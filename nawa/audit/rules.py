"""What an event may tell, its canonical form, its sentence, and whether a stored event is still what was recorded."""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from nawa.audit.enums import FORMS, Detail, Event, EventForm, Language
from nawa.audit.models import RecordedEvent
from nawa.core.actor import Actor
from nawa.core.ids import is_opaque
from nawa.core.refusal import Reason
from nawa.policy import sentences, wording
from nawa.proof import canonical

FORM: Final = "nawa.audit/1"
"""Version of the canonical form, inside every event. A change of the form is a new version; old events keep theirs."""

_WORDS: Final = {
    "failure": "failures",
    "stage": "stages",
    "reason": "withdrawals",
    "evidence": "evidence_kinds",
    "cause": "evidence_causes",
    "verdict": "evidence_verdicts",
    "declared": "import_coverages",
    "deed": "import_deeds",
    "ground": "grounds_of_erasure",
    "instrument": "instruments",
    "kind": "moves",
    "said": "declarations",
    "state": "policy_states",
}
"""Which group of words a detail's code belongs to; other codes are told as they are."""

_INTEGERS: Final = (Detail.COUNT, Detail.INTEGER)
_SHAPES: Final = {
    Detail.CODE: re.compile(r"[A-Za-z][A-Za-z0-9_.+-]{0,63}"),
    Detail.DIGEST: re.compile(r"[0-9a-f]{64}"),
    Detail.VERSION: re.compile(r"(?!.*\d{16})[0-9A-Za-z][0-9A-Za-z.+_-]{0,63}"),
}


def reasons_against_details(event: Event, details: Mapping[str, Any]) -> list[Reason]:
    """Return `audit.details` for each detail that is missing, not foreseen, or not of its kind."""
    form = FORMS[event].details
    return [
        Reason("audit.details", {"event": str(event), "detail": name})
        for name in sorted(form.keys() | details.keys())
        if name not in form or name not in details or not _fits(form[name], details[name])
    ]


def _fits(kind: Detail, value: Any) -> bool:
    if kind in _INTEGERS:
        return isinstance(value, int) and not isinstance(value, bool) and (kind is Detail.INTEGER or value >= 0)
    if kind is Detail.DATE:
        return isinstance(value, datetime.date) and not isinstance(value, datetime.datetime)
    if not isinstance(value, str):
        return False
    return is_opaque(value) if kind is Detail.ID else _SHAPES[kind].fullmatch(value) is not None


def canonical_form(
    *,
    public_id: str,
    event: Event,
    subject_kind: str,
    subject_id: str,
    by: Actor,
    at: datetime.datetime,
    details: Mapping[str, Any],
) -> str:
    """Return the event as canonical JSON, form `nawa.audit/1`: the text that is stored, hashed and later chained."""
    told = {name: value.isoformat() if isinstance(value, datetime.date) else value for name, value in details.items()}
    document = {
        "form": FORM,
        "id": public_id,
        "event": str(event),
        "subject": {"kind": subject_kind, "id": subject_id},
        "by": {"kind": str(by.kind), "id": by.id},
        "at": instant(at),
        "details": told,
    }
    return canonical.document(document).decode("ascii")


def instant(at: datetime.datetime) -> str:
    """Return an aware instant in UTC to the microsecond, always 27 characters: `2026-11-01T02:03:04.000005Z`."""
    return at.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def digest(text: str) -> str:
    """Return the SHA-256 of a canonical form, in hexadecimal."""
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def details_of(recorded: RecordedEvent) -> dict[str, Any]:
    """Return what a stored event tells, from its canonical form; dates are texts."""
    told: dict[str, Any] = json.loads(recorded.canonical)["details"]
    return told


def sentence(recorded: RecordedEvent, language: Language = Language.INDONESIAN) -> str:
    """Return what happened, in one sentence; numbers, dates and codes are worded as the language does."""
    form = FORMS[Event(recorded.event)]
    told = details_of(recorded)
    shown = {name: _worded(name, form.details[name], value, language) for name, value in told.items()}
    return _template(form, language).format(**shown)


def kind_of(event: Event, language: Language = Language.INDONESIAN) -> str:
    """Return what events of this type tell, short: the sentence up to its first stop, with gaps for the details."""
    told = re.sub(r"\{\w+\}", "…", _template(FORMS[event], language))
    return re.split(r"[:;,]", told)[0].rstrip(".")


def _template(form: EventForm, language: Language) -> str:
    return form.indonesian if language is Language.INDONESIAN else form.english


def _worded(name: str, kind: Detail, value: Any, language: Language) -> Any:
    spoken: sentences.Language = "id" if language is Language.INDONESIAN else "en"
    if kind is Detail.COUNT:
        return wording.number(Decimal(value), spoken)
    if kind is Detail.DATE:
        return wording.day(datetime.date.fromisoformat(value), spoken)
    return sentences.label(_WORDS[name], value, spoken) if name in _WORDS else value


def signs_of_tampering(recorded: RecordedEvent) -> list[Reason]:
    """Return what in a stored event contradicts its canonical form or digest (`audit.altered`)."""
    return [Reason("audit.altered", {"event": recorded.public_id, "field": name}) for name in _altered_fields(recorded)]


def _altered_fields(recorded: RecordedEvent) -> Iterator[str]:
    if hashlib.sha256(recorded.canonical.encode()).hexdigest() != recorded.digest:
        yield "digest"
        return  # the text itself may be anything now
    try:
        yield from _contradicted(recorded, json.loads(recorded.canonical))
    except (ValueError, KeyError, TypeError):
        yield "canonical"  # not a text that was ever recorded, though its digest was made to fit


def _contradicted(recorded: RecordedEvent, told: Mapping[str, Any]) -> Iterator[str]:
    stored = {
        "public_id": (recorded.public_id, told["id"]),
        "event": (recorded.event, told["event"]),
        "subject_kind": (recorded.subject_kind, told["subject"]["kind"]),
        "subject_id": (recorded.subject_id, told["subject"]["id"]),
        "done_by": (recorded.done_by, f"{told['by']['kind']}:{told['by']['id']}"),
        "done_at": (instant(recorded.done_at), told["at"]),
    }
    yield from (name for name, (found, expected) in stored.items() if found != expected)
