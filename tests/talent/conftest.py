from datetime import date

import pytest

from nawa.core.actor import Actor
from nawa.evidence import actions as evidence
from nawa.policy import Policy, load
from nawa.registry import actions as registry
from nawa.talent import actions
from nawa.workbook.sheets import Tables
from tests.office import office

DAY = date(2026, 11, 1)
BY = Actor.system("test")


@pytest.fixture(scope="session")
def policy() -> Policy:
    return load("semarang", on=DAY)


@pytest.fixture
def stored() -> Tables:
    """The small office in the database, and as its workbook has it."""
    tables = office()
    for app in (registry, evidence, actions):
        app.apply(tables, source="WORKBOOK", import_id="")
    return tables
