"""What a simulation shows: how many would move, from where to where, by unit, tier and sex; and who they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import polars as pl
from django.http import Http404
from django.utils.translation import gettext as _

from nawa.accounts.permissions import Permission
from nawa.engine.parameters import Status
from nawa.policy import wording
from nawa.policy.sentences import label, provision_label
from nawa.policy.speaking import said_rival
from nawa.rulebook.models import PolicyVersion
from nawa.talent.models import Simulation
from nawa.talent.queries import flows, simulations
from nawa.talent.queries.cycles import usual_duration
from nawa.talent.queries.flows import DIRECTIONS
from nawa.talent.queries.maps import described
from nawa.talent.queries.places import Places, places
from nawa.web.kit.flow import (
    BOXES,
    WORDS,
    all_moved,
    box_name,
    directions,
    drawing_of,
    flow_lines,
    grouped,
    sex_names,
    short_name,
    shown_counts,
    shown_table,
    tier_names,
)
from nawa.web.kit.guards import Request
from nawa.web.kit.languages import spoken
from nawa.web.kit.paging import PER_PAGE
from nawa.web.kit.smallcounts import Count

MOVERS, NEAREST = "berpindah", "batas"
LISTINGS: Final = (MOVERS, NEAREST)
MOST_NEAR: Final = 50


@dataclass(frozen=True, slots=True)
class Rival:
    """A rival value: which rules it would change, to what, and how many people would be in another box."""

    name: str
    rules: tuple[tuple[str, str], ...]
    changed: int
    up: int
    down: int


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on one of the lists."""

    public_id: str
    name: str
    post: str
    unit: str
    before: str
    after: str
    direction: str
    near: str


def simulation_page(request: Request, version: PolicyVersion) -> dict[str, Any]:
    """Return what the page of a version's simulation shows."""
    found = simulations.newest(version)
    may = request.access.scope(Permission.POLICY_DRAFT).all_units
    shown: dict[str, Any] = {"version": version, "simulation": found, "may_simulate": may, "usual": None}
    if found is None or found.state != "SUCCEEDED":
        return {**shown, "usual": usual_duration() if found and found.is_open else None}
    within = places(scope=request.scope)
    people = simulations.affected(found, within=within)
    is_open = request.access.scope(Permission.MAP_PEOPLE) == request.scope
    flow = shown_table(flows.flow(people), is_open)
    totals = shown_counts(directions(people), is_open)
    return {
        **shown,
        "is_old": found.policy_digest != version.digest,
        "people": people.height,
        "moved": all_moved(totals),
        "totals": [(WORDS[name], totals[name]) for name in DIRECTIONS],
        "flow": flow_lines(flow),
        "flow_heads": [short_name(box) for box in BOXES],
        "drawing": drawing_of(flow),
        "tables": [
            (_("Menurut kotak"), _before_after(people, is_open)),
            (_("Menurut status"), _by_status(people, is_open)),
        ],
        "groups": [
            (_("Menurut unit"), grouped(flows.by_unit(within)(people), within.names, is_open)),
            (_("Menurut jenjang"), grouped(flows.by_tier(people), tier_names(), is_open)),
            (_("Menurut jenis kelamin"), grouped(flows.by_sex(people), sex_names(), is_open)),
        ],
        "group_heads": [WORDS[name] for name in DIRECTIONS],
        "rivals": _rivals(found) if request.scope.all_units else [],
        "may_see_people": request.access.may(Permission.MAP_PEOPLE),
        "withholds": not is_open,
    }


