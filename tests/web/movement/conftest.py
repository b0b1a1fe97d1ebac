"""Two published maps of the small demo city, a month apart."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from pytest_django import DjangoDbBlocker

from nawa.core.actor import Actor
from nawa.evidence.models import PerformanceRating
from nawa.policy.loading import load
from nawa.talent import tasks
from nawa.talent.actions import run_mapping
from nawa.talent.models import MappingRun, Movement
from tests.append_only import lift_guards
from tests.publishing import walk
from tests.web.conftest import load_city, map_city

LATER = datetime.date(2026, 12, 1)
Pair = tuple[MappingRun, MappingRun]


@pytest.fixture(scope="module")
def pair(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Pair]:
    """A published map and one a month later, when half were rated best and half worst; with the causes."""
    with django_db_blocker.unblock():
        try:
            load_city()
            earlier = map_city()
            PerformanceRating.objects.filter(pk__in=_halves()).update(rating="SANGAT_BAIK")
            PerformanceRating.objects.exclude(pk__in=_halves()).update(rating="SANGAT_KURANG")
            later = walk(run_mapping(policy=load("semarang", on=LATER), on=LATER, by=Actor.system("demo")))
            tasks.trace.func(Movement.objects.get().public_id)
            yield earlier, later
        finally:
            lift_guards()
            call_command("flush", interactive=False, verbosity=0)


def _halves() -> list[int]:
    return [pk for pk, person in PerformanceRating.objects.values_list("pk", "person_id") if person % 2]
