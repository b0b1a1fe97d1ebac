"""Reading uploads: how far they are, and what a preview shows, a page at a time."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl
from django.db.models import Prefetch, QuerySet

from nawa.core.models import OPEN
from nawa.core.scope import Scope
from nawa.core.sheets import was
from nawa.exchange.enums import About, Change, Stage
from nawa.exchange.models import Content, Decision, Import, Upload, Work
from nawa.exchange.queries import parts
from nawa.registry import queries as registry
from nawa.registry.enums import DEPARTED
from nawa.workbook.problems import Problem
from nawa.workbook.sheets import BY_NAME, BY_TABLE

PER_PAGE: Final = 50
_LEAVING: Final = ("legal_status", "inactive_since")


@dataclass(frozen=True, slots=True)
class Slice:
    """A page of rows, and how many there are in all."""

    rows: pl.DataFrame
    total: int
    number: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PER_PAGE))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows of a sheet are wanted: by what they are, by a column that changes, by a text in any cell."""

    change: str = ""
    column: str = ""
    text: str = ""
    page: int = 1


def uploads(*, scope: Scope) -> QuerySet[Upload]:
    """Return the uploads, latest first, each with its works (two queries); they tell of the whole institution."""
    works = Prefetch("works", Work.objects.order_by("-pk"))
    rows = Upload.objects.select_related("made").prefetch_related(works).order_by("-uploaded_at", "-pk")
    return rows if scope.all_units else rows.none()


def upload_by_id(public_id: str, *, scope: Scope) -> Upload | None:
    """Return an upload by its opaque id (two queries)."""
    return uploads(scope=scope).filter(public_id=public_id).first()


def other_imports(*, scope: Scope) -> QuerySet[Import]:
    """Return the imports that came by the command line or with the demo city, latest first."""
    rows = Import.objects.filter(upload__isnull=True).order_by("-imported_at", "-pk")
    return rows if scope.all_units else rows.none()


def underway(upload: Upload) -> Work | None:
    """Return the work on an upload that has not ended."""
    return Work.objects.filter(upload=upload, state__in=OPEN).first()


# -- what is decided, and what is not


def absent_ids(upload: Upload) -> set[str]:
    """Return the public ids of the people whom a full file does not name."""
    found = parts.frame(upload, parts.ABSENT, ["public_id"])
    return set(found["public_id"]) if found is not None else set()


def departing_ids(upload: Upload) -> set[str]:
    """Return the public ids of the people of whom the file newly says that they have left (one query)."""
    found = parts.frame(upload, parts.DIFFERENCE + "person", ["row", "change", "columns", *_LEAVING])
    if found is None:
        return set()
    says = pl.any_horizontal(pl.col("columns").list.contains(name) for name in _LEAVING)
    left = pl.col("legal_status").is_in(list(DEPARTED)) | pl.col("inactive_since").is_not_null()
    return set(found.filter((pl.col("change") == Change.CHANGED) & says & left)["row"])


def decided(upload: Upload, about: About) -> set[str]:
    """Return the subjects about which something has been decided."""
    return set(Decision.objects.filter(upload=upload, about=about).values_list("subject", flat=True))


def choices(upload: Upload, about: About) -> dict[tuple[str, str], Decision]:
    """Return what has been decided, by table and subject."""
    return {(one.table, one.subject): one for one in Decision.objects.filter(upload=upload, about=about)}


def twin_ids(upload: Upload) -> set[tuple[str, str]]:
    """Return table and subject of the new rows that may be corrections."""
    return {
        (table, subject)
        for table, rows in _twin_frames(upload, ["line", "twin"])
        for subject in rows.select(pl.format("{}-{}", "line", "twin")).to_series()
    }


def undecided_twins(upload: Upload) -> int:
    """Return how many rows that may be corrections wait for a word (one query)."""
    return upload.twins - Decision.objects.filter(upload=upload, about=About.TWIN).count()


def undecided_absent(upload: Upload) -> int:
    """Return how many absent people nobody has explained (one query)."""
    return upload.absent - Decision.objects.filter(upload=upload, about=About.ABSENT).count()


