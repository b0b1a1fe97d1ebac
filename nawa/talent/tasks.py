"""What a worker does: carries out a run that somebody asked for, and keeps its result once, whatever happens to it."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeAlias

import polars as pl
from django.db import DatabaseError, transaction
from django_tasks import task

from nawa.audit import actions as audit
from nawa.audit.enums import Event
from nawa.core import bulk, clock, leases, locks
from nawa.core.actor import Actor
from nawa.core.leases import CancelAskedError, LeaseLostError
from nawa.core.models import RunState
from nawa.core.scope import Scope
from nawa.engine.movement import maps_between, movement
from nawa.engine.pipeline import map_talent
from nawa.engine.tables import Records
from nawa.engine.trace import ENGINE_VERSION, RunRecord, result_hash
from nawa.policy.keeping import alternatives_of, kept
from nawa.policy.loading import Policy
from nawa.policy.problems import PolicyRefused
from nawa.proof.commitments import commit
from nawa.talent import frames
from nawa.talent.enums import PROGRESS, Failure, Stage, Step
from nawa.talent.models import (
    MappingInput,
    MappingResult,
    MappingRun,
    MapTable,
    Movement,
    RecordCheck,
    RunStage,
    Simulation,
)
from nawa.talent.queries.checks import basis_of_records, packed
from nawa.talent.queries.conflicts import found
from nawa.talent.queries.inputs import kept_records
from nawa.talent.queries.profiles import newest_parameters
from nawa.talent.queries.runs import published_before
from nawa.talent.queries.simulations import policy_of
from nawa.talent.queries.tables import worked_out

WORKER: Final = Actor.system("worker")
"""Who ends a run that has no result."""

AnyRun: TypeAlias = MappingRun | Simulation | Movement | RecordCheck

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What a run gave, before it is kept."""

    record: RunRecord
    records: Records
    places: pl.DataFrame
    map: pl.DataFrame


@task()
def perform(run_id: str) -> None:
    """Carry out a queued run by its opaque id; do nothing where another worker has it, or it has ended."""
    run = leases.take(MappingRun, run_id, at=clock.now())
    if run is not None:
        carry_out(run)


def carry_out(run: MappingRun, policy: Policy | None = None, *, at: datetime.datetime | None = None) -> None:
    """Compute a run whose lease is held, and end it: with its result, cancelled, or failed with a code.

    Without `policy` it is loaded by the name that the run keeps; `at` is the instant of its result, now unless given.
    A run that was lost to another worker is left to it.
    """

    def work() -> None:
        rules = policy or _policy_of(run)
        _keep(run, rules, _outcome(run, rules), at=at)
        keep_table(run)

    _attempt(run, work)


@task()
def simulate(simulation_id: str) -> None:
    """Carry out a queued simulation by its opaque id; do nothing where another worker has it, or it has ended."""
    simulation = leases.take(Simulation, simulation_id, at=clock.now())
    if simulation is not None:
        _attempt(simulation, partial(_simulate, simulation))


def _simulate(simulation: Simulation) -> None:
    _begin(simulation, Step.READ)
    base = simulation.base
    policy = policy_of(simulation)
    records = kept_records(base)
    _begin(simulation, Step.MAP)
    mapped = map_talent(records, policy.parameters, on=base.on).map
    rivals = []
    for name, other in alternatives_of(policy):
        _begin(simulation, Step.RIVALS)
        rivals.append([name, *frames.moves(mapped, map_talent(records, other, on=base.on).map)])
    _begin(simulation, Step.KEEP)
    rows = frames.simulated_rows(mapped, base)
    leases.end(
        simulation, RunState.SUCCEEDED, at=clock.now(), progress=100, people=mapped.height, rows=rows, rivals=rivals
    )


class OtherResultError(Exception):
    """A run's kept input does not give its stored result with this engine: nothing can be said of what moved people."""


def queue_movement(earlier: MappingRun, later: MappingRun, *, by: str, at: datetime.datetime) -> Movement:
    """Put in the queue what moved people from one map to another, where that is neither known nor underway."""
    asked, is_new = Movement.objects.get_or_create(
        earlier=earlier, later=later, defaults={"started_by": by, "started_at": at, "heartbeat_at": clock.now()}
    )
    if is_new:
        trace.enqueue(asked.public_id)
    return asked


@task()
def trace(movement_id: str) -> None:
    """Carry out a queued movement by its opaque id; do nothing where another worker has it, or it has ended."""
    asked = leases.take(Movement, movement_id, at=clock.now())
    if asked is not None:
        _attempt(asked, partial(_trace, asked))


def _trace(asked: Movement) -> None:
    _begin(asked, Step.READ)
    before, after = (frames.reading_of(run) for run in (asked.earlier, asked.later))
    _begin(asked, Step.CAUSES)
    maps = maps_between(before, after)
    for run, one in ((asked.earlier, maps[0]), (asked.later, maps[-1])):
        if result_hash(one) != run.results_hash:
            raise OtherResultError(run.public_id)
    _begin(asked, Step.KEEP)
    people, changes = frames.movement_tables(movement(maps, before.parameters, after.parameters))
    leases.end(asked, RunState.SUCCEEDED, at=clock.now(), progress=100, people=people, changes=changes)


@task()
def check_records(check_id: str) -> None:
    """Carry out a queued check by its opaque id; do nothing where another worker has it, or it has ended."""
    asked = leases.take(RecordCheck, check_id, at=clock.now())
    if asked is not None:
        _attempt(asked, partial(_check, asked))


