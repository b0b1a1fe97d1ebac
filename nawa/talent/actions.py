"""What may be done in talent management."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any, Final, cast

from django.db import transaction

from nawa.audit import actions as audit
from nawa.audit.enums import Event
from nawa.core import clock, leases, locks, scans
from nawa.core.actor import Actor
from nawa.core.models import OPEN, RunState
from nawa.core.refusal import Reason, Refusal, refuse_if
from nawa.core.returns import Return, take_back
from nawa.core.sheets import Changes, Names, Plan, plan, upsert, write
from nawa.engine.trace import ENGINE_VERSION
from nawa.policy.loading import Policy
from nawa.policy.problems import PolicyRefused
from nawa.proof.sealing import new_key
from nawa.rulebook import actions as rulebook
from nawa.rulebook.models import PolicyVersion
from nawa.rulebook.queries import in_force
from nawa.rulebook.rules import policy_of
from nawa.talent import rules, tasks
from nawa.talent.enums import CONTEST_DAYS, MOVES, Failure, Stage
from nawa.talent.frames import SHEET_MAPS
from nawa.talent.models import Cycle, MappingRun, MapTable, Movement, RecordCheck, Release, RunStage, Scan, Simulation
from nawa.talent.queries import latest_visible
from nawa.talent.queries.checks import wants_check
from nawa.talent.queries.gates import gate_before, gate_of
from nawa.talent.rules import Letter
from nawa.talent.tasks import AnyRun
from nawa.workbook.sheets import Tables

_TASKS: Final[Mapping[type[AnyRun], Any]] = {
    MappingRun: tasks.perform,
    Simulation: tasks.simulate,
    Movement: tasks.trace,
    RecordCheck: tasks.check_records,
}
"""Which task carries out a run of each kind."""

_TICK: Final = Actor.system("tick")
"""Who asks for what is due."""


@transaction.atomic
def apply(tables: Tables, *, source: str, import_id: str) -> list[Changes]:
    """Bring preferences and earlier results to what the tables say; rows that they do not name stay as they are.

    The caller records the deed. Raises `Refusal` as `nawa.core.sheets.upsert` does; nothing is then kept.
    """
    return [
        upsert(held, tables[held.table], source=source, import_id=import_id)
        for held in SHEET_MAPS
        if held.table in tables
    ]


def plan_changes(touched: Tables, *, unchanged: Mapping[str, int], names: Names) -> list[Plan]:
    """Return the plans to write rows as `nawa.core.sheets.compare` gives them, table by table. Writes nothing.

    Raises `Refusal` as `nawa.core.sheets.plan` does.
    """
    return [
        plan(held, touched[held.table], unchanged=unchanged[held.table], names=names)
        for held in SHEET_MAPS
        if held.table in touched
    ]


@transaction.atomic
def carry_out(plans: Iterable[Plan], *, source: str, import_id: str, **verification: Any) -> None:
    """Carry out those plans that are of this app's tables. The caller records the deed.

    `verification` (`verified_by`, `verified_at`) is of whoever decided what is written; without it no verified row is
    corrected.

    Raises `StaleError` and `IntegrityError` as `nawa.core.sheets.write` does; nothing is then kept.
    """
    for planned in plans:
        if planned.sheet_map in SHEET_MAPS:
            write(planned, source=source, import_id=import_id, **verification)


@transaction.atomic
def undo(returns: Mapping[str, Return]) -> None:
    """Take back, by table, what an import has written to this app's tables. The caller has made sure that it may."""
    for held in reversed(SHEET_MAPS):
        if held.table in returns:
            take_back(returns[held.table])


@transaction.atomic
def open_cycle(
    *, month_on: datetime.date, by: Actor, contest_days: int = CONTEST_DAYS, at: datetime.datetime | None = None
) -> Cycle:
    """Return the cycle of a month, by any of its days; it is opened where it was not yet."""
    first = month_on.replace(day=1)
    opened = {"contest_days": contest_days, "opened_by": str(by), "opened_at": at or clock.now()}
    cycle, is_new = Cycle.objects.get_or_create(month_on=first, defaults=opened)
    if is_new:
        details = {"month": first, "contest_days": contest_days}
        audit.record(Event.CYCLE_OPENED, subject=cycle, by=by, details=details, at=cycle.opened_at)
    return cycle


