"""FIELD: the fields of study that the current post asks for against the person's."""

from __future__ import annotations

import pytest

from nawa.engine.learning import field
from tests.engine.build import Row, bkn, earns, points


def _fit(asked: list[str] | None, *studied: Row) -> Row | None:
    return earns(field, person=[{"post_fields": asked}], education=list(studied))


@pytest.mark.parametrize(
    ("studied", "raw", "earned"),
    [
        ({"field": "hukum"}, "SUITABLE", 100),
        ({"field": "ilmu pemerintahan", "related_fields": ["politik", "hukum"]}, "RELATED", 50),
        ({"field": "biologi", "related_fields": ["kimia"]}, "UNSUITABLE", 50),
        ({"field": "biologi", "related_fields": []}, "UNSUITABLE", 50),
        ({"field": "biologi"}, "UNSUITABLE", 50),
    ],
)
def test_equal_fields_suit_related_ones_are_related_and_others_do_not(studied: Row, raw: str, earned: int) -> None:
    found = _fit(["akuntansi", "hukum"], studied)
    assert points(found) == earned
    assert found is not None and found["raw"] == raw


def test_the_rival_value_for_a_related_field_can_be_chosen() -> None:
    studied: Row = {"field": "politik", "related_fields": ["hukum"]}
    found = earns(field, parameters=bkn("bidang-sebagian-75"), person=[{"post_fields": ["hukum"]}], education=[studied])
    assert points(found) == 75


@pytest.mark.parametrize("asked", [None, []])
def test_a_post_without_fields_leaves_it_unknown(asked: list[str] | None) -> None:
    assert _fit(asked, {"field": "hukum"}) is None


def test_an_education_without_a_field_is_not_asked() -> None:
    assert _fit(["hukum"], {"field": None, "related_fields": ["hukum"]}) is None


def test_the_best_fit_is_shown() -> None:
    found = _fit(["hukum"], {"field": "kimia"}, {"field": "hukum"}, {"field": "hukum"})
    assert found is not None and (found["raw"], found["source"]) == ("SUITABLE", 1)
