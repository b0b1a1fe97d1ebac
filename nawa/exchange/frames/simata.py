"""A run's map as SIMATA's sheet has it, and SIMATA's own sheet beside that map."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import polars as pl
from django.db.models import F, Value
from django.db.models.functions import Coalesce, NullIf

from nawa.engine.parameters import Parameters
from nawa.engine.pipeline import map_talent
from nawa.engine.tables import Records
from nawa.engine.trace import result_hash
from nawa.exchange.enums import Cause, ComparingStep
from nawa.exchange.frames.beside import BOX, ITEMS, PRESENCE, SCHEMA, beside, tolerances, values_of
from nawa.exchange.frames.causes import Case, Finding, explain
from nawa.policy.keeping import alternatives_of
from nawa.policy.loading import Policy
from nawa.registry.models import Person
from nawa.talent.frames import map_of
from nawa.talent.models import MappingResult, MappingRun
from nawa.talent.queries.inputs import kept_records
from nawa.workbook.mapsheets import simata_sheet
from nawa.workbook.notation import AxisReading, recognise
from nawa.workbook.problems import Problem

_WHO: Final = {
    "subject": pl.String(),
    "person_id": pl.Int64(),
    "unit_id": pl.Int64(),
    **dict.fromkeys(("nip", "name", "unit", "position"), pl.String()),
}
_ROW_CAUSES: Final = {"ROW_TWICE": Cause.TWICE, "ROW_CONFLICT": Cause.TWICE}
_BEFORE = Callable[[ComparingStep], None]


@dataclass(frozen=True, slots=True)
class Compared:
    """A sheet beside a map: `differences` (`beside.SCHEMA`), everybody's boxes, and what was found of whole columns.

    `people`: person_id, unit_id, box, box_there; of everybody on our map, and whether they stand on theirs (`there`).
    `compared` names the items that were compared.
    """

    differences: pl.DataFrame
    people: pl.DataFrame
    readings: list[AxisReading]
    findings: list[Finding]
    compared: list[str]


def sheet_of(run: MappingRun, parameters: Parameters) -> tuple[pl.DataFrame, list[str]]:
    """Return SIMATA's sheet of everybody in a run, by unit and name, and their public ids (two queries)."""
    rows = people_of(run).join(map_of(run, parameters), on="subject")
    ordered = rows.sort("unit", "name", "nip", nulls_last=True)
    return simata_sheet(ordered, parameters), ordered["subject"].to_list()


def people_of(run: MappingRun) -> pl.DataFrame:
    """Return who the people of a run are, by `subject`: names and posts of today, units of the run (one query)."""
    own = Coalesce(NullIf(F("person__position_name"), Value("")), F("position__name"))
    rows = MappingResult.objects.filter(run=run).order_by().annotate(post=own)
    names = ("person__public_id", "person_id", "unit_id", "person__nip", "person__name", "unit__name", "post")
    return pl.DataFrame(list(rows.values_list(*names)), schema=_WHO, orient="row")


def compare(
    run: MappingRun, policy: Policy, sheet: pl.DataFrame, problems: Iterable[Problem], *, before: _BEFORE
) -> Compared:
    """Compare SIMATA's sheet (`nawa.workbook.simata`, with `line`) with a run's map, as the run computed it.

    `before` is told each step before it begins.
    """
    before(ComparingStep.MAP)
    parameters, records = policy.parameters, kept_records(run)
    mapped = _map(run, records, parameters)
    ours = people_of(run).join(values_of(mapped, parameters), on="subject")
    rivals, numbers = {}, dict(alternatives_of(policy))
    for name, other in numbers.items():
        before(ComparingStep.RIVALS)
        rivals[name] = (values_of(map_talent(records, other, on=run.on).map, other), other)
    before(ComparingStep.COMPARE)
    readings = recognise(sheet, parameters, numbers)
    evidence = mapped.select("subject", *(f"{one.lower()}_{of}" for one in parameters.components for of in _EVIDENCE))
    case = Case(
        both=beside(ours.join(evidence, on="subject"), sheet, readings),
        tolerances=tolerances(sheet, readings),
        readings=readings,
        parameters=parameters,
        rivals=rivals,
        without=values_of(map_talent(_unproved(records, mapped, parameters), parameters, on=run.on).map, parameters),
    )
    differences, findings = explain(case)
    presence = _presence(ours, sheet, problems)
    people = ours.select("person_id", "unit_id", "nip", BOX).join(_boxes(sheet), on="nip", how="left").drop("nip")
    compared = [item for item in ITEMS if item in case.tolerances]
    return Compared(pl.concat([differences, presence]), people, readings, findings, compared)


