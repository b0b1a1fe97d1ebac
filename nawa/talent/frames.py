"""The way between stored rows and the engine: rows → tables → engine → rows."""

from __future__ import annotations

import datetime
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import polars as pl
from django.db.models import TextField
from django.db.models.functions import Cast

from nawa.audit.enums import Event
from nawa.audit.models import RecordedEvent
from nawa.audit.rules import details_of, instant
from nawa.core.refusal import Reason
from nawa.core.scope import Scope
from nawa.core.sheets import SheetMap, read
from nawa.engine.movement import Movement, Reading
from nawa.engine.parameters import Parameters
from nawa.engine.pipeline import map_talent
from nawa.engine.tables import MAP_SCHEMA, RECORD_SCHEMAS, SOURCE_TABLES, Records, component_schema, map_schema
from nawa.engine.trace import ENGINE_VERSION, result_hash
from nawa.evidence import frames as evidence
from nawa.policy.keeping import kept
from nawa.policy.loading import Policy
from nawa.proof.commitments import commit
from nawa.registry import frames as registry
from nawa.registry.models import Person
from nawa.talent import models
from nawa.talent.enums import MOVES, Stage
from nawa.talent.models import MappingResult, MappingRun, RunStage
from nawa.talent.queries.inputs import kept_records
from nawa.talent.queries.maps import everybody
from nawa.talent.queries.places import places
from nawa.talent.queries.tables import table_of, worked_out
from nawa.workbook.records import records_from
from nawa.workbook.sheets import Tables

_NIP: Final = {"nip": "person__nip"}

SHEET_MAPS: Final = (
    SheetMap("preference", models.Preference, _NIP | {"position_code": "position__code", "unit_code": "unit__code"}),
    SheetMap("earlier_map", models.EarlierMap, _NIP),
    SheetMap("earlier_pool", models.EarlierPool, _NIP),
)
"""Each names rows of the registry only."""

_READ: Final = frozenset(
    {
        *SOURCE_TABLES.values(),
        *("person", "position", "unit", "field_of_study", "register_coverage"),
    }
)
_PROOFS: Final = ("policy_hash", "inputs_root", "results_hash")
_CHANCES: Final = tuple(f"box_{box}_e9" for box in range(1, 10))
_PLAIN: Final = tuple(name for name in MAP_SCHEMA if name != "subject" and name not in _CHANCES)
_LISTS: Final = tuple(name for name in _PLAIN if isinstance(MAP_SCHEMA[name], pl.List))


def records(on: datetime.date) -> Records:
    """Return the engine's input from everything that is stored, with the standards that hold on a day.

    One query per table, one more for the standards, and one for the ids.

    Read it, and `homes`, under the lock of the records: several queries are one state only while nobody writes.
    """
    subjects = pl.DataFrame(
        list(Person.objects.values_list("nip", "public_id")),
        schema={"nip": pl.String, "subject": pl.String},
        orient="row",
    )
    return records_from(_tables(on), subjects=subjects)


def _tables(on: datetime.date) -> Tables:
    held = [held for held in (*registry.SHEET_MAPS, *evidence.SHEET_MAPS) if held.table in _READ]
    whole = {held.table: read(held, held.model._base_manager.all()) for held in held}
    return whole | {"competency_standard": registry.standards_on(on)}


def inputs_of(given: Records) -> pl.DataFrame:
    """Return the rows of `MappingInput` that keep an engine's input."""
    contents = [parquet(given[table]) for table in RECORD_SCHEMAS]
    return pl.DataFrame({"table": [*RECORD_SCHEMAS], "content": contents})


def parquet(frame: pl.DataFrame) -> bytes:
    """Return a table as it is kept."""
    kept = io.BytesIO()
    frame.write_parquet(kept, compression="zstd")
    return kept.getvalue()


def homes() -> pl.DataFrame:
    """Return where everybody is now: subject, and the primary keys of person, unit and post (one query)."""
    names = ("public_id", "pk", "unit_id", "position__unit_id", "position_id")
    schema = {"subject": pl.String} | dict.fromkeys(("person_id", "unit_id", "of_post", "position_id"), pl.Int64)
    found = pl.DataFrame(list(Person.objects.values_list(*names)), schema=schema, orient="row")
    return found.select("subject", "person_id", pl.coalesce("unit_id", "of_post").alias("unit_id"), "position_id")