@transaction.atomic
def request_run(*, cycle: Cycle, policy: str, on: datetime.date, by: Actor) -> MappingRun:
    """Ask for a map as of a day, under the version of a policy (`semarang`) that is in force on that day.

    A worker computes it. Its task stands in the same database, so that both are there or neither.

    Raises:
        Refusal: as `rules.reasons_against_requesting`, or `run.policy_refused`.
    """
    locks.hold(f"cycle {cycle.public_id}")
    underway = MappingRun.objects.filter(cycle=cycle, state__in=OPEN).exists()
    refuse_if(rules.reasons_against_requesting(on=on, month_on=cycle.month_on, today=clock.today(), underway=underway))
    run = _queued(cycle, _policy(policy, on), on=on, by=by)
    tasks.perform.enqueue(run.public_id)
    return run


def run_mapping(
    *,
    policy: Policy,
    on: datetime.date,
    by: Actor,
    seed: int = 0,
    key: bytes | None = None,
    at: datetime.datetime | None = None,
) -> MappingRun:
    """Map everybody as of a day, here and now, in the cycle of that day's month; `at` is now unless given.

    The same records, policy, date and key (32 bytes, random unless given) give the same root and the same results.

    Raises:
        Refusal: `run.underway`, or `run.failed` with the code of the failure; the run is then kept without a result.
    """
    cycle = open_cycle(month_on=on, by=by, at=at)
    run = _leased(cycle, policy, on=on, by=by, seed=seed, key=key, at=at)
    tasks.carry_out(run, policy, at=at)
    run.refresh_from_db()
    refuse_if([] if run.state == RunState.SUCCEEDED else [Reason("run.failed", {"failure": run.failure or run.state})])
    return run


@transaction.atomic
def cancel_run(*, run: MappingRun, by: Actor) -> None:
    """Ask for a run to be stopped: at once where no worker has it yet, else before its next step.

    Raises:
        Refusal: as `rules.reasons_against_cancelling`.
    """
    run = MappingRun.objects.select_for_update().get(pk=run.pk)
    refuse_if(rules.reasons_against_cancelling(run))
    leases.ask_to_cancel(run, by=str(by), at=clock.now())
    audit.record(Event.RUN_CANCEL_ASKED, subject=run, by=by, details={"on": run.on})


def advance(
    run: MappingRun,
    *,
    to: Stage,
    expected: Stage,
    by: Actor,
    letter: Letter | None = None,
    reason: str = "",
    at: datetime.datetime | None = None,
) -> RunStage:
    """Move a run's result on to a stage, from the stage where whoever decides has seen it stand.

    Of two who do so at once one succeeds; the other, and anybody with an old form, is told what happened meanwhile.

    Raises:
        Refusal: as `rules.reasons_against_standing`, `rules.reasons_against_move`, `rules.reasons_against_papers`.
    """
    at, letter = at or clock.now(), letter or Letter()
    on = at.astimezone(clock.ZONE).date()
    planned = MOVES.get((expected, to))
    content = scans.cleaned_ahead(letter.scan) if planned and planned.letter else b""
    with transaction.atomic():
        run = MappingRun.objects.select_for_update(of=("self",)).select_related("cycle").get(pk=run.pk)
        way = list(RunStage.objects.filter(run=run).order_by("pk"))
        refuse_if(rules.reasons_against_standing(way, expected))
        refuse_if(
            [
                *rules.reasons_against_move(run, way, to, by=str(by), on=on, gate=gate_before(run, to)),
                *rules.reasons_against_papers(way, to, letter, reason, on=on),
            ]
        )
        move = MOVES[expected, to]
        reached = RunStage.objects.create(
            run=run,
            stage=to,
            after=expected,
            reached_by=str(by),
            reached_at=at,
            contest_through=on + datetime.timedelta(days=run.cycle.contest_days) if to is Stage.CONTEST else None,
            number=letter.number if move.letter else "",
            dated_on=letter.dated_on if move.letter else None,
            scan=_kept(content, by=by, at=at) if move.letter else None,
            reason=reason if move.reason else "",
        )
        audit.record(move.event, subject=run, by=by, details=_told(run, reached), at=at)
        return reached


