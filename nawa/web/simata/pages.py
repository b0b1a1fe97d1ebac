"""What these pages show: the comparisons, and one of them in numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import polars as pl
from django.utils.translation import gettext as _

from nawa.accounts.permissions import Permission
from nawa.accounts.queries import names_of
from nawa.exchange import queries
from nawa.exchange.enums import Cause
from nawa.exchange.models import Comparison
from nawa.exchange.queries.comparisons import counts, flow
from nawa.policy.sentences import label, provision_label
from nawa.policy.speaking import said_rival
from nawa.talent.models import MappingRun
from nawa.talent.queries import newest_published, visible
from nawa.talent.queries.places import places
from nawa.talent.queries.profiles import policy_of
from nawa.web.kit.actors import who
from nawa.web.kit.flow import BOXES, drawing_of, flow_lines, short_name, shown_counts, shown_table
from nawa.web.kit.guards import Request
from nawa.web.kit.languages import spoken
from nawa.web.kit.numbers import percent, written
from nawa.web.kit.paging import page_of
from nawa.web.kit.smallcounts import Count
from nawa.web.simata.forms import CompareForm
from nawa.workbook.notation import FROM_SHEET, Notation
from nawa.workbook.problems import UnreadableFile

_RUNS: Final = 24  # to choose from
ITEMS: Final = (
    *("competence", "development", "experience", "potential", "education", "field", "discipline"),
    *("rating", "award", "team", "feedback", "potential_axis", "performance_axis", "box"),
)
"""What is compared, in the order of the sheet."""


_GROUPS: Final[Mapping[str, str]] = {
    "competence": "assessment",
    "potential": "assessment",
    "development": "learning",
    "experience": "career",
}
"""Where a policy has the rules of an item, if not under its own name."""


@dataclass(frozen=True, slots=True)
class Share:
    """One item in numbers, and the length of its bar out of 100."""

    code: str
    name: str
    differing: Count
    length: float
    share: str


@dataclass(frozen=True, slots=True)
class Said:
    """How one column was read, in words."""

    name: str
    notation: str
    ground: str
    places: int
    weight: str
    is_compared: bool


def offered_runs() -> list[MappingRun]:
    """Return the maps that a sheet can be held beside, the newest first."""
    return list(visible(unpublished=True)[:_RUNS])


def index_page(request: Request, form: CompareForm | None = None, refused: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return what the first page shows; `form` is one that came back refused, with the reasons."""
    rows = queries.comparisons(unpublished=request.access.may(Permission.UNPUBLISHED))
    page = page_of(rows, request.GET.get("hal"))
    names = names_of([one.started_by for one in page])
    may_compare = request.access.scope(Permission.IMPORT_APPLY).all_units
    runs = offered_runs() if may_compare else []
    return {
        "run": newest_published(),
        "may_hand_over": request.access.scope(Permission.MAP_PEOPLE).all_units,
        "page": page,
        "comparisons": [(one, who(one.started_by, names)) for one in page],
        "form": (form or CompareForm(runs=runs)) if runs else None,
        "may_compare": may_compare,
        "refused": refused,
    }


def comparison_page(request: Request, found: Comparison) -> dict[str, Any]:
    """Return what the page of a comparison shows."""
    may_cancel = request.access.scope(Permission.IMPORT_APPLY).all_units
    shown: dict[str, Any] = {"comparison": found, "may_cancel": may_cancel, "by": _by(found)}
    if found.refused:
        shown["unreadable"] = UnreadableFile(found.refused["code"], **found.refused["details"]).message(spoken())
    if found.state != "SUCCEEDED":
        return shown
    shown |= {"axes": [_axis(found, axis) for axis in found.readings], "uncompared": _uncompared(found)}
    if not found.has_contents:
        return shown
    is_open = request.access.scope(Permission.MAP_PEOPLE) == request.scope
    return {
        **shown,
        **_numbers(request, found, is_open=is_open),
        "findings": findings(found) if is_open else [],
        "may_see_people": request.access.may(Permission.MAP_PEOPLE),
        "withholds": not is_open,
    }


def _by(found: Comparison) -> str:
    return who(found.started_by, names_of([found.started_by]))


def _numbers(request: Request, found: Comparison, *, is_open: bool) -> dict[str, Any]:
    within = places(scope=request.scope)
    people = queries.compared_people(found, within=within)
    rows = queries.differences(found, within=within)
    both = people.filter("there").height
    flows = shown_table(flow(people), is_open)
    presence = rows.filter(item="presence")
    causes = counts(rows.filter(pl.col("item") != "presence"), "cause")
    return {
        "people": people.height,
        "both": both,
        "differing": shown_counts(_people(rows, people.height), is_open)["differing"],
        "shares": _shares(found, rows, both, is_open),
        "causes": _causes(causes, is_open),
        "presence": _causes(counts(presence, "cause"), is_open),
        "flow": flow_lines(flows),
        "flow_heads": [short_name(box) for box in BOXES],
        "drawing": drawing_of(flows) if "box" in found.compared else None,
        "to_correct": queries.to_correct(rows).height if is_open else 0,
    }


