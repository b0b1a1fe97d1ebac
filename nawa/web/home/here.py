"""What a reader's own first page stands on: each thing is asked for once, and only if a card needs it."""

from __future__ import annotations

import datetime
from functools import cached_property

import polars as pl

from nawa.accounts.permissions import Permission
from nawa.accounts.queries import Access
from nawa.core import clock
from nawa.core.scope import Scope
from nawa.engine.explain import Explanation
from nawa.policy.loading import Policy
from nawa.registry.enums import DutyState
from nawa.registry.queries import pressing, subtree
from nawa.registry.rules.acting import Law, law_of
from nawa.rulebook.queries import own_policy
from nawa.talent.models import MappingResult, MappingRun, RunStage
from nawa.talent.queries.gates import gate_of
from nawa.talent.queries.maps import everybody
from nawa.talent.queries.overview import Runs, runs, ways
from nawa.talent.queries.places import Places, places
from nawa.talent.queries.profiles import explained, result_of
from nawa.talent.rules import Gate
from nawa.web.kit.guards import Request
from nawa.web.kit.ninebox import Grid, grid, open_grid
from nawa.web.kit.periods import Period


class Here:
    """A reader and a day."""

    def __init__(self, request: Request) -> None:
        self.access: Access = request.access
        self.actor: str = str(request.actor)
        self.on: datetime.date = clock.today()
        self._gates: dict[int, Gate] = {}

    @cached_property
    def runs(self) -> Runs:
        """All runs (one query)."""
        return runs()

    @cached_property
    def ways(self) -> dict[int, list[RunStage]]:
        """The stages of the runs that are not published yet, by the run's primary key (one query)."""
        return ways(self.runs.on_the_way())

    def gate(self, run: MappingRun) -> Gate:
        """Whether a run's data are complete enough for its publication (three queries at most, once for each run)."""
        return self._gates.get(run.pk) or self._gates.setdefault(run.pk, gate_of(run))

    @cached_property
    def run(self) -> MappingRun | None:
        """The newest run that the reader may see."""
        return self.runs.newest(unpublished=self.access.may(Permission.UNPUBLISHED))

    @cached_property
    def known(self) -> MappingRun | None:
        """The newest run that employees may see."""
        return self.runs.newest(unpublished=False)

    @cached_property
    def knows_people(self) -> bool:
        """Whether the reader may know who stands where; others get no small counts."""
        return self.access.may(Permission.MAP_PEOPLE)

    @cached_property
    def scope(self) -> Scope:
        """Where the reader may see the map."""
        return self.access.scope(Permission.MAP_PEOPLE if self.knows_people else Permission.MAP_COUNTS)

    @cached_property
    def within(self) -> Places:
        """The units of that scope (two queries at most)."""
        return places(scope=self.scope)

    @cached_property
    def grid(self) -> Grid | None:
        """The nine boxes of the newest run in the reader's units, as the reader may see them."""
        if self.run is None or self.scope.is_empty:
            return None
        found = self.statuses
        counts = {(box, status): number for (box, status), number in found.items() if box}
        unmapped = sum(number for (box, _status), number in found.items() if not box)
        return open_grid(counts, unmapped) if self.knows_people else grid(counts, unmapped)

    @cached_property
    def statuses(self) -> dict[tuple[int | None, str], int]:
        """How many people of the reader's units there are by box and status: not to be shown as they are."""
        if self.run is None:
            return {}
        people: pl.DataFrame = everybody(self.run, within=self.within)
        return {(box, status): number for box, status, number in people.group_by("box", "status").len().iter_rows()}

    @cached_property
    def own(self) -> tuple[MappingResult, Explanation] | None:
        """The reader's own result in the newest run that employees may see, with its reasons."""
        me, run = self.access.person_id, self.known
        result = result_of(me, run, scope=Scope.everything()) if me and run else None
        return (result, explained(result, run)) if result and run else None

    @cached_property
    def policy(self) -> Policy:
        """The institution's own policy on the day (one query)."""
        return own_policy(on=self.on)

    @cached_property
    def law(self) -> Law:
        """What the institution's policy says of acting duties today."""
        return law_of(self.policy)

    @cached_property
    def duties(self) -> dict[DutyState, int]:
        """How many acting duties in the posts that the reader may see press (two queries beside those of the units)."""
        scope = self.access.scope(Permission.ORGANISATION)
        known = scope == self.scope and not scope.all_units
        inside = frozenset(self.within.names) if known else subtree(scope)
        return pressing(inside=inside, law=self.law, on=self.on)

    def period(self, run: MappingRun | None) -> Period | None:
        """Return a run as the period that the top of the page names."""
        return Period(run, is_newest=True) if run else None
