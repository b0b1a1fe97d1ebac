"""The newest findings that a worker kept, as far as they are in scope, and whether the records are still the same."""

from __future__ import annotations

import datetime
import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import polars as pl
from django.db.models import QuerySet

from nawa.audit.enums import Event
from nawa.audit.models import RecordedEvent
from nawa.core.models import RunState
from nawa.core.scope import Scope
from nawa.registry.queries import people
from nawa.talent.models import RecordCheck
from nawa.talent.queries.conflicts import FINDING, Kind

_OTHER_ROOMS: Final = ("accounts", "rulebook", "talent")
"""Apps whose deeds change no record of a person or post."""

_WITHOUT_EFFECT: Final = frozenset(
    {
        *(Event.IMPORT_UPLOADED, Event.IMPORT_REFUSED, Event.IMPORT_CANCELLED, Event.IMPORT_EXPIRED),
        *(Event.IMPORT_EMPTIED, Event.IMPORT_ENDED_WITHOUT_RESULT, Event.SIMATA_COMPARED, Event.SIMATA_EMPTIED),
        *(Event.DISAGREEMENTS_QUEUED, Event.DISAGREEMENTS_WITHDRAWN, Event.DISAGREEMENTS_KEPT),
        *(Event.ERASURE_ASKED, Event.ERASURE_DECLINED),
        *(Event.REORGANISATION_PREPARED, Event.REORGANISATION_CANCELLED),
        *(Event.EVIDENCE_SUBMITTED, Event.EVIDENCE_ANSWERED, Event.EVIDENCE_ASKED_AGAIN, Event.EVIDENCE_REFUSED),
        *(Event.REGISTERS_DECLARED, Event.DECLARATION_WITHDRAWN),
    }
)
"""Deeds that only ask, refuse, wait or declare."""

_OF_THE_POLICY: Final = (Event.RUN_COMPUTED, Event.RUN_WITHDRAWN)
"""After these another policy may say how long something holds (`newest_parameters`)."""

TOUCHING: Final = frozenset(
    event for event in Event if event.partition(".")[0] not in _OTHER_ROOMS and event not in _WITHOUT_EFFECT
) | frozenset(_OF_THE_POLICY)
"""Deeds after which there may be other findings. A deed that nobody has thought of here is one of them."""

_LOOKED_AT: Final = 50
"""Of these deeds so many, the newest: one that was recorded before another may be committed after it."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found among the people in scope; `is_current`: no record was touched since, and it is still its day.

    `is_underway`: a worker has another one in hand, or will. `has_failed`: the one over the present records failed.
    """

    check: RecordCheck
    found: Mapping[Kind, pl.DataFrame]
    is_current: bool
    is_underway: bool
    has_failed: bool


def basis_of_records() -> str:
    """Return what tells the records of now from those before and after a deed on them (one query)."""
    rows = RecordedEvent.objects.filter(event__in=sorted(TOUCHING)).order_by("-pk")
    return hashlib.sha256(" ".join(rows.values_list("public_id", flat=True)[:_LOOKED_AT]).encode("ascii")).hexdigest()


def wants_check(*, on: datetime.date) -> str | None:
    """Return the basis of a check that is to be asked for, or None: there is one, it is underway, or it failed.

    Two queries. What failed is tried again once the records or the day are other ones.
    """
    basis, newest = basis_of_records(), _checks().first()
    there = newest is not None and (newest.is_open or (newest.basis, newest.on) == (basis, on))
    return None if there else basis


def checked(*, scope: Scope, on: datetime.date) -> Checked | None:
    """Return the newest findings in scope; None before the first check has come to its end. Four queries at most."""
    newest = list(_checks()[:2])
    last = next((one for one in newest if one.state == RunState.SUCCEEDED), None)
    if last is None:
        last = _checks().filter(state=RunState.SUCCEEDED).first()
    if last is None:
        return None
    basis = basis_of_records()
    return Checked(
        check=last,
        found=_within(_findings(last.public_id), scope),
        is_current=(last.basis, last.on) == (basis, on),
        is_underway=newest[0].is_open,
        has_failed=newest[0].state == RunState.FAILED,
    )


def packed(found: Mapping[Kind, pl.DataFrame]) -> bytes:
    """Return findings as `RecordCheck` keeps them."""
    rows = pl.concat(frame.select(pl.lit(str(kind)).alias("kind"), *FINDING) for kind, frame in found.items())
    kept = io.BytesIO()
    rows.write_parquet(kept, compression="zstd")
    return kept.getvalue()


def _checks() -> QuerySet[RecordCheck]:
    return RecordCheck.objects.defer("findings").order_by("-pk")


@lru_cache(maxsize=2)
def _findings(public_id: str) -> pl.DataFrame:
    """A check never changes once it has ended, so it is read once and held (one query)."""
    content = RecordCheck.objects.values_list("findings", flat=True).get(public_id=public_id)
    return pl.read_parquet(io.BytesIO(bytes(content or b"")))


def _within(rows: pl.DataFrame, scope: Scope) -> dict[Kind, pl.DataFrame]:
    if not scope.all_units:
        rows = rows.filter(pl.col("person_id").is_in(list(people(scope=scope).values_list("pk", flat=True))))
    return {kind: rows.filter(pl.col("kind") == str(kind)).drop("kind") for kind in Kind}
