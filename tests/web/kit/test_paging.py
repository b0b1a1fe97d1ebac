"""A log is paged by where its rows stand, not by how many came before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from nawa.audit.actions import record
from nawa.audit.enums import Event
from nawa.audit.models import RecordedEvent
from nawa.core.actor import Actor
from nawa.web.kit import paging
from nawa.web.kit.paging import PER_PAGE, Stretch, stretch_of

pytestmark = pytest.mark.django_db

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
ROWS = 2 * PER_PAGE + 20


@pytest.fixture
def log() -> list[int]:
    """The keys of events, the newest first; seven at a time happened at the same instant, not in the order of keys."""
    with transaction.atomic():
        for number in range(ROWS):
            at = BEGAN + timedelta(days=(number * 7) % ROWS // 7)
            record(Event.ENTERED, subject="somebody", by=Actor.system("tests"), at=at)
    return list(RecordedEvent.objects.order_by("-done_at", "-pk").values_list("pk", flat=True))


def stretch(**where: str) -> Stretch:
    rows = RecordedEvent.objects.order_by("-done_at", "-pk")
    return stretch_of(rows, instant="done_at", **where)


def keys(found: Stretch) -> list[int]:
    return [row.pk for row in found.rows]


def test_going_on_from_page_to_page_shows_every_row_once(log: list[int]) -> None:
    page = stretch()
    assert page.newer is None
    seen = keys(page)
    while page.older:
        page = stretch(older_than=str(page.older))
        seen += keys(page)
        assert page.newer
    assert seen == log


def test_going_back_shows_the_pages_that_were_left(log: list[int]) -> None:
    page = stretch(older_than=str(stretch(older_than=str(stretch().older)).older))
    assert page.older is None
    while page.newer:
        page = stretch(newer_than=str(page.newer))
        assert page.older
    assert keys(page)[0] == log[0]


def test_a_row_that_comes_meanwhile_shifts_nothing(log: list[int]) -> None:
    older = str(stretch().older)
    with transaction.atomic():
        record(Event.ENTERED, subject="somebody", by=Actor.system("tests"))
    assert keys(stretch(older_than=older)) == log[PER_PAGE : 2 * PER_PAGE]


@pytest.mark.parametrize("nonsense", ["x", "-1", "9" * 30, "٣", "0"])
def test_a_place_that_does_not_exist_is_the_head_of_the_log(log: list[int], nonsense: str) -> None:
    assert keys(stretch(older_than=nonsense)) == log[:PER_PAGE]


def test_counting_stops_where_nobody_needs_it(log: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    assert stretch().count == ROWS
    monkeypatch.setattr(paging, "MOST_COUNTED", ROWS)
    assert stretch().count == ROWS
    monkeypatch.setattr(paging, "MOST_COUNTED", ROWS - 1)
    assert stretch().count is None


def test_a_page_takes_three_queries(log: list[int], django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_max_num_queries(3):
        stretch(older_than=str(log[60]))