@transaction.atomic
def release(run: MappingRun, *, reason: str, by: Actor, at: datetime.datetime | None = None) -> Release:
    """Let a run be published although its data are less complete than its policy asks.

    Raises:
        Refusal: as `rules.reasons_against_release`.
    """
    run = MappingRun.objects.select_for_update().get(pk=run.pk)
    way, gate = list(RunStage.objects.filter(run=run).order_by("pk")), gate_of(run)
    refuse_if(rules.reasons_against_release(run, way, gate, reason, by=str(by)))
    released = Release.objects.create(
        run=run,
        completeness_e4=gate.completeness_e4,
        least=gate.least,
        reason=reason.strip(),
        released_by=str(by),
        released_at=at or clock.now(),
    )
    details = {"on": run.on, "completeness": int(gate.told["completeness"]), "least": gate.least}
    audit.record(Event.RUN_RELEASED, subject=run, by=by, details=details, at=released.released_at)
    return released


@transaction.atomic
def simulate(*, version: PolicyVersion, by: Actor, base: MappingRun | None = None) -> Simulation:
    """Ask what a version would change in a run's map (the newest unless named); former simulations of it go.

    Raises:
        Refusal: as `rules.reasons_against_simulating`.
    """
    locks.hold(f"simulation {version.public_id}")
    version, base = PolicyVersion.objects.get(pk=version.pk), base or latest_visible(unpublished=True)
    former = Simulation.objects.filter(version=version)
    underway = former.filter(state__in=OPEN).exists()
    refuse_if(rules.reasons_against_simulating(version, base, underway=underway))
    former.delete()
    asked = Simulation.objects.create(
        base=cast("MappingRun", base),
        version=version,
        policy_text=version.text,
        policy_digest=version.digest,
        started_by=str(by),
        started_at=clock.now(),
        heartbeat_at=clock.now(),
    )
    details = {"on": asked.base.on, "policy": version.code, "version": version.version, "policy_hash": version.digest}
    audit.record(Event.POLICY_SIMULATED, subject=asked, by=by, details=details)
    tasks.simulate.enqueue(asked.public_id)
    return asked


@transaction.atomic
def cancel_simulation(*, simulation: Simulation, by: Actor) -> None:
    """Ask for a simulation to be stopped.

    Raises:
        Refusal: `work.no_cancel`.
    """
    asked = leases.ask_to_cancel(simulation, by=str(by), at=clock.now())
    refuse_if([] if asked else [Reason("work.no_cancel")])


@transaction.atomic
def trace_movement(*, earlier: MappingRun, later: MappingRun, by: Actor) -> Movement:
    """Ask what moved people from one map to another; an answer that is there or underway is returned.

    Raises:
        Refusal: as `rules.reasons_against_tracing`.
    """
    locks.hold(f"movement {later.public_id}")
    refuse_if(rules.reasons_against_tracing(earlier, later))
    Movement.objects.filter(earlier=earlier, later=later, state__in=(RunState.FAILED, RunState.CANCELLED)).delete()
    return tasks.queue_movement(earlier, later, by=str(by), at=clock.now())


def tick(*, at: datetime.datetime) -> list[AnyRun]:
    """Take care of runs whose worker was killed, and return them: put back in the queue, or ended after three tries."""
    silent: list[AnyRun] = [run for kind in _TASKS for run in leases.silent(kind, at=at)]
    return [run for run in silent if _taken_care_of(run, at)]


def catch_up(*, at: datetime.datetime) -> RecordCheck | None:
    """Have the records checked again where they are others than those of the last check, and return what was asked.

    A map whose table is missing gets it: that of a run from before there were tables, or whose worker was killed.
    """
    for run in MappingRun.objects.filter(state=RunState.SUCCEEDED).exclude(pk__in=MapTable.objects.values("run")):
        tasks.keep_table(run)
    on = at.astimezone(clock.ZONE).date()
    return _check_asked(on, at) if wants_check(on=on) else None


def forget_checks() -> None:
    """Let go of what checks of the records found, for it tells of people by name; the next one looks anew."""
    RecordCheck.objects.all().delete()


