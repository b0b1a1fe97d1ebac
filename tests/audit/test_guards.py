import io
from typing import cast

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import NotSupportedError

from nawa.audit import guards
from nawa.audit.models import AppendOnlyError, ChangeChunk, RecordedEvent
from tests.append_only import lift_guards
from tests.audit.tables import TABLES, execute, rows


@pytest.mark.django_db
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {table} SET id = id + 1000",
        "UPDATE {table} SET id = id WHERE id = (SELECT max(id) FROM {table})",
        "DELETE FROM {table}",
        "DELETE FROM {table} WHERE id = (SELECT max(id) FROM {table})",
        "INSERT INTO {table} SELECT * FROM {table} WHERE true ON CONFLICT (id) DO UPDATE SET id = EXCLUDED.id",
    ],
)
def test_the_database_refuses_to_change_or_remove_a_row(recorded: RecordedEvent, table: str, statement: str) -> None:
    before = rows(table)
    with pytest.raises(IntegrityError):
        execute(statement.format(table=table))
    assert rows(table) == before != []


@pytest.mark.django_db
def test_the_models_refuse_as_well(recorded: RecordedEvent) -> None:
    chunk = ChangeChunk.objects.get()
    for deed in (
        recorded.save,
        recorded.delete,
        chunk.save,
        chunk.delete,
        RecordedEvent.objects.all().delete,
        lambda: RecordedEvent.objects.update(event="x"),
        lambda: RecordedEvent.objects.bulk_update([recorded], ["event"]),
    ):
        with pytest.raises(AppendOnlyError):
            deed()


@pytest.mark.django_db
def test_a_row_made_anew_under_an_old_number_is_refused(recorded: RecordedEvent) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        RecordedEvent(pk=recorded.pk, event="x", subject_id="y", done_by="z", done_at=recorded.done_at).save()


@pytest.mark.django_db
def test_all_guards_stand_after_migrating_from_empty() -> None:
    assert guards.missing(connection) == []


@pytest.mark.django_db
def test_a_guard_that_was_taken_down_is_named_by_the_system_check() -> None:
    lift_guards()
    lost = guards.missing(connection)
    assert len(lost) == len(guards.tables()) * (3 if connection.vendor == "sqlite" else 1)
    out = io.StringIO()
    call_command("check", "--database", "default", stdout=out, stderr=out)
    assert all(f"pemicu {name} hilang" in out.getvalue() for name in lost)
    guards.ensure(connection)
    assert guards.missing(connection) == []


def test_another_kind_of_database_is_refused() -> None:
    class Other:
        vendor = "mysql"

    with pytest.raises(NotSupportedError):
        guards.missing(cast("BaseDatabaseWrapper", Other()))


@pytest.mark.django_db
def test_guards_that_do_not_hold_fail_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    def none_stands(_: BaseDatabaseWrapper) -> list[str]:
        return ["audit_recordedevent_no_update"]

    monkeypatch.setattr(guards, "missing", none_stands)
    with pytest.raises(RuntimeError, match="unguarded"):
        guards.ensure(connection)


@pytest.mark.django_db(transaction=True)
def test_guards_stand_again_after_a_migration_that_changes_the_tables(
    later_release: None, recorded: RecordedEvent
) -> None:
    call_command("migrate", "audit", verbosity=0)
    assert "form" in {column.name for column in connection.introspection.get_table_description(
        connection.cursor(), "audit_changechunk"
    )}  # fmt: skip
    assert guards.missing(connection) == []
    for table in TABLES:
        with pytest.raises(IntegrityError):
            execute(f"DELETE FROM {table}")
        assert rows(table)


@pytest.mark.django_db(transaction=True)
def test_a_flush_is_refused_while_the_guards_stand(recorded: RecordedEvent) -> None:
    with pytest.raises(CommandError, match="flushed"):
        call_command("flush", interactive=False, verbosity=0)
    assert rows("audit_recordedevent")


def test_every_append_only_table_of_any_app_is_guarded_by_all_its_keys() -> None:
    keys = {table.name: set(table.unique) for table in guards.tables()}
    assert keys["audit_changechunk"] == {("id",), ("event", "number")}
    assert keys["audit_recordedevent"] == {("id",), ("public_id",)}
    assert keys["talent_mappingresult"] == {("id",), ("run_id", "person_id")}
    assert keys["talent_mappinginput"] == {("id",), ("run_id", "table")}
