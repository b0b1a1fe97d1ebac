"""What a simulation shows: how many would move, from where to where, by unit, tier and sex; and who they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import polars as pl
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nawa.accounts.permissions import Permission
from nawa.engine.parameters import Status
from nawa.policy import wording
from nawa.policy.provisions import Provision
from nawa.policy.sentences import label, provision_label
from nawa.policy.speaking import said_value
from nawa.rulebook.models import PolicyVersion
from nawa.talent.models import Simulation
from nawa.talent.queries import simulations
from nawa.talent.queries.cycles import usual_duration
from nawa.talent.queries.maps import TIERS, described
from nawa.talent.queries.places import Places, places
from nawa.talent.queries.simulations import DIRECTIONS
from nawa.web.kit.flow import BOXES, box_name, drawing_of, flow_lines, short_name, shown_counts, shown_table
from nawa.web.kit.guards import Request
from nawa.web.kit.languages import spoken
from nawa.web.kit.paging import PER_PAGE
from nawa.web.kit.smallcounts import Count

MOVERS, NEAREST = "berpindah", "batas"
LISTINGS: Final = (MOVERS, NEAREST)
MOST_NEAR: Final = 50

WORDS: Final[Mapping[str, str | Promise]] = {
    "up": gettext_lazy("Naik kotak"),
    "down": gettext_lazy("Turun kotak"),
    "gained": gettext_lazy("Mendapat kotak"),
    "lost": gettext_lazy("Kehilangan kotak"),
    "same": gettext_lazy("Tetap"),
}


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
    flow = shown_table(simulations.flow(people), is_open)
    totals = shown_counts(dict(_directions(people)), is_open)
    return {
        **shown,
        "is_old": found.policy_digest != version.digest,
        "people": people.height,
        "moved": _moved(totals),
        "totals": [(WORDS[name], totals[name]) for name in DIRECTIONS],
        "flow": flow_lines(flow),
        "flow_heads": [short_name(box) for box in BOXES],
        "drawing": drawing_of(flow),
        "tables": [
            (_("Menurut kotak"), _before_after(people, is_open)),
            (_("Menurut status"), _by_status(people, is_open)),
        ],
        "groups": [
            (_("Menurut unit"), _grouped(simulations.by_unit(within)(people), within.names, is_open)),
            (_("Menurut jenjang"), _grouped(simulations.by_tier(people), _tiers(), is_open)),
            (_("Menurut jenis kelamin"), _grouped(simulations.by_sex(people), _sexes(), is_open)),
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
    rows = _by_size(simulations.moved(people)) if listing == MOVERS else _in_order(people, list(chosen))
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


def _directions(people: pl.DataFrame) -> list[tuple[str, int]]:
    counted = dict(people.group_by("direction").len().iter_rows())
    return [(name, counted.get(name, 0)) for name in DIRECTIONS]


def _moved(totals: Mapping[str, Count]) -> Count:
    values = [totals[name].value for name in DIRECTIONS if name != "same"]
    return Count(None) if None in values else Count(sum(value or 0 for value in values))


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


def _grouped(
    table: Mapping[str, Mapping[str, int]], names: Mapping[Any, str], is_open: bool
) -> list[tuple[str, list[Count]]]:
    """Return the rows in the order of the names; whoever belongs to none of them last."""
    shown = shown_table(table, is_open)
    known = [key for key in map(str, names) if key in shown]
    words = {str(key): name for key, name in names.items()}
    rows = [(words[key], [shown[key][name] for name in DIRECTIONS]) for key in known]
    rest = [key for key in shown if key not in words]
    return rows + [(_("belum diketahui"), [shown[key][name] for name in DIRECTIONS]) for key in rest]


def _tiers() -> Mapping[str, str]:
    return {tier: label("tiers", tier, spoken()) for tier in TIERS}


def _sexes() -> Mapping[str, str]:
    return {"L": _("Laki-laki"), "P": _("Perempuan")}


def _rivals(found: Simulation) -> list[Rival]:
    """Every rival value in words, the one that would move most people first."""
    items = simulations.policy_of(found).provisions
    shown = [
        Rival(
            name,
            tuple(
                (provision_label(item.path, spoken()), _rival_said(item, name)) for item in items if _has(item, name)
            ),
            changed,
            up,
            down,
        )
        for name, changed, up, down in found.rivals
    ]
    return sorted(shown, key=lambda one: (-one.changed, one.name))


def _has(item: Provision, name: str) -> bool:
    return any(rival.name == name for rival in item.alternatives)


def _rival_said(item: Provision, name: str) -> str:
    rival = next(one for one in item.alternatives if one.name == name)
    lines = said_value(item.path, rival.value, item.unit, spoken())
    return f"{'; '.join(' '.join(filter(None, line)) for line in lines)} ({rival.reference})"
