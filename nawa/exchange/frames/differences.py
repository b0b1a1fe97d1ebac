"""What a file would change in the records, row by row; and what becomes of that when it has been decided upon."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

import polars as pl

from nawa.core.scope import Scope
from nawa.core.sheets import SheetMap, compare, stored, verified, was
from nawa.evidence.queries.declarations import declared_none
from nawa.exchange.enums import Absence, Change
from nawa.exchange.frames.tables import SHEET_MAPS
from nawa.exchange.rules import looks_like_the_same, speaking
from nawa.proof import canonical
from nawa.registry import queries as registry
from nawa.workbook.problems import Effect, Problem
from nawa.workbook.sheets import BY_TABLE, Kind

_PERIODS: Final = (("started_on", "ended_through"), ("valid_from", "valid_through"))
_DEPARTED: Final[Mapping[str, str]] = {
    Absence.RETIRED: "PENSIUN",
    Absence.DIED: "DIBERHENTIKAN",
    Absence.PREPARING: "MPP",
}
"""The *kedudukan hukum* that a reason for absence brings; whoever moved keeps theirs, elsewhere."""


def difference(
    table: str, frame: pl.DataFrame, spoiled: Iterable[Problem], withheld: Collection[str] = ()
) -> tuple[pl.DataFrame, list[Problem]]:
    """Return the table's rows beside the records, and those problems that only show there.

    To what `nawa.core.sheets.compare` gives come `line` (as Excel counts), `change` (a code of `Change`; a row that
    differs from a verified fact changes nothing), `columns`
    (those that change) and `twin`: for a new row the primary key of the one stored row that it may correct, being the
    same but for a date of the key; its values then stand beside. A cell that could not be read (`spoiled`) leaves what
    is stored. A row that together with what is stored ends before it starts is left out. `withheld` are NIP of people
    of whom a row could not be read: what is stored of them is no twin of anything.
    """
    sheet_map = SHEET_MAPS[table]
    whole = frame.drop("line")
    kept = _kept(table, frame, spoiled)
    wanted = with_declared(table, speaking(table, whole))
    compared = compare(sheet_map, wanted, kept=kept).with_columns(frame["line"])
    compared = _twinned(sheet_map, compared, withheld)
    compared = compared.with_columns(_change(), _changed_columns(sheet_map))
    bad = _out_of_order(sheet_map, compared)
    return _slim(sheet_map, compared.filter(~pl.col("line").is_in([one.row for one in bad]))), bad


def with_declared(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Return the table with what letters say that people have nothing in: a file adds to that and takes nothing off."""
    if table != "person" or "verified_none" not in frame.columns:
        return frame
    said = declared_none()
    joined = frame.join(said, on="nip", how="left", maintain_order="left")
    both = pl.concat_list(pl.col("verified_none").fill_null([]), "declared").list.unique(maintain_order=True)
    merged = pl.when(pl.col("declared").is_null()).then("verified_none").otherwise(both)
    return joined.with_columns(merged.alias("verified_none")).drop("declared")


def _kept(table: str, frame: pl.DataFrame, spoiled: Iterable[Problem]) -> dict[str, pl.Series]:
    names = {column.heading: column.name for column in BY_TABLE[table].columns}
    lines: dict[str, list[int]] = {}
    for problem in spoiled:
        if problem.effect is Effect.CELL and problem.row and problem.column in names:
            lines.setdefault(names[problem.column], []).append(problem.row)
    return {name: frame["line"].is_in(rows) for name, rows in lines.items()}


def _change() -> pl.Expr:
    return (
        pl.when(pl.col("pk").is_null())
        .then(pl.lit(Change.NEW.value))
        .when(pl.col("before").eq_missing(pl.col("after")))
        .then(pl.lit(Change.UNCHANGED.value))
        .when("is_verified")
        .then(pl.lit(Change.DISAGREES.value))
        .otherwise(pl.lit(Change.CHANGED.value))
        .alias("change")
    )


def _changed_columns(sheet_map: SheetMap) -> pl.Expr:
    names = [
        pl.when(pl.col(name).ne_missing(pl.col(was(name)))).then(pl.lit(name))
        for name in sheet_map.stored
        if name not in sheet_map.key
    ]
    compared = pl.col("pk").is_not_null() | pl.col("twin").is_not_null()
    return pl.when(compared).then(pl.concat_list(names).list.drop_nulls()).otherwise([]).alias("columns")


def _slim(sheet_map: SheetMap, compared: pl.DataFrame) -> pl.DataFrame:
    """Forget what is stored where nothing changes: it stands beside already."""
    told = pl.col("change") != Change.UNCHANGED
    beside = [pl.when(told).then(name).alias(name) for name in ("before", "after", *map(was, sheet_map.stored))]
    return compared.with_columns(beside)


def _out_of_order(sheet_map: SheetMap, compared: pl.DataFrame) -> list[Problem]:
    found: list[Problem] = []
    for start, end in _PERIODS:
        if {start, end} <= sheet_map.stored.keys():
            sheet = BY_TABLE[sheet_map.table]
            (heading,) = (column.heading for column in sheet.columns if column.name == end)
            rows = compared.filter(pl.col(end) < pl.col(start)).select("line", start, end)
            found += [
                Problem(
                    "ORDER_STORED",
                    sheet.name,
                    line,
                    heading,
                    str(last),
                    Effect.ROW,
                    {"start": str(first), "end": str(last)},
                )
                for line, first, last in rows.iter_rows()
            ]
    return found


# -- new rows that may be corrections


