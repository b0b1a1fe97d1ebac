"""Competence and potential: an assessment's details held against a standard, or the total that a report states."""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import Final

import polars as pl

from nawa.engine.cohort import Cohort, best, earned, first_known
from nawa.engine.exact import half_up, half_up_fraction
from nawa.engine.parameters import Component, Parameters, Source
from nawa.engine.windows import within_years

_WHOLE: Final = 100 * 1_000_000  # 100 percent, in millionths
_SMALL: Final = 2520  # the least number that 1 to 10 divide: up to ten assessors are added in 128 bits
_PANEL: Final = "PLENO"
_DAYS: Final = 1 << 23  # more days than any two dates lie apart
_LONG: Final = pl.Int128()


def competence(cohort: Cohort, parameters: Parameters) -> pl.DataFrame:
    """Job–person match: attained levels against the standard of the post, from the first source that gives one."""
    sources = {Source.DETAIL: _competence_detail, Source.TOTAL: _competence_total}
    return first_known([sources[source](cohort, parameters) for source in parameters.assessment.competence_sources])


def potential(cohort: Cohort, parameters: Parameters) -> pl.DataFrame:
    """Potential: all aspects of one assessment over their greatest values, or a report's score."""
    sources = {Source.DETAIL: _potential_detail, Source.TOTAL: _potential_total}
    return first_known([sources[source](cohort, parameters) for source in parameters.assessment.potential_sources])


def _competence_total(cohort: Cohort, parameters: Parameters) -> pl.DataFrame:
    return _total(cohort, parameters, Component.COMPETENCE, "job_person_match_e4")


def _potential_total(cohort: Cohort, parameters: Parameters) -> pl.DataFrame:
    return _total(cohort, parameters, Component.POTENTIAL, "potential_score_e4")


def _total(cohort: Cohort, parameters: Parameters, component: Component, column: str) -> pl.DataFrame:
    """The latest report that states the number and still holds."""
    reports = cohort.rows("assessment_total").filter(pl.col(column).is_not_null())
    years = parameters.assessment.years
    rows = within_years(reports, "assessed_on", years, on=cohort.on, expires=pl.col("expires_on")).collect()
    keys = (pl.col("assessed_on"), pl.col("expires_on"), -pl.col("source"))
    chosen = best(rows, cohort.size, *keys).with_columns(raw=pl.col(column) * 100)
    points = _points(component, parameters)
    return earned(chosen, component, points=points, on=pl.col("assessed_on"), table="assessment_total")


def _points(component: Component, parameters: Parameters) -> pl.Expr:
    """A percentage in points: of potential unchanged, of job–person match as the profile says."""
    return pl.col("raw") * (parameters.assessment.points_per_match if component is Component.COMPETENCE else 1)


def _competence_detail(cohort: Cohort, parameters: Parameters) -> pl.DataFrame:
    standard = _weighed(cohort.standard.drop_nulls(["level", "competency"]))
    rows = within_years(cohort.rows("competency"), "assessed_on", parameters.assessment.years, on=cohort.on).collect()
    rows = rows.with_columns(cohort.of("standard", rows["person"])).rename(
        {"competency": "aspect", "level_e4": "value_e4"}
    )
    against = rows.join(standard, on=["standard", "aspect"])
    return _matched(against, cohort, parameters, Component.COMPETENCE, "competency")


def _potential_detail(cohort: Cohort, parameters: Parameters) -> pl.DataFrame:
    aspects = parameters.assessment.potential_aspects
    whole = {"required": parameters.assessment.greatest_aspect_value, "weight": 1, "needed": len(aspects)}
    standard = pl.DataFrame({"aspect": aspects, "place": range(len(aspects))}).with_columns(
        pl.col("place").cast(pl.Int64), *(pl.lit(value, pl.Int64).alias(name) for name, value in whole.items())
    )
    rows = within_years(cohort.rows("potential"), "assessed_on", parameters.assessment.years, on=cohort.on).collect()
    return _matched(rows.join(standard, on="aspect"), cohort, parameters, Component.POTENTIAL, "potential")


