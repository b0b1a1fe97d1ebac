"""What these pages rest on: a run, the units of the reader, the unit that is asked for, and who is in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import polars as pl
from django.http import Http404
from django.utils.translation import gettext as _

from nawa.accounts.permissions import Permission
from nawa.engine.parameters import Component
from nawa.policy.loading import Policy
from nawa.registry.queries import subtree
from nawa.talent.queries.completeness import knowledge
from nawa.talent.queries.places import Places, places
from nawa.talent.queries.profiles import policy_of
from nawa.web.kit.guards import Request
from nawa.web.kit.periods import Period, period_of
from nawa.web.kit.units import PARAMETER

NOWHERE: Final = 0
"""Stands for the unit of people who have none."""

SEES_PEOPLE: Final = (Permission.MAP_PEOPLE, Permission.EVIDENCE_VERIFY)
"""Permissions of those who may know of whom something is unknown; others get no count of fewer than five people."""


@dataclass(frozen=True, slots=True)
class Basis:
    """A run as far as the reader may see it. `unit` is None for all their units; `people` are those in it.

    `shown` are the units right below it, `with_children` all units that have others below them.
    """

    period: Period
    policy: Policy
    within: Places
    unit: int | None
    people: pl.DataFrame
    sees_people: bool
    sees_boxes: bool
    shown: frozenset[int]
    with_children: frozenset[int | None]

    @property
    def components(self) -> tuple[Component, ...]:
        """The components that count under the run's policy, in their order."""
        return self.policy.parameters.components

    @property
    def groups(self) -> dict[int, int]:
        """For each unit that under which its people are counted: one right below the unit asked for, or that itself."""
        inside = self.within.names if self.unit is None else self.within.below(self.unit)
        return {NOWHERE: NOWHERE} | {pk: pk for pk in inside} | self.within.branch_of(self.shown)

    @property
    def inside(self) -> frozenset[int] | None:
        """The units whose people are shown; None for everybody."""
        if self.unit is not None:
            return self.within.below(self.unit)
        return None if self.within.is_everything else frozenset(self.within.names)

    def is_own(self, unit: int) -> bool:
        """Tell whether a group of `groups` is what stands directly in the unit itself, or in one above those shown."""
        return unit not in self.shown

    def name(self, unit: int | None) -> str:
        """Return the name of a unit; that of people without one is said too."""
        return _("Tanpa unit") if unit == NOWHERE else self.within.names.get(unit or NOWHERE, "")

    def url(self, unit: int | None) -> str:
        """Return the address of a unit on the same page, relative to it; the period stays."""
        said = [f"{PARAMETER}={unit}"] if unit else []
        return "?" + "&".join([*said, *([self.period.query] if self.period.query else [])])

    def context(self) -> dict[str, Any]:
        """Return what every page of a run shows around its answer."""
        above = [] if self.unit is None else self.within.path(self.unit)
        return {
            "basis": self,
            "period": self.period,
            "unit_name": self.name(self.unit),
            "path": [(self.within.names[pk], self.url(pk)) for pk in above],
            "whole_url": self.url(None),
            "query": self.url(self.unit),
            "period_query": self.url(None),
        }


def basis_of(request: Request, *, unit: str | None = None) -> Basis | None:
    """Return what the address asks for (of this unit, where one is given), or None where there is no map yet.

    Five queries at most, once a run is in memory.

    Raises:
        Http404: the run or the unit does not exist for this reader.
    """
    period = period_of(request)
    if period is None:
        return None
    within, policy = places(scope=request.scope), policy_of(period.run)
    asked = _unit(request.GET.get(PARAMETER, "") if unit is None else unit, within)
    people = knowledge(period.run, policy.parameters.components, within=within)
    people = people.with_columns(pl.col("unit_id").fill_null(NOWHERE))
    if asked is not None:
        people = people.filter(pl.col("unit_id").is_in(list(within.below(asked))))
    sees_boxes = sees(request, within, Permission.MAP_PEOPLE)
    sees_people = sees_boxes or sees(request, within, *SEES_PEOPLE)
    return Basis(
        period=period,
        policy=policy,
        within=within,
        unit=asked,
        people=people,
        sees_people=sees_people,
        sees_boxes=sees_boxes,
        shown=frozenset(within.branches() if asked is None else within.children(asked)),
        with_children=frozenset(within.parents.values()),
    )


def sees(request: Request, within: Places, *permissions: Permission) -> bool:
    """Tell whether the reader has one of these permissions over every unit of the page (two queries at most)."""
    scopes = [request.access.scope(permission) for permission in permissions]
    if within.is_everything or any(scope.all_units for scope in scopes):
        return any(scope.all_units for scope in scopes)
    return set(within.names) <= frozenset().union(*(subtree(scope) or () for scope in scopes))


def _unit(asked: str, within: Places) -> int | None:
    if not asked:
        return None
    unit = int(asked) if asked.isascii() and asked.isdigit() else 0
    if unit not in within.names:
        raise Http404(PARAMETER)
    return unit
