"""What is read and imported before the first request, and that a server starts although there is no database yet."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import OperationalError
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from nawa.talent.models import MappingRun
from nawa.talent.queries import completeness, tables
from nawa.web.kit import warming

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def cold() -> None:
    caches: list[Callable[[], None]] = [
        tables.table_of.cache_clear,
        completeness._held.cache_clear,
        completeness._sums.cache_clear,
    ]
    for clear in caches:
        clear()


def test_the_published_map_is_in_memory_before_anybody_asks(
    mapped: MappingRun, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    warming.warm()
    with django_assert_num_queries(0):
        assert tables.table_of(mapped.public_id).height > 0
        assert completeness._sums((mapped.public_id,))[mapped.public_id]


@pytest.mark.parametrize("failure", [OperationalError("no such host: database of the city"), ValueError("a text")])
def test_a_server_starts_without_its_map_and_the_log_names_nothing_of_it(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, failure: Exception
) -> None:
    def fail(*, unpublished: bool) -> None:
        raise failure

    monkeypatch.setattr(warming, "latest_visible", fail)
    warming.warm()
    assert [record.getMessage() for record in caplog.records] == [
        f"the published map is not read ahead: {type(failure).__name__}"
    ]
    assert client.get("/").status_code == 200
