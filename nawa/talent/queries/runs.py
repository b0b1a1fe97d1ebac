"""Reading runs and their maps. Every query of people takes the scope of the reader."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from nawa.core.models import RunState
from nawa.core.scope import Scope
from nawa.registry.queries import subtree
from nawa.talent.enums import KNOWN, Stage
from nawa.talent.models import MappingResult, MappingRun, RunStage


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


def last_stage(run: OuterRef) -> QuerySet[RunStage, Any]:
    """Return the stage where a run stands, for a subquery: `run` names the run's key in the query around it."""
    return RunStage.objects.filter(run=run).order_by("-pk").values("stage")[:1]


_STAGE: Final[Mapping[str, Any]] = {"current_stage": Coalesce(Subquery(last_stage(OuterRef("pk"))), Value(""))}


def staged() -> QuerySet[MappingRun]:
    """Return all runs, with `current_stage`, and their cycle at hand; for those who may see what became of each."""
    return MappingRun.objects.select_related("cycle").annotate(**_STAGE)


def _at(*stages: Stage) -> Q:
    return Q(("current_stage__in", stages))


def visible(*, unpublished: bool) -> QuerySet[MappingRun]:
    """Return the runs with a result that a reader may know of, the newest first; each with `current_stage`.

    `unpublished` is for those who may also see what employees do not: runs before the period of contest, and withdrawn
    ones. The newest is that of the latest cycle, and in it the one that ended last.
    """
    rows = staged().filter(state=RunState.SUCCEEDED).order_by(F("cycle__month_on").desc(), "-finished_at", "-pk")
    return rows if unpublished else rows.filter(_at(*KNOWN))


def latest_visible(*, unpublished: bool) -> MappingRun | None:
    """Return the newest run that a reader may know of and that was not withdrawn (one query)."""
    return visible(unpublished=unpublished).exclude(_at(Stage.WITHDRAWN)).first()


def run_by_id(public_id: str, *, unpublished: bool) -> MappingRun | None:
    """Return a run with a result by its opaque id, if the reader may know of it."""
    return visible(unpublished=unpublished).filter(public_id=public_id).first()


def newest_published() -> MappingRun | None:
    """Return the newest published run (one query)."""
    return visible(unpublished=False).filter(_at(Stage.PUBLISHED)).first()


def published_by_id(public_id: str) -> MappingRun | None:
    """Return a published run by its opaque id (one query)."""
    return visible(unpublished=False).filter(_at(Stage.PUBLISHED), public_id=public_id).first()


def published_before(run: MappingRun) -> MappingRun | None:
    """Return the newest published run of this run's cycle or earlier ones, apart from itself."""
    rows = visible(unpublished=False).filter(_at(Stage.PUBLISHED), cycle__month_on__lte=run.cycle.month_on)
    return rows.exclude(pk=run.pk).first()


def results(run: MappingRun, *, scope: Scope) -> QuerySet[MappingResult]:
    """Return a run's results of people who were in the units in scope at the time of the run."""
    inside = subtree(scope)
    rows = MappingResult.objects.filter(run=run)
    return rows if inside is None else rows.filter(unit_id__in=inside)


def latest_map(*, scope: Scope, unpublished: bool) -> MapSummary | None:
    """Return the newest visible map in numbers, or None where there is none: three queries at most."""
    run = latest_visible(unpublished=unpublished)
    return summary(run, scope=scope) if run else None


def summary(run: MappingRun, *, scope: Scope) -> MapSummary:
    """Return a run's map in numbers: two queries at most."""
    counted = results(run, scope=scope).order_by().values_list("box", "status").annotate(people=Count("id"))
    rows = list(counted)
    return MapSummary(
        run=run,
        counts={(box, status): people for box, status, people in rows if box is not None},
        unmapped=sum(people for box, _, people in rows if box is None),
    )
