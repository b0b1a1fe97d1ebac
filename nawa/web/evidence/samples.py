"""The acceptances that were drawn, as a page and as a file: what is due first to be checked again."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from typing import Any, Final

from django.core.paginator import Page
from django.utils.translation import gettext_lazy

from nawa.accounts.queries import names_of
from nawa.core import clock
from nawa.core.clock import ZONE
from nawa.core.deadlines import due_after
from nawa.evidence.models import Submission
from nawa.evidence.queries import submissions as queries
from nawa.policy.sentences import label
from nawa.policy.wording import day
from nawa.rulebook.queries import stewardship
from nawa.web.evidence.queue import late, summary_of, unit_of
from nawa.web.kit.actors import who
from nawa.web.kit.guards import Request
from nawa.web.kit.languages import spoken
from nawa.web.kit.lists import Column, Source
from nawa.web.kit.paging import page_of
from nawa.web.kit.people import full_name

Due = Callable[[Submission], datetime.date | None]


def due_of_samples() -> Due:
    """Return what tells by which day an acceptance is to be checked again; none where it was (one query)."""
    days = stewardship(on=clock.today()).verify_days
    return lambda row: due_after(row.decided_at, days) if row.decided_at and not row.verdict else None


def samples_page(request: Request) -> dict[str, Any]:
    """Return the acceptances that were drawn, those not judged yet first."""
    page: Page[Submission] = page_of(queries.drawn(scope=request.scope), request.GET.get("halaman"))
    rows, due = list(page.object_list), due_of_samples()
    names = names_of([row.decided_by for row in rows])
    return {
        "page": page,
        "rows": [
            {
                "row": row,
                "name": full_name(row.person),
                "unit": unit_of(row),
                "kind": label("evidence_kinds", row.kind, spoken()),
                "summary": summary_of(row),
                "by": who(row.decided_by, names),
                "due": late(due(row)),
                "is_late": (due(row) or clock.today()) < clock.today(),
            }
            for row in rows
        ],
        "waiting": queries.drawn(scope=request.scope).filter(verdict="").count(),
    }


def samples_of(request: Request) -> Source[Submission]:
    """Return the same as a list to be saved."""
    rows = queries.drawn(scope=request.scope)
    return Source(rows, _columns(due_of_samples()), queries.listed, _nowhere, "")


_HEADS: Final[tuple[Column[Submission], ...]] = (
    Column("nama", gettext_lazy("Nama"), lambda row: full_name(row.person)),
    Column("unit", gettext_lazy("Unit"), unit_of),
    Column("jenis", gettext_lazy("Jenis"), lambda row: label("evidence_kinds", row.kind, spoken())),
    Column("isi", gettext_lazy("Isi"), summary_of),
    Column("diterima", gettext_lazy("Diterima"), lambda row: _day(row.decided_at)),
)


def _columns(due: Due) -> tuple[Column[Submission], ...]:
    return (
        *_HEADS,
        Column("batas", gettext_lazy("Batas"), lambda row: late(due(row))),
        Column("hasil", gettext_lazy("Hasil"), _verdict),
    )


def _verdict(row: Submission) -> str:
    return label("evidence_verdicts", row.verdict, spoken()) if row.verdict else "–"


def _day(at: datetime.datetime | None) -> str:
    return day(at.astimezone(ZONE).date(), spoken()) if at else "–"


def _nowhere(rows: Sequence[Submission]) -> Callable[[Submission], str]:
    return lambda row: ""