@transaction.atomic
def _check_asked(on: datetime.date, at: datetime.datetime) -> RecordCheck | None:
    locks.hold("record check")
    basis = wants_check(on=on)
    if basis is None:
        return None
    asked = RecordCheck.objects.create(on=on, basis=basis, started_by=str(_TICK), started_at=at, heartbeat_at=at)
    tasks.check_records.enqueue(asked.public_id)
    return asked


@transaction.atomic
def _taken_care_of(run: AnyRun, at: datetime.datetime) -> bool:
    if run.cancel_asked_at:
        return _given_up(run, RunState.CANCELLED, at)
    if run.state == RunState.RUNNING and run.attempts >= leases.ATTEMPTS:
        return _given_up(run, RunState.FAILED, at, failure=Failure.ABANDONED)
    if leases.put_back(run, at=at):
        _TASKS[type(run)].enqueue(run.public_id)
        return True
    return False


def _given_up(run: AnyRun, state: RunState, at: datetime.datetime, **values: str) -> bool:
    ended = leases.give_up(run, state, at=at, **values)
    if ended:
        tasks.tell_end(run, state, **values)
    return ended


def _policy(code: str, on: datetime.date) -> Policy:
    """Return the version of a policy that is in force on a day."""
    rulebook.ship()
    version = in_force(code, on=on)
    try:
        refuse_if([] if version else [Reason("run.policy_refused", {"policy": code})])
        return policy_of(cast("PolicyVersion", version), on=on)
    except PolicyRefused as refused:
        raise Refusal([Reason("run.policy_refused", {"policy": code})]) from refused


@transaction.atomic
def _leased(cycle: Cycle, policy: Policy, **asked: Any) -> MappingRun:
    """Queue a run and take its lease at once: nobody else knows of it yet."""
    locks.hold(f"cycle {cycle.public_id}")
    refuse_if([Reason("run.underway")] if _is_underway(cycle) else [])
    queued = _queued(cycle, policy, **asked)
    return leases.take(MappingRun, queued.public_id, at=clock.now()) or queued


def _is_underway(cycle: Cycle) -> bool:
    return MappingRun.objects.filter(cycle=cycle, state__in=OPEN).exists()


def _queued(
    cycle: Cycle,
    policy: Policy,
    *,
    on: datetime.date,
    by: Actor,
    seed: int = 0,
    key: bytes | None = None,
    at: datetime.datetime | None = None,
) -> MappingRun:
    run = MappingRun.objects.create(
        cycle=cycle,
        state=RunState.QUEUED,
        started_by=str(by),
        started_at=at or clock.now(),
        heartbeat_at=clock.now(),
        on=on,
        policy_id=policy.id,
        policy_version=policy.version,
        policy_hash=policy.hash,
        policy_label=policy.label,
        policy_text=policy.canonical.decode("ascii"),
        stamp=policy.stamp or "",
        engine_version=ENGINE_VERSION,
        seed=seed,
        key=(key or new_key()).hex(),
    )
    details = {"on": on, "policy": policy.id, "policy_hash": policy.hash}
    audit.record(Event.RUN_REQUESTED, subject=run, by=by, details=details, at=run.started_at)
    return run


def _kept(content: bytes, *, by: Actor, at: datetime.datetime) -> Scan:
    kept = Scan(
        content_type=scans.content_type(content),
        content=content,
        digest=scans.digest(content),
        kept_by=str(by),
        kept_at=at,
    )
    kept.save()
    return kept


def _told(run: MappingRun, reached: RunStage) -> Mapping[str, Any]:
    told: dict[Stage, dict[str, Any]] = {
        Stage.CHECKED: {"people": run.people},
        Stage.CONTEST: {"people": run.people, "through": reached.contest_through},
        Stage.PUBLISHED: {"people": run.people, "results_hash": run.results_hash},
        Stage.WITHDRAWN: {"stage": reached.after, "reason": reached.reason},
    }
    letter = {"dated_on": reached.dated_on, "scan": reached.scan.digest} if reached.scan else {}
    return {"on": run.on, **told.get(Stage(reached.stage), letter)}
