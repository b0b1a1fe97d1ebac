"""One named function per component, and the columns of the map that they fill."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import numpy as np
import polars as pl

from nawa.engine import assessment, career, learning, performance
from nawa.engine.cohort import Cohort, Flags, flags
from nawa.engine.exact import MILLION
from nawa.engine.parameters import REGISTER_OF, Component, Parameters, State
from nawa.engine.tables import component_schema
from nawa.engine.windows import months_after

EARNING: Final[Mapping[Component, Callable[[Cohort, Parameters], pl.DataFrame]]] = {
    Component.RATING: performance.rating,
    Component.AWARD: performance.award,
    Component.TEAM: performance.team,
    Component.FEEDBACK: performance.feedback,
    Component.COMPETENCE: assessment.competence,
    Component.TRAINING: learning.training,
    Component.CERTIFICATION: learning.certification,
    Component.TENURE: career.tenure,
    Component.BREADTH: career.breadth,
    Component.ACTING: career.acting,
    Component.POTENTIAL: assessment.potential,
    Component.EDUCATION: learning.education,
    Component.FIELD: learning.field,
    Component.DISCIPLINE: learning.discipline,
}


def component_columns(cohort: Cohort, parameters: Parameters) -> pl.DataFrame:
    """Return `component_schema` of every component with weight, one row per person of the cohort, in its order."""
    covered = verified_registers(cohort, parameters)
    nowhere = np.zeros(cohort.size, dtype=np.bool_)

    def columns(component: Component) -> pl.DataFrame:
        return _columns(component, cohort, parameters, covered.get(REGISTER_OF.get(component, ""), nowhere))

    with ThreadPoolExecutor() as pool:  # components need nothing of each other
        frames = list(pool.map(columns, parameters.components))
    return pl.DataFrame([column for frame in frames for column in frame.iter_columns()])


def verified_registers(cohort: Cohort, parameters: Parameters) -> dict[str, Flags]:
    """Return, per register, for whom it is verified as complete on the day."""
    holds = pl.col("complete_on").is_null() | (
        months_after(pl.col("complete_on"), parameters.coverage_months) > cohort.on
    )
    rows = cohort.rows("coverage").filter(holds).collect()
    return {
        register: flags(rows.filter(register=register)["person"], cohort.size) for register in set(REGISTER_OF.values())
    }


def _columns(component: Component, cohort: Cohort, parameters: Parameters, covered: Flags) -> pl.DataFrame:
    rows = EARNING[component](cohort, parameters)
    none_points = parameters.weighing[component].none_points * MILLION
    # Two rows more stand for all who have no evidence; then everybody's row is taken at once.
    schema = {"state": pl.String(), "points": pl.Int64()}
    others = pl.DataFrame([(State.VERIFIED_NONE, none_points), (State.UNKNOWN, None)], schema=schema, orient="row")
    states = pl.concat([rows.with_columns(state=pl.lit(State.KNOWN.value)), others], how="diagonal")
    place = np.where(covered, rows.height, rows.height + 1)
    place[rows["person"].to_numpy()] = np.arange(rows.height)
    stem = component.lower()
    names = {name.removeprefix(f"{stem}_"): name for name in component_schema(component)}
    return states.select(pl.col(what).alias(name) for what, name in names.items())[place]
