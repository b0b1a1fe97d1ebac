"""Who differs from SIMATA, in what and why: the list, and one person with every value on both sides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import polars as pl
from django.core.paginator import Paginator
from django.http import Http404
from django.utils.translation import gettext as _

from nawa.exchange import queries
from nawa.exchange.enums import Cause
from nawa.exchange.models import Comparison
from nawa.exchange.queries.comparisons import chosen, counts
from nawa.exchange.queries.proofs import Proof, proofs
from nawa.policy import wording
from nawa.policy.sentences import label
from nawa.talent.models import MappingResult
from nawa.talent.queries.maps import Described, described
from nawa.talent.queries.places import Places, places
from nawa.web.kit.guards import Request
from nawa.web.kit.languages import spoken
from nawa.web.kit.lists import Filter, asked_of, chips, filter_of
from nawa.web.kit.numbers import written
from nawa.web.kit.paging import PER_PAGE
from nawa.web.kit.units import PARAMETER, unit_filter
from nawa.web.simata.pages import ITEMS, rival_words
from nawa.workbook.notation import Notation

ITEM, CAUSE = "kolom", "sebab"
_MOST_PLACES: Final = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A difference: whose (without a public id: a row of their sheet that names nobody here), in what, and why."""

    public_id: str
    name: str
    unit: str
    item: str
    ours: str
    theirs: str
    cause: str
    rule: str


@dataclass(frozen=True, slots=True)
class Value:
    """One value on both sides; without a cause they are the same."""

    item: str
    ours: str
    theirs: str
    cause: str
    rule: str
    proof: str


def people_page(request: Request, found: Comparison) -> dict[str, Any]:
    """Return what the list of differences shows, of the people in the reader's scope."""
    within = places(scope=request.scope)
    rows = queries.differences(found, within=within)
    filters = _filters(request, rows, within)
    asked = asked_of(request, filters, ())
    unit = asked.filters.get(PARAMETER, "")
    units = within.below(int(unit)) if unit else None
    wanted = chosen(rows, item=asked.filters.get(ITEM, ""), cause=asked.filters.get(CAUSE, ""), units=units)
    page = Paginator(range(wanted.height), PER_PAGE).get_page(asked.page)
    lines = _lines(found, wanted.slice(max(page.start_index() - 1, 0), PER_PAGE), within)
    return {
        "comparison": found,
        "wanted": asked,
        "filters": [(one, asked.filters.get(one.name, "")) for one in filters],
        "chips": chips(asked, filters),
        "lines": lines,
        "page": page,
        "previous": asked.url(page=str(page.number - 1)) if page.has_previous() else "",
        "next": asked.url(page=str(page.number + 1)) if page.has_next() else "",
        "seen": [line.public_id for line in lines if line.public_id],
    }


def _filters(request: Request, rows: pl.DataFrame, within: Places) -> list[Filter]:
    items, causes = counts(rows, "item"), counts(rows, "cause")
    return [
        filter_of(
            ITEM,
            _("Kolom SIMATA"),
            _("Semua kolom"),
            [(item, label("simata_items", item, spoken())) for item in (*ITEMS, "presence") if item in items],
        ),
        filter_of(
            CAUSE,
            _("Sebab"),
            _("Semua sebab"),
            [(str(cause), label("simata_causes", cause, spoken())) for cause in Cause if cause in causes],
        ),
        unit_filter(request, within),
    ]


def _lines(found: Comparison, rows: pl.DataFrame, within: Places) -> list[Line]:
    known = described(found.base, rows["person_id"].drop_nulls().to_list(), within=within)
    return [_line(found, row, known.get(row["person_id"])) for row in rows.iter_rows(named=True)]


def _line(found: Comparison, row: Mapping[str, Any], of: Described | None) -> Line:
    line = _("baris %(number)s") % {"number": row["line"]} if row["line"] is not None else ""
    return Line(
        public_id=of.public_id if of else "",
        name=of.name if of else " · ".join(filter(None, (row["nip"], line))),
        unit=of.unit if of else "",
        item=label("simata_items", row["item"], spoken()),
        ours=shown(row["ours"], row["item"]),
        theirs=_theirs(row),
        cause=label("simata_causes", row["cause"], spoken()),
        rule=rival_words(found, row["item"], row["cause"], row["argument"]),
    )


