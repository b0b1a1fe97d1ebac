"""What the page shows: facts with both values, narrowed by sheet and unit."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import polars as pl
from django.db.models import Count, Max, QuerySet
from django.utils.translation import gettext as _

from nawa.accounts.permissions import Permission
from nawa.accounts.queries import names_of
from nawa.core import clock
from nawa.core.deadlines import due_after
from nawa.core.refusal import Reason, refuse_if
from nawa.core.scope import Scope
from nawa.exchange import queries
from nawa.exchange.enums import Outcome
from nawa.exchange.frames import Origin, origins_of
from nawa.exchange.models import Disagreement
from nawa.policy import wording
from nawa.rulebook.queries import stewardship
from nawa.talent.queries.places import Places, places
from nawa.web.kit.actors import who
from nawa.web.kit.cells import tells_of_evaluations, told
from nawa.web.kit.guards import Request
from nawa.web.kit.languages import spoken
from nawa.web.kit.lists import Asked, Filter, asked_of, chips, filter_of
from nawa.web.kit.origins import origin_of
from nawa.web.kit.paging import page_of
from nawa.web.kit.units import PARAMETER, unit_filter
from nawa.workbook.sheets import BY_TABLE

_SHEET: Final = "lembar"
_STATE: Final = "keadaan"
_ENDED: Final = "selesai"


@dataclass(frozen=True, slots=True)
class Side:
    """One column of a fact: what the records say, and what the file says."""

    heading: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Line:
    """A disagreement in words."""

    row: Disagreement
    sheet: str
    about: str
    key: str
    sides: tuple[Side, ...]
    origin: Side  # where each comes from; of the record also who verified it
    by: str
    unit: str
    due: datetime.date | None  # None once it has ended

    @property
    def is_late(self) -> bool:
        """Whether the deadline has passed."""
        return self.due is not None and self.due < clock.today()


def index_page(request: Request, against: Sequence[Reason] = ()) -> dict[str, Any]:
    """Return what the page shows; `against` are the reasons against what was just tried."""
    scope = request.access.scope(Permission.IMPORT_READ)
    within = places(scope=scope)
    filters = _filters(request, within, scope)
    asked = asked_of(request, filters, ())
    rows = _rows(asked, within, scope)
    page = page_of(rows, asked.page)
    origins = origins_of(page)
    names = _names(page, origins)
    is_ended, days = asked.filters.get(_STATE) == _ENDED, _days()
    return {
        "page": page,
        "all_of_them": _mark(rows),
        "lines": [_line(one, origins, names, days) for one in page],
        "seen": _seen(page),
        "wanted": asked,
        "filters": [(one, asked.filters.get(one.name, "")) for one in filters],
        "chips": chips(asked, filters),
        "previous": asked.url(page=str(page.number - 1)) if page.has_previous() else "",
        "next": asked.url(page=str(page.number + 1)) if page.has_next() else "",
        "is_ended": is_ended,
        "may_decide": request.access.may(Permission.RECORDS_CHANGE) and not is_ended,
        "chosen": request.POST.getlist("row"),
        "reason": request.POST.get("alasan", ""),
        "refused": tuple(wording.refusal(reason.code, reason.arguments, spoken()) for reason in against),
    }


def all_seen(request: Request) -> list[str]:
    """Return the public ids of all that the filters of the address show, on whatever page.

    Raises:
        Refusal: `disagreement.meanwhile` where these are no longer those that whoever decides was shown.
    """
    within = places(scope=request.scope)
    asked = asked_of(request, _filters(request, within, request.scope), ())
    found = _rows(asked, within, request.scope)
    refuse_if([] if request.POST["semua"] == _mark(found) else [Reason("disagreement.meanwhile")])
    return list(found.values_list("public_id", flat=True))


def _mark(found: QuerySet[Disagreement]) -> str:
    """Return what tells these rows from others: how many they are, and the latest (one query)."""
    told = found.order_by().aggregate(number=Count("pk"), last=Max("pk"))
    return f"{told['number']}-{told['last']}"


def table_of(request: Request) -> tuple[pl.DataFrame, list[str]]:
    """Return what the filters show, a row for each column that differs, and whose evaluations it tells of."""
    scope = request.access.scope(Permission.IMPORT_READ)
    within = places(scope=scope)
    found = list(_rows(asked_of(request, _filters(request, within, scope), ()), within, scope))
    origins, days = origins_of(found), _days()
    names = _names(found, origins)
    heads = (
        *(_("Unit"), _("Tentang"), _("NIP"), _("Lembar"), _("Kunci"), _("Kolom")),
        *(_("Di catatan"), _("Di sumber"), _("Diputuskan paling lambat")),
        *(_("Asal catatan"), _("Asal sumber")),
    )
    lines = [
        (
            *(line.unit, line.about, one.person.nip if one.person else "–", line.sheet, line.key, side.heading),
            *(side.ours, side.theirs, wording.day(line.due, spoken()) if line.due else "–"),
            *(line.origin.ours, line.origin.theirs),
        )
        for one in found
        for line in [_line(one, origins, names, days)]
        for side in line.sides
    ]
    return pl.DataFrame(lines, dict.fromkeys(map(str, heads), pl.String), orient="row"), _seen(found)


def _days() -> int:
    """How many days whoever decides has."""
    return stewardship(on=clock.today()).verify_days


def _filters(request: Request, within: Places, scope: Scope) -> list[Filter]:
    counted = queries.disagreements(scope=scope).values_list("table").annotate(Count("pk")).order_by()
    there = {table for table, _number in counted}
    sheets = [(sheet.name, sheet.name) for table, sheet in BY_TABLE.items() if table in there]
    return [
        filter_of(_STATE, _("Keadaan"), _("menunggu keputusan"), [(_ENDED, _("sudah selesai"))]),
        filter_of(_SHEET, _("Lembar"), _("Semua lembar"), sheets),
        unit_filter(request, within),
    ]


def _rows(asked: Asked, within: Places, scope: Scope) -> QuerySet[Disagreement]:
    unit = asked.filters.get(PARAMETER)
    narrowed = Scope.below(within.codes[int(unit)]) if unit else scope
    ended = asked.filters.get(_STATE) == _ENDED
    rows = (queries.decided_disagreements if ended else queries.open_disagreements)(scope=narrowed)
    sheet = asked.filters.get(_SHEET)
    tables = [table for table, one in BY_TABLE.items() if one.name == sheet]
    return rows.filter(table__in=tables) if sheet else rows


def _names(rows: Iterable[Disagreement], origins: Mapping[str, Origin]) -> dict[str, str]:
    """Return the names of those who decided, and of those who verified what is contradicted (one query)."""
    verifiers = {origin.verified_by for origin in origins.values()}
    return names_of({one.decided_by for one in rows} | verifiers)


def _line(one: Disagreement, origins: Mapping[str, Origin], names: Mapping[str, str], days: int) -> Line:
    sheet = BY_TABLE[one.table]
    headings = {column.name: column.heading for column in sheet.columns}
    keys = [name for name in sheet.key if name != "nip"]
    return Line(
        row=one,
        sheet=sheet.name,
        about=one.person.name if one.person else one.unit.name if one.unit else "",
        key=" · ".join(told(one.table, name, value) for name, value in zip(keys, one.key, strict=True) if value),
        sides=tuple(
            Side(headings[name], told(one.table, name, ours), told(one.table, name, theirs))
            for name, (ours, theirs) in one.values.items()
        ),
        origin=Side(
            heading=_("Asal"),
            ours=_origin(origins.get(one.subject), names),
            theirs=_("Impor %(day)s.") % {"day": wording.day(one.found_at.astimezone(clock.ZONE).date(), spoken())},
        ),
        by=who(one.decided_by, names) if one.outcome in (Outcome.KEPT_OURS, Outcome.TOOK_THEIRS) else "",
        unit=_unit_of(one),
        due=due_after(one.found_at, days) if one.outcome == Outcome.OPEN else None,
    )


def _origin(origin: Origin | None, names: Mapping[str, str]) -> str:
    return origin_of(origin, names=names) if origin else _("Catatan ini tidak ada lagi.")


def _unit_of(one: Disagreement) -> str:
    person = one.person
    unit = one.unit or (person and (person.unit or (person.position and person.position.unit)))
    return unit.name if unit else "–"


def _seen(rows: Iterable[Disagreement]) -> list[str]:
    told_of = {one.person.public_id for one in rows if one.person and tells_of_evaluations(one.table)}
    return sorted(told_of)