def _twinned(sheet_map: SheetMap, compared: pl.DataFrame, withheld: Collection[str]) -> pl.DataFrame:
    dates, rest = _parted_key(sheet_map)
    none = compared.with_columns(twin=pl.lit(None, pl.Int64))
    new = compared.filter(pl.col("pk").is_null()).select("line", *rest, *dates)
    if not dates or new.is_empty():
        return none
    unnamed = stored(sheet_map).join(compared.select("pk").drop_nulls(), on="pk", how="anti")
    if "nip" in rest:
        unnamed = unnamed.filter(~pl.col("nip").is_in(list(withheld)))
    pairs = new.join(unnamed.select("pk", *rest, *dates), on=rest, nulls_equal=True, suffix=" stored")
    alike = pl.all_horizontal(looks_like_the_same(pl.col(name), pl.col(f"{name} stored")) for name in dates)
    pairs = pairs.filter(alike)
    one = (pl.len().over("line") == 1) & (pl.len().over("pk") == 1)
    twins = pairs.filter(one).select("line", twin="pk")
    values = unnamed.select(twin="pk", twin_before="before", **{was(name): pl.col(name) for name in sheet_map.stored})
    found = compared.join(twins, on="line", how="left", maintain_order="left")
    found = found.join(values, on="twin", how="left", maintain_order="left", suffix=" twin")
    taken = [pl.coalesce(was(name), f"{was(name)} twin").alias(was(name)) for name in sheet_map.stored]
    before = pl.coalesce("before", "twin_before").alias("before")
    return found.with_columns(before, *taken).select(*compared.columns, "twin")


def _parted_key(sheet_map: SheetMap) -> tuple[list[str], list[str]]:
    """Return the columns of the key that are dates, and the others."""
    kinds = {column.name: column.kind for column in BY_TABLE[sheet_map.table].columns}
    dates = [name for name in sheet_map.key if kinds[name] is Kind.DATE]
    return dates, [name for name in sheet_map.key if name not in dates]


# -- what is to be written


def settled(table: str, compared: pl.DataFrame, corrections: Sequence[int], given: Collection[str]) -> pl.DataFrame:
    """Return the rows that are to be written, new and changed, and those that differ from a verified fact.

    `corrections` are lines of new rows that correct their twin; of a column that the file lacks (it has those `given`)
    they leave what is stored. Other new rows are added, twin or not.
    """
    sheet_map = SHEET_MAPS[table]
    rows = compared.filter(pl.col("change") != Change.UNCHANGED)
    corrects = pl.col("line").is_in(list(corrections)) & pl.col("twin").is_not_null()
    added = pl.col("pk").is_null() & ~corrects
    left = [name for name in sheet_map.stored if name not in given]
    rows = rows.with_columns(
        *(pl.when(corrects).then(was(name)).otherwise(name).alias(name) for name in left),
        pk=pl.when(corrects).then("twin").otherwise("pk"),
        row=pl.when(corrects).then(pl.format(f"{table}-{{}}", "twin")).otherwise("row"),
        before=pl.when(~added).then("before"),
    )
    return rewritten(sheet_map, rows)


def rewritten(sheet_map: SheetMap, rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with the canonical text `after` of what they say now."""
    return rows.with_columns(canonical.rows(rows.select(list(sheet_map.stored))).alias("after"))


def parted(table: str, rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the settled rows to be written, and those against a fact verified before or since (one query at most)."""
    disagrees = pl.col("change").eq_missing(Change.DISAGREES.value)
    if rows["pk"].count():
        disagrees |= pl.col("pk").is_in(verified(SHEET_MAPS[table])).fill_null(value=False)
    return rows.filter(~disagrees), rows.filter(disagrees)


def absent_people(named: Collection[str], *, on: datetime.date) -> pl.DataFrame:
    """Return the people who are active on a day and not named: `public_id, nip, name, unit, position` (one query)."""
    active = registry.people(scope=Scope.everything()).filter(registry.active(on))
    columns = ("public_id", "nip", "name", "unit__name", "position__name", "position_name")
    schema = dict.fromkeys(("public_id", "nip", "name", "unit", "post", "post_text"), pl.String)
    people = pl.DataFrame(list(active.values_list(*columns)), schema, orient="row")
    found = people.filter(~pl.col("nip").is_in(list(named))).with_columns(position=pl.coalesce("post", "post_text"))
    return found.select("public_id", "nip", "name", "unit", "position").sort("name", "nip")


def departures(decided: Mapping[str, tuple[str, datetime.date | None]]) -> pl.DataFrame:
    """Return the rows of people (by public id) whose absence was explained, as `compare` gives rows that change."""
    sheet_map = SHEET_MAPS["person"]
    people = stored(sheet_map).filter(pl.col("row").is_in(list(decided)))
    told = {
        "row": list(decided),
        "why": [why for why, _on in decided.values()],
        "since": [on for _why, on in decided.values()],
    }
    people = people.join(pl.DataFrame(told, {"row": pl.String, "why": pl.String, "since": pl.Date}), on="row")
    people = people.with_columns(pl.col(name).alias(was(name)) for name in sheet_map.stored)
    status = pl.col("why").replace_strict(dict(_DEPARTED), default=None, return_dtype=pl.String)
    gone = pl.col("why") != Absence.PREPARING
    people = people.with_columns(
        legal_status=pl.coalesce(status, "legal_status"),
        inactive_since=pl.when(gone).then("since").otherwise("inactive_since"),
    )
    changed = rewritten(sheet_map, people.filter(pl.col("why") != Absence.STILL_HERE))
    return changed.filter(pl.col("before").ne_missing(pl.col("after"))).drop("why", "since")
