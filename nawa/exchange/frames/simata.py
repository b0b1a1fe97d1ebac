"""A run's map as SIMATA's sheet has it: our side of the exchange with the national application."""

from __future__ import annotations

from typing import Final

import polars as pl
from django.db.models import F, Value
from django.db.models.functions import Coalesce, NullIf

from nawa.engine.parameters import Parameters
from nawa.talent.frames import map_of
from nawa.talent.models import MappingResult, MappingRun
from nawa.workbook.mapsheets import simata_sheet

_WHO: Final = {
    "subject": pl.String(),
    "person_id": pl.Int64(),
    "unit_id": pl.Int64(),
    **dict.fromkeys(("nip", "name", "unit", "position"), pl.String()),
}


def sheet_of(run: MappingRun, parameters: Parameters) -> tuple[pl.DataFrame, list[str]]:
    """Return SIMATA's sheet of everybody in a run, by unit and name, and their public ids (two queries)."""
    rows = people_of(run).join(map_of(run, parameters), on="subject")
    ordered = rows.sort("unit", "name", "nip", nulls_last=True)
    return simata_sheet(ordered, parameters), ordered["subject"].to_list()


def people_of(run: MappingRun) -> pl.DataFrame:
    """Return who the people of a run are, by `subject`: names and posts of today, units of the run (one query)."""
    rows = (
        MappingResult.objects.filter(run=run)
        .order_by()
        .annotate(post=Coalesce(NullIf(F("person__position_name"), Value("")), F("position__name")))
    )
    names = ("person__public_id", "person_id", "unit_id", "person__nip", "person__name", "unit__name", "post")
    return pl.DataFrame(list(rows.values_list(*names)), schema=_WHO, orient="row")
