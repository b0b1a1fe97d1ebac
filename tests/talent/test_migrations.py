"""A database of before cycles: runs keep every value, get the cycle of their month and the stage that is certain."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from nawa.audit import guards
from nawa.core import clock
from nawa.talent.models import MappingRun
from tests.append_only import lift_guards
from tests.talent.conftest import DAY

BEFORE = [("talent", "0001_initial")]


@pytest.fixture
def before() -> Iterator[MigrationExecutor]:
    """The talent tables as they were before there were cycles."""
    lift_guards()
    executor = MigrationExecutor(connection)
    executor.migrate(BEFORE)
    yield executor
    call_command("migrate", verbosity=0)
    lift_guards()  # for the tables are emptied next


@pytest.mark.django_db(transaction=True)
def test_a_run_of_before_comes_along_whole(before: MigrationExecutor) -> None:
    now = clock.now()
    kept = {
        **dict.fromkeys(("policy_hash", "inputs_root", "results_hash", "key"), "0" * 64),
        "on": DAY.replace(day=17),
        "policy_id": "semarang",
        "policy_version": "1",
        "policy_label": "Kota",
        "policy_text": "{}",
        "engine_version": "1",
        "seed": 7,
        "people": 3,
        "record": "{}",
        "public_id": "old",
        "state": "SUCCEEDED",
        "started_by": "system:demo",
        "started_at": now,
        "finished_at": now,
    }
    before.loader.project_state(BEFORE).apps.get_model("talent", "MappingRun").objects.create(**kept)
    call_command("migrate", verbosity=0)
    run = MappingRun.objects.get()
    assert {name: getattr(run, name) for name in kept} == kept
    assert (run.cycle.month_on, run.cycle.opened_by) == (DAY, "system:demo")
    assert list(run.stages.values_list("stage", "reached_by", "reached_at")) == [("DIHITUNG", "system:demo", now)]
    assert guards.missing(connection) == []
