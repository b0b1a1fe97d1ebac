from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import override_settings

from nawa.audit import actions
from nawa.audit.enums import Event
from nawa.audit.models import RecordedEvent
from nawa.core.actor import Actor
from tests.append_only import lift_guards
from tests.audit.deeds import changes_of_trainings

# What only the other kind of database has is no skipped test: it does not exist here.
collect_ignore = [f"test_guards_on_{other}.py" for other in {"sqlite", "postgresql"} - {connection.vendor}]


@pytest.fixture
def recorded() -> RecordedEvent:
    """A bulk deed and a read, so that every table holds a row."""
    actions.note_reads(["person-1"], page="profile", by=Actor.system("test"))
    with transaction.atomic():
        return actions.record_bulk(
            Event.WORKBOOK_IMPORTED,
            changes=[changes_of_trainings()],
            key=bytes(32),
            subject="import-1",
            by=Actor.system("test"),
            details={"file": "0" * 64},
        )


@pytest.fixture
def later_release() -> Iterator[None]:
    """A release whose last migration changes both tables; on SQLite that builds them anew."""
    with override_settings(MIGRATION_MODULES={"audit": "tests.audit.later.migrations"}):
        yield
        call_command("migrate", "audit", "0003", verbosity=0)
        lift_guards()  # for the tables are emptied next
