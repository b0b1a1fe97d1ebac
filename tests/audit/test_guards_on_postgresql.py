import pytest
from django.db import IntegrityError, connection

from nawa.audit import guards
from nawa.audit.models import RecordedEvent
from tests.audit.tables import TABLES, execute, rows


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["TRUNCATE {table}", "TRUNCATE {table} RESTART IDENTITY CASCADE"])
@pytest.mark.parametrize("table", TABLES)
def test_postgresql_refuses_to_truncate(recorded: RecordedEvent, table: str, statement: str) -> None:
    with pytest.raises(IntegrityError, match="never changed or removed"):
        execute(statement.format(table=table))
    assert rows(table)


@pytest.mark.django_db
def test_postgresql_refuses_a_session_that_calls_itself_a_replica_too(recorded: RecordedEvent) -> None:
    with pytest.raises(IntegrityError):
        execute("SET LOCAL session_replication_role = replica; DELETE FROM audit_recordedevent")
    assert rows("audit_recordedevent")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE audit_recordedevent DISABLE TRIGGER audit_recordedevent_append_only",
        "ALTER TABLE audit_recordedevent ENABLE REPLICA TRIGGER audit_recordedevent_append_only",
        "CREATE OR REPLACE FUNCTION nawa_audit_append_only() RETURNS trigger LANGUAGE plpgsql "
        "AS $$ BEGIN RETURN NULL; END $$",
        "CREATE OR REPLACE TRIGGER audit_recordedevent_append_only BEFORE DELETE ON audit_recordedevent "
        "FOR EACH STATEMENT EXECUTE FUNCTION nawa_audit_append_only()",
    ],
)
def test_a_guard_that_was_disabled_or_altered_counts_as_missing(statement: str) -> None:
    execute(statement)
    assert "audit_recordedevent_append_only" in guards.missing(connection)
    guards.ensure(connection)
    assert guards.missing(connection) == []