def affected_page(request: Request, version: PolicyVersion, listing: str) -> dict[str, Any]:
    """Return who would move, or who would stand nearest to a cut-off, of the people in the reader's scope.

    Raises:
        Http404: there is no such list, or no simulation.
    """
    found = simulations.newest(version)
    if listing not in LISTINGS or found is None or found.state != "SUCCEEDED":
        raise Http404(listing)
    within = places(scope=request.scope)
    people = simulations.affected(found, within=within)
    near = simulations.nearest(people, simulations.parameters_of(found), most=MOST_NEAR) if listing == NEAREST else []
    chosen = {one.person: _near(one) for one in near}
    rows = _by_size(flows.moved(people)) if listing == MOVERS else _in_order(people, list(chosen))
    number = max(1, int(text)) if (text := request.GET.get("hal", "")).isdecimal() and len(text) < 6 else 1
    last = max(1, -(-rows.height // PER_PAGE))
    page = min(number, last)
    start = (page - 1) * PER_PAGE
    return {
        "version": version,
        "simulation": found,
        "listing": listing,
        "rows": _people(found, rows[start : start + PER_PAGE], within, chosen),
        "total": rows.height,
        "first": start + 1,
        "until": min(start + PER_PAGE, rows.height),
        "page": page,
        "earlier": page - 1 if page > 1 else None,
        "later": page + 1 if page < last else None,
        "is_old": found.policy_digest != version.digest,
    }


def _people(found: Simulation, rows: pl.DataFrame, within: Places, near: Mapping[int, str]) -> list[Person]:
    known = described(found.base, rows["person_id"].to_list(), within=within)
    columns = ("person_id", "box_before", "box", "direction")
    return [
        Person(
            public_id=known[pk].public_id,
            name=known[pk].name,
            post=known[pk].post,
            unit=known[pk].unit,
            before=box_name(before),
            after=box_name(after),
            direction=str(WORDS[direction]),
            near=near.get(pk, ""),
        )
        for pk, before, after, direction in rows.select(columns).iter_rows()
        if pk in known
    ]


def _by_size(moved: pl.DataFrame) -> pl.DataFrame:
    """Those who would move furthest first; equals in the order of their rows."""
    step = (pl.col("box").fill_null(0) - pl.col("box_before").fill_null(0)).abs()
    return moved.sort(step, descending=True, maintain_order=True)


def _in_order(people: pl.DataFrame, chosen: list[int]) -> pl.DataFrame:
    order = pl.DataFrame({"person_id": chosen}, schema={"person_id": pl.Int64})
    return order.join(people, on="person_id", how="left", maintain_order="left")


def _near(one: simulations.Near) -> str:
    axis, distance = label("axes", one.axis, spoken()), wording.number(Decimal(f"{abs(one.distance):.2f}"), spoken())
    words = {"axis": axis, "distance": distance, "cutoff": one.cutoff}
    if one.distance == 0:
        return _("tepat pada batas %(axis)s %(cutoff)s") % words
    if one.distance > 0:
        return _("%(distance)s di atas batas %(axis)s %(cutoff)s") % words
    return _("%(distance)s di bawah batas %(axis)s %(cutoff)s") % words


# -- numbers


def _before_after(people: pl.DataFrame, is_open: bool) -> list[tuple[str, Count, Count]]:
    before, after = (
        shown_counts({box: counted.get(box, 0) for box in BOXES}, is_open)
        for counted in (dict(people.group_by(name).len().iter_rows()) for name in ("box_before", "box"))
    )
    return [(box_name(box), before[box], after[box]) for box in BOXES]


def _by_status(people: pl.DataFrame, is_open: bool) -> list[tuple[str, Count, Count]]:
    counted = simulations.statuses(people)
    names = [*Status, *([""] if any(counted.get("", ())) else [])]
    before, after = (
        shown_counts({name: counted.get(name, (0, 0))[side] for name in names}, is_open) for side in (0, 1)
    )
    words = {name: label("statuses", name, spoken()) if name else _("tidak dipetakan") for name in names}
    return [(words[name], before[name], after[name]) for name in names]


def _rivals(found: Simulation) -> list[Rival]:
    """Every rival value in words, the one that would move most people first."""
    policy = simulations.policy_of(found)
    shown = [
        Rival(
            name,
            tuple(
                (provision_label(item.path, spoken()), said_rival(item, rival, policy.sources, spoken()))
                for item in policy.provisions
                for rival in item.alternatives
                if rival.name == name
            ),
            changed,
            up,
            down,
        )
        for name, changed, up, down in found.rivals
    ]
    return sorted(shown, key=lambda one: (-one.changed, one.name))
