"""Checking an upload: read the file in a guarded process, leave out what cannot be written, compare the rest."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import polars as pl
from django.db import transaction

from nawa.core import clock
from nawa.core.actor import Actor
from nawa.core.scope import Scope
from nawa.exchange import queries
from nawa.exchange.enums import About, Change, Declared, Stage, Step
from nawa.exchange.frames import SHEET_MAPS, absent_people, difference
from nawa.exchange.models import Content, Decision, Upload, Work
from nawa.exchange.queries import parts
from nawa.exchange.rules import FILE_ALONE, errors, file_kind, sieve, speaking
from nawa.exchange.tasks.steps import begin, finish, keep, tell_move
from nawa.proof.contents import content_hash
from nawa.workbook.problems import Problem, Severity, UnreadableFile
from nawa.workbook.read import Limits, mark, read
from nawa.workbook.reading import WITHHELD_SCHEMA
from nawa.workbook.sentences import Language
from nawa.workbook.sheets import BY_TABLE, Tables

LIMITS: Final = Limits(file_bytes=50 * 2**20, memory_bytes=2**30, seconds=180, problems=20_000)
"""What one upload may cost in the process that reads it."""


@dataclass(slots=True)
class _Found:
    """What the file says, and what shows when it is held beside the records."""

    tables: Tables  # typed, with `line`
    of_file: list[Problem]
    withheld: pl.DataFrame
    beside: list[Problem] = field(default_factory=list)
    marked: bytes = b""
    differences: dict[str, pl.DataFrame] = field(default_factory=dict)

    @property
    def problems(self) -> list[Problem]:
        """All of them, those of the file first."""
        return self.of_file + self.beside


def check(work: Work) -> None:
    """Make the preview of an upload, from its file or, once that has been read, from what was kept of it."""
    upload = work.upload
    begin(work, Step.READ)
    stored = parts.content(upload, parts.FILE)
    if stored is None:
        found = _kept_before(upload)
        begin(work, Step.COMPARE)
        _compare(found)
        _keep(work, found, fresh=False)
        return
    with tempfile.TemporaryDirectory(prefix="nawa-") as folder:
        path = Path(folder) / f"berkas{file_kind(stored[:64])}"
        path.write_bytes(stored)
        try:
            found = _read(path)
        except UnreadableFile as unreadable:
            _refuse(work, unreadable)
            return
        begin(work, Step.COMPARE)
        _compare(found)
        begin(work, Step.MARK)
        if errors(found.problems):
            language: Language = "en" if upload.language == "en" else "id"
            found.marked = mark(path, found.problems, limits=LIMITS, language=language)
    _keep(work, found, fresh=True)


def _read(path: Path) -> _Found:
    reading = read(path, on=clock.today(), limits=LIMITS)
    tables = {table: frame.with_columns(reading.rows[table].alias("line")) for table, frame in reading.tables.items()}
    problems = [problem for problem in reading.problems if problem.code not in FILE_ALONE]
    return _Found(tables, problems, reading.withheld)


def _kept_before(upload: Upload) -> _Found:
    tables = {table: frame for table in BY_TABLE if (frame := parts.frame(upload, parts.TABLE + table)) is not None}
    withheld = parts.frame(upload, parts.WITHHELD)
    none = pl.DataFrame(schema=WITHHELD_SCHEMA)
    return _Found(tables, parts.problems(upload, of_file=True), withheld if withheld is not None else none)


def _compare(found: _Found) -> None:
    """Compare what can be written with the records, table by table."""
    sieved = sieve(found.tables, SHEET_MAPS, queries.held(scope=Scope.everything()))
    found.beside = list(sieved.problems)
    for table, frame in sieved.tables.items():
        sheet = BY_TABLE[table].name
        spoiled = [problem for problem in found.problems if problem.sheet == sheet]
        withheld = found.withheld.filter(pl.col("table") == table)["nip"].to_list()
        found.differences[table], bad = difference(table, frame, spoiled, withheld)
        found.beside += bad


def _refuse(work: Work, unreadable: UnreadableFile) -> None:
    """Say why nothing could be read. The file goes: it may hold anything."""
    with transaction.atomic():
        refused = {"code": unreadable.code, "details": unreadable.details}
        upload = finish(work, Stage.REFUSED, refused=refused, has_contents=False)
        Content.objects.filter(upload=upload).delete()
        details = {"file": upload.digest, "reason": unreadable.code}
        tell_move(upload, Stage.UPLOADED, Actor.named(upload.uploaded_by), details)


@transaction.atomic
def _keep(work: Work, found: _Found, *, fresh: bool) -> None:
    """Keep the preview, and drop the file: unknown columns and unnamed raters are in it alone."""
    absent = _absent(work.upload, found)
    said = {table: speaking(table, frame.drop("line")) for table, frame in found.tables.items()}
    twins = sum(int(frame["twin"].is_not_null().sum()) for frame in found.differences.values())
    values: dict[str, Any] = {
        "preview": work.public_id,
        "counts": {table: _counts(table, frame, found, said) for table, frame in found.differences.items()},
        "problem_rows": sum(_lines(found.problems).values()),
        "too_many_problems": any(one.code == "MORE_LIKE_THIS" and one.column for one in found.problems),
        "absent": absent.height,
        "twins": twins,
    }
    if fresh:
        values["content_hash"] = content_hash(said)
    upload = finish(work, Stage.READY, **values)
    Content.objects.filter(upload=upload, name__startswith=parts.DIFFERENCE).delete()
    keep(upload, _contents(upload, found, absent, fresh=fresh))
    if fresh:
        Content.objects.filter(upload=upload, name=parts.FILE).delete()
    _forget_decisions(upload, found, absent)


def _contents(upload: Upload, found: _Found, absent: pl.DataFrame, *, fresh: bool) -> Iterator[Content]:
    yield Content.of_frame(upload, parts.PROBLEMS, _as_frame(found))
    yield Content.of_frame(upload, parts.ABSENT, absent)
    for table, frame in found.differences.items():
        yield Content.of_frame(upload, parts.DIFFERENCE + table, frame)
    if not fresh:
        return
    yield Content.of_frame(upload, parts.WITHHELD, found.withheld)
    for table, frame in found.tables.items():
        yield Content.of_frame(upload, parts.TABLE + table, frame)
    if found.marked:
        yield Content(upload=upload, name=parts.MARKED, content=found.marked)


def _as_frame(found: _Found) -> pl.DataFrame:
    rows = [
        (one.sheet, one.row, one.column, one.value, one.severity.value, json.dumps(one.as_dict()), of_file)
        for problems, of_file in ((found.of_file, True), (found.beside, False))
        for one in problems
    ]
    schema = dict.fromkeys(("sheet", "line", "column", "value", "severity", "problem", "of_file"), pl.String)
    return pl.DataFrame(rows, {**schema, "line": pl.Int64, "of_file": pl.Boolean}, orient="row")


def _lines(problems: Iterable[Problem]) -> dict[str, int]:
    """How many rows of each sheet something is wrong with."""
    lines: dict[str, set[int]] = {}
    for problem in problems:
        if problem.severity is Severity.ERROR:
            lines.setdefault(problem.sheet, set()).add(problem.row or 0)
    return {sheet: len(rows) for sheet, rows in lines.items()}


def _counts(table: str, frame: pl.DataFrame, found: _Found, said: Tables) -> dict[str, Any]:
    of = dict(frame["change"].value_counts().iter_rows())
    return {
        "new": of.get(Change.NEW, 0),
        "changed": of.get(Change.CHANGED, 0),
        "unchanged": of.get(Change.UNCHANGED, 0),
        "disagreeing": of.get(Change.DISAGREES, 0),
        "problems": _lines(found.problems).get(BY_TABLE[table].name, 0),
        "given": said[table].columns,
    }


def _absent(upload: Upload, found: _Found) -> pl.DataFrame:
    """People whom a full file lacks; whoever stands in it with a bad row is not absent."""
    if upload.declared != Declared.FULL or "person" not in found.tables:
        return absent_people([], on=clock.today()).clear()
    withheld = found.withheld.filter(pl.col("table") == "person")["nip"].to_list()
    return absent_people([*found.tables["person"]["nip"], *withheld], on=clock.today())


def _forget_decisions(upload: Upload, found: _Found, absent: pl.DataFrame) -> None:
    """Forget what was decided about rows of which that is no question any more."""
    Decision.objects.filter(upload=upload, about=About.ABSENT).exclude(
        subject__in=absent["public_id"].to_list()
    ).delete()
    for table, frame in found.differences.items():
        twins = frame.filter(pl.col("twin").is_not_null()).select(pl.format("{}-{}", "line", "twin"))
        of_table = Decision.objects.filter(upload=upload, about=About.TWIN, table=table)
        gone = set(of_table.values_list("subject", flat=True)) - set(twins.to_series())
        for subject in gone:
            of_table.filter(subject=subject).delete()