def _check(asked: RecordCheck) -> None:
    """Look through all records, and keep what was found in the place of what earlier checks found.

    The basis is read first: a deed that comes between makes the findings count as old, never as newer than they are.
    """
    _begin(asked, Step.READ)
    basis = basis_of_records()
    rows = packed(found(scope=Scope.everything(), on=asked.on, parameters=newest_parameters(on=asked.on)))
    leases.end(asked, RunState.SUCCEEDED, at=clock.now(), progress=100, basis=basis, findings=rows)
    RecordCheck.objects.filter(pk__lt=asked.pk).delete()


def keep_table(run: MappingRun) -> None:
    """Keep a run's map as one table beside its rows, unless somebody has."""
    rows = frames.parquet(worked_out(run.public_id))
    MapTable.objects.get_or_create(run_id=run.pk, defaults={"content": rows})


def _attempt(run: AnyRun, work: Callable[[], None]) -> None:
    """Do the work of a run that is held, and end it as cancelled or failed where it does not come to its end."""
    try:
        with leases.alive(run):
            work()
    except LeaseLostError:
        _log.warning("run %s was lost to another worker", run.public_id)
    except (CancelAskedError, KeyboardInterrupt) as stopped:
        end_without_result(run, RunState.CANCELLED)
        if isinstance(stopped, KeyboardInterrupt):
            raise
    except Exception as broken:
        _log.exception("run %s failed", run.public_id)
        end_without_result(run, RunState.FAILED, _failure(broken))


def end_without_result(run: AnyRun, state: RunState, failure: str = "") -> None:
    """End a run that is held, unless it was lost meanwhile, and record that."""
    try:
        with transaction.atomic():
            leases.end(run, state, at=clock.now(), failure=failure)
            tell_end(run, state, failure)
    except LeaseLostError:
        _log.warning("run %s was lost to another worker", run.public_id)


def tell_end(run: AnyRun, state: RunState, failure: str = "") -> None:
    """Record that a run ended without a result; a simulation or movement is no deed of record beyond its asking."""
    if not isinstance(run, MappingRun):
        return
    details = {"on": run.on, "state": str(state), "failure": failure or str(state)}
    audit.record(Event.RUN_ENDED_WITHOUT_RESULT, subject=run, by=WORKER, details=details)


def _failure(broken: Exception) -> Failure:
    if isinstance(broken, PolicyRefused):
        return Failure.POLICY
    if isinstance(broken, DatabaseError):
        return Failure.DATABASE
    if isinstance(broken, OtherResultError):
        return Failure.OTHER_RESULT
    return Failure.MEMORY if isinstance(broken, MemoryError) else Failure.ENGINE


def _policy_of(run: MappingRun) -> Policy:
    """Return the policy that the run keeps.

    Raises:
        PolicyRefused: it says something else than when the run was asked for, or cannot be used any more.
    """
    policy = kept(run.policy_text, run.on)
    if policy.hash != run.policy_hash:
        raise PolicyRefused([])
    return policy


def _outcome(run: MappingRun, policy: Policy) -> _Outcome:
    _begin(run, Step.READ)
    with transaction.atomic():
        locks.hold(locks.RECORDS)
        records, places = frames.records(run.on), frames.homes()
    _begin(run, Step.COMMIT)
    record = RunRecord(
        input_commitment=commit(records, bytes.fromhex(run.key)).root.hex(),
        policy_id=policy.id,
        policy_version=policy.version,
        policy_hash=policy.hash,
        on=run.on,
        seed=run.seed,
    )
    _begin(run, Step.MAP)
    mapped = map_talent(records, policy.parameters, on=run.on).map
    _begin(run, Step.KEEP)
    return _Outcome(record, records, places, mapped)


def _begin(run: AnyRun, step: Step) -> None:
    leases.report(run, step=step, progress=PROGRESS[step], at=clock.now())


@transaction.atomic
def _keep(run: MappingRun, policy: Policy, outcome: _Outcome, *, at: datetime.datetime | None) -> None:
    """Keep everything at once, or nothing. First of all it is proved that the run is still held, by ending it."""
    ended_at = at or clock.now()
    ended = leases.end(
        run,
        RunState.SUCCEEDED,
        at=ended_at,
        progress=100,
        engine_version=ENGINE_VERSION,
        people=outcome.map.height,
        inputs_root=outcome.record.input_commitment,
        results_hash=result_hash(outcome.map),
        record=outcome.record.canonical().decode("ascii"),
    )
    bulk.insert(MappingInput, frames.inputs_of(outcome.records), {"run_id": run.pk})
    bulk.insert(MappingResult, frames.results_of(outcome.map, policy.parameters, outcome.places), {"run_id": run.pk})
    RunStage.objects.create(run=ended, stage=Stage.COMPUTED, reached_by=ended.started_by, reached_at=ended_at)
    by = Actor.named(ended.started_by)
    audit.record(Event.RUN_COMPUTED, subject=ended, by=by, details=_told(ended), at=ended_at)
    base = published_before(ended)
    if base and base.on <= ended.on:
        queue_movement(base, ended, by=ended.started_by, at=ended_at)


def _told(run: MappingRun) -> dict[str, object]:
    return {
        "on": run.on,
        "people": run.people,
        "policy": run.policy_id,
        "policy_version": run.policy_version,
        "policy_hash": run.policy_hash,
        "engine_version": run.engine_version,
        "seed": run.seed,
        "inputs_root": run.inputs_root,
        "results_hash": run.results_hash,
    }
