"""What may be done in talent management."""

from __future__ import annotations

import datetime

import polars as pl
from django.db import transaction

from nawa.audit import actions as audit
from nawa.audit.enums import Event
from nawa.core import bulk, clock, locks
from nawa.core.actor import Actor
from nawa.core.models import RunState
from nawa.core.sheets import Changes, upsert
from nawa.engine.pipeline import map_talent
from nawa.engine.tables import Records
from nawa.engine.trace import ENGINE_VERSION, RunRecord, result_hash
from nawa.policy.loading import Policy
from nawa.proof.commitments import commit
from nawa.proof.sealing import new_key
from nawa.talent import frames
from nawa.talent.frames import SHEET_MAPS
from nawa.talent.models import MappingInput, MappingResult, MappingRun
from nawa.workbook.sheets import Tables


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


@transaction.atomic
def run_mapping(*, policy: Policy, on: datetime.date, by: Actor, seed: int = 0, key: bytes | None = None) -> MappingRun:
    """Map everybody as of a day, and keep input, results and record; all of it appears at once, or nothing.

    The same records, policy, date and key (32 bytes, random unless given) give the same root and the same results.
    """
    locks.hold(locks.RECORDS)
    started_at = clock.now()
    key = key or new_key()
    records = frames.records()
    mapped = map_talent(records, policy.parameters, on=on).map
    record = RunRecord(
        input_commitment=commit(records, key).root.hex(),
        policy_id=policy.id,
        policy_version=policy.version,
        policy_hash=policy.hash,
        on=on,
        seed=seed,
    )
    run = _keep(record, policy, records, mapped, key=key, started_at=started_at, by=by)
    audit.record(Event.MAP_PUBLISHED, subject=run, by=by, details=_told(run), at=run.finished_at)
    return run


def _keep(
    record: RunRecord,
    policy: Policy,
    records: Records,
    mapped: pl.DataFrame,
    *,
    key: bytes,
    started_at: datetime.datetime,
    by: Actor,
) -> MappingRun:
    run = MappingRun.objects.create(
        state=RunState.SUCCEEDED,
        started_by=str(by),
        started_at=started_at,
        finished_at=clock.now(),
        on=record.on,
        policy_id=policy.id,
        policy_version=policy.version,
        policy_hash=policy.hash,
        policy_label=policy.label,
        policy_text=policy.canonical.decode("ascii"),
        stamp=policy.stamp or "",
        engine_version=ENGINE_VERSION,
        seed=record.seed,
        key=key.hex(),
        people=mapped.height,
        inputs_root=record.input_commitment,
        results_hash=result_hash(mapped),
        record=record.canonical().decode("ascii"),
    )
    bulk.insert(MappingInput, frames.inputs_of(records), {"run_id": run.pk})
    bulk.insert(MappingResult, frames.results_of(mapped, policy.parameters), {"run_id": run.pk})
    return run


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
