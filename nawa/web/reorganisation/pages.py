"""What these pages show: all plans, one plan with its lines, problems and effects, and a line to be added."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count
from django.utils.translation import gettext as _

from nawa.accounts.actions import against_carrying_out, roles_concerned
from nawa.accounts.permissions import Permission
from nawa.accounts.queries import names_of
from nawa.core import clock
from nawa.core.refusal import Reason
from nawa.policy import wording
from nawa.policy.sentences import label
from nawa.registry.enums import Contents, Fate, Operation, PlanState
from nawa.registry.models import Reorganisation
from nawa.registry.queries import Assessment, assess, needs_after, organisation_on, plans
from nawa.registry.rules import Line, Organisation, Outcome, lines_of
from nawa.rulebook.queries import stewardship
from nawa.web.kit.actors import who
from nawa.web.kit.guards import Request
from nawa.web.kit.languages import spoken
from nawa.web.kit.paging import page_of
from nawa.web.reorganisation import trees
from nawa.web.reorganisation.forms import EditionForm, HeadForm, LineForm

TONES: Final[Mapping[str, str]] = {PlanState.CARRIED_OUT: "good", PlanState.DRAFT: "attention"}


@dataclass(frozen=True, slots=True)
class Told:
    """A line in words, with what is wrong with it."""

    id: str
    sentence: str
    problems: tuple[str, ...]


def may_change(request: Request) -> bool:
    """Tell whether the reader may draft plans and carry them out: they concern the whole institution."""
    return request.access.scope(Permission.RECORDS_CHANGE).all_units


def may_see_drafts(request: Request) -> bool:
    """Tell whether the reader may see plans that were not carried out."""
    return may_change(request) or request.access.scope(Permission.UNPUBLISHED).all_units


def equivalent() -> Mapping[str, tuple[str, ...]]:
    """Return the tiers that the institution's policy holds to be equal today (one query)."""
    return stewardship(on=clock.today()).equivalent_tiers


def assessed(plan: Reorganisation) -> Assessment:
    """Return what a plan would do (five queries)."""
    return assess(plan, equivalent=equivalent())


def sentences(reasons: Iterable[Reason]) -> tuple[str, ...]:
    """Return why a deed may not happen, in the reader's language."""
    return tuple(wording.refusal(reason.code, _worded(reason.arguments), spoken()) for reason in reasons)


def _worded(arguments: Mapping[str, Any]) -> dict[str, Any]:
    groups = {"field": "reorganisation_fields", "state": "reorganisation_states", "tie": "account_ties"}
    return {
        name: label(groups[name], value, spoken()) if name in groups else _dated(value)
        for name, value in arguments.items()
    }


def _dated(value: Any) -> Any:
    return wording.day(value, spoken()) if isinstance(value, datetime.date) else value


# -- all plans


def index_page(request: Request) -> dict[str, Any]:
    """Return what the list of plans shows: four queries at most."""
    rows = plans(drafts=may_see_drafts(request)).defer("decisions").annotate(people=Count("confirmations"))
    page = page_of(rows, request.GET.get("hal"))
    names = names_of(row.prepared_by for row in page)
    shown = [(row, TONES.get(row.state, ""), len(row.lines), who(row.prepared_by, names)) for row in page]
    return {"page": page, "rows": shown, "may_change": may_change(request), "may_see_drafts": may_see_drafts(request)}


# -- one plan


