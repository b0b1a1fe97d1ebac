"""The small office (`tests.office`) with its first map, and the shipped profiles in the rulebook."""

from __future__ import annotations

import pytest

from nawa.core.actor import Actor
from nawa.evidence import actions as evidence
from nawa.policy.loading import load
from nawa.registry import actions as registry
from nawa.rulebook.actions import ship
from nawa.rulebook.models import PolicyVersion
from nawa.talent import actions as talent
from nawa.talent.models import MappingRun
from tests.office import office
from tests.web.conftest import DAY


@pytest.fixture
def computed(db: None) -> MappingRun:
    for app in (registry, evidence, talent):
        app.apply(office(), source="WORKBOOK", import_id="")
    return talent.run_mapping(policy=load("semarang", on=DAY), on=DAY, by=Actor.system("tests"))


@pytest.fixture
def city(db: None) -> PolicyVersion:
    ship()
    return PolicyVersion.objects.get(code="semarang")
