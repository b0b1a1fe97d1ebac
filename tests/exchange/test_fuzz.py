"""Damaged workbooks through the whole of an import: refused in words, or applied, found unchanged, and taken back."""

from __future__ import annotations

import random
from datetime import date

import polars as pl
import pytest
from django.db import connection

from nawa.core.models import RunState
from nawa.exchange.actions import decide_twins
from nawa.exchange.enums import Stage, Twin
from nawa.exchange.frames import export_tables
from nawa.exchange.models import Upload
from nawa.workbook.sentences import UNREADABLE
from tests.exchange.uploading import BY, applied, last, same, undone, uploaded, workbook
from tests.office import HEAD, office, rows
from tests.workbook.fuzzing import odd_cells

pytestmark = pytest.mark.django_db
EACH, TURNS, OFTEN = 50, 10, 200  # cases of a turn; turns, and those that `make torture` makes
WHOLE = 10  # every so many cases are applied, brought again and undone


@pytest.mark.parametrize(
    "turn", [pytest.param(turn, marks=() if turn < TURNS else pytest.mark.torture) for turn in range(OFTEN)]
)
def test_a_damaged_workbook_is_refused_in_words_or_goes_all_the_way_and_back(turn: int) -> None:
    applied(workbook(office()))
    before, good = export_tables(), workbook(changed())
    every = 1 if connection.vendor == "sqlite" else 5  # what is read and checked before a database is asked is the same
    for seed in range(turn * EACH, (turn + 1) * EACH, every):
        content = odd_cells(good, random.Random(seed))
        upload = uploaded(content)
        assert last(upload).state == RunState.SUCCEEDED, seed
        if upload.stage == Stage.REFUSED:
            assert upload.refused["code"] in UNREADABLE, seed
        elif seed % WHOLE == 0:
            goes_and_comes_back(upload, content, seed)
            assert same(export_tables(), before), seed
    assert same(export_tables(), before)


def changed() -> dict[str, pl.DataFrame]:
    """Some sheets of the office, people renamed, with a training more, so that there is something to write."""
    tables = {table: office()[table] for table in ("unit", "position", "person")}
    more = rows("training", {"nip": HEAD, "name": "Diklat Baru", "completed_on": date(2026, 1, 5)})
    named = tables["person"].with_columns(name=pl.format("{} baru", "name"))
    return {**tables, "person": named, "training": more}


def goes_and_comes_back(upload: Upload, content: bytes, seed: int) -> None:
    """Apply the good rows, see that the same file changes nothing any more, and undo."""
    decide_twins(upload, None, what=Twin.ADDITION, by=BY)
    made = applied(upload)
    assert (made.stage, last(made).failure) == (Stage.APPLIED, ""), seed
    repeated = uploaded(content)
    assert all((of["new"], of["changed"]) == (0, 0) for of in repeated.counts.values()), seed
    assert undone(made).stage == Stage.UNDONE, seed