def _weighed(standard: pl.DataFrame) -> pl.DataFrame:
    """Each standard's competencies with weights that can be used, and how many of them there are."""
    whole = (pl.col("weight_e4").is_not_null().all() & (pl.col("weight_e4").sum() > 0)).over("standard")
    return standard.select(
        "standard",
        pl.col("competency").alias("aspect"),
        pl.int_range(pl.len()).over("standard").alias("place"),
        pl.col("level").alias("required"),
        pl.when(whole).then(pl.col("weight_e4")).otherwise(1).alias("weight"),
        pl.len().over("standard").cast(pl.Int64).alias("needed"),
    )


def _matched(
    rows: pl.DataFrame, cohort: Cohort, parameters: Parameters, component: Component, table: str
) -> pl.DataFrame:
    """The latest assessment that covers the standard; a level is the mean of the panel's rows, else of the others."""
    capped = parameters.assessment.cap_levels or component is Component.POTENTIAL
    means = _means(rows.drop_nulls("value_e4"))
    facts = pl.col("person", "needed", "assessed_on", "expires_on").first()
    covers = means.group_by("sitting").agg(pl.len().alias("found"), facts, pl.col("source").min())
    chosen = best(covers.filter(pl.col("found") == pl.col("needed")), cohort.size, pl.col("assessed_on"))
    matched = chosen.join(_match(means.join(chosen.select("sitting"), on="sitting"), capped=capped), on="person")
    return earned(matched, component, points=_points(component, parameters), on=pl.col("assessed_on"), table=table)


def _means(rows: pl.DataFrame) -> pl.DataFrame:
    """Sum and count of the values that make each aspect's mean, per `sitting`: a person on a day."""
    sitting = pl.col("person").cast(pl.Int64) * _DAYS + pl.col("assessed_on").to_physical()
    width = int(rows["place"].to_numpy().max(initial=0)) + 1
    rows = rows.with_columns(sitting=sitting, count=pl.lit(1, pl.Int64), panel=pl.col("kind").eq_missing(_PANEL))
    rows = rows.with_columns(key=pl.col("sitting") * width + pl.col("place"))
    several = rows["key"].is_duplicated()  # mostly few: one assessor's value needs no mean
    convened = rows.filter(several & rows["panel"])["key"].unique()
    facts = pl.col("person", "sitting", "assessed_on", "expires_on", "required", "weight", "needed").first()
    means = (
        rows.filter(several)
        .filter(pl.col("panel") | ~pl.col("key").is_in(convened.implode()))
        .group_by("key")
        .agg(pl.col("value_e4", "count").sum(), pl.col("source").min(), facts)
    )
    return pl.concat([rows.filter(~several).select(means.columns), means])


def _match(parts: pl.DataFrame, *, capped: bool) -> pl.DataFrame:
    """Return `person` and `raw`: Σ attained × weight ÷ Σ required × weight, of 100 percent in millionths, exactly."""
    most = pl.col("required") * pl.col("count") * 10_000
    attained = pl.min_horizontal("value_e4", most) if capped else pl.col("value_e4")
    parts = parts.with_columns(
        attained=attained.cast(_LONG) * pl.col("weight"),
        due=pl.col("required").cast(_LONG) * pl.col("weight") * 10_000,
    )
    crowded = parts.filter(_SMALL % pl.col("count") != 0)["person"].unique()
    few = parts.filter(~pl.col("person").is_in(crowded.implode()))
    common = lcm(*few["count"].unique())
    summed = few.group_by("person").agg(
        (pl.col("attained") * (common // pl.col("count")).cast(_LONG)).sum(), pl.col("due").sum()
    )
    ratio = half_up(pl.col("attained") * pl.lit(_WHOLE, _LONG), pl.col("due") * pl.lit(common, _LONG))
    quick = summed.select("person", raw=ratio.cast(pl.Int64))
    return pl.concat([quick, _match_of_many(parts.filter(pl.col("person").is_in(crowded.implode())))])


def _match_of_many(parts: pl.DataFrame) -> pl.DataFrame:
    """As `_match`, with Python's fractions, for the rare aspect with so many assessors that 128 bits might not do."""
    attained: dict[int, Fraction] = {}
    due: dict[int, int] = {}
    for person, value, count, owed in parts.select("person", "attained", "count", "due").iter_rows():
        attained[person] = attained.get(person, Fraction(0)) + Fraction(value, count)
        due[person] = due.get(person, 0) + owed
    raw = [half_up_fraction(attained[person] * _WHOLE / due[person]) for person in attained]
    schema = {"person": pl.UInt32, "raw": pl.Int64}
    return pl.DataFrame({"person": list(attained), "raw": raw}, schema=schema)
