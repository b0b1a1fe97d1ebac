"""Turns tables of a workbook (or of the database, which are the same) into the engine's input: no name, no NIP.

What each column means is told in `docs/scoring.md`; the columns themselves stand in `nawa.engine.tables`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import polars as pl

from nawa.engine.tables import RECORD_SCHEMAS, SOURCE_TABLES, Records
from nawa.workbook.posts import folded, posts_of, table, units_above
from nawa.workbook.sheets import BY_TABLE, WHOLE_TIER, Tables

_REGISTERS: Final[Mapping[str, str]] = {
    "award": "penghargaan",
    "team_role": "tim_kerja",
    "training": "diklat",
    "feedback": "umpan_balik",
    "discipline": "disiplin",
    "career_entry": "riwayat_jabatan",
    "acting_assignment": "riwayat_jabatan",
}
"""The register that each table is."""


def records_from(tables: Tables, *, subjects: pl.DataFrame, withheld: pl.DataFrame | None = None) -> Records:
    """Return the engine's input for the people in `subjects` (`nip, subject`, each NIP once).

    Facts of anybody else are left aside. `withheld` (`nip, table`; see `Reading`) names people of whom a row of a table
    could not be read: their register is then not taken as complete, so that a row left out never counts as none.
    """
    people = subjects.select("nip", "subject")
    made = {
        name: _facts(tables, name, people, columns).select(list(RECORD_SCHEMAS[name]))
        for name, columns in _FACTS.items()
    }
    posts = posts_of(tables)
    standards = _standards(tables)
    made["person"] = _people(tables, people, posts, standards)
    made["coverage"] = _coverage(tables, people, posts, withheld)
    made["standard"] = standards
    return Records({name: made[name].select(_typed(name)) for name in RECORD_SCHEMAS})


def by_key(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """A workbook table sorted by its key, empty first: an engine table's `source` is the place in it, from 0."""
    return frame.sort(BY_TABLE[name].key, nulls_last=False, maintain_order=True)


def _typed(name: str) -> list[pl.Expr]:
    return [pl.col(column).cast(dtype) for column, dtype in RECORD_SCHEMAS[name].items()]


# -- facts

Columns = Callable[[pl.DataFrame, Tables], pl.DataFrame]


def _facts(tables: Tables, name: str, people: pl.DataFrame, columns: Columns) -> pl.DataFrame:
    """Rows of one table for these people, with `source` and the engine's columns."""
    own = SOURCE_TABLES[name]
    rows = by_key(own, table(tables, own)).with_row_index("source").join(people, on="nip", how="inner")
    return columns(rows, tables)


def _e4(column: str, name: str | None = None) -> pl.Expr:
    """A number with four places as whole ten-thousandths."""
    return pl.col(column).to_physical().cast(pl.Int64).alias(name or f"{column}_e4")


def _day_after(column: str, name: str) -> pl.Expr:
    """A last day that counts as an exclusive end."""
    return pl.col(column).dt.offset_by("1d").alias(name)


def _ended(rows: pl.DataFrame, _: Tables) -> pl.DataFrame:
    return rows.with_columns(_day_after("ended_through", "ended_before"))


def _expiring(rows: pl.DataFrame, _: Tables) -> pl.DataFrame:
    return rows.with_columns(_day_after("valid_through", "expires_on"))


def _totals(rows: pl.DataFrame, tables: Tables) -> pl.DataFrame:
    return _expiring(rows, tables).with_columns(_e4("job_person_match"), _e4("potential_score"))


def _tiers(tables: Tables) -> pl.DataFrame:
    return table(tables, "position").select(pl.col("code").alias("position_code"), pl.col("tier").alias("post_tier"))


def _career(rows: pl.DataFrame, tables: Tables) -> pl.DataFrame:
    rows = _ended(rows, tables).join(_tiers(tables), on="position_code", how="left")
    return rows.with_columns(pl.coalesce("tier", "post_tier").alias("tier"))


