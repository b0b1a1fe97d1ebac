"""Components of performance (Y): the annual rating, awards, team roles and 360-degree feedback."""

from __future__ import annotations

from datetime import date
from functools import reduce
from typing import Final

import numpy as np
import polars as pl

from nawa.engine.cohort import Cohort, best, earned, flags, totals
from nawa.engine.exact import MILLION, half_up, points_of
from nawa.engine.parameters import Component, Parameters, Rating
from nawa.engine.windows import within_years, years_after

_COMBINED: Final = "GABUNGAN"


def required_year(on: date, due_month: int) -> int:
    """Return the latest year whose rating is due on a day."""
    return on.year - (1 if on.month >= due_month else 2)


def due_on(year: int, due_month: int) -> date:
    """Return the day on which the rating of a year is due."""
    return date(year + 1, due_month, 1)


def rating(cohort: Cohort, parameters: Parameters) -> pl.DataFrame:
    """The annual rating of the required year, or the mean of that year and those before it."""
    rules = parameters.rating
    last = required_year(cohort.on, rules.due_month)
    rows = (
        cohort.rows("rating")
        .filter(pl.col("period").is_null(), pl.col("year").is_between(last - rules.years + 1, last))
        .with_columns(raw=_rating_code(rules))
        .with_columns(points=points_of(pl.col("raw"), rules.points))
        .drop_nulls("points")
        .collect()
    )
    years = [best(rows.filter(year=last - back), cohort.size, -pl.col("source")) for back in range(rules.years)]
    chosen = reduce(
        lambda found, year: (
            found.join(year.select("person", more="points"), on="person")
            .with_columns(points=pl.col("points") + pl.col("more"))
            .drop("more")
        ),
        years[1:],
        years[0],
    )
    return earned(
        chosen,
        Component.RATING,
        points=half_up(pl.col("points"), rules.years),
        on=date(last, 12, 31),
        expires_on=due_on(last + 1, rules.due_month),
        table="rating",
    )


def _rating_code(rules: Rating) -> pl.Expr:
    """The stated rating, else the cell of the matrix, else the band of a former score."""
    cells = {f"{results} {behaviour}": code for (results, behaviour), code in rules.matrix.items()}
    cell = pl.concat_str("results", "behaviour", separator=" ").replace_strict(
        cells, default=None, return_dtype=pl.String
    )
    former = pl.lit(None, dtype=pl.String)
    for least, code in reversed(rules.former_bands):
        former = pl.when(pl.col("former_score_e4") >= least * 10_000).then(pl.lit(code)).otherwise(former)
    return pl.coalesce("rating", cell, former)


def award(cohort: Cohort, parameters: Parameters) -> pl.DataFrame:
    """The award of the highest level inside its window."""
    rows = (
        within_years(cohort.rows("award"), "awarded_on", parameters.award_years, on=cohort.on)
        .with_columns(points=points_of(pl.col("level"), parameters.award_points))
        .drop_nulls("points")
        .collect()
    )
    chosen = best(rows, cohort.size, pl.col("points"), pl.col("expires_on"), pl.col("awarded_on"), -pl.col("source"))
    return earned(chosen, Component.AWARD, raw=pl.col("level"), on=pl.col("awarded_on"), table="award")


def team(cohort: Cohort, parameters: Parameters) -> pl.DataFrame:
    """The highest role in a team that has not ended, or ended inside its window."""
    points = {f"{role}_{scope}": earns for (role, scope), earns in parameters.team_points.items()}
    end = pl.coalesce("ended_before", "started_on")
    rows = (
        cohort.rows("team_role")
        .filter(pl.col("started_on") <= cohort.on)
        .with_columns(expires_on=years_after(end, parameters.team_years))
        .filter(pl.col("expires_on") > cohort.on)
        .with_columns(raw=pl.concat_str("role", "scope", separator="_"))
        .with_columns(points=points_of(pl.col("raw"), points))
        .drop_nulls("points")
        .collect()
    )
    chosen = best(rows, cohort.size, pl.col("points"), pl.col("expires_on"), pl.col("started_on"), -pl.col("source"))
    return earned(chosen, Component.TEAM, on=pl.col("started_on"), table="team_role")


def feedback(cohort: Cohort, parameters: Parameters) -> pl.DataFrame:
    """The latest period's feedback by others: its combined rows, or the mean of relations by their weights."""
    weights = {_COMBINED: 1, **parameters.feedback.relation_weights}
    rows = _feedback_rows(cohort, parameters)
    combined = flags(rows.filter(relation=_COMBINED)["person"], cohort.size)
    rows = rows.filter((pl.col("relation") == _COMBINED) | ~pl.Series(combined[rows["person"].to_numpy()]))
    # Means of relations are added over the product of their counts, so that nothing is rounded before the end.
    numerator, denominator = np.zeros(cohort.size, dtype=np.int64), np.ones(cohort.size, dtype=np.int64)
    weight = np.zeros(cohort.size, dtype=np.int64)
    for relation, weighs in weights.items():
        part = rows.filter(relation=relation)
        count = np.bincount(part["person"].to_numpy(), minlength=cohort.size)
        counted = np.maximum(count, 1)
        numerator = numerator * counted + weighs * denominator * totals(part["person"], part["points_e4"], cohort.size)
        denominator = denominator * counted
        weight += weighs * (count > 0)
    chosen = best(rows, cohort.size, -pl.col("source"))
    person = chosen["person"].to_numpy()
    sums = pl.DataFrame({"over": 100 * numerator[person], "under": denominator[person] * weight[person]})
    chosen = chosen.with_columns(
        sums.select(raw=half_up(pl.col("over"), pl.col("under"))).to_series(),
        expires_on=pl.date(pl.col("year") + 2, parameters.rating.due_month, 1),
    )
    return earned(chosen, Component.FEEDBACK, points=pl.col("raw"), table="feedback")


def _feedback_rows(cohort: Cohort, parameters: Parameters) -> pl.DataFrame:
    """Rows of others in each person's latest period inside the window, with `year` and points in ten-thousandths."""
    rules = parameters.feedback
    rows = cohort.rows("feedback").collect()
    periods = _periods(rows["period"], required_year(cohort.on, parameters.rating.due_month), cohort.on.year)
    value = pl.col("value_e4") * rules.points_per_value
    if rows["value_e4"].has_nulls():
        value = pl.coalesce(value, points_of(pl.col("rating"), rules.points) // (MILLION // 10_000))
    rows = rows.select(
        "person",
        pl.col("period").cast(pl.Enum(periods["period"]), strict=False).to_physical().cast(pl.Int64),
        pl.col("relation").fill_null(_COMBINED),
        value.alias("points_e4"),
        "source",
    ).filter(
        pl.col("period").is_not_null(),
        pl.any_horizontal(pl.col("relation") == relation for relation in (_COMBINED, *rules.relation_weights)),
        pl.col("points_e4").is_not_null(),
    )
    person, period = rows["person"].to_numpy(), rows["period"].to_numpy()
    latest = np.full(cohort.size, -1)
    np.maximum.at(latest, person, period)
    year = periods["year"].gather(rows["period"])
    return rows.with_columns(year).filter(pl.Series(period == latest[person], dtype=pl.Boolean))


def _periods(period: pl.Series, first: int, last: int) -> pl.DataFrame:
    """The distinct periods whose first four digits are a year of the window, in the order of text."""
    year = pl.col("period").str.extract(r"^([0-9]{4})").cast(pl.Int32).alias("year")
    distinct = period.alias("period").drop_nulls().unique().sort().to_frame()
    return distinct.with_columns(year).filter(pl.col("year").is_between(first, last))
