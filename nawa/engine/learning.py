"""Components of learning and conduct (X): training, certificates, education, field of study, discipline."""

from __future__ import annotations

from typing import Final

import polars as pl

from nawa.engine.codes import FIT_LEVELS, SERVING
from nawa.engine.cohort import Cohort, best, earned, totals
from nawa.engine.exact import MILLION, banded, points_of
from nawa.engine.parameters import Band, Component, Parameters
from nawa.engine.windows import within_years, years_after

_CERTIFICATE: Final = "SERTIFIKASI"


def training(cohort: Cohort, parameters: Parameters) -> pl.DataFrame:
    """Trainings inside their window, by number or by hours."""
    rules = parameters.learning
    hours = rules.training_measure == "HOURS"
    rows = cohort.rows("training").filter(pl.col("kind").ne_missing(_CERTIFICATE)).drop("expires_on")
    rows = within_years(rows, "completed_on", rules.training_years, on=cohort.on)
    rows = rows.with_columns(measure=pl.col("hours") if hours else pl.lit(1, pl.Int64)).drop_nulls("measure")
    return _counted(rows.collect(), cohort, parameters, Component.TRAINING, rules.training_bands)


def certification(cohort: Cohort, parameters: Parameters) -> pl.DataFrame:
    """Certificates that still hold."""
    rules = parameters.learning
    rows = cohort.rows("training").filter(pl.col("kind") == _CERTIFICATE)
    years = rules.certification_years
    rows = within_years(rows, "completed_on", years, on=cohort.on, expires=pl.col("expires_on"))
    counted = rows.with_columns(measure=pl.lit(1, pl.Int64)).collect()
    return _counted(counted, cohort, parameters, Component.CERTIFICATION, rules.certification_bands)


def _counted(
    rows: pl.DataFrame, cohort: Cohort, parameters: Parameters, component: Component, bands: tuple[Band, ...]
) -> pl.DataFrame:
    sums = totals(rows["person"], rows["measure"], cohort.size)
    chosen = best(rows, cohort.size, pl.col("completed_on"), pl.col("expires_on"), -pl.col("source"))
    chosen = chosen.with_columns(raw=pl.Series(sums[chosen["person"].to_numpy()]))
    points = banded(pl.col("raw"), bands, parameters.weighing[component].none_points)
    return earned(chosen, component, points=points, on=pl.col("completed_on"), table="training")


def education(cohort: Cohort, parameters: Parameters) -> pl.DataFrame:
    """The highest level of education."""
    points = points_of(pl.col("level"), parameters.education_points)
    rows = cohort.rows("education").with_columns(points=points).drop_nulls("points").collect()
    chosen = best(rows, cohort.size, pl.col("points"), -pl.col("source"))
    return earned(chosen, Component.EDUCATION, raw=pl.col("level"), table="education")


def field(cohort: Cohort, parameters: Parameters) -> pl.DataFrame:
    """Whether a field of study of the person is one that the current post asks for, or related to one."""
    asking = cohort.people.select("person", "post_fields").filter(pl.col("post_fields").list.len() > 0)
    asked = asking.explode("post_fields", empty_as_null=True).rename({"post_fields": "asked"})
    rows = cohort.rows("education").drop_nulls("field").select("person", "source", "field", "related_fields")
    pairs = rows.collect().join(asked, on="person")
    related = pl.col("related_fields").list.contains(pl.col("asked")).fill_null(value=False)
    fit = pl.when(pl.col("field") == pl.col("asked")).then(2).when(related).then(1).otherwise(0)
    chosen = best(pairs.with_columns(fit=fit), cohort.size, pl.col("fit"), -pl.col("source"))
    names = dict(enumerate(reversed(FIT_LEVELS)))
    chosen = chosen.with_columns(raw=pl.col("fit").replace_strict(names, return_dtype=pl.String))
    points = points_of(pl.col("raw"), parameters.field_points)
    return earned(chosen, Component.FIELD, points=points, table="education")


def discipline(cohort: Cohort, parameters: Parameters) -> pl.DataFrame:
    """The worst of what is being served or was imposed inside the window."""
    rules = parameters.discipline
    end = pl.coalesce("ended_before", "started_on")
    open_ended = pl.col("ended_before").is_null() & pl.col("state").ne_missing("SELESAI")
    serving = open_ended | (pl.col("ended_before") > cohort.on).fill_null(value=False)
    rows = (
        cohort.rows("discipline")
        .filter(pl.col("started_on") <= cohort.on, ~pl.col("state").is_in(["PROSES", "BATAL"]).fill_null(value=False))
        .with_columns(serving=serving, expires_on=pl.when(~open_ended).then(years_after(end, rules.years)))
        .filter(pl.col("serving") | (pl.col("expires_on") > cohort.on))
        .with_columns(
            raw=pl.when("serving").then(pl.lit(SERVING)).otherwise("level"),
            points=pl.when("serving")
            .then(pl.lit(rules.serving_points * MILLION, pl.Int64))
            .otherwise(points_of(pl.col("level"), rules.points)),
        )
        .drop_nulls("points")
        .collect()
    )
    keys = (pl.col("serving"), -pl.col("points"), pl.col("expires_on"), pl.col("started_on"), -pl.col("source"))
    chosen = best(rows, cohort.size, *keys)
    return earned(chosen, Component.DISCIPLINE, on=pl.col("started_on"), table="discipline")
