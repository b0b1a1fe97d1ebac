"""Reading runs and their maps. Every query of people takes the scope of the reader."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from nawa.core.models import RunState
from nawa.core.scope import Scope
from nawa.registry.queries import subtree
from nawa.talent.models import MappingResult, MappingRun


@dataclass(frozen=True, slots=True)
class MapSummary:
    """A run's map in numbers, of the units in scope. `counts` are people by (box, status); `unmapped` have no box."""

    run: MappingRun
    counts: dict[tuple[int, str], int]
    unmapped: int

    @property
    def as_of(self) -> datetime.date:
        """The reference date (*tanggal acuan*)."""
        return self.run.on

    @property
    def policy_label(self) -> str:
        """The policy's name and version."""
        return f"{self.run.policy_label} (versi {self.run.policy_version})"

    @property
    def stamp(self) -> str:
        """The words that every output under this policy carries; empty for none."""
        return self.run.stamp

    @property
    def finished_at(self) -> datetime.datetime | None:
        """When the run ended."""
        return self.run.finished_at


def latest_run() -> MappingRun | None:
    """Return the run that ended last; it tells of everybody, and of nobody in particular."""
    return MappingRun.objects.filter(state=RunState.SUCCEEDED).order_by("-finished_at", "-id").first()


def run_by_id(public_id: str) -> MappingRun | None:
    """Return a finished run by its opaque id."""
    return MappingRun.objects.filter(state=RunState.SUCCEEDED, public_id=public_id).first()


def results(run: MappingRun, *, scope: Scope) -> QuerySet[MappingResult]:
    """Return a run's results of people who were in the units in scope at the time of the run."""
    inside = subtree(scope)
    rows = MappingResult.objects.filter(run=run)
    return rows if inside is None else rows.filter(unit_id__in=inside)


def latest_map(*, scope: Scope) -> MapSummary | None:
    """Return the latest map in numbers, or None where nothing has been mapped yet: three queries at most."""
    run = latest_run()
    if run is None:
        return None
    counted = results(run, scope=scope).order_by().values_list("box", "status").annotate(people=Count("id"))
    rows = list(counted)
    return MapSummary(
        run=run,
        counts={(box, status): people for box, status, people in rows if box is not None},
        unmapped=sum(people for box, _, people in rows if box is None),
    )
