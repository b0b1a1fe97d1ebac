"""Components of experience (X): tenure in the tier, breadth of posts, and duties as an acting holder."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from nawa.engine.codes import BREADTHS
from nawa.engine.cohort import Cohort, Flags, Longs, best, earned, flags
from nawa.engine.exact import banded, points_of
from nawa.engine.parameters import Component, Parameters
from nawa.engine.windows import months_and_days

_SPAN: Final = 1 << 23  # more days than any two dates lie apart
_EPOCH: Final = 719_163  # days from year 1 to 1970, so that no day is negative
_ACTING: Final = ("PLT", "PLH", "PJ")


def _definitive(cohort: Cohort) -> pl.LazyFrame:
    """Career rows of posts held definitively and begun by the day."""
    held = pl.col("assignment").is_null() | (pl.col("assignment") == "D")
    return cohort.rows("career").filter(held, pl.col("started_on") <= cohort.on)


def tenure(cohort: Cohort, parameters: Parameters) -> pl.DataFrame:
    """Months in the current tier, over all spells in it; what overlaps counts once."""
    spells = _spells(cohort)
    months = _months(spells, cohort.size)
    current = pl.col("table") == "person"
    chosen = best(spells, cohort.size, current, pl.col("started_on"), -pl.col("source"))
    chosen = chosen.with_columns(raw=pl.Series(months[chosen["person"].to_numpy()]))
    below = parameters.weighing[Component.TENURE].none_points
    points = banded(pl.col("raw"), parameters.career.tenure_bands, below)
    return earned(chosen, Component.TENURE, points=points, on=pl.col("started_on"), expires_on=None)


def _spells(cohort: Cohort) -> pl.DataFrame:
    """Every spell in the current tier, half-open and cut at the day, with the place of its evidence."""
    columns = ("person", "started_on", "ended_before", "source", "table")
    rows = _definitive(cohort).collect()
    of_tier = rows["tier"] == cohort.of("tier", rows["person"])
    lasting = pl.col("ended_before").is_null() | (pl.col("ended_before") > pl.col("started_on"))
    past = rows.filter(of_tier, lasting).with_columns(table=pl.lit("career"))
    current = cohort.people.filter(pl.col("tier").is_not_null(), pl.col("position_since") <= cohort.on).with_columns(
        started_on="position_since",
        ended_before=pl.lit(None, pl.Date),
        source=pl.lit(None, pl.Int64),
        table=pl.lit("person"),
    )
    cut = pl.col("ended_before").fill_null(cohort.on).clip(upper_bound=cohort.on)
    return pl.concat([past.select(columns), current.select(columns)]).with_columns(ended_before=cut)


def _months(spells: pl.DataFrame, size: int) -> Longs:
    """Months of each person: whole months and days of each merged spell, thirty days making a month."""
    # One number holds person and day, so that one running maximum merges the spells of everybody at once.
    offset = spells["person"].to_numpy().astype(np.int64) * _SPAN + _EPOCH
    start = offset + spells["started_on"].to_physical().to_numpy()
    end = offset + spells["ended_before"].to_physical().to_numpy()
    order = np.argsort(start, kind="stable")
    start, end = start[order], np.maximum.accumulate(end[order])
    begins = np.ones(len(start), dtype=np.bool_)
    begins[1:] = start[1:] > end[:-1]
    last = np.append(np.flatnonzero(begins)[1:] - 1, len(start) - 1)[: begins.sum()]
    first_day, last_day = (days % _SPAN - _EPOCH for days in (start[begins], end[last]))
    months, days = months_and_days(first_day.astype("datetime64[D]"), last_day.astype("datetime64[D]"))
    person = start[begins] // _SPAN
    sums = np.zeros((2, size), dtype=np.int64)
    np.add.at(sums[0], person, months)
    np.add.at(sums[1], person, days)
    total: Longs = sums[0] + sums[1] // 30
    return total


def breadth(cohort: Cohort, parameters: Parameters) -> pl.DataFrame:
    """Whether definitive posts lay in several institutions, in several units, or in one."""
    rows = _definitive(cohort).select("person", "started_on", "source", "unit", "institution").collect()
    rows = rows.with_columns(_same_names(rows["unit"]), _same_names(rows["institution"]))
    rows = rows.filter(pl.col("unit").is_not_null() | pl.col("institution").is_not_null())
    institutions, units = _several(rows, "institution", cohort.size), _several(rows, "unit", cohort.size)
    chosen = best(rows, cohort.size, pl.col("started_on"), -pl.col("source"))
    several = pl.DataFrame({"institutions": institutions, "units": units})[chosen["person"]]
    across, among, one = BREADTHS
    raw = pl.when("institutions").then(pl.lit(across)).when("units").then(pl.lit(among)).otherwise(pl.lit(one))
    chosen = chosen.with_columns(several.select(raw=raw))
    points = points_of(pl.col("raw"), parameters.career.breadth_points)
    return earned(chosen, Component.BREADTH, points=points, on=pl.col("started_on"), table="career")


def _same_names(names: pl.Series) -> pl.Series:
    """Number the names: equal but for case and outer spaces, equal number; blank is null."""
    coded = names.cast(pl.Categorical)
    distinct = coded.unique().drop_nulls()
    plain = distinct.cast(pl.String).str.strip_chars().str.to_lowercase()
    place = distinct.to_physical().to_numpy()
    numbers = np.full(int(place.max(initial=0)) + 1, -1)
    numbers[place] = plain.replace("", None).rank("dense").fill_null(-1).cast(pl.Int64).to_numpy()
    found = pl.Series(numbers).gather(coded.to_physical())
    return found.replace(-1, None).alias(names.name)


def _several(rows: pl.DataFrame, column: str, size: int) -> Flags:
    """Tell for each person whether the rows name two or more different things."""
    rows = rows.select("person", column).drop_nulls(column)
    person, name = rows["person"].to_numpy(), rows[column].to_numpy()
    one = np.zeros(size, dtype=np.int64)
    one[person] = name  # any name of the person will do
    return flags(rows["person"].filter(pl.Series(name != one[person], dtype=pl.Boolean)), size)


def acting(cohort: Cohort, parameters: Parameters) -> pl.DataFrame:
    """The highest duty as an acting holder, in a higher or the same tier as the post then held."""
    duties = _duties(cohort)
    ranks = parameters.career.tier_rank
    held = _rank_held(duties, cohort, parameters)
    higher = (pl.col("tier").replace_strict(ranks, default=None, return_dtype=pl.Int64) > held).fill_null(value=False)
    suffix = (
        pl.when(pl.col("kind") == "PJ").then(pl.lit("")).when(higher).then(pl.lit("_HIGHER")).otherwise(pl.lit("_SAME"))
    )
    rows = duties.with_columns(raw=pl.concat_str("kind", suffix))
    rows = rows.with_columns(points=points_of(pl.col("raw"), parameters.career.acting_points)).drop_nulls("points")
    assigned = pl.col("table") == "acting"
    chosen = best(rows, cohort.size, pl.col("points"), pl.col("started_on"), assigned, -pl.col("source"))
    return earned(chosen, Component.ACTING, on=pl.col("started_on"), expires_on=None)


def _duties(cohort: Cohort) -> pl.DataFrame:
    """Acting duties begun by the day, from both registers."""
    columns = ("person", "kind", "tier", "started_on", "source", "table")
    frames = [
        cohort.rows("acting").with_columns(table=pl.lit("acting")).select(columns),
        cohort.rows("career").rename({"assignment": "kind"}).with_columns(table=pl.lit("career")).select(columns),
    ]
    acted = pl.any_horizontal(pl.col("kind") == kind for kind in _ACTING)
    return pl.concat(frames).filter(acted, pl.col("started_on") <= cohort.on).collect()


def _rank_held(duties: pl.DataFrame, cohort: Cohort, parameters: Parameters) -> pl.Series:
    """Rank of the definitive tier that each duty's holder had when it began; null where none is known."""
    ranks = parameters.career.tier_rank
    duties = duties.select("person", begun="started_on").with_row_index("duty")
    posts = _definitive(cohort).select("person", "started_on", "tier").drop_nulls("tier").collect()
    posts = posts.filter(pl.Series(flags(duties["person"], cohort.size)[posts["person"].to_numpy()]))
    rank = pl.col("tier").replace_strict(ranks, default=None, return_dtype=pl.Int64)
    before = (
        duties.join(posts.with_columns(rank=rank).drop_nulls("rank"), on="person")
        .filter(pl.col("started_on") <= pl.col("begun"))
        .with_columns(pl.col("duty").alias("person"))  # the latest post of each duty, as elsewhere of each person
    )
    latest = best(before, duties.height, pl.col("started_on"), pl.col("rank"))
    held = np.full(duties.height, -1)
    held[latest["duty"].to_numpy()] = latest["rank"].to_numpy()
    now = cohort.of("tier", duties["person"]).replace_strict(ranks, default=None, return_dtype=pl.Int64)
    return pl.Series(held).replace(-1, None).fill_null(now)
