"""What a later file says wrongly of the demo city: some of every kind, and not one row more than that."""

from __future__ import annotations

import polars as pl

from nawa.demo.city import City
from nawa.demo.faults import EACH, faulty
from nawa.workbook.sheets import BY_TABLE
from tests.demo.conftest import ON


def test_each_fault_is_that_of_a_few_and_nobody_is_named_who_is_not_there(whole: City) -> None:
    tables = faulty(whole.tables, on=ON)
    assert {name: frame.height for name, frame in tables.items()} == {
        "position": 2, "person": 4 * EACH, "rank_entry": EACH, "career_entry": 2 * EACH, "performance_rating": EACH + 1
    }  # fmt: skip
    for name, frame in tables.items():
        assert dict(frame.schema) == BY_TABLE[name].schema, name
        assert not frame.select(pl.struct(BY_TABLE[name].key).is_duplicated().any()).item(), name
    assert set(tables["person"]["nip"]) <= set(whole.tables["person"]["nip"])


def test_a_person_differs_from_the_city_in_one_thing_alone(whole: City) -> None:
    changed = faulty(whole.tables, on=ON)["person"].sort("nip")
    true = whole.tables["person"].join(changed.select("nip"), on="nip", how="semi").sort("nip")
    columns = [name for name in changed.columns if name != "verified_none"]
    differing = [changed[name].ne_missing(true[name]).to_list() for name in columns]
    assert [sum(row) for row in zip(*differing, strict=True)] == [1] * changed.height
