"""Reading what employees submit. Whoever asks for their own passes their public id; all others pass a scope."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Case, DateField, F, Q, QuerySet, When
from django.db.models.functions import Coalesce, Lower

from nawa.core.deadlines import Queue
from nawa.core.scope import Scope
from nawa.evidence.enums import CERTIFICATION, OPEN, TABLES, Kind, State
from nawa.evidence.models import Award, Submission, SubmissionScan, TeamRole, Training
from nawa.evidence.rules.submissions import asked_columns, sheet_of
from nawa.registry.models import CareerEntry, Education, Person
from nawa.registry.queries import called, only, people
from nawa.workbook.entry import typed

ACTED_ON: Final = "acted_on"
"""Name under which a row of the queue has the day by which somebody has to do something."""

_DUE: Final = Case(
    When(state=State.SUBMITTED, then=F("verify_through")),
    When(state=State.ASKED_AGAIN, then=F("answer_through")),
    default=None,
    output_field=DateField(),
)
_MODELS: Final[Mapping[str, type[Any]]] = {
    "award": Award,
    "team_role": TeamRole,
    "training": Training,
    "education": Education,
    "career_entry": CareerEntry,
}
_ORDERS: Final[Mapping[str, Any]] = {
    "nama": Lower("person__name"),
    "unit": Lower(Coalesce("person__unit__name", "person__position__unit__name")),
    "jenis": F("kind"),
    "diajukan": F("submitted_at"),
    "batas": F(ACTED_ON),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which submissions a reader wants to see. `inside`: units by primary key, and no others."""

    states: tuple[str, ...] = (State.SUBMITTED,)
    kind: str = ""
    inside: frozenset[int] | None = None
    is_overdue: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """A fact of a kind that is recorded already: its opaque id, its columns, and where it comes from."""

    row: str
    values: Mapping[str, Any]
    source: str
    verified_by: str
    verified_at: datetime.datetime | None


def queue(
    wanted: Wanted, *, scope: Scope, on: datetime.date, order: str = "batas", descending: bool = False
) -> QuerySet[Submission]:
    """Return the submissions of the people in scope whom a reader wants to see, those due first."""
    mine = only(people(scope=scope), wanted.inside, "home")
    rows = Submission.objects.alias(**{ACTED_ON: _DUE}).filter(state__in=wanted.states)
    rows = rows if scope.all_units and wanted.inside is None else rows.filter(person__in=mine.order_by().values("pk"))
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.is_overdue:
        rows = rows.filter(**{f"{ACTED_ON}__lt": on})
    if wanted.text:
        rows = rows.filter(person__in=Person.objects.filter(called(wanted.text)).order_by().values("pk"))
    key = _ORDERS[order]
    first = key.desc(nulls_last=True) if descending else key.asc(nulls_last=True)
    found: QuerySet[Submission] = rows.order_by(first, "submitted_at", "pk")
    return found


def listed(of: Sequence[int]) -> list[Submission]:
    """Return these submissions (primary keys, of people in scope) in this order, whose they are at hand (one query)."""
    found = Submission.objects.select_related("person__unit", "person__position__unit").in_bulk(of)
    return [found[pk] for pk in of]


def drawn(*, scope: Scope) -> QuerySet[Submission]:
    """Return the acceptances of people in scope that were drawn for the sample: those not judged yet first."""
    rows = Submission.objects.filter(is_drawn=True, state=State.ACCEPTED)
    rows = rows.select_related("person__unit", "person__position__unit")
    mine = rows if scope.all_units else rows.filter(person__in=people(scope=scope).order_by().values("pk"))
    return mine.order_by("verdict", "decided_at", "pk")


def submission_by_id(public_id: str, *, scope: Scope) -> Submission | None:
    """Return a submission of somebody in scope by its opaque id (two queries at most)."""
    rows = Submission.objects.select_related("person__unit", "person__position__unit").filter(public_id=public_id)
    mine = rows if scope.all_units else rows.filter(person__in=people(scope=scope).order_by().values("pk"))
    return mine.first()


def own(person: str) -> QuerySet[Submission]:
    """Return somebody's own submissions (public id), the latest first."""
    return Submission.objects.select_related("person").filter(person__public_id=person).order_by("-submitted_at", "-pk")


def scans(of: Submission) -> list[SubmissionScan]:
    """Return the scans of a submission without what they hold (one query)."""
    return list(of.scans.defer("content").order_by("pk"))


def scan_by_id(of: Submission, public_id: str) -> SubmissionScan | None:
    """Return a scan of a submission by its opaque id, with what it holds (one query)."""
    return of.scans.filter(public_id=public_id).first()


def known(person: Person, kind: Kind) -> list[Known]:
    """Return what is recorded of a kind about somebody (one query)."""
    rows = _of_table(person, kind)
    if TABLES[kind] == "training":
        is_certificate = Q(kind=CERTIFICATION)
        rows = rows.filter(is_certificate if kind is Kind.CERTIFICATE else ~is_certificate)
    return _known(kind, rows)


def with_key(row: Submission) -> list[Known]:
    """Return what is recorded under the key of what somebody submits, of whatever kind it is (one query)."""
    kind, sheet = Kind(row.kind), sheet_of(Kind(row.kind))
    said, key = typed(sheet, row.content), [name for name in sheet.key if name != "nip"]
    found = _known(kind, _of_table(row.person, kind))
    return [fact for fact in found if all((said.get(name) or "") == (fact.values[name] or "") for name in key)]


def _of_table(person: Person, kind: Kind) -> QuerySet[Any]:
    rows: QuerySet[Any] = _MODELS[TABLES[kind]]._default_manager.filter(person=person)
    return rows


def _known(kind: Kind, rows: QuerySet[Any]) -> list[Known]:
    table, columns = TABLES[kind], [column.name for column in asked_columns(kind)]
    return [
        Known(
            f"{table}-{row.pk}",
            {name: getattr(row, name) for name in columns},
            row.source,
            row.verified_by,
            row.verified_at,
        )
        for row in rows.order_by("-pk")
    ]


def to_verify(*, scope: Scope, on: datetime.date) -> Queue:
    """Return what waits for verifiers in scope."""
    return Queue(queue(Wanted(), scope=scope, on=on), "verify_through")


def unanswered(*, scope: Scope, on: datetime.date) -> Queue:
    """Return what people in scope were asked again and have not answered."""
    return Queue(queue(Wanted(states=(State.ASKED_AGAIN,)), scope=scope, on=on), "answer_through")


def to_sample(*, scope: Scope, within_days: int) -> Queue:
    """Return what was drawn in scope and nobody has judged yet; the days run from the acceptance."""
    return Queue(drawn(scope=scope).filter(verdict=""), "decided_at", within_days)


def to_answer(person: str) -> list[Submission]:
    """Return what somebody (public id) was asked again, the earliest due first (one query)."""
    rows = Submission.objects.filter(person__public_id=person, state=State.ASKED_AGAIN)
    return list(rows.order_by("answer_through", "pk"))


def due_on(row: Submission) -> datetime.date | None:
    """Return the day by which somebody has to do something about a submission."""
    if row.state not in OPEN:
        return None
    return row.verify_through if row.state == State.SUBMITTED else row.answer_through
