"""The small office (`tests.office`) and a run in it, brought to a stage some days ago."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from nawa.core import clock
from nawa.core.actor import Actor
from nawa.evidence import actions as evidence
from nawa.policy.loading import load
from nawa.registry import actions as registry
from nawa.talent import actions as talent
from nawa.talent.enums import WAY, Stage
from nawa.talent.models import MappingRun
from tests.office import office
from tests.publishing import walk
from tests.web.conftest import DAY

Brought = Callable[..., MappingRun]

SYSTEM = Actor.system("tests")


@pytest.fixture
def offices(db: None) -> None:
    """The records of the small office."""
    for app in (registry, evidence, talent):
        app.apply(office(), source="WORKBOOK", import_id="")


@pytest.fixture
def brought(offices: None) -> Brought:
    """Make a run that came to a stage so many days ago, each step ten days after the one before."""

    def bring(to: Stage, *, days_ago: int = 1, by: Actor = SYSTEM) -> MappingRun:
        begun = clock.now() - timedelta(days=days_ago + 10 * WAY.index(to))
        return walk(talent.run_mapping(policy=load("semarang", on=DAY), on=DAY, by=by, at=begun), to)

    return bring
