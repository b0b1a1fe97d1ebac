"""How sure a box is: probabilities that add to one and agree with simulation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from nawa.engine.parameters import AXIS_OF, Axis, Component, Exact, Normal, Parameters, Steps
from nawa.engine.scoring import scale
from tests.engine.build import BKN, DJBK, Row, mapped
from tests.engine.whole import whole_person

DRAWS = 200_000
BILLION = 1_000_000_000


def _without(*tables: str) -> dict[str, list[Row]]:
    return {name: rows for name, rows in whole_person().items() if name not in tables}


def _exact(parameters: Parameters) -> Parameters:
    return replace(
        parameters, weighing={name: replace(weighing, error=Exact()) for name, weighing in parameters.weighing.items()}
    )


def _chances(row: Row) -> list[int]:
    return [row[f"box_{box}_e9"] for box in range(1, 10)]


def _draw(component: Component, row: Row, parameters: Parameters, chance: np.random.Generator) -> NDArray[Any]:
    """Draw the true points of a component, in points."""
    weighing, state = parameters.weighing[component], row[f"{component.lower()}_state"]
    if state == "UNKNOWN":
        values, chances = zip(*weighing.absent, strict=True)
        return chance.choice(np.array(values, dtype=float), DRAWS, p=np.array(chances))
    points = np.full(DRAWS, row[f"{component.lower()}_points"] / 1_000_000)
    if state == "KNOWN" and isinstance(weighing.error, Normal):
        points = points + chance.normal(0, weighing.error.standard_error, DRAWS)
    if state == "KNOWN" and isinstance(weighing.error, Steps):
        values = scale(component, parameters)
        lower = max([value for value in values if value < points[0]], default=points[0])
        higher = min([value for value in values if value > points[0]], default=points[0])
        drawn = chance.random(DRAWS)
        points = np.where(drawn < weighing.error.down, lower, points)
        points = np.where(drawn > 1 - weighing.error.up, higher, points)
    return points


def _simulated(row: Row, parameters: Parameters, seed: int) -> NDArray[Any]:
    chance = np.random.default_rng(seed)
    levels = []
    for axis in Axis:
        score = np.zeros(DRAWS)
        for component in parameters.components:
            if AXIS_OF[component] is axis:
                score += _draw(component, row, parameters, chance) * parameters.weighing[component].weight
        score = np.round(score / parameters.weight_base[axis], 9)  # what lies on a cut-off reaches it
        cutoffs = parameters.cutoffs[axis]
        levels.append((score >= cutoffs.middle).astype(int) + (score >= cutoffs.high))
    boxes = np.array(parameters.box_table)[levels[0], levels[1]]
    return np.bincount(boxes, minlength=10)[1:] / DRAWS


@pytest.mark.parametrize(
    "tables",
    [
        whole_person(),
        _without("award", "team_role"),
        _without("rating"),
        _without("potential", "competency"),
        _without("rating", "feedback", "education", "coverage"),
        {"person": [{}]},
    ],
    ids=["everything", "no awards", "no rating", "no assessment", "much missing", "nothing"],
)
@pytest.mark.parametrize("parameters", [BKN, DJBK], ids=["bkn", "djbk"])
def test_chances_agree_with_simulation_within_four_standard_errors(
    tables: dict[str, list[Row]], parameters: Parameters
) -> None:
    row = mapped(parameters=parameters, **tables)
    found, seen = np.array(_chances(row)) / BILLION, _simulated(row, parameters, seed=1)
    error = np.sqrt(np.maximum(found * (1 - found), 1 / DRAWS) / DRAWS)
    assert (np.abs(found - seen) <= 4 * error).all()
    assert sum(_chances(row)) == BILLION


def test_without_error_and_with_everything_known_the_box_is_certain() -> None:
    row = mapped(parameters=_exact(BKN), **whole_person())
    assert _chances(row) == [BILLION * (box == row["box"]) for box in range(1, 10)]


def test_what_is_verified_as_none_is_certain() -> None:
    registers = ("penghargaan", "tim_kerja", "diklat", "riwayat_jabatan", "disiplin")
    tables = _without("award", "team_role") | {"coverage": [{"register": register} for register in registers]}
    row = mapped(parameters=_exact(BKN), **tables)
    assert sorted(_chances(row)) == [0] * 8 + [BILLION]


def test_a_score_on_its_cut_off_reaches_it_even_without_error() -> None:
    # 60% × 80 + 15% × 75 + 15% × 75 + 10% × 95 = 80 exactly.
    tables = whole_person()
    tables["award"] = [{"level": "NASIONAL", "awarded_on": date(2026, 1, 1)}]
    tables["team_role"] = [{"role": "KETUA", "scope": "INTERNAL", "started_on": date(2026, 1, 1)}]
    tables["feedback"] = [{"period": "2025", "value_e4": 47_500}]
    row = mapped(parameters=_exact(BKN), **tables)
    assert row["performance_score"] == 80 * 100 * 1_000_000
    assert sum(row[f"box_{box}_e9"] for box in BKN.box_table[2]) == BILLION


def test_the_chances_of_people_without_a_box_add_to_one() -> None:
    row = mapped(person=[{}])
    assert row["box"] is None
    assert sum(_chances(row)) == BILLION


def test_a_step_at_the_end_of_the_scale_stays_where_it_is() -> None:
    sure = _exact(BKN)
    weighing = replace(sure.weighing[Component.RATING], error=Steps(0.0, 1.0))
    stepped = replace(sure, weighing={**sure.weighing, Component.RATING: weighing})
    tables = whole_person()
    tables["rating"] = [{"year": 2025, "rating": "SANGAT_BAIK"}]
    assert _chances(mapped(parameters=stepped, **tables)) == _chances(mapped(parameters=sure, **tables))
    tables["rating"] = [{"year": 2025, "rating": "BUTUH_PERBAIKAN"}]
    lifted = _chances(mapped(parameters=stepped, **tables))
    assert lifted == _chances(mapped(parameters=sure, **whole_person()))


def test_two_people_alike_have_the_same_chances_whoever_else_is_there() -> None:
    people = [{"subject": subject} for subject in "abc"]
    alone, among = mapped(person=[{"subject": "a"}]), mapped(person=people)
    assert _chances(alone) == _chances(among)
