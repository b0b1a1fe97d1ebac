"""Earlier maps and succession groups beside a run: in numbers for whoever sees counts, by name in scope."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.core.paginator import Paginator
from django.http import Http404
from django.utils.translation import gettext as _

from nawa.accounts.permissions import Permission
from nawa.talent.queries import earlier, flows
from nawa.talent.queries.flows import DIRECTIONS
from nawa.talent.queries.places import Places, places
from nawa.web.kit.flow import (
    BOXES,
    WORDS,
    box_name,
    directions,
    drawing_of,
    flow_lines,
    grouped,
    short_name,
    shown_counts,
    shown_table,
)
from nawa.web.kit.guards import Request
from nawa.web.kit.lists import Asked, Filter, asked_of, chips, filter_of
from nawa.web.kit.paging import PER_PAGE
from nawa.web.kit.periods import PARAMETER as RUN
from nawa.web.kit.periods import Period, period_of
from nawa.web.kit.smallcounts import Count
from nawa.web.kit.units import PARAMETER, unit_filter

THEN, DIRECTION = "lama", "arah"


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody then and now; of a succession group with the post and the place in its order."""

    public_id: str
    name: str
    unit: str
    before: str
    after: str
    direction: str = ""
    post: str = ""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is compared: which run, with which earlier period; None where there is either none."""

    period: Period | None
    then: str
    periods: list[str]

    @property
    def context(self) -> dict[str, Any]:
        """What every page of these shows of it."""
        return {"period": self.period, "then": self.then, "periods": self.periods}


def _asked(request: Request) -> _Asked:
    """Return what the address asks for.

    Raises:
        Http404: there is no such earlier period, or no such run.
    """
    known, then = earlier.periods(), request.GET.get(THEN, "")
    if then and then not in known:
        raise Http404(THEN)
    return _Asked(period_of(request), then or (known[0] if known else ""), known)


def earlier_page(request: Request) -> dict[str, Any]:
    """Return what the page of an earlier map shows, in numbers."""
    asked = _asked(request)
    may = {"may_see_people": request.access.may(Permission.MAP_PEOPLE)}
    if asked.period is None or not asked.then:
        return {**asked.context, **may}
    within = places(scope=request.scope)
    is_open = request.access.scope(Permission.MAP_PEOPLE) == request.scope
    people = earlier.earlier_boxes(asked.period.run, asked.then, within=within)
    pools = earlier.earlier_pools(asked.period.run, asked.then, within=within)
    flow = shown_table(flows.flow(people), is_open)
    totals = shown_counts(directions(people), is_open)
    return {
        **asked.context,
        **may,
        "people": people.height,
        "totals": [(name, WORDS[name], totals[name]) for name in DIRECTIONS],
        "flow": flow_lines(flow),
        "flow_heads": [short_name(box) for box in BOXES],
        "drawing": drawing_of(flow),
        "units": grouped(flows.by_unit(within)(people), within.names, is_open),
        "group_heads": [WORDS[name] for name in DIRECTIONS],
        "pooled": pools.height,
        "pool_boxes": _pool_boxes(pools, is_open),
        "withholds": not is_open,
    }


def _pool_boxes(pools: pl.DataFrame, is_open: bool) -> list[tuple[str, Count]]:
    counted = dict(pools.unique("person_id").group_by("box").len().iter_rows())
    shown = shown_counts({box: counted.get(box, 0) for box in BOXES}, is_open)
    return [(box_name(box), shown[box]) for box in BOXES]


# -- lists


def people_page(request: Request) -> dict[str, Any]:
    """Return who stood where then and now, of the people in the reader's scope."""
    compared, within = _needed(request), places(scope=request.scope)
    kinds = [(name, str(WORDS[name])) for name in DIRECTIONS]
    filters = [filter_of(DIRECTION, _("Arah"), _("Semua arah"), kinds), unit_filter(request, within)]
    asked = _with_periods(request, asked_of(request, filters, ()))
    rows = earlier.earlier_boxes(compared[0].run, compared[1], within=within)
    if way := asked.filters.get(DIRECTION):
        rows = rows.filter(direction=way)
    step = (pl.col("box").fill_null(0) - pl.col("box_before").fill_null(0)).abs()
    return _list(request, compared, asked, filters, within, rows.sort(step, descending=True, maintain_order=True))


def pools_page(request: Request) -> dict[str, Any]:
    """Return who was in which succession group then, of the people in the reader's scope."""
    compared, within = _needed(request), places(scope=request.scope)
    filters = [unit_filter(request, within)]
    asked = _with_periods(request, asked_of(request, filters, ()))
    rows = earlier.earlier_pools(compared[0].run, compared[1], within=within)
    return _list(request, compared, asked, filters, within, rows)


def _needed(request: Request) -> tuple[Period, str]:
    asked = _asked(request)
    if asked.period is None or not asked.then:
        raise Http404(THEN)
    return asked.period, asked.then


def _with_periods(request: Request, asked: Asked) -> Asked:
    """Keep the periods in the addresses of the list."""
    kept = {name: request.GET[name] for name in (THEN, RUN) if request.GET.get(name)}
    return Asked(filters={**asked.filters, **kept}, page=asked.page)


def _list(
    request: Request,
    compared: tuple[Period, str],
    asked: Asked,
    filters: list[Filter],
    within: Places,
    rows: pl.DataFrame,
) -> dict[str, Any]:
    if unit := asked.filters.get(PARAMETER, ""):
        rows = rows.filter(pl.col("unit_id").is_in(list(within.below(int(unit)))))
    page = Paginator(range(rows.height), PER_PAGE).get_page(request.GET.get("halaman"))
    lines = _lines(rows.slice(max(page.start_index() - 1, 0), PER_PAGE), within)
    return {
        "period": compared[0],
        "then": compared[1],
        "wanted": asked,
        "kept": [(name, asked.filters[name]) for name in (THEN, RUN) if name in asked.filters],
        "filters": [(one, asked.filters.get(one.name, "")) for one in filters],
        "chips": chips(asked, filters),
        "lines": lines,
        "page": page,
        "previous": asked.url(page=str(page.number - 1)) if page.has_previous() else "",
        "next": asked.url(page=str(page.number + 1)) if page.has_next() else "",
        "seen": sorted({line.public_id for line in lines}),
    }


def _lines(rows: pl.DataFrame, within: Places) -> list[Line]:
    known = earlier.named(rows["person_id"].to_list())
    codes = rows["position_code"].unique().to_list() if "position_code" in rows.columns else []
    posts = earlier.names_of_posts(codes) if codes else {}
    return [_line(row, *known[row["person_id"]], within, posts) for row in rows.iter_rows(named=True)]


def _line(row: Mapping[str, Any], public_id: str, name: str, within: Places, posts: Mapping[str, str]) -> Line:
    code = row.get("position_code", "")
    order = _("urutan %(order)s") % {"order": row["order"]} if row.get("order") else ""
    return Line(
        public_id=public_id,
        name=name,
        unit=within.names.get(row["unit_id"], ""),
        before=box_name(row.get("box_before")),
        after=box_name(row["box"]),
        direction=str(WORDS[row["direction"]]) if "direction" in row else "",
        post=" · ".join(filter(None, (posts.get(code, code), order))),
    )
