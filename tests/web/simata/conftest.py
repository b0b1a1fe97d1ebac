"""SIMATA's sheet with faults that were put there, beside the map of the small city."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import polars as pl
import pytest

from nawa.core.actor import Actor
from nawa.engine.parameters import Parameters
from nawa.exchange import actions
from nawa.exchange.frames import sheet_of, simata
from nawa.exchange.models import Comparison
from nawa.exchange.tasks import comparing
from nawa.policy.keeping import alternatives_of
from nawa.policy.loading import Policy
from nawa.talent.models import MappingRun
from nawa.talent.queries.profiles import policy_of
from nawa.workbook.grid import Limits
from nawa.workbook.reading import Reading
from nawa.workbook.results import write_sheet
from nawa.workbook.simata import read_simata_here

BY = Actor.system("test")
Fault: TypeAlias = Callable[[pl.DataFrame], pl.DataFrame]


def awards_lost(sheet: pl.DataFrame) -> pl.DataFrame:
    """Whoever has points for an award has none there, the totals follow, and the last person is not there at all."""
    return sheet.with_columns(pl.col("Y - Penghargaan") * 0).head(sheet.height - 1)


def content_of(run: MappingRun, fault: Fault = awards_lost) -> bytes:
    """The sheet as SIMATA might hand it out."""
    content = io.BytesIO()
    sheet = fault(sheet_of(run, policy_of(run).parameters)[0])
    write_sheet(content, sheet, name="simata", file_format="xlsx")
    return content.getvalue()


def carried_out(run: MappingRun, fault: Fault = awards_lost) -> Comparison:
    """A comparison that a worker has carried out."""
    asked = actions.compare_with_simata(content_of(run, fault), file_name="simata.xlsx", base=run, by=BY)
    comparing.compare_sheet.func(asked.public_id)
    return Comparison.objects.get(pk=asked.pk)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sheet is read in this process, and one rival rule is tried."""

    def read(path: Path, *, limits: Limits) -> Reading:
        return read_simata_here(path, limits=limits)

    def one(policy: Policy) -> list[tuple[str, Parameters]]:
        return [(name, numbers) for name, numbers in alternatives_of(policy) if name == "skala-85"]

    monkeypatch.setattr(comparing, "read_simata", read)
    monkeypatch.setattr(simata, "alternatives_of", one)


@pytest.fixture
def compared(mapped: MappingRun) -> Comparison:
    return carried_out(mapped)
