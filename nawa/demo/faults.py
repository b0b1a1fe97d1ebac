"""What an office's own file says wrongly of a few people of the demo city: one part of it for each kind of finding.

The city's tables are without contradictions, and its maps are made of them. This is a later, partial file, as a unit
hands it in: it comes into the database after the maps, so that no figure of theirs hangs on it.
"""

from __future__ import annotations

from datetime import date
from typing import Final

import polars as pl

from nawa.workbook.sheets import Tables

EACH: Final = 6
"""People with a fault of each kind, as far as the city has so many who can have it."""

_DAYS: Final = ("born_on", "candidate_since", "permanent_since", "retires_on")


def faulty(tables: Tables, *, on: date) -> Tables:
    """Return rows that correct or add to those of the city, each wrong in one way; the same for the same city.

    Nobody has two of the faults. Only people without others below them are taken, so that nobody's rater is lost.
    """
    staff = _staff(tables)
    groups = [staff.gather_every(7, offset)["nip"].head(EACH) for offset in range(7)]
    birth, candidacy, permanent, ranks, retired, gaps, overlaps = groups
    person = tables["person"]
    changed = [
        _moved(person, birth, born_on=pl.col("born_on").dt.offset_by("1d")),
        _moved(person, candidacy, candidate_since=pl.col("candidate_since").dt.offset_by("-1mo")),
        _moved(person, permanent, permanent_since=pl.col("candidate_since").dt.offset_by("-1mo")),
        _moved(person, retired, retires_on=pl.lit(on).dt.offset_by("-1mo")),
    ]
    return {
        "position": _fewer_seats(tables),
        "person": pl.concat(changed),
        "rank_entry": _early_ranks(tables, ranks),
        "career_entry": pl.concat([_ended(tables, gaps, "-3mo"), _ended(tables, overlaps, "2mo")]),
        "performance_rating": _without_rater(tables, birth),
    }


def _staff(tables: Tables) -> pl.DataFrame:
    """Civil servants in posts without others below them, with at least two posts in their history."""
    person, posts = tables["person"], tables["position"].select(position_code="code", tier="tier")
    spells = tables["career_entry"].filter(pl.col("ended_through").is_not_null()).select("nip").unique()
    known = pl.all_horizontal(pl.col(_DAYS).is_not_null()) & (pl.col("staff_kind") == "PNS")
    above = person["superior_nip"].drop_nulls().implode()
    serving = person.filter(known, pl.col("inactive_since").is_null(), ~pl.col("nip").is_in(above))
    return serving.join(posts, on="position_code").filter(pl.col("tier").str.contains("^(PELAKSANA|JF_)")).join(
        spells, on="nip", how="semi"
    ).sort("nip")  # fmt: skip


def _moved(person: pl.DataFrame, nips: pl.Series, **values: pl.Expr) -> pl.DataFrame:
    return person.filter(pl.col("nip").is_in(nips.implode())).with_columns(**values)


def _fewer_seats(tables: Tables) -> pl.DataFrame:
    """A post whose seats are all taken has one fewer."""
    serving = tables["person"].filter(pl.col("inactive_since").is_null())
    holders = serving.group_by("position_code").agg(pl.len().alias("holders"))
    posts = tables["position"].join(holders, left_on="code", right_on="position_code")
    full = posts.filter(pl.col("seats") == 2, pl.col("holders") == 2).sort("code").head(2)
    return full.select(tables["position"].columns).with_columns(pl.col("seats") - 1)


def _early_ranks(tables: Tables, nips: pl.Series) -> pl.DataFrame:
    """The first rank of their history is dated once more, before their candidacy."""
    first = tables["rank_entry"].sort("nip", "since").group_by("nip", maintain_order=True).first()
    since = tables["person"].select("nip", "candidate_since")
    wrong = first.filter(pl.col("nip").is_in(nips.implode())).join(since, on="nip", maintain_order="left")
    return wrong.with_columns(since=pl.col("candidate_since").dt.offset_by("-2mo")).select(tables["rank_entry"].columns)


def _ended(tables: Tables, nips: pl.Series, by: str) -> pl.DataFrame:
    """The last post that they have left ended so much later, or earlier."""
    left = tables["career_entry"].filter(
        pl.col("nip").is_in(nips.implode()),
        pl.col("ended_through").is_not_null(),
        pl.col("assignment").is_null() | (pl.col("assignment") == "D"),
    )
    last = left.sort("nip", "started_on").group_by("nip", maintain_order=True).last()
    return last.select(tables["career_entry"].columns).with_columns(pl.col("ended_through").dt.offset_by(by))


def _without_rater(tables: Tables, nips: pl.Series) -> pl.DataFrame:
    """The newest ratings of some, who stand in the file with one whose rater is named: an empty column says nothing."""
    ratings = tables["performance_rating"]
    newest = (
        ratings.sort("nip", "year")
        .filter(pl.col("rater_nip").is_not_null())
        .group_by("nip", maintain_order=True)
        .last()
        .select(ratings.columns)
    )
    named = newest.filter(~pl.col("nip").is_in(nips.implode())).head(1)
    bare = newest.filter(pl.col("nip").is_in(nips.implode())).with_columns(rater_nip=pl.lit(None, pl.String))
    return pl.concat([named, bare])
