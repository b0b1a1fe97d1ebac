"""The nine boxes, their follow-ups, and the pools that they open."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from nawa.engine.ninebox import BOX, box, follow_ups, listed, pool_tiers
from nawa.policy import load
from tests.engine.build import BKN, ON, Row, mapped
from tests.engine.whole import whole_person

SEMARANG = load("semarang", on=ON).parameters


@pytest.mark.parametrize(
    ("performance", "potential", "number"),
    [(2, 0, 4), (2, 1, 7), (2, 2, 9), (1, 0, 2), (1, 1, 5), (1, 2, 8), (0, 0, 1), (0, 1, 3), (0, 2, 6)],
)
def test_two_classes_meet_in_a_box(performance: int, potential: int, number: int) -> None:
    assert pl.select(box(pl.lit(performance), pl.lit(potential), BKN)).item() == number
    assert BOX[performance][potential] == number


def test_the_table_for_drawing_is_that_of_the_shipped_profile() -> None:
    assert BKN.box_table == BOX


def test_follow_ups_belong_to_the_box_and_none_to_no_box() -> None:
    found = follow_ups(pl.Series([9, None, 1], dtype=pl.Int64), BKN).to_list()
    assert found == [["PROMOTE_AND_RETAIN", "POOL_INSTITUTION_NATIONAL", "REWARD"], [], ["PROCESS_BY_LAW"]]


def test_semarang_takes_echelon_two_from_box_9_only() -> None:
    boxes = pl.Series([9, 8, 7, 5, None], dtype=pl.Int64)
    lower = ["ADMINISTRATOR", "PENGAWAS"]
    assert pool_tiers(boxes, SEMARANG).to_list() == [["JPT_PRATAMA", *lower], lower, lower, [], []]


def test_lists_come_in_order_and_may_be_empty() -> None:
    assert listed(pl.Series([2, 0, 1]), [[], ["A"], ["A", "B"]]).to_list() == [["A", "B"], [], ["A"]]


def _excellent(**person: object) -> dict[str, list[Row]]:
    tables = whole_person(**person)
    tables["rating"] = [{"year": 2025, "rating": "SANGAT_BAIK"}]
    tables["award"] = [{"level": "INTERNASIONAL", "awarded_on": date(2026, 1, 1)}]
    return tables


def test_pools_are_for_candidates_only() -> None:
    assert mapped(**_excellent())["pool_tiers"] == ["JPT_MADYA", "JPT_PRATAMA", "ADMINISTRATOR", "PENGAWAS"]
    for kind in ("PPPK", None):
        row = mapped(**_excellent(staff_kind=kind))
        assert (row["box"], row["candidate"], row["pool_tiers"]) == (7, False, [])


def test_a_provisional_result_qualifies_by_its_lowest_box() -> None:
    tables = _excellent()
    del tables["potential"]
    row = mapped(**tables)
    assert (row["status"], row["box_lowest"], row["pool_tiers"]) == ("SEMENTARA", 4, [])
