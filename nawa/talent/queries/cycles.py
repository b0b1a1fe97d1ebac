"""Reading cycles, the way of each run, and what a run changed against the one published before it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl
from django.db.models import Prefetch, QuerySet

from nawa.core.models import OPEN, RunState
from nawa.talent.models import Cycle, MappingRun, RunStage, Scan
from nawa.talent.queries.maps import everybody
from nawa.talent.queries.places import Places
from nawa.talent.queries.runs import staged

Place = tuple[str, int | None]
"""Where somebody stands on a map: status, and box if there is one."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A run beside the one published before it (None: there is none), of the people in some units.

    `now` and `before` count people by (status, box). `moves` counts those whose box changed, by (from, to), with None
    for no box; `fresh` and `gone` those whom only one of the runs knows.
    """

    base: MappingRun | None
    now: Mapping[Place, int]
    before: Mapping[Place, int] = field(default_factory=dict)
    moves: Mapping[tuple[int | None, int | None], int] = field(default_factory=dict)
    fresh: int = 0
    gone: int = 0

    @property
    def moved(self) -> int:
        """How many have another box than before, or one where they had none, or none where they had one."""
        return sum(self.moves.values())

    @property
    def risen(self) -> int:
        """How many stand in a higher box than before."""
        return sum(people for (start, end), people in self.moves.items() if start and end and end > start)

    @property
    def fallen(self) -> int:
        """How many stand in a lower box than before."""
        return sum(people for (start, end), people in self.moves.items() if start and end and end < start)


def cycles() -> QuerySet[Cycle]:
    """Return the cycles, the latest month first, each with its runs (newest first) and their stages (three queries)."""
    stages = Prefetch("stages", RunStage.objects.order_by("pk"))
    runs = staged().prefetch_related(stages).defer("policy_text", "record").order_by("-pk")
    return Cycle.objects.order_by("-month_on").prefetch_related(Prefetch("runs", runs))


def cycle_by_id(public_id: str) -> Cycle | None:
    """Return a cycle by its opaque id, as `cycles` does."""
    return cycles().filter(public_id=public_id).first()


def any_run(public_id: str) -> MappingRun | None:
    """Return a run by its opaque id whatever became of it, for those who may see unpublished runs."""
    return staged().filter(public_id=public_id).first()


def way(run: MappingRun) -> list[RunStage]:
    """Return the stages that a run has reached, in their order."""
    stages = RunStage.objects.filter(run=run).select_related("scan").order_by("pk")
    return list(stages.defer("scan__content"))


def scan_of(run: MappingRun, stage: str) -> Scan | None:
    """Return the scan of the letter with which a run came to a stage."""
    reached = RunStage.objects.filter(run=run, stage=stage, scan__isnull=False).select_related("scan").first()
    return reached.scan if reached else None


def underway() -> MappingRun | None:
    """Return a run that has not ended, the oldest if there are several."""
    return staged().filter(state__in=OPEN).order_by("pk").first()


def usual_duration() -> datetime.timedelta | None:
    """Return how long the last run with a result took; None where that is not known."""
    spans = MappingRun.objects.filter(state=RunState.SUCCEEDED).order_by("-pk").values_list("started_at", "finished_at")
    return next((end - start for start, end in spans[:5] if end and end > start), None)


def comparison(run: MappingRun, base: MappingRun | None, *, within: Places) -> Comparison:
    """Return a run beside the one published before it, in these units (no query, once both are in memory)."""
    new = _places(run, within)
    old = _places(base, within) if base else new.clear()
    both = new.join(old, on="person_id", suffix="_before")
    moved = both.filter(pl.col("box").ne_missing(pl.col("box_before")))
    return Comparison(
        base=base,
        now=_counted(new, "status", "box"),
        before=_counted(old, "status", "box"),
        moves=_counted(moved, "box_before", "box"),
        fresh=new.height - both.height,
        gone=old.height - both.height,
    )


def _places(run: MappingRun, within: Places) -> pl.DataFrame:
    return everybody(run, within=within).select("person_id", "status", "box")


def _counted(people: pl.DataFrame, *columns: str) -> dict[Any, int]:
    return {(first, second): count for first, second, count in people.group_by(*columns).len().iter_rows()}
