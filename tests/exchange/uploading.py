"""Uploads for tests: a workbook of tables or of rows, taken in, checked, applied, undone, here and now."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from nawa.core.actor import Actor, ActorKind
from nawa.exchange import actions, queries, tasks
from nawa.exchange.enums import Declared, Mode
from nawa.exchange.models import Upload, Work
from nawa.exchange.queries import Wanted
from nawa.workbook.sheets import BY_TABLE, Tables
from nawa.workbook.write import write_tables
from tests.workbook.office import write_book

BY = Actor(ActorKind.USER, "analis")


def workbook(tables: Tables) -> bytes:
    """The tables as an xlsx file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "buku.xlsx"
        write_tables(path, tables)
        return path.read_bytes()


def book(**sheets: Sequence[Sequence[Any]]) -> bytes:
    """Rows as they are, as an xlsx file."""
    with tempfile.TemporaryDirectory() as folder:
        return write_book(Path(folder) / "buku.xlsx", **sheets).read_bytes()


def work_off() -> None:
    """Carry out all work that is queued, and what comes of it."""
    while waiting := Work.objects.filter(state="QUEUED").order_by("pk").first():
        tasks.perform.func(waiting.public_id)


def uploaded(content: bytes | Tables, *, declared: Declared = Declared.PARTIAL) -> Upload:
    """An upload that has been checked."""
    data = content if isinstance(content, bytes) else workbook(content)
    upload = actions.accept(data, file_name="buku.xlsx", declared=declared, by=BY)
    work_off()
    return again(upload)


def again(upload: Upload) -> Upload:
    """The upload as it is now."""
    return Upload.objects.get(pk=upload.pk)


def applied(content: bytes | Tables | Upload, *, mode: Mode = Mode.GOOD_ROWS, **how: Any) -> Upload:
    """An upload that has been applied, or was to be."""
    upload = content if isinstance(content, Upload) else uploaded(content, **how)
    actions.apply_upload(upload, mode=mode, preview=again(upload).preview, by=BY)
    work_off()
    return again(upload)


def undone(upload: Upload) -> Upload:
    """An upload that has been undone, or was to be."""
    actions.undo_import(upload, by=BY)
    work_off()
    return again(upload)


def counts(upload: Upload, table: str) -> tuple[int, int, int, int]:
    """New, changed, unchanged, with problems."""
    of = upload.counts[table]
    return of["new"], of["changed"], of["unchanged"], of["problems"]


def shown(upload: Upload, table: str, **wanted: Any) -> pl.DataFrame:
    """The rows of a sheet as the preview has them."""
    return queries.rows_of(upload, table, Wanted(**wanted)).rows


def last(upload: Upload) -> Work:
    """The newest work on an upload."""
    return Work.objects.filter(upload=upload).latest("pk")


def same(left: Mapping[str, pl.DataFrame], right: Mapping[str, pl.DataFrame]) -> bool:
    """Whether two sets of tables say the same, whatever the order of their rows."""
    return left.keys() == right.keys() and all(
        frame.sort(BY_TABLE[table].key).equals(right[table].sort(BY_TABLE[table].key)) for table, frame in left.items()
    )
