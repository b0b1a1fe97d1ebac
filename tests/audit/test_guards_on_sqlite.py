import pytest
from django.db import IntegrityError, connection
from django.db.migrations.executor import MigrationExecutor

from nawa.audit import guards
from nawa.audit.models import RecordedEvent
from tests.audit.tables import GUARDED, execute, rows


@pytest.mark.django_db
@pytest.mark.parametrize("table", GUARDED, ids=lambda table: table.name)
@pytest.mark.parametrize("verb", ["REPLACE", "INSERT OR REPLACE"])
def test_sqlite_refuses_to_replace_a_row_by_any_of_its_keys(
    recorded: RecordedEvent, table: guards.GuardedTable, verb: str
) -> None:
    before = rows(table.name)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table.name} LIMIT 1")
        names = [column[0] for column in cursor.description]
    for key in table.unique:
        picked = [name if name in key or name != "id" else "id + 999" for name in names]
        picked = ["'other'" if name == "public_id" and name not in key else name for name in picked]
        with pytest.raises(IntegrityError, match="never changed or removed"):
            execute(f"{verb} INTO {table.name} ({', '.join(names)}) SELECT {', '.join(picked)} FROM {table.name}")
    assert rows(table.name) == before


@pytest.mark.django_db
def test_a_guard_that_was_altered_counts_as_missing() -> None:
    execute("DROP TRIGGER audit_recordedevent_no_delete")
    execute("CREATE TRIGGER audit_recordedevent_no_delete BEFORE DELETE ON audit_recordedevent BEGIN SELECT 1; END")
    assert guards.missing(connection) == ["audit_recordedevent_no_delete"]


@pytest.mark.django_db(transaction=True)
def test_without_the_step_after_migrating_that_migration_would_leave_no_guard(
    later_release: None, recorded: RecordedEvent
) -> None:
    MigrationExecutor(connection).migrate([("audit", "0004_later")])
    assert len(guards.missing(connection)) == 6
