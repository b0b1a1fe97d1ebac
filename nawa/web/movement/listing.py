"""The list of those who stand in another box, with what moved each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import polars as pl
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nawa.engine.exact import MILLION
from nawa.engine.movement import Cause
from nawa.policy import wording
from nawa.policy.sentences import label
from nawa.talent.models import Movement
from nawa.talent.queries import flows, movements
from nawa.talent.queries.maps import Described, Order, Wanted, chosen, described
from nawa.talent.queries.places import Places, places
from nawa.web.kit.flow import WORDS, short_name, tier_names
from nawa.web.kit.guards import Request
from nawa.web.kit.languages import spoken
from nawa.web.kit.lists import Asked, Column, Filter, Source, asked_of, filter_of
from nawa.web.kit.units import PARAMETER, unit_filter
from nawa.web.movement.pages import FROM, TO, Pair

_MOST: Final = 3
"""Components that are named of one cause."""

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Mover:
    """Somebody who stands in another box."""

    of: Described
    row: Row
    causes: str


COLUMNS: Final[tuple[Column[Mover], ...]] = (
    Column("nama", gettext_lazy("Nama"), lambda mover: mover.of.name),
    Column("nip", gettext_lazy("NIP"), lambda mover: mover.of.nip, is_sortable=False, is_seldom=True),
    Column("unit", gettext_lazy("Unit"), lambda mover: mover.of.unit),
    Column("jabatan", gettext_lazy("Jabatan"), lambda mover: mover.of.post, is_seldom=True),
    Column(
        "jenjang",
        gettext_lazy("Jenjang"),
        lambda mover: label("tiers", mover.of.tier, spoken()) if mover.of.tier else "",
        is_seldom=True,
    ),
    Column("dari", gettext_lazy("Dari kotak"), lambda mover: short_name(mover.row["box_before"]), is_sortable=False),
    Column("ke", gettext_lazy("Ke kotak"), lambda mover: short_name(mover.row["box"]), is_sortable=False),
    Column("langkah", gettext_lazy("Langkah kelas"), lambda mover: mover.row["steps"], is_number=True),
    Column("sebab", gettext_lazy("Sebab"), lambda mover: mover.causes, is_sortable=False),
)
"""All columns, in the order in which they stand."""

_ORDERS: Final = {"nama": Order.NAME, "unit": Order.UNIT, "jabatan": Order.POST, "jenjang": Order.TIER}


def movers_of(request: Request, pair: Pair) -> tuple[Asked, Source[Mover], list[Filter]]:
    """Return what the address asks of the list, the people meant, and what can be filtered by.

    Raises:
        Http404: the unit that is asked for is none of the reader's.
    """
    within, movement = places(scope=request.scope), movements.movement_of(pair.earlier, pair.later)
    movement = movement if movement and movement.state == "SUCCEEDED" else None
    filters = _filters(request, within, pair, has_causes=movement is not None)
    beside = {FROM: pair.earlier.public_id, TO: pair.later.public_id}
    asked = asked_of(request, filters, COLUMNS, beside=beside)
    rows = _rows(asked, pair, movement, within)
    held = {row["person_id"]: row for row in rows.iter_rows(named=True)}

    def read(people: Sequence[int]) -> list[Mover]:
        known = described(pair.later, people, within=within)
        causes = _causes(movement, rows.filter(pl.col("person_id").is_in(list(people))), pair)
        return [Mover(known[pk], held[pk], causes.get(pk, "")) for pk in people if pk in known]

    return asked, Source(rows["person_id"].to_list(), COLUMNS, read, _lead, "langkah"), filters


def _filters(request: Request, within: Places, pair: Pair, *, has_causes: bool) -> list[Filter]:
    ways = [(name, str(WORDS[name])) for name in flows.DIRECTIONS if name != "same"]
    causes = [(str(cause), label("movement_causes", cause, spoken())) for cause in Cause]
    big = _("Bergerak besar: %(steps)s langkah kelas atau lebih") % {"steps": pair.big_steps}
    return [
        unit_filter(request, within),
        filter_of("jenjang", _("Jenjang"), _("Semua jenjang"), list(tier_names().items())),
        filter_of("arah", _("Arah"), _("Semua arah"), ways),
        *([filter_of("sebab", _("Sebab"), _("Semua sebab"), causes)] if has_causes else []),
        filter_of("besar", _("Besar gerak"), _("Semua"), [("ya", big)]),
    ]


def _rows(asked: Asked, pair: Pair, movement: Movement | None, within: Places) -> pl.DataFrame:
    unit = asked.filters.get(PARAMETER)
    wanted = Wanted(unit=int(unit) if unit else None, tier=asked.filters.get("jenjang", ""), text=asked.text)
    order = _ORDERS.get(asked.order, Order.NAME)
    ranked = chosen(pair.later, wanted, within=within, order=order, descending=asked.descending).select("person_id")
    between = flows.moved(movements.between(pair.earlier, pair.later, within=within).people)
    rows = ranked.join(between, on="person_id", maintain_order="left").filter(_conditions(asked, pair))
    if movement and (cause := asked.filters.get("sebab")):
        rows = rows.join(movements.caused(movement, rows).filter(cause=cause), on="person_id", how="semi")
    if asked.order in _ORDERS:
        return rows
    turned = asked.order == "langkah" and not asked.descending
    return rows.sort("steps", descending=not turned, nulls_last=True, maintain_order=True)


def _conditions(asked: Asked, pair: Pair) -> list[pl.Expr]:
    conditions = [pl.lit(value=True)]
    if way := asked.filters.get("arah"):
        conditions.append(pl.col("direction") == way)
    if asked.filters.get("besar"):
        conditions.append(pl.col("steps") >= pair.big_steps)
    return conditions


def _lead(_shown: Sequence[Mover]) -> Callable[[Mover], str]:
    return lambda mover: reverse("profile", args=[mover.of.public_id])


def _causes(movement: Movement | None, rows: pl.DataFrame, pair: Pair) -> dict[int, str]:
    """Return what moved each of these people, in words."""
    if movement is None:
        return {}
    told = movements.changes(movement, rows["person_id"].to_list())
    changes: Mapping[tuple[int, str], list[Row]] = defaultdict(list)
    for row in told.iter_rows(named=True):
        changes[row["person_id"], row["cause"]].append(row)
    said: dict[int, list[str]] = defaultdict(list)
    for row in movements.caused(movement, rows).iter_rows(named=True):
        said[row["person_id"]].append(_cause(row, changes[row["person_id"], row["cause"]], pair))
    return {person: "; ".join(parts) for person, parts in said.items()}


def _cause(step: Row, changes: Sequence[Row], pair: Pair) -> str:
    name = label("movement_causes", step["cause"], spoken())
    widest = sorted(changes, key=lambda row: -abs((row["points"] or 0) - (row["points_before"] or 0)))
    if not widest:
        return _("%(cause)s: bobot atau batas kelas") % {"cause": name}
    more = _(" dan %(number)s lagi") % {"number": len(widest) - _MOST} if len(widest) > _MOST else ""
    return f"{name}: {', '.join(_change(row, pair) for row in widest[:_MOST])}{more}"


def _change(row: Row, pair: Pair) -> str:
    told = {
        "component": label("components", row["component"], spoken()),
        "before": _points(row["points_before"]),
        "after": _points(row["points"]),
    }
    said = _("%(component)s %(before)s → %(after)s") % told
    if row["cause"] == Cause.AGE and row["ended_on"] and row["ended_on"] <= pair.later.on:
        return _("%(change)s (berakhir %(day)s)") % {"change": said, "day": wording.day(row["ended_on"], spoken())}
    if row["cause"] == Cause.AGE and row["dated_on"] and row["dated_on"] > pair.earlier.on:
        return _("%(change)s (mulai %(day)s)") % {"change": said, "day": wording.day(row["dated_on"], spoken())}
    if row["cause"] == Cause.EVIDENCE and row["dated_on"]:
        return _("%(change)s (bukti %(day)s)") % {"change": said, "day": wording.day(row["dated_on"], spoken())}
    return said


def _points(points: int | None) -> str:
    return _("belum diketahui") if points is None else wording.number(Decimal(points) / MILLION, spoken())
