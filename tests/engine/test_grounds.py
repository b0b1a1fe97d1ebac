"""Which rows a number rests on: each rule at its edge, and which row decides."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from nawa.engine.grounds import Chosen, Use, counted, grounds
from nawa.engine.parameters import Component, Parameters
from nawa.engine.tables import RECORD_SCHEMAS
from nawa.engine.windows import plus_years, years_after
from nawa.policy.loading import load

ON = date(2026, 11, 1)
NOTHING = Chosen(None, None, None)


@pytest.fixture(scope="module")
def parameters() -> Parameters:
    return load("bkn-411-2025", on=ON).parameters


def rows_with(table: str, *given: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """A person's input with these rows in one table; columns not named are null."""
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in RECORD_SCHEMAS}
    found["person"] = [dict.fromkeys(RECORD_SCHEMAS["person"]) | {"tier": "PENGAWAS", "post_fields": ["hukum"]}]
    empty = dict.fromkeys(RECORD_SCHEMAS[table])
    found[table] = [empty | {"source": place} | row for place, row in enumerate(given)]
    return found


def uses(component: Component, parameters: Parameters, chosen: Chosen, table: str, *given: dict[str, Any]) -> list[Use]:
    """The use of each row, in the order in which they were given."""
    found = grounds(component, rows_with(table, *given), chosen, parameters, ON)
    by_source = {ground.row["source"]: ground.use for ground in found}
    return [by_source[place] for place in range(len(given))]


@pytest.mark.parametrize(
    ("awarded_on", "use"),
    [
        (date(2021, 11, 1), Use.ASIDE),  # five years ago to the day
        (date(2021, 11, 2), Use.COUNTS),
        (ON, Use.COUNTS),
        (date(2026, 11, 2), Use.ASIDE),  # not yet there
    ],
)
def test_an_award_counts_inside_its_window(parameters: Parameters, awarded_on: date, use: Use) -> None:
    row = {"level": "INSTANSI", "awarded_on": awarded_on}
    assert uses(Component.AWARD, parameters, NOTHING, "award", row) == [use]


def test_the_row_that_the_map_names_decides_and_comes_first(parameters: Parameters) -> None:
    rows = rows_with(
        "award",
        {"level": "INSTANSI", "awarded_on": date(2025, 1, 1)},
        {"level": "NASIONAL", "awarded_on": date(2024, 1, 1)},
        {"level": "NASIONAL", "awarded_on": date(2001, 1, 1)},
    )
    found = grounds(Component.AWARD, rows, Chosen("award", 1, date(2024, 1, 1)), parameters, ON)
    assert [(ground.row["source"], ground.use) for ground in found] == [
        (1, Use.DECIDES),
        (0, Use.COUNTS),
        (2, Use.ASIDE),
    ]
    assert len(list(counted(found))) == 2


def test_only_the_annual_rating_of_the_year_asked_for_counts(parameters: Parameters) -> None:
    given = [{"year": 2025}, {"year": 2024}, {"year": 2025, "period": "TW1"}, {"year": 2026}]
    chosen = Chosen("rating", 0, date(2025, 12, 31))
    assert uses(Component.RATING, parameters, chosen, "rating", *given) == [Use.DECIDES, *[Use.ASIDE] * 3]


def test_feedback_counts_in_one_period_and_never_from_oneself(parameters: Parameters) -> None:
    given = [
        {"period": "2025", "relation": "ATASAN"},
        {"period": "2025", "relation": "DIRI"},
        {"period": "2024", "relation": "ATASAN"},
        {"period": "2025", "relation": "REKAN"},
    ]
    chosen = Chosen("feedback", 0, None)
    expected = [Use.DECIDES, Use.ASIDE, Use.ASIDE, Use.COUNTS]
    assert uses(Component.FEEDBACK, parameters, chosen, "feedback", *given) == expected


def test_combined_feedback_stands_alone(parameters: Parameters) -> None:
    given = [{"period": "2025", "relation": None}, {"period": "2025", "relation": "REKAN"}]
    chosen = Chosen("feedback", 0, None)
    assert uses(Component.FEEDBACK, parameters, chosen, "feedback", *given) == [Use.DECIDES, Use.ASIDE]


def test_certificates_are_no_trainings(parameters: Parameters) -> None:
    rows = rows_with(
        "training",
        {"kind": "SERTIFIKASI", "completed_on": date(2026, 1, 1)},
        {"kind": "TEKNIS", "completed_on": date(2026, 1, 1)},
    )
    for component, source in ((Component.TRAINING, 1), (Component.CERTIFICATION, 0)):
        found = grounds(component, rows, NOTHING, parameters, ON)
        assert [(ground.row["source"], ground.use) for ground in found] == [(source, Use.COUNTS)]


@pytest.mark.parametrize(
    ("row", "use"),
    [
        ({"state": "PROSES", "started_on": date(2026, 1, 1)}, Use.ASIDE),
        ({"state": "BATAL", "started_on": date(2026, 1, 1)}, Use.ASIDE),
        ({"state": "BERJALAN", "started_on": date(2010, 1, 1)}, Use.COUNTS),  # no end: still served
        ({"state": "SELESAI", "started_on": date(2020, 1, 1), "ended_before": date(2021, 11, 1)}, Use.ASIDE),
        ({"state": "SELESAI", "started_on": date(2020, 1, 1), "ended_before": date(2021, 11, 2)}, Use.COUNTS),
    ],
)
def test_a_sanction_counts_while_served_and_inside_its_window(
    parameters: Parameters, row: dict[str, Any], use: Use
) -> None:
    assert uses(Component.DISCIPLINE, parameters, NOTHING, "discipline", {"level": "RINGAN", **row}) == [use]


def test_a_report_beside_details_that_counted_is_left_aside(parameters: Parameters) -> None:
    rows = rows_with("competency", {"assessed_on": date(2025, 3, 1), "competency": "INTEGRITAS", "level_e4": 30_000})
    rows["assessment_total"] = [
        dict.fromkeys(RECORD_SCHEMAS["assessment_total"])
        | {"source": 0, "assessed_on": date(2025, 3, 1), "job_person_match_e4": 800_000}
    ]
    found = grounds(Component.COMPETENCE, rows, Chosen("competency", 0, date(2025, 3, 1)), parameters, ON)
    assert [(ground.table, ground.use) for ground in found] == [
        ("competency", Use.DECIDES),
        ("assessment_total", Use.ASIDE),
    ]


@pytest.mark.parametrize("day", [date(2024, 2, 29), date(2023, 2, 28), date(2024, 12, 31)])
@pytest.mark.parametrize("years", [1, 3, 4, 5])
def test_one_day_moves_by_years_as_a_column_does(day: date, years: int) -> None:
    column = pl.DataFrame({"day": [day]}).select(years_after(pl.col("day"), years))
    assert plus_years(day, years) == column.item()
