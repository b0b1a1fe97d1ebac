"""Which post each person holds, by code or by name, and which units lie above a unit."""

from __future__ import annotations

import polars as pl

from nawa.workbook.sheets import BY_TABLE, Tables

_POST = ("position_code", "tier", "post_name", "post_unit", "fields_of_study")


def table(tables: Tables, name: str) -> pl.DataFrame:
    """A table, empty where the file lacks it."""
    return tables.get(name, BY_TABLE[name].empty())


def folded(text: pl.Expr) -> pl.Expr:
    """Text as it is compared: without regard to case and outer spaces."""
    return text.str.strip_chars().str.to_lowercase()


def posts_of(tables: Tables) -> pl.DataFrame:
    """For each NIP its post: `nip, position_code, tier, post_name, post_unit, fields_of_study`, null where unknown.

    A post is found by its code; without one by its name in the person's unit, else by its name if only one post has it.
    """
    people = table(tables, "person").select("nip", "unit_code", "position_code", folded(pl.col("position_name")))
    posts = table(tables, "position").select(
        pl.col("code").alias("position_code"),
        "tier",
        pl.col("name").alias("post_name"),
        pl.col("unit_code").alias("post_unit"),
        "fields_of_study",
        folded(pl.col("name")).alias("position_name"),
    )
    coded = people.filter(pl.col("position_code").is_not_null())
    named = people.filter(pl.col("position_code").is_null()).drop("position_code")
    in_unit = _only(posts, "position_name", "post_unit").with_columns(pl.col("post_unit").alias("unit_code"))
    here = named.join(in_unit, on=["position_name", "unit_code"])
    elsewhere = named.join(here, on="nip", how="anti")
    elsewhere = elsewhere.join(_only(posts, "position_name"), on="position_name", how="left")
    return pl.concat(
        [
            coded.join(posts.drop("position_name"), on="position_code", how="left").select("nip", *_POST),
            here.select("nip", *_POST),
            elsewhere.select("nip", *_POST),
        ]
    )


def _only(posts: pl.DataFrame, *names: str) -> pl.DataFrame:
    """Posts that no other post shares these columns with."""
    return posts.filter(~pl.struct(names).is_duplicated())


def units_above(units: pl.DataFrame) -> pl.DataFrame:
    """Every pair of a unit and one above it, itself included: `unit_code, above`. Loops end where they began."""
    parents = units.select(pl.col("code").alias("above"), pl.col("parent_code").alias("parent"))
    reached = step = units.select(pl.col("code").alias("unit_code"), pl.col("code").alias("above"))
    while not step.is_empty():
        step = step.join(parents, on="above").select("unit_code", pl.col("parent").alias("above")).drop_nulls()
        step = step.join(reached, on=["unit_code", "above"], how="anti")
        reached = pl.concat([reached, step])
    return reached
