"""What the page of two maps shows: how many went where, by what, and out of which units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

import polars as pl
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from nawa.accounts.permissions import Permission
from nawa.core import clock
from nawa.core.models import RunState
from nawa.engine.movement import Cause
from nawa.policy.keeping import kept
from nawa.policy.sentences import label
from nawa.talent.enums import Stage
from nawa.talent.models import MappingRun, Movement
from nawa.talent.queries import flows, movements, run_by_id, visible
from nawa.talent.queries.movements import Between
from nawa.talent.queries.places import Places, places
from nawa.web.kit.flow import (
    BOXES,
    WORDS,
    all_moved,
    directions,
    drawing_of,
    flow_lines,
    grouped,
    short_name,
    shown_counts,
    shown_table,
    tier_names,
)
from nawa.web.kit.guards import Request
from nawa.web.kit.languages import spoken
from nawa.web.kit.numbers import percent
from nawa.web.kit.smallcounts import Count

FROM, TO = "dari", "ke"
_MOST_UNITS: Final = 5


@dataclass(frozen=True, slots=True)
class Pair:
    """The two maps of a page."""

    earlier: MappingRun
    later: MappingRun

    @property
    def query(self) -> str:
        """What the addresses of pages about these two say."""
        return "?" + urlencode({FROM: self.earlier.public_id, TO: self.later.public_id})

    @property
    def url(self) -> str:
        """The page of these two."""
        return reverse("movement") + self.query

    @property
    def big_steps(self) -> int:
        """The least number of classes, on both axes together, of a big mover."""
        return kept(self.later.policy_text, self.later.on).stewardship.big_move_steps

    @property
    def has_other_policy(self) -> bool:
        """Whether the two were made by different rules."""
        return self.earlier.policy_hash != self.later.policy_hash


@dataclass(frozen=True, slots=True)
class CauseLine:
    """A cause: how many it moved up and down, and the length of its bar in percent of the longest."""

    code: str
    name: str
    up: Count
    down: Count
    length: int


def pair_of(request: Request) -> Pair | None:
    """Return the maps that the address names, else the newest and the one before it; None where there are no two.

    Raises:
        Http404: a map does not exist, or is not for this reader's eyes yet, or the first is not the earlier.
    """
    asked_from, asked_to = request.GET.get(FROM, ""), request.GET.get(TO, "")
    if asked_from and asked_to:
        pair = Pair(run_of(request, asked_from), run_of(request, asked_to))
        if pair.earlier.pk == pair.later.pk or pair.earlier.on > pair.later.on:
            raise Http404(FROM)
        return pair
    standing = [run for run in _runs(request) if run.current_stage != Stage.WITHDRAWN]
    later = run_of(request, asked_to) if asked_to else next(iter(standing), None)
    earlier = next((run for run in standing if later and run.cycle.month_on < later.cycle.month_on), None)
    return Pair(earlier, later) if later and earlier else None


def run_of(request: Request, run_id: str) -> MappingRun:
    """Return a map by its opaque id.

    Raises:
        Http404: it does not exist, or is not for this reader's eyes yet.
    """
    run = run_by_id(run_id, unpublished=request.access.may(Permission.UNPUBLISHED))
    if run is None:
        raise Http404(run_id)
    return run


def is_asked(earlier: MappingRun, later: MappingRun) -> bool:
    """Tell whether the causes are known already or being worked out (one query)."""
    movement = movements.movement_of(earlier, later)
    return movement is not None and movement.state not in (RunState.FAILED, RunState.CANCELLED)


def summary_page(request: Request, pair: Pair) -> dict[str, Any]:
    """Return what the page shows; whoever may not know who stands where sees no small number."""
    within = places(scope=request.scope)
    found = movements.between(pair.earlier, pair.later, within=within)
    movement = movements.movement_of(pair.earlier, pair.later)
    is_open = request.access.scope(Permission.MAP_PEOPLE) == request.scope
    totals = shown_counts(directions(found.people), is_open)
    flow = shown_table(flows.flow(found.people), is_open)
    units = flows.by_unit(within)(found.people)
    causes = _causes(movement, found, is_open)
    return {
        "pair": pair,
        "runs": _runs(request),
        "people": found.people.height,
        "moved": all_moved(totals),
        "share": _share(all_moved(totals), found.people.height),
        "totals": [(WORDS[name], totals[name]) for name in flows.DIRECTIONS],
        "beside": _beside(found, is_open),
        "flow": flow_lines(flow),
        "flow_heads": [short_name(box) for box in BOXES],
        "drawing": drawing_of(flow),
        "movement": movement,
        "causes": causes,
        "main_cause": _main(causes),
        "most_moved": _most_moved(units, within) if is_open else [],  # sums of what is withheld
        "groups": [
            (_("Menurut unit"), grouped(units, within.names, is_open)),
            (_("Menurut jenjang"), grouped(flows.by_tier(found.people), tier_names(), is_open)),
        ],
        "group_heads": [WORDS[name] for name in flows.DIRECTIONS],
        "big": _big(found, pair.big_steps, is_open),
        "withholds": not is_open,
        "may_see_people": request.access.may(Permission.MAP_PEOPLE),
        "may_trace": request.access.scope(Permission.RUN_START).all_units,
        "printed_at": clock.now(),
    }


def _runs(request: Request) -> Sequence[MappingRun]:
    return list(visible(unpublished=request.access.may(Permission.UNPUBLISHED)).defer("policy_text", "record"))


def _share(moved: Count, people: int) -> str:
    return "" if moved.value is None else percent(moved.value, people)


def _beside(found: Between, is_open: bool) -> list[tuple[str, Count]]:
    counts = shown_counts({"fresh": found.fresh, "gone": found.gone}, is_open)
    return [(_("Baru di peta"), counts["fresh"]), (_("Keluar dari peta"), counts["gone"])]


def _big(found: Between, steps: int, is_open: bool) -> Count:
    number = found.people.filter(pl.col("steps") >= steps).height
    return shown_counts({"big": number, "other": found.people.height - number}, is_open)["big"]


def _causes(movement: Movement | None, found: Between, is_open: bool) -> list[CauseLine]:
    if movement is None or movement.state != "SUCCEEDED":
        return []
    told = movements.caused(movement, flows.moved(found.people))
    rose = (pl.col("box").fill_null(0) > pl.col("box_before").fill_null(0)).alias("rose")
    counted = {(cause, up): number for cause, up, number in told.group_by("cause", rose).len().iter_rows()}
    table = {
        cause: {"up": counted.get((str(cause), True), 0), "down": counted.get((str(cause), False), 0)}
        for cause in Cause
    }
    most = max(sum(row.values()) for row in table.values()) or 1
    shown = shown_table(table, is_open)
    return [
        CauseLine(cause, label("movement_causes", cause, spoken()), row["up"], row["down"], _length(row, most))
        for cause, row in shown.items()
    ]


def _length(row: Mapping[str, Count], most: int) -> int:
    return round(100 * sum(count.value or 0 for count in row.values()) / most)


def _main(causes: Sequence[CauseLine]) -> CauseLine | None:
    first = max(causes, key=lambda line: line.length, default=None)
    return first if first and first.length else None


def _most_moved(units: Mapping[str, Mapping[str, int]], within: Places) -> list[tuple[str, Count, Count, str]]:
    """Return the units of which the greatest share has moved, and how many went up and down."""
    rows = [
        (within.names[int(key)], counts["up"] + counts["gained"], counts["down"] + counts["lost"], sum(counts.values()))
        for key, counts in units.items()
        if key
    ]
    moving = [row for row in rows if row[1] + row[2]]
    first = sorted(moving, key=lambda row: (-(row[1] + row[2]) / row[3], row[0]))[:_MOST_UNITS]
    return [(name, Count(up), Count(down), percent(up + down, people)) for name, up, down, people in first]