def results_of(mapped: pl.DataFrame, parameters: Parameters, places: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of `MappingResult` that keep a map: persons and their places (`homes`) by primary key."""
    placed = mapped.select("subject").join(places, on="subject", how="left", maintain_order="left")
    return placed.select("person_id", "unit_id", "position_id").hstack(
        [
            *mapped.select(_PLAIN).with_columns(pl.col(pl.String).fill_null("")).get_columns(),
            mapped.select(pl.concat_list(_CHANCES).alias("probabilities"))["probabilities"],
            pl.Series("components", list(_components(mapped, parameters)), dtype=pl.Object),
        ]
    )


def _components(mapped: pl.DataFrame, parameters: Parameters) -> Iterator[dict[str, list[Any]]]:
    """Yield each person's components as they are kept; dates are ISO texts."""
    texts = mapped.with_columns(pl.col(pl.Date).cast(pl.String))
    names = [str(component) for component in parameters.components]
    columns = [list(map(list, texts.select(list(component_schema(name))).iter_rows())) for name in names]
    for cells in zip(*columns, strict=True):
        yield dict(zip(names, cells, strict=True))


def map_of(run: MappingRun, parameters: Parameters) -> pl.DataFrame:
    """Return a run's map as it is stored, sorted by subject, with the columns of `map_schema` (one query)."""
    texts = {f"{name}_text": Cast(name, TextField()) for name in (*_LISTS, "probabilities")}
    plain = [f"{name}_text" if name in _LISTS else name for name in _PLAIN]
    names = ("person__public_id", *plain, "probabilities_text", "components")
    rows = MappingResult.objects.filter(run=run).order_by().annotate(**texts).values_list(*names)
    subjects, *columns = list(zip(*rows, strict=True)) or [()] * len(names)
    found: dict[str, Iterable[Any]] = {"subject": subjects, **dict(zip(_PLAIN, columns, strict=False))}
    chances, components = columns[-2:]
    nine = pl.Series(chances, dtype=pl.String).str.json_decode(pl.List(pl.Int64)).list
    found |= {name: nine.get(place) for place, name in enumerate(_CHANCES)}
    for component in parameters.components:
        found |= _cells(component, [kept[component] for kept in components])
    schema = map_schema(parameters)
    return pl.DataFrame([_series(name, found[name], schema[name]) for name in schema]).sort("subject")


def _cells(component: str, kept: Sequence[Sequence[Any]]) -> Mapping[str, list[Any]]:
    return {name: [cells[place] for cells in kept] for place, name in enumerate(component_schema(component))}


def _series(name: str, values: Iterable[Any], dtype: pl.DataType) -> pl.Series:
    """Return a stored column as the engine had it: no blank text, ISO texts as dates, lists from their JSON.

    Lists are decoded all at once: one Python list after another takes a hundred times as long.
    """
    if isinstance(dtype, pl.List):
        return pl.Series(name, list(values), pl.String).str.json_decode(dtype)
    if dtype == pl.Date:
        return pl.Series(name, list(values), pl.String).str.to_date("%Y-%m-%d")
    series = pl.Series(name, list(values), dtype)
    return series.replace("", None) if dtype == pl.String else series


def contradictions(run: MappingRun, policy: Policy) -> list[Reason]:
    """Compute a run again from what it kept, and return what does not agree with its record; nothing when all does.

    `run.policy` and `run.engine`: another policy or engine version is at hand, so nothing more can be said.
    `run.inputs`: the kept input is not what was committed to. `run.results`: the engine now gives other results.
    `run.rows`: the stored results are not what the engine gave; `run.table`: what pages read is not what is stored.
    `run.event`: the audit record tells of another run.
    `run.stages`: the audit record tells of another way to publication; `run.scans`: a scan is not what it was.
    """
    if policy.hash != run.policy_hash:
        return [Reason("run.policy", {"recorded": run.policy_hash, "found": policy.hash})]
    if run.engine_version != ENGINE_VERSION:
        return [Reason("run.engine", {"recorded": run.engine_version, "found": ENGINE_VERSION})]
    records = kept_records(run)
    events = _events_of(run)
    compared = {
        "run.inputs": (run.inputs_root, commit(records, bytes.fromhex(run.key)).root.hex()),
        "run.results": (run.results_hash, result_hash(map_talent(records, policy.parameters, on=run.on).map)),
        "run.rows": (run.results_hash, result_hash(map_of(run, policy.parameters))),
        "run.table": (_digest(worked_out(run.public_id)), _digest(table_of(run.public_id))),
        "run.event": (_proofs_told(events), " ".join(getattr(run, name) for name in _PROOFS)),
        "run.stages": (_way_told(events), _way_stored(run)),
        "run.scans": (_scans_told(events), _scans_stored(run)),
    }
    return [
        Reason(code, {"recorded": recorded, "found": found})
        for code, (recorded, found) in compared.items()
        if recorded != found
    ]


def _digest(table: pl.DataFrame) -> str:
    return hashlib.sha256(table.write_ndjson().encode()).hexdigest()


_OF_STAGES: Final = {str(move.event): str(to) for (_, to), move in MOVES.items()} | dict.fromkeys(
    (str(Event.RUN_COMPUTED), str(Event.MAP_PUBLISHED)), str(Stage.COMPUTED)
)


def _events_of(run: MappingRun) -> list[RecordedEvent]:
    """Return the events that tell of the run's stages, in the order in which they were recorded."""
    return list(RecordedEvent.objects.filter(subject_id=run.public_id, event__in=_OF_STAGES).order_by("pk"))


def _proofs_told(events: Sequence[RecordedEvent]) -> str:
    told = details_of(events[0]) if events else {}
    return " ".join(str(told.get(name, "")) for name in _PROOFS)


def _way_told(events: Sequence[RecordedEvent]) -> str:
    return "; ".join(
        _leg(_OF_STAGES[event.event], event.done_by, event.done_at, told.get("dated_on"), told.get("through"))
        for event in events
        for told in [details_of(event)]
    )


def _way_stored(run: MappingRun) -> str:
    return "; ".join(
        _leg(row.stage, row.reached_by, row.reached_at, row.dated_on, row.contest_through)
        for row in RunStage.objects.filter(run=run).order_by("pk")
    )


def _leg(stage: str, by: str, at: datetime.datetime, *days: object) -> str:
    return " ".join([stage, by, instant(at), *(str(day) for day in days if day)])


def _scans_told(events: Sequence[RecordedEvent]) -> str:
    return " ".join(filter(None, (details_of(event).get("scan") for event in events)))


def _scans_stored(run: MappingRun) -> str:
    stages = RunStage.objects.filter(run=run, scan__isnull=False).order_by("pk")
    return " ".join(hashlib.sha256(content).hexdigest() for content in stages.values_list("scan__content", flat=True))


def moves(before: pl.DataFrame, after: pl.DataFrame) -> tuple[int, int, int]:
    """Return how many of the people on two maps have another box, and how many of these a higher and a lower one."""
    both = before.select("subject", "box").join(after.select("subject", "box"), on="subject", suffix="_after")
    changed = pl.col("box").ne_missing(pl.col("box_after"))
    counted = both.select(changed.sum(), up=(pl.col("box_after") > pl.col("box")).sum(),
                          down=(pl.col("box_after") < pl.col("box")).sum())  # fmt: skip
    return counted.row(0)[0], counted.row(0)[1], counted.row(0)[2]


def simulated_rows(mapped: pl.DataFrame, base: MappingRun) -> bytes:
    """Return the rows of `Simulation` for a map over a run's kept input: everybody on either (three queries)."""
    people = everybody(base, within=places(scope=Scope.everything()))
    former = people.select("person_id", "unit_id", "position_id", box_before="box", status_before="status")
    columns = ("subject", "box", "status", "performance_score", "potential_score")
    after = mapped.select(columns).join(homes(), on="subject", how="inner").drop("subject")
    joined = former.join(after, on="person_id", how="full", coalesce=True, suffix="_now")
    sexes = pl.DataFrame(
        list(Person.objects.values_list("pk", "sex")), schema={"person_id": pl.Int64, "sex": pl.String}, orient="row"
    )
    placed = joined.with_columns(
        pl.coalesce("unit_id", "unit_id_now").alias("unit_id"),
        pl.coalesce("position_id", "position_id_now").alias("position_id"),
    ).drop("unit_id_now", "position_id_now")
    return parquet(placed.join(sexes, on="person_id", how="left").sort("person_id"))


def reading_of(run: MappingRun) -> Reading:
    """Return what a run read, as it kept it (one query)."""
    return Reading(kept_records(run), kept(run.policy_text, run.on).parameters, run.on)


def movement_tables(found: Movement) -> tuple[bytes, bytes]:
    """Return the tables of a stored movement: its people and their changes, by primary key (one query)."""
    keys = homes().select("subject", "person_id")
    people, changes = (
        table.join(keys, on="subject", how="inner", maintain_order="left").drop("subject")
        for table in (found.people, found.changes)
    )
    return parquet(people), parquet(changes)