def _acting(rows: pl.DataFrame, tables: Tables) -> pl.DataFrame:
    rows = _ended(rows, tables).join(_tiers(tables), on="position_code", how="left")
    return rows.with_columns(pl.col("post_tier").alias("tier"))


def _education(rows: pl.DataFrame, tables: Tables) -> pl.DataFrame:
    """The row's own field of study, else that of its major; related fields are told by the major alone."""
    majors = by_key("field_of_study", table(tables, "field_of_study")).select(
        folded(pl.col("major")).alias("major_key"),
        pl.col("field").alias("major_field"),
        pl.col("related_fields").list.eval(folded(pl.element())),
    )
    rows = rows.with_columns(folded(pl.col("major")).alias("major_key"))
    rows = rows.join(majors.unique("major_key", keep="first", maintain_order=True), on="major_key", how="left")
    return rows.with_columns(folded(pl.coalesce("field", "major_field")).alias("field"))


_FACTS: Final[Mapping[str, Columns]] = {
    "rating": lambda rows, _: rows.with_columns(_e4("former_score")),
    "feedback": lambda rows, _: rows.with_columns(_e4("value")),
    "award": lambda rows, _: rows,
    "team_role": _ended,
    "competency": lambda rows, _: rows.with_columns(_e4("level")),
    "potential": lambda rows, _: rows.with_columns(_e4("value")),
    "assessment_total": _totals,
    "training": _expiring,
    "career": _career,
    "acting": _acting,
    "education": _education,
    "discipline": _ended,
}


# -- people


def _standards(tables: Tables) -> pl.DataFrame:
    return table(tables, "competency_standard").select(
        pl.col("position_code").alias("standard"), "competency", "level", _e4("weight")
    )


def _people(tables: Tables, people: pl.DataFrame, posts: pl.DataFrame, standards: pl.DataFrame) -> pl.DataFrame:
    """Each person with what counts of the current post; its standard is its own, else its tier's."""
    known = standards["standard"].unique().implode()
    own, tiers = pl.col("position_code"), pl.lit(WHOLE_TIER) + pl.col("tier")
    rows = table(tables, "person").drop("position_code").join(posts, on="nip").join(people, on="nip")
    return rows.with_columns(
        pl.when(own.is_in(known)).then(own).when(tiers.is_in(known)).then(tiers).alias("standard"),
        pl.col("fields_of_study").list.eval(folded(pl.element())).alias("post_fields"),
    )


def _coverage(tables: Tables, people: pl.DataFrame, posts: pl.DataFrame, withheld: pl.DataFrame | None) -> pl.DataFrame:
    """Registers known to be complete: verified for the person, or by the latest letter of the unit or one above."""
    staff = table(tables, "person").join(people, on="nip").join(posts.select("nip", "post_unit"), on="nip")
    own = staff.select("nip", pl.col("verified_none").alias("register"), pl.lit(None, pl.Date).alias("complete_on"))
    letters = table(tables, "register_coverage").rename({"unit_code": "above"})
    placed = staff.select("nip", pl.coalesce("unit_code", "post_unit").alias("unit_code")).drop_nulls()
    itself = placed.select("unit_code", pl.col("unit_code").alias("above"))  # also where the unit's own row is lacking
    covered = (
        placed.join(pl.concat([units_above(table(tables, "unit")), itself]).unique(), on="unit_code")
        .join(letters, on="above")
        .group_by("nip", "register")
        .agg(pl.col("complete_on").max())
    )
    found = pl.concat([own.explode("register", empty_as_null=False).drop_nulls("register"), covered]).unique()
    if withheld is not None:
        gaps = withheld.select("nip", pl.col("table").replace_strict(_REGISTERS, default=None).alias("register"))
        found = found.join(gaps.drop_nulls(), on=["nip", "register"], how="anti")
    return found.join(people, on="nip").sort("subject", "register", "complete_on")