def _people(rows: pl.DataFrame, people: int) -> dict[str, int]:
    """Return how many of the people differ in anything, and how many in nothing."""
    differing = rows.filter(pl.col("item") != "presence")["person_id"].n_unique()
    return {"differing": differing, "same": people - differing}


def _shares(found: Comparison, rows: pl.DataFrame, both: int, is_open: bool) -> list[Share]:
    counted = counts(rows, "item")
    items = [item for item in ITEMS if item in found.compared]
    table = {item: {"differing": counted.get(item, 0), "same": both - counted.get(item, 0)} for item in items}
    shown = shown_table(table, is_open) if table else {}
    return [_share(item, shown[item]["differing"], both) for item in items]


def _share(item: str, count: Count, both: int) -> Share:
    known = count.value is not None and both > 0
    part = count.value or 0
    return Share(
        item,
        label("simata_items", item, spoken()),
        count,
        100 * part / both if known else 0,
        percent(part, both) if known else "",
    )


def _causes(counted: Mapping[str, int], is_open: bool) -> list[tuple[str, str, Count]]:
    shown = shown_counts(dict(counted), is_open)
    order = sorted(shown, key=lambda cause: (-counted[cause], cause))
    return [(cause, label("simata_causes", cause, spoken()), shown[cause]) for cause in order]


# -- how columns were read


def _axis(found: Comparison, axis: Mapping[str, Any]) -> dict[str, Any]:
    name = label("simata_items", f"{axis['axis'].lower()}_axis", spoken())
    return {"name": name, "said": _axis_said(found, axis, name), "columns": [_column(one) for one in axis["columns"]]}


def _axis_said(found: Comparison, axis: Mapping[str, Any], name: str) -> str:
    words = {
        "axis": name,
        "fitting": written(axis["fitting"], 0),
        "rows": written(axis["rows"], 0),
        "rival": "; ".join(said for _path, said in _rules(found, axis["weights"] or "")),
    }
    if not axis["rows"]:
        return _("%(axis)s kosong di lembar itu, sehingga cara penulisan kolomnya hanya dilihat dari isinya.") % words
    if axis["weights"] is None:
        return (
            _("Tidak ada cara membaca kolom yang menghasilkan %(axis)s pada cukup banyak dari %(rows)s baris.") % words
        )
    if axis["weights"] == FROM_SHEET:
        return (
            _("%(axis)s cocok pada %(fitting)s dari %(rows)s baris dengan bobot yang dihitung dari lembar itu sendiri.")
            % words
        )
    if axis["weights"]:
        return _("%(axis)s cocok pada %(fitting)s dari %(rows)s baris dengan bobot lain: %(rival)s.") % words
    return _("%(axis)s cocok pada %(fitting)s dari %(rows)s baris dengan bobot yang berlaku di sini.") % words


def _column(one: Mapping[str, Any]) -> Said:
    return Said(
        name=label("indicators", one["indicator"], spoken()),
        notation=label("simata_notations", one["notation"], spoken()),
        ground=label("simata_grounds", one["ground"], spoken()),
        places=one["places"],
        weight=percent(one["weight"], 1, 2),
        is_compared=one["notation"] not in (Notation.UNDECIDED, Notation.EMPTY),
    )


def _uncompared(found: Comparison) -> list[str]:
    return [label("simata_items", item, spoken()) for item in ITEMS if item not in found.compared]


# -- what was found of whole columns


def findings(found: Comparison) -> list[str]:
    """Return what was found of whole columns as sentences that claim no more than the numbers do."""
    return [_finding(found, *one) for one in found.findings]


def _finding(
    found: Comparison, item: str, cause: str, argument: str, explained: int, affected: int, broken: int
) -> str:
    words = {
        "item": label("simata_items", item, spoken()),
        "explained": written(explained, 0),
        "affected": written(affected, 0),
        "broken": written(broken, 0),
        "rule": rival_words(found, item, cause, argument),
    }
    if cause == Cause.FACTOR:
        words["factor"] = written(float(argument), 4)
        said = (
            _("%(item)s: %(explained)s dari %(affected)s selisih hilang bila nilai Nawa dikalikan %(factor)s.") % words
        )
    else:
        said = _("%(item)s: %(explained)s dari %(affected)s selisih hilang bila aturannya %(rule)s.") % words
    more = _("Tetapi %(broken)s nilai yang kini sama lalu menjadi berbeda.") % words
    return f"{said} {more}" if broken else said


def rival_words(found: Comparison, item: str, cause: str, argument: str) -> str:
    """Return the rule behind a cause in words: what of it bears on the item, after whom; empty where there is none."""
    if cause != Cause.RULE:
        return ""
    told = _rules(found, argument)
    near = [said for path, said in told if path.partition(".")[0] == _GROUPS.get(item, item)]
    return "; ".join(near or [said for _path, said in told])


def _rules(found: Comparison, rival: str) -> list[tuple[str, str]]:
    """Return the provisions that a rival rule changes, each with its label and what it would say."""
    policy = policy_of(found.base)
    return [
        (item.path, f"{provision_label(item.path, spoken())}: {said_rival(item, other, policy.sources, spoken())}")
        for item in policy.provisions
        for other in item.alternatives
        if other.name == rival
    ]
