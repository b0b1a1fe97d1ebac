"""All runs at a glance, for pages that ask much about them at once: what waits, what is known, how counts went on."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.db.models import Count, F

from nawa.core.models import RunState
from nawa.core.scope import Scope
from nawa.engine.parameters import Status
from nawa.registry.queries import subtree
from nawa.talent.enums import KNOWN, Stage
from nawa.talent.models import MappingResult, MappingRun, RunStage
from nawa.talent.queries.runs import staged

HIGHEST: Final = (7, 8, 9)
"""Boxes out of which successors come first (PermenPANRB 3/2020 lampiran)."""


@dataclass(frozen=True, slots=True)
class Runs:
    """All runs, in the order of `runs.visible`: the newest first."""

    all: tuple[MappingRun, ...]

    def newest(self, *, unpublished: bool) -> MappingRun | None:
        """Return the run that `runs.latest_visible` returns, without asking the database again."""
        known = set(Stage) - {Stage.WITHDRAWN} if unpublished else set(KNOWN)
        return next((run for run in self._with_result() if run.current_stage in known), None)

    def published(self) -> list[MappingRun]:
        """Return the published runs."""
        return [run for run in self._with_result() if run.current_stage == Stage.PUBLISHED]

    def before(self, run: MappingRun) -> MappingRun | None:
        """Return the run that `runs.published_before` returns, without asking the database again."""
        earlier = (one for one in self.published() if one.cycle.month_on <= run.cycle.month_on)
        return next((one for one in earlier if one.pk != run.pk), None)

    def on_the_way(self) -> list[MappingRun]:
        """Return the runs whose result is neither published nor withdrawn."""
        return [run for run in self._with_result() if run.current_stage not in ("", Stage.PUBLISHED, Stage.WITHDRAWN)]

    def underway(self) -> list[MappingRun]:
        """Return the runs that are being computed or wait for it."""
        return [run for run in self.all if run.is_open]

    def failed(self) -> MappingRun | None:
        """Return the run that was asked for last, if it failed."""
        last = max(self.all, key=lambda run: run.pk, default=None)
        return last if last and last.state == RunState.FAILED else None

    def has_month(self, day: datetime.date) -> bool:
        """Tell whether a run was made, or is being made, in the cycle of a day's month."""
        ended = (RunState.FAILED, RunState.CANCELLED)
        return any(run.cycle.month_on == day.replace(day=1) and run.state not in ended for run in self.all)

    def _with_result(self) -> Iterable[MappingRun]:
        return (run for run in self.all if run.state == RunState.SUCCEEDED)


@dataclass(frozen=True, slots=True)
class Counted:
    """A run's map in few numbers: `people` in all, of them `mapped`, of these `high` in the highest boxes."""

    run: MappingRun
    people: int
    mapped: int
    high: int


def runs() -> Runs:
    """Return all runs with their stage and cycle, without their policies' texts (one query)."""
    rows = staged().defer("policy_text", "record")
    return Runs(tuple(rows.order_by(F("cycle__month_on").desc(), "-finished_at", "-pk")))


def ways(of: Iterable[MappingRun]) -> dict[int, list[RunStage]]:
    """Return the stages that these runs have reached, in their order, by the run's primary key (one query)."""
    found: dict[int, list[RunStage]] = defaultdict(list)
    for row in RunStage.objects.filter(run__in=[run.pk for run in of]).order_by("pk"):
        found[row.run_id].append(row)
    return found


def counted(of: Sequence[MappingRun], *, scope: Scope) -> list[Counted]:
    """Return these runs' maps in few numbers (two queries at most; none where all have been counted before)."""
    counts = _whole(tuple(run.public_id for run in of)) if scope.all_units else _counts(of, scope)
    return [Counted(run, *counts.get(run.public_id, (0, 0, 0))) for run in of]


@lru_cache(maxsize=4)
def _whole(public_ids: tuple[str, ...]) -> dict[str, tuple[int, int, int]]:
    """A run never changes: what was counted once stays true."""
    return _counts(list(MappingRun.objects.filter(public_id__in=public_ids)), Scope.everything())


def _counts(of: Sequence[MappingRun], scope: Scope) -> dict[str, tuple[int, int, int]]:
    names = {run.pk: run.public_id for run in of}
    found = dict.fromkeys(names.values(), (0, 0, 0))
    inside, rows = subtree(scope), MappingResult.objects.filter(run__in=list(names))
    rows = rows if inside is None else rows.filter(unit_id__in=inside)
    for run, box, status, number in rows.values_list("run_id", "box", "status").annotate(number=Count("id")):
        people, mapped, high = found[names[run]]
        here = number if status != Status.BELUM_DAPAT_DIPETAKAN else 0
        found[names[run]] = (people + number, mapped + here, high + (number if box in HIGHEST else 0))
    return found