def absent(upload: Upload, *, page: int, open_only: bool) -> Slice:
    """Return a page of the people whom a full file does not name, with what was decided (`choice`, `since`)."""
    people = parts.frame(upload, parts.ABSENT)
    if people is None:
        return Slice(pl.DataFrame(schema={"public_id": pl.String}), 0, 1)
    said = Decision.objects.filter(upload=upload, about=About.ABSENT)
    rows = list(said.values_list("subject", "choice", "effective_on"))
    schema = {"public_id": pl.String, "choice": pl.String, "since": pl.Date}
    joined = people.join(pl.DataFrame(rows, schema, orient="row"), on="public_id", how="left", maintain_order="left")
    return _sliced(joined.filter(pl.col("choice").is_null()) if open_only else joined, page)


def twins(upload: Upload, *, page: int, open_only: bool) -> Slice:
    """Return a page of new rows that may be corrections: `table, subject, nip, key, old, new, choice`."""
    lines = [_twin_lines(table, rows) for table, rows in _twin_frames(upload)]
    schema = dict.fromkeys(("table", "subject", "nip", "key", "old", "new", "line"), pl.String)
    found = pl.concat(lines) if lines else pl.DataFrame(schema=schema)
    said = [(*place, one.choice) for place, one in choices(upload, About.TWIN).items()]
    chosen = pl.DataFrame(said, dict.fromkeys(("table", "subject", "choice"), pl.String), orient="row")
    joined = found.join(chosen, on=["table", "subject"], how="left", maintain_order="left")
    return _sliced(joined.filter(pl.col("choice").is_null()) if open_only else joined, page)


def _twin_frames(upload: Upload, columns: Sequence[str] | None = None) -> Iterator[tuple[str, pl.DataFrame]]:
    for table in upload.counts if upload.twins else ():
        found = parts.frame(upload, parts.DIFFERENCE + table, columns)
        rows = found.filter(pl.col("twin").is_not_null()) if found is not None else None
        if rows is not None and rows.height:
            yield table, rows


def _twin_lines(table: str, rows: pl.DataFrame) -> pl.DataFrame:
    """One line of text for each row: its key without the dates, and the dates before and after."""
    sheet = BY_TABLE[table]
    dates = [name for name in sheet.key if sheet.schema[name] == pl.Date]
    rest = [name for name in sheet.key if name not in dates and name != "nip"]
    key = [pl.col(name).cast(pl.String) for name in rest]
    return rows.select(
        table=pl.lit(table),
        subject=pl.format("{}-{}", "line", "twin"),
        nip=pl.col("nip") if "nip" in sheet.key else pl.lit(None, pl.String),
        key=pl.concat_str(key, separator=" · ", ignore_nulls=True) if key else pl.lit(""),
        old=pl.concat_str([pl.col(was(name)).cast(pl.String) for name in dates], separator=" · "),
        new=pl.concat_str([pl.col(name).cast(pl.String) for name in dates], separator=" · "),
        line=pl.col("line").cast(pl.String),
    )


# -- rows of a sheet


def rows_of(upload: Upload, table: str, wanted: Wanted) -> Slice:
    """Return a page of the rows of a sheet (one query, and one for the names of people)."""
    found = parts.frame(upload, parts.DIFFERENCE + table)
    if found is None:
        return Slice(pl.DataFrame(schema={"line": pl.Int64}), 0, 1)
    if wanted.change in Change.values:
        found = found.filter(pl.col("change") == wanted.change)
    if wanted.column:
        found = found.filter(pl.col("columns").list.contains(wanted.column))
    if wanted.text:
        texts = [name for name, dtype in BY_TABLE[table].schema.items() if dtype == pl.String]
        known = registry.nips_named(wanted.text, scope=Scope.everything()) if "nip" in texts else []
        inside = [pl.col(name).str.to_lowercase().str.contains(wanted.text.lower(), literal=True) for name in texts]
        named = [pl.col("nip").is_in(known)] if known else []
        found = found.filter(pl.any_horizontal(*inside, *named))
    return _sliced(found, wanted.page)


