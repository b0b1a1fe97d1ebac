"""What these pages show of a submission: the fact, its scans, what is recorded already, and what may be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from nawa.accounts.permissions import Permission
from nawa.accounts.queries import names_of
from nawa.core import clock
from nawa.core.refusal import Reason
from nawa.core.scans import SUFFIXES
from nawa.core.scope import Scope
from nawa.evidence.actions.submissions import ties_of
from nawa.evidence.enums import MOVES, OPEN, Kind, State
from nawa.evidence.models import Submission, SubmissionScan
from nawa.evidence.queries import submissions as queries
from nawa.evidence.rules.submissions import asked_columns, moves_from, reasons_against_move
from nawa.policy.sentences import label
from nawa.registry.models import Person
from nawa.registry.queries import people
from nawa.web.evidence import facts
from nawa.web.evidence.forms import CauseForm, EditionForm, FactForm, VerdictForm
from nawa.web.evidence.queue import TONES, due, late, summary_of, tone_of_due, unit_of
from nawa.web.evidence.samples import due_of_samples
from nawa.web.kit.actors import who
from nawa.web.kit.exports import attachment
from nawa.web.kit.guards import Request
from nawa.web.kit.languages import spoken
from nawa.web.kit.origins import origin_of
from nawa.web.kit.people import full_name
from nawa.web.kit.refusals import sentences
from nawa.workbook.sheets import Column

_BUTTONS: Final[Mapping[State, tuple[str | Promise, str | Promise, str]]] = {
    State.ACCEPTED: (
        gettext_lazy("Terima"),
        gettext_lazy("Isinya menjadi data yang terverifikasi dan ikut dihitung pada pemetaan berikutnya."),
        "evidence_accept",
    ),
    State.ASKED_AGAIN: (
        gettext_lazy("Minta lagi"),
        gettext_lazy("Pegawai melengkapinya; pengajuan lalu kembali ke antrean ini."),
        "evidence_ask",
    ),
    State.REFUSED: (
        gettext_lazy("Tolak"),
        gettext_lazy("Tidak ada data yang berubah; pegawai membaca alasannya."),
        "evidence_refuse",
    ),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that may be done: its button, what it does, where it is sent, its form."""

    to: State
    button: str
    effect: str
    address: str
    form: EditionForm

    @property
    def is_main(self) -> bool:
        """Whether it is the page's chief deed."""
        return self.to is State.ACCEPTED


