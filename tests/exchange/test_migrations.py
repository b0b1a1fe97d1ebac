"""A database of before imports, evidence, reorganisations and policies had pages: it comes along whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from django.apps.registry import Apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client
from django.urls import reverse

from nawa.accounts.roles import Role
from nawa.audit import guards
from nawa.core import clock
from nawa.core.actor import Actor
from nawa.exchange.actions import import_workbook
from nawa.policy.loading import load
from nawa.registry.models import CompetencyStandard, Person
from nawa.talent.actions import catch_up, run_mapping
from nawa.talent.models import MappingResult, MappingRun, MapTable
from tests.append_only import lift_guards
from tests.office import HEAD, office
from tests.publishing import walk
from tests.talent.conftest import DAY
from tests.web.roles import enter

BY = Actor.system("tests")
BEFORE: list[tuple[str, str | None]] = [
    ("accounts", "0001_initial"),
    ("audit", "0002_readentry"),
    ("evidence", "0001_initial"),
    ("exchange", "0001_initial"),
    ("registry", "0001_initial"),
    ("rulebook", None),
    ("talent", "0004_every_run_in_a_cycle"),
]
Rows = Mapping[str, list[dict[str, Any]]]


def rows(apps: Apps) -> Rows:
    """All that Nawa's own tables hold, by table."""
    own = {app for app, _name in BEFORE}
    models = [model for model in apps.get_models() if model._meta.app_label in own]
    return {model._meta.db_table: list(model._base_manager.order_by("pk").values()) for model in models}


@pytest.fixture
def before(client: Client) -> Iterator[Rows]:
    """A published map of the small office, and an account, as the tables were then."""
    import_workbook(office(), by=BY)
    walk(run_mapping(policy=load("semarang", on=DAY), on=DAY, by=BY))
    enter(client, Role.ANALYST)
    lift_guards()
    executor = MigrationExecutor(connection)
    executor.migrate(BEFORE)
    yield rows(executor.loader.project_state([key for key in BEFORE if key[1]]).apps)
    call_command("migrate", verbosity=0)
    lift_guards()  # for the tables are emptied next


@pytest.mark.django_db(transaction=True)
def test_everything_comes_along_and_is_shown(before: Rows, client: Client) -> None:
    filled = {table for table, held in before.items() if held}
    assert filled >= {"registry_person", "evidence_training", "talent_mappingresult", "audit_recordedevent"}
    call_command("migrate", verbosity=0)
    assert guards.missing(connection) == []
    now = rows(MigrationExecutor(connection).loader.project_state().apps)
    for table, held in before.items():
        assert [{name: row[name] for name in old} for row, old in zip(now[table], held, strict=True)] == held, table
    assert not CompetencyStandard.objects.exclude(valid_from=None, valid_through=None).exists()
    catch_up(at=clock.now())
    (published,) = MappingRun.objects.all()
    assert MapTable.objects.get().run == published
    person = Person.objects.get(nip=HEAD)
    box = MappingResult.objects.get(run=published, person=person).box
    for address in ("home", "map", "quality", "imports", "reorganisations", "policies", "cycles", "acting"):
        assert client.get(reverse(address)).status_code == 200, address
    assert box and f"Kotak {box}" in client.get(reverse("profile", args=[person.public_id])).content.decode()
    again = run_mapping(policy=load("semarang", on=DAY), on=DAY, by=BY)
    assert again.results_hash == published.results_hash
