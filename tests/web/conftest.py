"""A small demo city in the database, mapped."""

import datetime
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from pytest_django import DjangoDbBlocker

from nawa.core.actor import Actor
from nawa.demo.city import build
from nawa.exchange.actions import load_demo_city
from nawa.policy.loading import load
from nawa.talent.actions import run_mapping
from nawa.talent.models import MappingRun
from tests.append_only import lift_guards
from tests.publishing import walk

DAY = datetime.date(2026, 11, 1)


def load_city() -> None:
    """Put 250 people of the demo city into the database."""
    load_demo_city(build(people=250, seed=1, on=DAY).tables, seed=1, by=Actor.system("demo"))


def map_city() -> MappingRun:
    """Map them, under the policy whose outputs carry a stamp, and publish the map."""
    return walk(run_mapping(policy=load("semarang", on=DAY), on=DAY, by=Actor.system("demo")))


@pytest.fixture(scope="module")
def mapped(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[MappingRun]:
    """The city and its map, loaded once for tests that only read."""
    with django_db_blocker.unblock():
        try:
            load_city()
            yield map_city()
        finally:
            lift_guards()
            call_command("flush", interactive=False, verbosity=0)
