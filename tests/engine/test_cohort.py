"""Who is mapped, and which of several rows counts."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest

from nawa.engine.cohort import best, cohort
from tests.engine.build import BKN, ON, Row, records


def _mapped(*people: Row) -> list[str]:
    return cohort(records(person=list(people)), BKN, on=ON).people["subject"].to_list()


def test_people_are_sorted_by_subject() -> None:
    assert _mapped({"subject": "b"}, {"subject": "a"}) == ["a", "b"]


@pytest.mark.parametrize("kind", ["PNS", "CPNS", "PPPK", "PPPK_PARUH_WAKTU", None])
def test_staff_of_the_mapped_kinds_and_of_unknown_kind_are_mapped(kind: str | None) -> None:
    assert _mapped({"staff_kind": kind}) == ["a"]


@pytest.mark.parametrize("status", ["PENSIUN", "DIBERHENTIKAN", "CLTN"])
def test_people_of_an_excluded_legal_status_are_not_mapped(status: str) -> None:
    assert _mapped({"legal_status": status}) == []


@pytest.mark.parametrize("status", ["AKTIF", "TUGAS_BELAJAR", None])
def test_people_of_another_legal_status_are_mapped(status: str | None) -> None:
    assert _mapped({"legal_status": status}) == ["a"]


def test_who_is_inactive_from_the_day_on_is_not_mapped() -> None:
    assert _mapped({"inactive_since": ON}) == []
    assert _mapped({"inactive_since": ON + timedelta(days=1)}) == ["a"]


def test_rows_of_people_who_are_not_mapped_are_left_out() -> None:
    people = [{"subject": "a"}, {"subject": "b", "legal_status": "PENSIUN"}, {"subject": "c"}]
    awards = [{"subject": subject, "level": "INSTANSI", "awarded_on": ON} for subject in ("c", "b", "a", "c", "x")]
    rows = cohort(records(person=people, award=awards), BKN, on=ON).rows("award").collect()
    assert sorted(rows.select("person", "source").rows()) == [(0, 2), (1, 0), (1, 3)]


def test_the_best_row_is_greatest_by_the_first_key_then_the_next() -> None:
    rows = pl.DataFrame({"person": [0, 0, 0, 2], "x": [1, 2, 2, 0], "y": [9, 1, 3, 0]})
    assert best(rows, 3, pl.col("x"), pl.col("y")).rows() == [(0, 2, 3), (2, 0, 0)]


def test_an_empty_key_is_the_greatest() -> None:
    rows = pl.DataFrame({"person": [0, 0], "end": [date(2099, 1, 1), None]})
    assert best(rows, 1, pl.col("end"))["end"].to_list() == [None]