def _map(run: MappingRun, records: Records, parameters: Parameters) -> pl.DataFrame:
    """Return the run's map: mapped anew, which is faster than from its rows, where that gives what the run gave."""
    anew = map_talent(records, parameters, on=run.on).map
    return anew if result_hash(anew) == run.results_hash else map_of(run, parameters)


_EVIDENCE: Final = ("state", "points")


def _boxes(sheet: pl.DataFrame) -> pl.DataFrame:
    return sheet.select("nip", pl.col(BOX).cast(pl.Float64).alias(f"{BOX}_there"), pl.lit(value=True).alias("there"))


def _unproved(records: Records, mapped: pl.DataFrame, parameters: Parameters) -> Records:
    """Return the input without the rows that the map shows as evidence."""
    shown: dict[str, list[pl.Series]] = {}
    for component in parameters.components:
        stem = component.lower()
        told = mapped.select(pl.col(f"{stem}_table").alias("table"), pl.col(f"{stem}_source").alias("source"))
        for (table,), rows in told.drop_nulls().group_by("table"):
            shown.setdefault(str(table), []).append(rows["source"])
    return Records({name: _less(frame, shown.get(name, [])) for name, frame in records.tables.items()})


def _less(frame: pl.DataFrame, sources: list[pl.Series]) -> pl.DataFrame:
    if not sources or "source" not in frame.columns:
        return frame
    return frame.filter(~pl.col("source").is_in(pl.concat(sources).implode()))


def _presence(ours: pl.DataFrame, sheet: pl.DataFrame, problems: Iterable[Problem]) -> pl.DataFrame:
    """Return who stands on one sheet alone, and the rows of theirs that name nobody or somebody twice (one query)."""
    here = ours.join(sheet, on="nip", how="anti").select("person_id", "unit_id", cause=pl.lit(str(Cause.ONLY_HERE)))
    strange = sheet.join(ours, on="nip", how="anti").select("nip", "line")
    known = dict(_homes(strange["nip"].to_list()))
    there = [
        {"line": line, "cause": str(Cause.NOT_ON_MAP), **known[nip]}
        if nip in known
        else {"line": line, "nip": nip, "cause": str(Cause.ONLY_THERE)}
        for nip, line in strange.iter_rows()
    ]
    bad = [{"line": one.row, "nip": one.value, "cause": str(cause)} for one in problems if (cause := _of_row(one))]
    rows = pl.DataFrame([*here.to_dicts(), *there, *bad], schema=dict(SCHEMA))
    return rows.with_columns(
        pl.lit(PRESENCE).alias("item"), *(pl.col(name).fill_null("") for name in ("argument", "component"))
    )


def _of_row(problem: Problem) -> Cause | None:
    return Cause.BAD_NIP if problem.column == "NIP" else _ROW_CAUSES.get(problem.code)


def _homes(nips: list[str]) -> Iterable[tuple[str, Mapping[str, Any]]]:
    home = Coalesce("unit_id", "position__unit_id")
    rows = Person.objects.filter(nip__in=nips).annotate(home=home)
    for nip, pk, unit in rows.values_list("nip", "pk", "home"):
        yield nip, {"person_id": pk, "unit_id": unit}
