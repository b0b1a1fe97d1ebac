"""Maps and succession groups from before Nawa beside a run: who stands elsewhere now, and where the nominated stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import polars as pl
from django.db.models.functions import Coalesce

from nawa.registry.models import Person, Position
from nawa.talent.models import EarlierMap, EarlierPool, MappingRun
from nawa.talent.queries.flows import direction_of
from nawa.talent.queries.maps import everybody
from nawa.talent.queries.places import Places

_ANYWHERE: Final = Places(names={}, codes={}, parents={}, is_everything=True)
_HOME: Final = Coalesce("person__unit_id", "person__position__unit_id")


def periods() -> list[str]:
    """Return the periods of earlier maps and groups, the latest first (two queries)."""
    found = {period for model in (EarlierMap, EarlierPool) for period in model.objects.values_list("period").distinct()}
    return sorted((period for (period,) in found), reverse=True)


def earlier_boxes(run: MappingRun, period: str, *, within: Places) -> pl.DataFrame:
    """Return who was on an earlier map, in these units: both boxes and `direction` (one query besides `everybody`).

    The unit is that of the run; of whoever is not on its map that of today.
    """
    rows = EarlierMap.objects.filter(period=period).order_by("person_id").values_list("person_id", _HOME, "box")
    schema = {"person_id": pl.Int64(), "home": pl.Int64(), "box_before": pl.Int64()}
    earlier = pl.DataFrame(list(rows), schema=schema, orient="row").unique(
        "person_id", keep="last", maintain_order=True
    )
    return _placed(run, earlier, within).with_columns(direction=direction_of())


def earlier_pools(run: MappingRun, period: str, *, within: Places) -> pl.DataFrame:
    """Return who was nominated for which post then, in these units, with their box now, by post and order."""
    names = ("person_id", _HOME, "position_code", "order")
    rows = EarlierPool.objects.filter(period=period).order_by("position_code", "order", "person_id").values_list(*names)
    schema = {"person_id": pl.Int64(), "home": pl.Int64(), "position_code": pl.String(), "order": pl.Int64()}
    return _placed(run, pl.DataFrame(list(rows), schema=schema, orient="row"), within)


def named(people: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Return public id and name of people who were found in scope (one query)."""
    rows = Person.objects.filter(pk__in=people).values_list("pk", "public_id", "name")
    return {pk: (public_id, name) for pk, public_id, name in rows}


def names_of_posts(codes: Sequence[str]) -> dict[str, str]:
    """Return what posts are called, by code, as far as they still exist (one query)."""
    return dict(Position.objects.filter(code__in=codes).values_list("code", "name"))


def _placed(run: MappingRun, rows: pl.DataFrame, within: Places) -> pl.DataFrame:
    now = everybody(run, within=_ANYWHERE).select("person_id", "unit_id", pl.col("box").cast(pl.Int64))
    joined = rows.join(now, on="person_id", how="left", maintain_order="left")
    placed = joined.with_columns(pl.coalesce("unit_id", "home").alias("unit_id")).drop("home")
    return placed if within.is_everything else placed.filter(pl.col("unit_id").is_in(list(within.names)))
