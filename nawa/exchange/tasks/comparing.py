"""Comparing SIMATA's sheet with a map: read in a guarded process, held beside the map, kept without the file."""

from __future__ import annotations

import io
import logging
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import polars as pl
from django.db import DatabaseError
from django_tasks import task

from nawa.core import clock, leases
from nawa.core.leases import CancelAskedError, LeaseLostError
from nawa.core.models import RunState
from nawa.exchange.enums import COMPARING, ComparingStep, Failure
from nawa.exchange.frames import Compared, compare
from nawa.exchange.models import Comparison
from nawa.talent.queries.profiles import policy_of
from nawa.workbook.problems import UnreadableFile
from nawa.workbook.read import Limits, read_simata
from nawa.workbook.simata import TABLE

LIMITS: Final = Limits(file_bytes=50 * 2**20, memory_bytes=2**30, seconds=180, problems=20_000)
"""What one sheet may cost in the process that reads it."""

_log = logging.getLogger(__name__)


@task()
def compare_sheet(comparison_id: str) -> None:
    """Carry out a queued comparison by its opaque id; do nothing where another worker has it, or it has ended."""
    comparison = leases.take(Comparison, comparison_id, at=clock.now())
    if comparison is not None:
        _attempt(comparison)


def _attempt(comparison: Comparison) -> None:
    try:
        with leases.alive(comparison):
            _compare(comparison)
    except LeaseLostError:
        _log.warning("comparison %s was lost to another worker", comparison.public_id)
    except (CancelAskedError, KeyboardInterrupt) as stopped:
        _end(comparison, RunState.CANCELLED)
        if isinstance(stopped, KeyboardInterrupt):
            raise
    except UnreadableFile as unreadable:
        refused = {"code": unreadable.code, "details": unreadable.details}
        _end(comparison, RunState.FAILED, failure=Failure.UNREADABLE, refused=refused)
    except Exception as broken:
        _log.exception("comparison %s failed", comparison.public_id)
        _end(comparison, RunState.FAILED, failure=_failure(broken))


def _end(comparison: Comparison, state: RunState, **values: Any) -> None:
    """End a comparison that is held without a result, and let its file go."""
    try:
        leases.end(comparison, state, at=clock.now(), file=None, file_name="", has_contents=False, **values)
    except LeaseLostError:
        _log.warning("comparison %s was lost to another worker", comparison.public_id)


def _failure(broken: Exception) -> Failure:
    if isinstance(broken, DatabaseError):
        return Failure.DATABASE
    return Failure.MEMORY if isinstance(broken, MemoryError) else Failure.UNFORESEEN


def _compare(comparison: Comparison) -> None:
    def before(step: ComparingStep) -> None:
        leases.report(comparison, step=step, progress=COMPARING[step], at=clock.now())

    before(ComparingStep.READ)
    with tempfile.TemporaryDirectory(prefix="nawa-") as folder:
        path = Path(folder) / "simata.xlsx"
        path.write_bytes(bytes(comparison.file or b""))
        reading = read_simata(path, limits=LIMITS)
    sheet = reading.tables[TABLE].with_columns(reading.rows[TABLE].alias("line"))
    found = compare(comparison.base, policy_of(comparison.base), sheet, reading.problems, before=before)
    kept = _plain(found)
    leases.end(comparison, RunState.SUCCEEDED, at=clock.now(), progress=100, file=None, rows=sheet.height, **kept)


def _plain(found: Compared) -> dict[str, Any]:
    return {
        "people": _parquet(found.people),
        "differences": _parquet(found.differences),
        "readings": [asdict(reading) for reading in found.readings],
        "findings": [finding.as_list() for finding in found.findings],
        "compared": found.compared,
    }


def _parquet(frame: pl.DataFrame) -> bytes:
    packed = io.BytesIO()
    frame.write_parquet(packed, compression="zstd")
    return packed.getvalue()