def plan_page(request: Request, plan: Reorganisation, refused: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return what the page of a plan shows; a draft with all that it would do: fourteen queries at most."""
    names = names_of(filter(None, [plan.prepared_by, plan.closed_by, *plan.hands]))
    shared = {
        "plan": plan,
        "tone": TONES.get(plan.state, ""),
        "prepared_by": who(plan.prepared_by, names),
        "closed_by": who(plan.closed_by, names) if plan.closed_by else "",
        "hands": [who(hand, names) for hand in plan.hands],
        "refused": refused,
        "edition_form": EditionForm(initial={"edition": plan.edition}, auto_id=False),
    }
    if plan.state != PlanState.DRAFT:
        return {**shared, **_closed(plan)}
    return {**shared, **_draft(request, plan)}


def _closed(plan: Reorganisation) -> dict[str, Any]:
    known = organisation_on(plan.effective_on - datetime.timedelta(days=1))
    counted = dict(plan.confirmations.order_by().values_list("fate").annotate(number=Count("pk")))
    fates = [(fate.value, fate.label, counted[fate]) for fate in Fate if fate in counted]
    told = [Told(line.id, said(line, known), ()) for line in lines_of(plan)]
    return {"lines": told, "fates": fates, "people": sum(counted.values())}


def _draft(request: Request, plan: Reorganisation) -> dict[str, Any]:
    found = assessed(plan)
    outcome, mine = found.outcome, may_change(request)
    by_line: dict[str, list[Reason]] = defaultdict(list)
    for line, reason in outcome.problems:
        by_line[line].append(reason)
    against = against_carrying_out(plan, found, by=request.actor, on=clock.today()) if mine else []
    known = Organisation(outcome.units, outcome.posts)
    needs = needs_after(outcome)
    passing = outcome.standards_pass
    passed_on, ended = roles_concerned(outcome, on=clock.today())
    return {
        "lines": [Told(line.id, said(line, known), sentences(by_line[line.id])) for line in lines_of(plan)],
        "problems": sentences(by_line[""]),
        "problem_count": len(outcome.problems),
        "fates": [(fate.value, fate.label, number) for fate, number in found.counts.items()],
        "people": len(found.effects),
        "undecided": len(found.undecided),
        "needs_carried": sum(not need.ends for need in needs),
        "needs_ended": sum(need.ends for need in needs),
        "standards": [(outcome.before.posts[old].name, outcome.posts[heir].name) for old, heir in passing.items()],
        "passed_on": passed_on,
        "roles_ended": ended,
        "before": trees.before(outcome)[: trees.MOST_ROWS],
        "after": trees.after(outcome)[: trees.MOST_ROWS],
        "may_change": mine,
        "against": sentences(against),
        "operations": [(operation.value, operation.label) for operation in Operation] if mine else [],
    }


def said(line: Line, known: Organisation) -> str:
    """Return a line in words, units and posts by their names and codes."""
    units = {code: f"{row.name} ({code})" for code, row in known.units.items()}
    posts = {code: f"{row.name} ({code})" for code, row in known.posts.items()}
    heirs = units if line.operation is Operation.ABOLISH_UNIT else posts
    words = {
        **{name: line.text(name) for name in ("code", "name", "seats")},
        **{name: units.get(line.text(name), line.text(name)) for name in ("unit", "parent", "into")},
        "units": ", ".join(units.get(code, code) for code in line.units),
        "post": posts.get(line.post, line.post),
        "successor": heirs.get(line.text("successor"), line.text("successor")),
        "new": f"{line.text('name')} ({line.text('code')})",
    }
    return _sentence(line) % words


def _sentence(line: Line) -> str:
    if line.operation is Operation.MERGE_UNITS:
        into = _("%(units)s digabung ke %(into)s.")
        return into if line.text("into") else _("%(units)s digabung menjadi unit baru %(new)s.")
    if line.operation is Operation.NEW_UNIT:
        return _("Unit baru %(new)s di bawah %(parent)s.") if line.text("parent") else _("Unit baru %(new)s.")
    if line.operation is Operation.ABOLISH_POST:
        alone = _("%(post)s dihapus tanpa pengganti.")
        return _("%(post)s dihapus; penggantinya %(successor)s.") if line.text("successor") else alone
    if line.operation is Operation.ABOLISH_UNIT and line.text("contents") == Contents.WITH_IT:
        return _("%(unit)s dihapus beserta unit dan jabatan di dalamnya; penggantinya %(successor)s.")
    return {
        Operation.ABOLISH_UNIT: _("%(unit)s dihapus; penggantinya %(successor)s."),
        Operation.RENAME_UNIT: _("%(unit)s berganti nama menjadi %(new)s."),
        Operation.MOVE_UNIT: _("%(unit)s pindah ke bawah %(parent)s."),
        Operation.NEW_POST: _("Jabatan baru %(new)s di %(unit)s."),
        Operation.RENAME_POST: _("%(post)s berganti nama menjadi %(new)s."),
        Operation.MOVE_POST: _("%(post)s pindah ke %(unit)s."),
    }[line.operation]


# -- forms


def head_page(
    plan: Reorganisation | None, form: HeadForm | None = None, refused: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Return what the page of a plan's particulars shows, empty for a new one."""
    names = ("title", "effective_on", "instrument", "number", "dated_on", "edition")
    initial = {name: getattr(plan, name) for name in names} if plan else {"instrument": "PERWALI"}
    return {"plan": plan, "form": form or HeadForm(initial=initial), "refused": refused}


def line_form(plan: Reorganisation, operation: Operation, outcome: Outcome, data: Any = None) -> LineForm:
    """Return the form of a line, with what was sent."""
    return LineForm(data, operation=operation, outcome=outcome, initial={"edition": plan.edition})


def line_page(plan: Reorganisation, form: LineForm, refused: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return what the page of a line to be added shows."""
    return {"plan": plan, "form": form, "operation": form.operation, "rows": list(form.rows()), "refused": refused}
