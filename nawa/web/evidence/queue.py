"""The queue of what was submitted, as a list: what is due first, in the reader's units."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nawa.core import clock
from nawa.core.clock import ZONE
from nawa.evidence.enums import Kind, State
from nawa.evidence.models import Submission
from nawa.evidence.queries import submissions as queries
from nawa.policy.sentences import label
from nawa.policy.wording import day
from nawa.talent.queries.places import Places, places
from nawa.web.evidence import facts
from nawa.web.kit.guards import Request
from nawa.web.kit.languages import spoken
from nawa.web.kit.lists import Asked, Column, Filter, Source, asked_of, filter_of
from nawa.web.kit.people import full_name
from nawa.web.kit.units import PARAMETER, unit_filter

TONES: Final = {State.ACCEPTED: "good", State.ASKED_AGAIN: "attention", State.REFUSED: "danger"}
_OVERDUE: Final = "TERLAMBAT"


def due(row: Submission) -> str:
    """Return the day by which somebody has to do something, and whether it has passed, in words."""
    return late(queries.due_on(row))


def late(on: datetime.date | None) -> str:
    """Return a deadline, and whether it has passed, in words."""
    if on is None:
        return "–"
    said = day(on, spoken())
    return _("%(day)s, terlambat") % {"day": said} if on < clock.today() else said


def tone_of_due(row: Submission) -> str:
    """Return how much the day is to be heeded."""
    on = queries.due_on(row)
    return "danger" if on and on < clock.today() else ""


def unit_of(row: Submission) -> str:
    """Return the unit of whoever submitted."""
    unit = row.person.unit or (row.person.position and row.person.position.unit)
    return unit.name if unit else ""


def summary_of(row: Submission) -> str:
    """Return what a submission says in short."""
    kind = Kind(row.kind)
    return facts.summary(kind, facts.kept(kind, row.content))


COLUMNS: Final[tuple[Column[Submission], ...]] = (
    Column("nama", gettext_lazy("Nama"), lambda row: full_name(row.person)),
    Column("unit", gettext_lazy("Unit"), unit_of),
    Column("jenis", gettext_lazy("Jenis"), lambda row: label("evidence_kinds", row.kind, spoken())),
    Column("isi", gettext_lazy("Isi"), summary_of, is_sortable=False),
    Column("diajukan", gettext_lazy("Diajukan"), lambda row: day(row.submitted_at.astimezone(ZONE).date(), spoken())),
    Column("batas", gettext_lazy("Batas"), due, tone=tone_of_due),
    Column(
        "keadaan",
        gettext_lazy("Keadaan"),
        lambda row: label("evidence_states", row.state, spoken()),
        is_sortable=False,
        tone=lambda row: TONES.get(State(row.state), ""),
    ),
)


def queue_of(request: Request) -> tuple[Asked, Source[Submission], list[Filter]]:
    """Return what the address asks of the queue, the submissions meant, and what can be filtered by.

    Raises:
        Http404: the unit that is asked for is none of the reader's.
    """
    within = places(scope=request.scope)
    filters = _filters(request, within)
    asked = asked_of(request, filters, COLUMNS)
    rows = queries.queue(
        _wanted(asked, within),
        scope=request.scope,
        on=clock.today(),
        order=asked.order or "batas",
        descending=asked.descending,
    )
    return asked, Source(rows, COLUMNS, queries.listed, _lead, "batas"), filters


def _lead(rows: Sequence[Submission]) -> Callable[[Submission], str]:
    return lambda row: reverse("evidence_one", args=[row.public_id])


def _wanted(asked: Asked, within: Places) -> queries.Wanted:
    unit, state = asked.filters.get(PARAMETER), asked.filters.get("keadaan", State.SUBMITTED)
    return queries.Wanted(
        states=(State.SUBMITTED,) if state == _OVERDUE else (state,),
        kind=asked.filters.get("jenis", ""),
        inside=within.below(int(unit)) if unit else None,
        is_overdue=state == _OVERDUE,
        text=asked.text,
    )


def _filters(request: Request, within: Places) -> list[Filter]:
    worded = partial(label, language=spoken())
    states = [(_OVERDUE, _("terlambat diverifikasi"))]
    states += [(state.value, worded("evidence_states", state)) for state in State if state != State.SUBMITTED]
    kinds = [(kind.value, worded("evidence_kinds", kind)) for kind in Kind]
    return [
        filter_of("keadaan", _("Keadaan"), worded("evidence_states", State.SUBMITTED), states),
        filter_of("jenis", _("Jenis"), _("Semua jenis"), kinds),
        unit_filter(request, within),
    ]
