"""What posts ask for on a day, and what passes on of that when posts end."""

from __future__ import annotations

import datetime
from typing import Any, Final

import polars as pl
from django.db.models import Q, QuerySet

from nawa.core.dates import on_day
from nawa.core.sheets import read
from nawa.registry.frames.maps import SHEET_MAPS
from nawa.registry.models import CompetencyStandard
from nawa.registry.rules import Outcome

_TABLE: Final = "competency_standard"
_MAP: Final = next(held for held in SHEET_MAPS if held.table == _TABLE)


def standards_on(on: datetime.date) -> pl.DataFrame:
    """Return the standards that hold on a day, as a table of the workbook (two queries).

    Everybody is known by the post that they hold now: a post that had no standard on that day has that of the posts
    whose standards have passed to it since.
    """
    holding = read(_MAP, CompetencyStandard.objects.filter(on_day(on, "valid_from", "valid_through")))
    ended = CompetencyStandard.objects.exclude(successor_code="").filter(valid_through__gte=on)
    heirs = dict(ended.order_by("pk").values_list("position_code", "successor_code"))
    lines = {code: _line(code, heirs) for code in heirs}
    passed = pl.DataFrame(
        [(code, heir) for code, later in lines.items() for heir in later],
        {"position_code": pl.String, "heir": pl.String},
        orient="row",
    )
    passed = passed.filter(~pl.col("heir").is_in(holding["position_code"].implode()))
    inherited = holding.join(passed, on="position_code").with_columns(position_code="heir").drop("heir")
    return pl.concat([holding, highest(inherited.select(holding.columns))]).sort(_MAP.key)


def highest(standards: pl.DataFrame) -> pl.DataFrame:
    """Return of several standards for one post the one that asks for most, competency by competency."""
    first = standards.sort("level", descending=True, maintain_order=True)
    return first.unique(list(_MAP.key), keep="first", maintain_order=True)


def inherited_standards(outcome: Outcome) -> pl.DataFrame:
    """Return the standards that posts get from those that end with a reorganisation (one query)."""
    heirs = outcome.standards_pass
    rows = lasting_standards(outcome.eve).filter(position_code__in=list(heirs))
    told = read(_MAP, rows).with_columns(pl.col("position_code").replace(heirs))
    return highest(told)


def lasting_standards(eve: datetime.date) -> QuerySet[CompetencyStandard, Any]:
    """Return the standards that hold on a day and longer."""
    lasting = Q(valid_through__isnull=True) | Q(valid_through__gt=eve)
    return CompetencyStandard.objects.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=eve), lasting)


def _line(code: str, heirs: dict[str, str]) -> list[str]:
    """Return the posts to which a post's standard has passed, one after the other."""
    found: list[str] = []
    while (code := heirs.get(code, "")) and code not in found:
        found.append(code)
    return found