def problems_of(upload: Upload, sheet: str, *, page: int) -> tuple[list[Problem], Slice]:
    """Return a page of what is wrong in a sheet, errors first (all sheets where it is empty; one query)."""
    found = parts.frame(upload, parts.PROBLEMS)
    if found is None:
        return [], Slice(pl.DataFrame(schema={"line": pl.Int64}), 0, 1)
    chosen = found.filter(pl.col("sheet") == sheet) if sheet else found
    weight = pl.col("severity").replace_strict({"ERROR": 0, "WARNING": 1, "NOTICE": 2}, return_dtype=pl.Int8)
    part = _sliced(chosen.sort(weight, maintain_order=True), page)
    return [Problem.from_dict(json.loads(text)) for text in part.rows["problem"]], part


def nips_of(upload: Upload, tables: Collection[str]) -> set[str]:
    """Return whom the rows of a file's sheets name, those left out among them (two queries)."""
    taken = _lines_of(upload, tables)["nip"]
    return {nip for nip in (*taken, *_left_out(upload, tables)) if nip}


def nips_behind(upload: Upload, problems: Iterable[Problem], tables: Collection[str]) -> set[str]:
    """Return whom the bad rows of these sheets name (two queries); all who were left out, where a row was."""
    rows = {(BY_NAME[one.sheet].table, one.row) for one in problems if one.row is not None and one.sheet in BY_NAME}
    wanted = pl.DataFrame(sorted(rows), {"table": pl.String, "line": pl.Int64}, orient="row")
    wanted = wanted.filter(pl.col("table").is_in(list(tables)))
    if wanted.is_empty():
        return set()
    found = wanted.join(_lines_of(upload, set(wanted["table"])), on=["table", "line"], how="left")
    left_out = _left_out(upload, set(found.filter(pl.col("nip").is_null())["table"]))
    return {nip for nip in (*found["nip"], *left_out) if nip}


def _lines_of(upload: Upload, tables: Collection[str]) -> pl.DataFrame:
    """Return `table, line, nip` of the rows that were taken (one query)."""
    names = [parts.TABLE + table for table in tables if "nip" in BY_TABLE[table].schema]
    empty = pl.DataFrame(schema={"table": pl.String, "line": pl.Int64, "nip": pl.String})
    found = Content.objects.filter(upload=upload, name__in=names)
    frames = [
        part.frame(["line", "nip"]).select(
            pl.lit(part.name.removeprefix(parts.TABLE)).alias("table"), pl.col("line").cast(pl.Int64), "nip"
        )
        for part in found.iterator()
    ]
    return pl.concat([empty, *frames])


def _left_out(upload: Upload, tables: Collection[str]) -> list[str | None]:
    """Return whom rows name that were not taken (one query; none where no table is asked for)."""
    found = parts.frame(upload, parts.WITHHELD) if tables else None
    return found.filter(pl.col("table").is_in(list(tables)))["nip"].to_list() if found is not None else []


def problem_counts(upload: Upload) -> Mapping[str, int]:
    """Return how many errors, warnings and notices there are (one query)."""
    found = parts.frame(upload, parts.PROBLEMS, ["severity"])
    return dict(found["severity"].value_counts().iter_rows()) if found is not None else {}


def newer_rows(upload: Upload, *, page: int) -> Slice:
    """Return a page of the rows that kept an import from being undone: `table, row, named_by`, with their key."""
    found = parts.frame(upload, parts.NEWER)
    if found is None or upload.stage != Stage.APPLIED:
        return Slice(pl.DataFrame(schema=parts.NEWER_SCHEMA), 0, 1)
    return _sliced(found, page)


def keys_of(upload: Upload, rows: pl.DataFrame) -> dict[tuple[str, str], str]:
    """Return, by table and opaque id, the key of rows that an import wrote, from what is kept to undo it."""
    keys: dict[tuple[str, str], str] = {}
    for table in rows["table"].unique():
        kept = parts.frame(upload, parts.UNDO + table, ["row", "after"])
        wanted = rows.filter(pl.col("table") == table)["row"]
        if kept is not None:
            texts = kept.filter(pl.col("row").is_in(wanted.implode()))
            keys.update({(table, row): text for row, text in texts.iter_rows()})
    return keys


def _sliced(rows: pl.DataFrame, page: int) -> Slice:
    last = max(1, -(-rows.height // PER_PAGE))
    number = min(max(page, 1), last)
    return Slice(rows.slice((number - 1) * PER_PAGE, PER_PAGE), rows.height, number)
