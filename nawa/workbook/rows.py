"""Judges the rows of one typed sheet: required cells, one of several, order of dates, rows with the same key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Self

import polars as pl

from nawa.workbook.problems import Effect, Problem, ProblemList
from nawa.workbook.shape import Sheet

ROW: Final = "row"
"""The column beside the sheet's own that holds the row as Excel counts."""

RATER_MARK: Final = "rater_mark"
"""In feedback, until it has been read: a number that tells unnamed raters apart and says nothing about who they are."""

_STARTS: Final = ("started_on", "valid_from", "completed_on", "assessed_on", "tested_on", "issued_on")
_ENDS: Final = ("ended_through", "valid_through")


@dataclass(frozen=True, slots=True)
class TypedSheet:
    """A sheet's good rows, typed, with their `row`.

    `withheld` has one `nip` for each row left out whose NIP could be read: about them the sheet is not complete.
    """

    sheet: Sheet
    frame: pl.DataFrame
    rows_in_file: int
    withheld: pl.DataFrame

    @classmethod
    def empty(cls, sheet: Sheet) -> Self:
        """A sheet with headings only."""
        return cls(
            sheet, pl.DataFrame(schema={ROW: pl.Int64(), **sheet.schema}), 0, pl.DataFrame(schema={"nip": pl.String})
        )


def judge_rows(sheet: Sheet, frame: pl.DataFrame, left_out: set[int], problems: ProblemList) -> TypedSheet:
    """Leave out rows that cannot stand, note why, and keep the others in the order of the file.

    `left_out` are rows that a bad cell has condemned already.
    """
    good = frame.filter(~pl.col(ROW).is_in(list(left_out)))
    bad = left_out | _empty_required(sheet, good, problems) | _empty_choice(sheet, good, problems)
    bad |= _ends_before_start(sheet, good, problems)
    good = good.filter(~pl.col(ROW).is_in(list(bad)))
    if RATER_MARK in good.columns:
        good = _combined(sheet, good, problems).drop(RATER_MARK)
    twins, conflicts = _same_keys(sheet, good, problems)
    good = good.filter(~pl.col(ROW).is_in(list(twins | conflicts)))
    out = frame.filter(pl.col(ROW).is_in(list(bad | conflicts)))
    nips = out["nip"] if "nip" in out.columns else pl.Series("nip", [], dtype=pl.String)
    return TypedSheet(sheet, good.select(ROW, *sheet.schema), frame.height, nips.drop_nulls().to_frame())


def _headings(sheet: Sheet) -> dict[str, str]:
    return {column.name: column.heading for column in sheet.columns}


def _empty_required(sheet: Sheet, frame: pl.DataFrame, problems: ProblemList) -> set[int]:
    bad = set[int]()
    for column in sheet.columns:
        if column.required:
            rows = frame.filter(pl.col(column.name).is_null())[ROW]
            for row in rows:
                problems.add(Problem("REQUIRED_EMPTY", sheet.name, row, column.heading, effect=Effect.ROW))
            bad |= set(rows)
    return bad


def _empty_choice(sheet: Sheet, frame: pl.DataFrame, problems: ProblemList) -> set[int]:
    if not sheet.one_of:
        return set()
    rows = frame.filter(pl.all_horizontal(pl.col(sheet.one_of).is_null()))[ROW]
    details = {"columns": ", ".join(_headings(sheet)[name] for name in sheet.one_of)}
    for row in rows:
        problems.add(Problem("ONE_OF_EMPTY", sheet.name, row, effect=Effect.ROW, details=details))
    return set(rows)


def _ends_before_start(sheet: Sheet, frame: pl.DataFrame, problems: ProblemList) -> set[int]:
    """A row that ends before it starts is left out: taken without its end it would count as still running."""
    bad = set[int]()
    for start in (name for name in _STARTS if name in sheet.schema):
        for end in (name for name in _ENDS if name in sheet.schema):
            rows = frame.filter(pl.col(end) < pl.col(start)).select(ROW, start, end)
            for row, started, ended in rows.iter_rows():
                details = {"start_column": _headings(sheet)[start], "start": str(started)}
                place = (sheet.name, row, _headings(sheet)[end], str(ended), Effect.ROW, details)
                problems.add(Problem("ENDS_BEFORE_START", *place))
            bad |= set(rows[ROW])
    return bad


def _same_keys(sheet: Sheet, frame: pl.DataFrame, problems: ProblemList) -> tuple[set[int], set[int]]:
    """Rows that repeat an earlier one, and rows that contradict it."""
    twins, conflicts = set[int](), set[int]()
    key = list(sheet.key)
    doubled = frame.filter(pl.struct(key).is_duplicated()) if key else frame.clear()
    for first, other in _pairs(doubled, key):
        differs = [heading for name, heading in _headings(sheet).items() if first[name] != other[name]]
        if differs:
            shown = ", ".join(f"{_headings(sheet)[name]} {other[name]}" for name in key if other[name] is not None)
            details = {"key": shown, "other": str(first[ROW]), "differs": ", ".join(differs)}
            problems.add(Problem("ROW_CONFLICT", sheet.name, other[ROW], effect=Effect.ROW, details=details))
            conflicts.add(other[ROW])
        else:
            problems.add(Problem("ROW_TWICE", sheet.name, other[ROW], details={"other": str(first[ROW])}))
            twins.add(other[ROW])
    return twins, conflicts


def _pairs(doubled: pl.DataFrame, key: list[str]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Each row after the first of its key, with that first row."""
    firsts: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in doubled.iter_rows(named=True):
        first = firsts.setdefault(tuple(row[name] for name in key), row)
        if first is not row:
            yield first, row


def _combined(sheet: Sheet, frame: pl.DataFrame, problems: ProblemList) -> pl.DataFrame:
    """Values of several unnamed raters about one aspect as one row: their mean, half up, and how many they are."""
    key = list(sheet.key)
    several = (pl.len().over(key) > 1) & (pl.col(RATER_MARK).n_unique().over(key) == pl.len().over(key))
    valued = pl.all_horizontal(pl.col(RATER_MARK, "value").is_not_null()).all().over(key)
    chosen = frame.filter(several & valued)
    if chosen.is_empty():
        return frame
    total = pl.col("value").to_physical().cast(pl.Int64).sum()  # ten-thousandths
    mean = ((2 * total + pl.len()) // (2 * pl.len())).cast(pl.Decimal(38, 4)) / 10_000
    combined = chosen.group_by(key, maintain_order=True).agg(
        pl.col(ROW).first(),
        mean.cast(sheet.schema["value"]).alias("value"),
        pl.col("rater_count").fill_null(1).sum(),
        pl.col("rater_nip", "rating", RATER_MARK).first(),
    )
    combined = combined.with_columns(pl.lit(None, pl.String).alias("rating"))
    for row, count in combined.select(ROW, "rater_count").iter_rows():
        problems.add(Problem("RATERS_COMBINED", sheet.name, row, details={"count": str(count)}))
    rest = frame.filter(~pl.col(ROW).is_in(chosen[ROW].implode()))
    return pl.concat([rest, combined.select(frame.columns)]).sort(ROW)