@dataclass(frozen=True, slots=True)
class Recorded:
    """A fact that is recorded: what it says, its origin in words, whether this one takes its place or has its key."""

    pairs: tuple[tuple[str, str], ...]  # what a column holds, and what it is called
    origin: str
    is_replaced: bool
    has_its_key: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A submission in a list."""

    row: Submission
    kind: str
    summary: str
    due: str
    tone_of_due: str
    tone: str


def told(row: Submission) -> Told:
    """Return a submission as lists show it."""
    kind = label("evidence_kinds", row.kind, spoken())
    return Told(row, kind, summary_of(row), due(row), tone_of_due(row), TONES.get(State(row.state), ""))


def verify_page(
    request: Request, row: Submission, given: tuple[State, EditionForm] | None = None, refused: Sequence[str] = ()
) -> dict[str, Any]:
    """Return what a verifier sees of a submission; `given` is a form that was sent and came to nothing."""
    may = row.state in OPEN and _may_verify(request, row)
    against = _against(request, row) if may else []
    return {
        **_common(row),
        "person": full_name(row.person),
        "unit": unit_of(row),
        **beside(row),
        "offers": _offers(row, given) if may and not against else [],
        "against": sentences(against),
        **_sampling(request, row),
        "refused": refused,
    }


def _sampling(request: Request, row: Submission) -> dict[str, Any]:
    """What the analyst does with an acceptance that was drawn, and by when."""
    if not _may_sample(request, row):
        return {"verdict_form": None}
    return {"verdict_form": VerdictForm(auto_id="sampel-%s"), "sample_due": late(due_of_samples()(row))}


def own_page(row: Submission, refused: Sequence[str] = ()) -> dict[str, Any]:
    """Return what an employee sees of their own submission."""
    return {
        **_common(row),
        "may_answer": (row.state, State.SUBMITTED) in MOVES,
        "may_withdraw": (row.state, State.WITHDRAWN) in MOVES,
        "withdrawal": EditionForm(initial={"edition": row.edition}),
        "refused": refused,
    }


def fact_page(kind: Kind, form: FactForm, refused: Sequence[str] = (), row: Submission | None = None) -> dict[str, Any]:
    """Return what the page of a fact that is typed in shows."""
    return {
        "kind": label("evidence_kinds", kind, spoken()),
        "proof": facts.PROOFS[kind],
        "form": form,
        "refused": [*refused, *form.non_field_errors()],
        "row": row,
        "faults": [(form[name], errors) for name, errors in form.errors.items() if name in form.fields],
    }


def me(request: Request) -> Person:
    """Return the employee who reads."""
    return people(scope=Scope.everything()).get(public_id=request.access.person_id)


def beside(row: Submission) -> dict[str, Any]:
    """Return a submission over what is recorded of the same kind, or under its key, in the columns that any fills in.

    What the submission takes the place of comes first, and what stands in its way.
    """
    kind = Kind(row.kind)
    submitted = facts.kept(kind, row.content)
    known, same = queries.known(row.person, kind), queries.with_key(row)
    both = {fact.row: fact for fact in (*known, *same)}
    found = [fact for fact in both.values() if fact.row != row.fact]
    names = names_of([fact.verified_by for fact in found])
    columns = [one for one in asked_columns(kind) if any(_said(one, of) for of in (submitted, *_values(found)))]
    is_open = row.state in OPEN
    recorded = [
        Recorded(
            pairs=_pairs(kind, columns, fact.values),
            origin=origin_of(fact, names=names),
            is_replaced=is_open and fact.row == row.replaces,
            has_its_key=is_open and fact.row != row.replaces and fact in same,
        )
        for fact in found
    ]
    return {
        "columns": [facts.heading(kind, column) for column in columns],
        "submitted": _pairs(kind, columns, submitted),
        "recorded": sorted(recorded, key=lambda one: not (one.is_replaced or one.has_its_key)),
    }


def _values(found: Sequence[queries.Known]) -> list[Mapping[str, Any]]:
    return [fact.values for fact in found]


def _said(column: Column, values: Mapping[str, Any]) -> str:
    return facts.said(column, values.get(column.name))


def _pairs(kind: Kind, columns: Sequence[Column], values: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((_said(column, values) or "–", facts.heading(kind, column)) for column in columns)


def handed_out(scan: SubmissionScan | None) -> HttpResponse:
    """Return a scan as a file that the browser saves and never runs, under a name that says nothing.

    Raises:
        Http404: there is none.
    """
    if scan is None:
        raise Http404("scan")
    name = f"bukti-{scan.public_id}.{SUFFIXES[scan.content_type]}"
    return attachment(bytes(scan.content), filename=name, content_type=scan.content_type)


def _common(row: Submission) -> dict[str, Any]:
    kind = Kind(row.kind)
    names = names_of([row.decided_by, row.sampled_by, row.submitted_by])
    return {
        "row": row,
        "told": told(row),
        "kind": label("evidence_kinds", kind, spoken()),
        "lines": facts.lines(kind, facts.kept(kind, row.content)),
        "before": facts.lines(kind, facts.kept(kind, row.before)) if row.before else [],
        "scans": [(scan, SUFFIXES[scan.content_type].upper(), -(-scan.size // 1024)) for scan in queries.scans(row)],
        "decided_by": who(row.decided_by, names) if row.decided_by else "",
        "sampled_by": who(row.sampled_by, names) if row.sampled_by else "",
    }


def _offers(row: Submission, given: tuple[State, EditionForm] | None) -> list[Offer]:
    offers = []
    for to, move in moves_from(row.state):
        if to in _BUTTONS:
            button, effect, address = _BUTTONS[to]
            fresh = (CauseForm if move.cause else EditionForm)(
                initial={"edition": row.edition}, auto_id=f"{to.lower()}-%s"
            )
            form = given[1] if given and given[0] is to else fresh
            offers.append(Offer(to, str(button), str(effect), address, form))
    return offers


def _may_verify(request: Request, row: Submission) -> bool:
    scope = request.access.scope(Permission.EVIDENCE_VERIFY)
    return not scope.is_empty and queries.submission_by_id(row.public_id, scope=scope) is not None


def _may_sample(request: Request, row: Submission) -> bool:
    is_due = row.is_drawn and row.state == State.ACCEPTED and not row.verdict
    return is_due and request.access.may(Permission.EVIDENCE_SAMPLE)


def _against(request: Request, row: Submission) -> list[Reason]:
    """Return why the reader may not verify it: it is their own, or of somebody tied to them."""
    return reasons_against_move(row, State.REFUSED, ties=ties_of(row, request.actor, on=clock.today()))
