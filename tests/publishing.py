"""Walking a run's result to a stage, each step by somebody, on days that the rules allow."""

from __future__ import annotations

from datetime import datetime, timedelta

from nawa.core import clock
from nawa.core.actor import Actor, ActorKind
from nawa.demo.letters import letter_scan
from nawa.talent.actions import advance, release
from nawa.talent.enums import MOVES, WAY, Stage
from nawa.talent.models import MappingRun, RunStage
from nawa.talent.queries.gates import gate_of
from nawa.talent.rules import Letter

WHY = "Asesmen belum menjangkau semua pegawai; peta dipakai dengan tanda sementara."
RELEASER = Actor(ActorKind.USER, "releaser")
PDF = letter_scan("Surat uji", "800/1/2026", "1 November 2026")


def walker(stage: Stage) -> Actor:
    """Whoever brings a run to this stage."""
    return Actor(ActorKind.USER, f"walker-{stage.lower().replace('_', '-')}")


def walk(
    run: MappingRun, to: Stage = Stage.PUBLISHED, *, released: bool = True, begun: datetime | None = None
) -> MappingRun:
    """Bring a run from where it stands to a stage on the way, ten days to a step; somebody releases incomplete data."""
    way = list(RunStage.objects.filter(run=run).order_by("pk"))
    at = begun or way[-1].reached_at
    start = WAY.index(Stage(way[-1].stage))
    for origin, stage in zip(WAY[start:], WAY[start + 1 : WAY.index(to) + 1], strict=False):
        at += timedelta(days=10)
        on = at.astimezone(clock.ZONE).date()
        letter = Letter(f"800/{stage}/2026", on, PDF) if MOVES[origin, stage].letter else None
        advance(run, to=stage, expected=origin, by=walker(stage), letter=letter, at=at)
        if released and stage is Stage.DETERMINED and not gate_of(run).is_open:
            release(run, reason=WHY, by=RELEASER, at=at)
    return run
