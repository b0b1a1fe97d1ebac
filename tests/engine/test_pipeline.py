"""Records to map in one call."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import polars.selectors as cs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.records import synthetic_records
from nawa.engine.parameters import Component
from nawa.engine.pipeline import map_talent
from nawa.engine.tables import FIELD_GROUPS, MAP_SCHEMA, RECORD_SCHEMAS, SOURCE_TABLES, Records, map_schema
from nawa.engine.trace import result_hash
from tests.engine.build import BKN, DJBK, ON, records
from tests.engine.whole import whole_person

CROWD = synthetic_records(400, seed=7)
CROWD_HASH = result_hash(map_talent(CROWD, BKN, on=ON).map)


def _shuffled(given: Records, seed: int) -> Records:
    return Records({name: frame.sample(fraction=1, shuffle=True, seed=seed) for name, frame in given.tables.items()})


@pytest.mark.parametrize("parameters", [BKN, DJBK], ids=["bkn", "djbk"])
def test_a_map_has_the_columns_of_the_contract(parameters: object) -> None:
    assert parameters in (BKN, DJBK)
    chosen = BKN if parameters == BKN else DJBK
    result = map_talent(records(**whole_person()), chosen, on=ON).map
    assert dict(result.schema) == map_schema(chosen)
    assert list(result.columns[: len(MAP_SCHEMA)]) == list(MAP_SCHEMA)


def test_nobody_makes_an_empty_map_of_the_same_columns() -> None:
    result = map_talent(records(person=[]), BKN, on=ON).map
    assert (result.height, dict(result.schema)) == (0, map_schema(BKN))


@given(st.integers(0, 2**32))
@settings(max_examples=5)
def test_the_order_of_rows_changes_no_byte(seed: int) -> None:
    shuffled = map_talent(_shuffled(CROWD, seed), BKN, on=ON).map
    assert shuffled.equals(map_talent(CROWD, BKN, on=ON).map)
    assert result_hash(shuffled) == CROWD_HASH


def test_a_person_has_the_same_row_alone_as_in_a_crowd() -> None:
    together = map_talent(CROWD, BKN, on=ON).map
    subject = together["subject"][17]
    own = {
        name: frame.filter(pl.col("subject") == subject) if "subject" in frame.columns else frame
        for name, frame in CROWD.tables.items()
    }
    assert map_talent(Records(own), BKN, on=ON).map.equals(together.filter(pl.col("subject") == subject))


def test_a_cohort_in_which_everyone_is_alike_gives_everyone_the_same_row() -> None:
    person = whole_person()
    subjects = [f"{number:03}" for number in range(300)]
    crowd = {
        name: [{**row, "subject": subject} for subject in subjects for row in rows] if name != "standard" else rows
        for name, rows in person.items()
    }
    alone = map_talent(records(**person), BKN, on=ON).map.drop("subject", cs.ends_with("_source"))
    together = map_talent(records(**crowd), BKN, on=ON).map
    assert together["subject"].to_list() == subjects
    assert together.drop("subject", cs.ends_with("_source")).unique().equals(alone)


def test_the_day_alone_decides_what_counts() -> None:
    before, after = (map_talent(CROWD, BKN, on=day).map for day in (date(2026, 3, 31), date(2026, 4, 1)))
    assert set(before["rating_on"].drop_nulls()) == {date(2024, 12, 31)}
    assert set(after["rating_on"].drop_nulls()) == {date(2025, 12, 31)}


def test_other_parameters_give_another_map() -> None:
    stricter = replace(BKN, provisional_completeness=100)
    assert map_talent(CROWD, stricter, on=ON).map["status"].value_counts().height < 3


def test_missing_names_the_unknown_components_in_order() -> None:
    row = map_talent(records(), BKN, on=ON).map.row(0, named=True)
    assert row["missing"] == list(Component)


def test_records_of_another_shape_are_refused() -> None:
    tables = {name: pl.DataFrame(schema=dict(schema)) for name, schema in RECORD_SCHEMAS.items()}
    with pytest.raises(ValueError, match="award"):
        Records({**tables, "award": tables["award"].drop("level")})
    with pytest.raises(ValueError, match="lain"):
        Records({**tables, "lain": tables["award"]})


def test_every_table_with_people_is_committed_to_once_and_has_a_source() -> None:
    committed = [table for group in FIELD_GROUPS.values() for table in group]
    assert sorted(committed) == sorted(name for name in RECORD_SCHEMAS if name != "standard")
    assert set(SOURCE_TABLES) == {name for name, schema in RECORD_SCHEMAS.items() if "source" in schema}