def _theirs(row: Mapping[str, Any]) -> str:
    """Their value in raw points, and as their sheet prints it where that is another number."""
    raw, printed = shown(row["theirs"], row["item"]), row["printed"]
    if printed is None or row["theirs"] is None or abs(printed - row["theirs"]) < 10**-_MOST_PLACES:
        return raw
    return _("%(raw)s (tertulis %(printed)s)") % {"raw": raw, "printed": shown(printed, row["item"])}


def shown(value: float | None, item: str) -> str:
    """Return a value as pages write it: a box as a number, points with as many decimals as they need."""
    if item == "presence":
        return "–"
    if value is None:
        return _("belum diketahui")
    places_needed = next((n for n in range(_MOST_PLACES) if abs(value - round(value, n)) < 1e-9), _MOST_PLACES)
    return written(value, 0 if item == "box" else places_needed)


# -- one person


def person_page(request: Request, found: Comparison, public_id: str) -> dict[str, Any]:
    """Return all of somebody's values on both sides.

    Raises:
        Http404: they are not on this map, or not in the reader's scope.
    """
    within = places(scope=request.scope)
    person = MappingResult.objects.filter(run=found.base, person__public_id=public_id).values_list("person_id")
    known = described(found.base, [pk for (pk,) in person], within=within)
    if not known:
        raise Http404(public_id)
    ((pk, of),) = known.items()
    rows = {row["item"]: row for row in _rows_of(found, pk, within)}
    papers = proofs(found.base, [(pk, row["component"]) for row in rows.values()])
    return {
        "comparison": found,
        "of": of,
        "missing": "presence" in rows,
        "values": [
            _value(found, item, rows[item], papers.get((pk, rows[item]["component"]))) for item in ITEMS if item in rows
        ],
        "same": [label("simata_items", item, spoken()) for item in found.compared if item not in rows],
    }


def _rows_of(found: Comparison, person: int, within: Places) -> list[dict[str, Any]]:
    return queries.differences(found, within=within).filter(person_id=person).to_dicts()


def _value(found: Comparison, item: str, row: Mapping[str, Any], proof: Proof | None) -> Value:
    return Value(
        item=label("simata_items", item, spoken()),
        ours=shown(row["ours"], item),
        theirs=_theirs(row),
        cause=label("simata_causes", row["cause"], spoken()),
        rule=rival_words(found, item, row["cause"], row["argument"]),
        proof=proof_words(proof) if proof else "",
    )


def proof_words(proof: Proof, *, letter: bool = True) -> str:
    """Return the evidence that stands here, in words, with number and date of its letter unless these stand beside."""
    component, told = label("components", proof.component, spoken()), _letter(proof) if letter else ""
    if proof.is_none:
        none = _("%(component)s: nihil terverifikasi") % {"component": component}
        return ", ".join(filter(None, (none, told)))
    name = f"{component}: {proof.name}" if proof.name else component
    return ", ".join(filter(None, (name, told)))


def _letter(proof: Proof) -> str:
    day = wording.day(proof.dated_on, spoken()) if proof.dated_on else ""
    number = _("nomor %(number)s") % {"number": proof.number} if proof.number else ""
    return ", ".join(filter(None, (number, day)))


def written_as_there(found: Comparison, item: str, value: float | None) -> float | None:
    """Return a value of ours as their sheet would print it: times the weight where that column is weighted."""
    columns = {one["indicator"].lower(): one for axis in found.readings for one in axis["columns"]}
    if value is None or item not in columns:
        return value
    one = columns[item]
    factor = float(one["weight"]) if one["notation"] == Notation.WEIGHTED else 1.0
    return round(value * factor, max(int(one["places"]), 2))
