"""A worker in a process of its own, for the tests that kill it.

It talks to the database that DATABASE_URL names. Each line on stdin is a deed with its arguments; the answer is a line
of JSON on stdout.
"""

from __future__ import annotations

import json
import os
import sys
import time
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.core.management import call_command  # noqa: E402

from nawa.audit.enums import Event  # noqa: E402
from nawa.audit.models import RecordedEvent  # noqa: E402
from nawa.core import clock, leases  # noqa: E402
from nawa.core.actor import Actor, ActorKind  # noqa: E402
from nawa.core.refusal import Refusal  # noqa: E402
from nawa.demo.city import build  # noqa: E402
from nawa.exchange.actions import load_demo_city  # noqa: E402
from nawa.policy.loading import load  # noqa: E402
from nawa.talent import actions, frames, queries, tasks  # noqa: E402
from nawa.talent.enums import Stage  # noqa: E402
from nawa.talent.models import MappingInput, MappingResult, MappingRun  # noqa: E402
from tests.talent.conftest import DAY  # noqa: E402

BY = Actor(ActorKind.USER, "starter")


def prepare() -> dict[str, Any]:
    """Make the tables, load the smallest city, and say what the right result is and how long it takes."""
    call_command("migrate", verbosity=0)
    load_demo_city(build(people=300, seed=1, on=DAY).tables, seed=1, by=Actor.system("demo"))
    began = time.monotonic()
    run = actions.run_mapping(policy=load("semarang", on=DAY), on=DAY, by=BY)
    return {"hash": run.results_hash, "people": run.people, "seconds": time.monotonic() - began}


def ask() -> dict[str, Any]:
    """Ask for a run."""
    cycle = actions.open_cycle(month_on=DAY, by=BY)
    return {"run": actions.request_run(cycle=cycle, policy="semarang", on=DAY, by=BY).public_id}


def perform(run_id: str) -> dict[str, Any]:
    """Carry out a run."""
    tasks.perform.func(run_id)
    return {}


def recover() -> dict[str, Any]:
    """Tick as it will be when the leases of all who were killed have run out."""
    later = clock.now() + leases.LEASE * 2
    return {"put_back": [run.public_id for run in actions.tick(at=later)]}


def judge(run_id: str) -> dict[str, Any]:
    """Say everything that there is of a run."""
    run = MappingRun.objects.get(public_id=run_id)
    events = RecordedEvent.objects.filter(subject_id=run_id, event=Event.RUN_COMPUTED)
    proofs = frames.contradictions(run, load("semarang", on=DAY)) if run.state == "SUCCEEDED" else ["no result"]
    return {
        "state": run.state,
        "hash": run.results_hash,
        "people": MappingResult.objects.filter(run=run).count(),
        "inputs": MappingInput.objects.filter(run=run).count() > 0,
        "stages": [reached.stage for reached in queries.way(run)],
        "events": events.count(),
        "contradictions": list(map(str, proofs)),
    }


def move(run_id: str, name: str) -> dict[str, Any]:
    """Check a run as somebody of this name, and say why that was refused, if it was."""
    run = MappingRun.objects.get(public_id=run_id)
    by = Actor(ActorKind.USER, name)
    try:
        actions.advance(run, to=Stage.CHECKED, expected=Stage.COMPUTED, by=by)
    except Refusal as refused:
        return {"refused": [reason.code for reason in refused.reasons]}
    return {"refused": []}


DEEDS = {deed.__name__: deed for deed in (prepare, ask, perform, recover, judge, move)}

if __name__ == "__main__":
    for line in sys.stdin:
        name, *arguments = line.split()
        sys.stdout.write(json.dumps(DEEDS[name](*arguments)) + "\n")
        sys.stdout.flush()
