"""Checks across sheets: does what one sheet names stand in the other, and do the facts agree with each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Final

import polars as pl

from nawa.workbook.nip import judge_nips
from nawa.workbook.problems import Effect, Problem, ProblemList
from nawa.workbook.rows import ROW, TypedSheet
from nawa.workbook.sheets import WHOLE_TIER

Typed = dict[str, TypedSheet]

MATRIX: Final[Mapping[tuple[str, str], str]] = MappingProxyType(
    {
        ("DI_ATAS", "DI_ATAS"): "SANGAT_BAIK",
        ("DI_ATAS", "SESUAI"): "BAIK",
        ("DI_ATAS", "DI_BAWAH"): "KURANG",
        ("SESUAI", "DI_ATAS"): "BAIK",
        ("SESUAI", "SESUAI"): "BAIK",
        ("SESUAI", "DI_BAWAH"): "KURANG",
        ("DI_BAWAH", "DI_ATAS"): "BUTUH_PERBAIKAN",
        ("DI_BAWAH", "SESUAI"): "BUTUH_PERBAIKAN",
        ("DI_BAWAH", "DI_BAWAH"): "SANGAT_KURANG",
    }
)
"""Rating by results and behaviour, PermenPANRB 6/2022: used here only to warn."""

_REFERENCES: Final = (
    # what refers, the table that should hold it, the code of the warning
    (("nip", "relative_nip", "superior_nip"), "person", "nip", "PERSON_UNKNOWN"),
    (("unit_code", "parent_code"), "unit", "code", "UNIT_UNKNOWN"),
    (("position_code",), "position", "code", "POSITION_UNKNOWN"),
)


def check_across(typed: Typed, problems: ProblemList, *, on: date | None) -> None:
    """Run every check that needs more than one row or sheet; impossible people and looping units are mended."""
    if "person" in typed:
        bad = judge_nips(typed["person"].frame, "pegawai", problems, on=on)
        _keep(typed, "person", ~pl.col(ROW).is_in(list(bad)))
        if not typed["person"].frame["disability"].is_null().all():
            problems.add(Problem("DISABILITY_GIVEN", "pegawai", column="disabilitas"))
    if "unit" in typed:
        _break_loops(typed, problems)
    for names, table, key, code in _REFERENCES:
        if table in typed:
            _check_references(typed, names, table, key, code, problems)
    if "performance_rating" in typed:
        _check_matrix(typed["performance_rating"], problems)


def _keep(typed: Typed, table: str, rows: pl.Expr) -> None:
    typed[table] = replace(typed[table], frame=typed[table].frame.filter(rows))


def _check_references(
    typed: Typed, names: tuple[str, ...], table: str, key: str, code: str, problems: ProblemList
) -> None:
    known = typed[table].frame[key].unique().implode()
    for other in typed.values():
        headings = {column.name: column.heading for column in other.sheet.columns}
        for name in (name for name in names if name in headings and (other.sheet.table, name) != (table, key)):
            lost = other.frame.filter(~pl.col(name).is_in(known) & ~pl.col(name).str.starts_with(WHOLE_TIER))
            for row, value in lost.select(ROW, name).iter_rows():
                details = {"target": typed[table].sheet.name}
                problems.add(Problem(code, other.sheet.name, row, headings[name], value, details=details))


def _break_loops(typed: Typed, problems: ProblemList) -> None:
    """A unit above itself: its parent counts as unknown, which breaks the loop at the first unit in the file."""
    units = typed["unit"].frame
    parents: dict[str, str] = dict(units.filter(pl.col("parent_code").is_not_null())["code", "parent_code"].iter_rows())
    rows: dict[str, int] = dict(units["code", ROW].iter_rows())
    broken = []
    for code in list(parents):
        loop = _loop_from(code, parents)
        if loop:
            broken.append(code)
            shown = {"loop": " → ".join(loop)[:500]}
            problems.add(Problem("UNIT_LOOP", "unit", rows[code], "induk_kode", code, Effect.CELL, shown))
            del parents[code]
    kept = pl.when(~pl.col("code").is_in(broken)).then(pl.col("parent_code")).alias("parent_code")
    typed["unit"] = replace(typed["unit"], frame=units.with_columns(kept))


def _loop_from(code: str, parents: Mapping[str, str]) -> list[str]:
    """The way from a unit up to itself; empty when there is none."""
    way, seen, above = [code], {code}, parents.get(code)
    while above is not None and above not in seen:
        way.append(above)
        seen.add(above)
        above = parents.get(above)
    return [*way, code] if above == code else []


def _check_matrix(ratings: TypedSheet, problems: ProblemList) -> None:
    columns = ratings.frame.select(ROW, "rating", "results", "behaviour").drop_nulls()
    for row, rating, results, behaviour in columns.iter_rows():
        matrix = MATRIX[results, behaviour]
        if matrix != rating:
            details = {"results": results, "behaviour": behaviour, "matrix": matrix}
            problems.add(Problem("RATING_DIFFERS", ratings.sheet.name, row, "predikat", rating, details=details))
