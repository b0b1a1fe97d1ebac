"""The small office (`tests.office`), and its first map in a cycle."""

from __future__ import annotations

import pytest

from nawa.core.actor import Actor
from nawa.evidence import actions as evidence
from nawa.policy.loading import load
from nawa.registry import actions as registry
from nawa.talent import actions as talent
from nawa.talent.models import MappingRun
from tests.office import office
from tests.web.conftest import DAY


@pytest.fixture
def computed(db: None) -> MappingRun:
    """A run that has just been computed, started by the system."""
    for app in (registry, evidence, talent):
        app.apply(office(), source="WORKBOOK", import_id="")
    return talent.run_mapping(policy=load("semarang", on=DAY), on=DAY, by=Actor.system("tests"), at=None)
