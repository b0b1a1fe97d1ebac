"""Triggers that let rows of append-only tables be added and nothing else: no UPDATE, DELETE, REPLACE or TRUNCATE.

The tables are those of every model derived from `nawa.audit.models.AppendOnly`, in whatever app it stands. A model that
names a column as `sealed_by` is guarded row by row: a row in which that column is filled stays as it is.

They are set by `post_migrate`, not by a migration. A migration runs once, while SQLite changes a table by building it
anew and dropping the old one with its triggers, in any later migration; the signal follows every `migrate`, also an
empty one, and every flush of a test database. `ensure` then looks whether the guards really stand, and fails the
command if they do not. What remains possible: whoever owns the database can drop a trigger (`missing` tells) or the
table.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Protocol

from django.apps import apps
from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import NotSupportedError

MESSAGE: Final = "audit: rows may be added, never changed or removed"


@dataclass(frozen=True, slots=True)
class GuardedTable:
    """A table, the sets of columns that are unique in it, and the column that seals a row (empty: every row is)."""

    name: str
    unique: tuple[tuple[str, ...], ...]
    sealed_by: str = ""


def tables() -> list[GuardedTable]:
    """Return the tables of all append-only models and of those with sealed rows, by name."""
    marks = ("is_append_only", "sealed_by")
    guarded = (model for model in apps.get_models() if any(getattr(model, mark, None) for mark in marks))
    return sorted((_guarded(model) for model in guarded), key=lambda table: table.name)


def _guarded(model: type[models.Model]) -> GuardedTable:
    columns = {field.name: str(field.column) for field in model._meta.concrete_fields}
    alone = tuple((str(field.column),) for field in model._meta.concrete_fields if field.unique)
    constraints = [one for one in model._meta.constraints if isinstance(one, models.UniqueConstraint) and one.fields]
    whole = [constraint for constraint in constraints if constraint.condition is None]
    together = tuple(tuple(columns[name] for name in constraint.fields) for constraint in whole)
    return GuardedTable(model._meta.db_table, alone + together, columns.get(getattr(model, "sealed_by", ""), ""))


def ensure(connection: BaseDatabaseWrapper) -> None:
    """Put up the guards that do not stand.

    Raises:
        RuntimeError: a guard does not stand even so.
    """
    if not missing(connection):
        return
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for table in _present(connection):
            for statement in _BY_VENDOR[connection.vendor].statements(table):
                cursor.execute(statement)
    if lost := missing(connection):
        raise RuntimeError(f"append-only tables are unguarded: {', '.join(lost)}")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of guards that are absent, disabled or altered; a table that does not exist needs none.

    Raises:
        NotSupportedError: Nawa has no guards for this kind of database.
    """
    if connection.vendor not in _BY_VENDOR:
        raise NotSupportedError(f"no audit guards for {connection.vendor}")
    return [name for table in _present(connection) for name in _BY_VENDOR[connection.vendor].missing(connection, table)]


def _present(connection: BaseDatabaseWrapper) -> list[GuardedTable]:
    existing = set(connection.introspection.table_names())
    return [table for table in tables() if table.name in existing]


class _Guards(Protocol):
    """How one kind of database guards a table."""

    def statements(self, table: GuardedTable) -> Iterator[str]: ...

    def missing(self, connection: BaseDatabaseWrapper, table: GuardedTable) -> list[str]: ...


class _SQLite:
    """One trigger for each way to lose a row.

    REPLACE removes the old row without a delete trigger (unless the connection asks for recursive triggers), so it is
    caught before it inserts. A NEW.id that the statement does not give is -1 here and matches no row.
    """

    def statements(self, table: GuardedTable) -> Iterator[str]:
        for name, trigger in self._triggers(table).items():
            yield f'DROP TRIGGER IF EXISTS "{name}"'
            yield trigger

    def missing(self, connection: BaseDatabaseWrapper, table: GuardedTable) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table.name])
            standing = dict(cursor.fetchall())
        return [name for name, trigger in self._triggers(table).items() if standing.get(name) != trigger]

    def _triggers(self, table: GuardedTable) -> dict[str, str]:
        same = (" AND ".join(f'"{column}" = NEW."{column}"' for column in columns) for columns in table.unique)
        found = " OR ".join(f"({one})" for one in same)
        found = f'({found}) AND "{table.sealed_by}" IS NOT NULL' if table.sealed_by else found
        exists = f'WHEN EXISTS (SELECT 1 FROM "{table.name}" WHERE {found}) '  # noqa: S608
        sealed = f'WHEN OLD."{table.sealed_by}" IS NOT NULL ' if table.sealed_by else ""
        return {
            f"{table.name}_no_{deed}": f'CREATE TRIGGER "{table.name}_no_{deed}" BEFORE {event} ON "{table.name}" '
            f"{condition}BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            for deed, event, condition in (
                ("update", "UPDATE", sealed),
                ("delete", "DELETE", sealed),
                ("replace", "INSERT", exists),
            )
        }


class _PostgreSQL:
    """One trigger per table, for the whole statement: it also stops a statement that would hit no row.

    Where rows are sealed one by one it is a trigger for each row. TRUNCATE, which has no such trigger, is stopped by
    the append-only tables that refer to sealed rows.
    """

    _FUNCTION: Final = "nawa_audit_append_only"
    _BODY: Final = (
        f" BEGIN RAISE EXCEPTION USING MESSAGE = '{MESSAGE}', ERRCODE = 'integrity_constraint_violation'; END "
    )
    _BEFORE_UPDATE_DELETE_TRUNCATE: Final = 2 | 8 | 16 | 32  # bits of pg_trigger.tgtype
    _EACH_ROW_BEFORE_UPDATE_DELETE: Final = 1 | 2 | 8 | 16

    def statements(self, table: GuardedTable) -> Iterator[str]:
        name = self._name(table)
        yield f"CREATE OR REPLACE FUNCTION {self._FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $${self._BODY}$$"
        yield f"DROP TRIGGER IF EXISTS {name} ON {table.name}"
        on, each = ("UPDATE OR DELETE", "ROW") if table.sealed_by else ("UPDATE OR DELETE OR TRUNCATE", "STATEMENT")
        condition = f"WHEN ({self._sealed(table)}) " if table.sealed_by else ""
        yield (
            f"CREATE TRIGGER {name} BEFORE {on} ON {table.name} "
            f"FOR EACH {each} {condition}EXECUTE FUNCTION {self._FUNCTION}()"
        )
        # ALWAYS: also in a session that calls itself a replica, where ordinary triggers sleep.
        yield f"ALTER TABLE {table.name} ENABLE ALWAYS TRIGGER {name}"

    def missing(self, connection: BaseDatabaseWrapper, table: GuardedTable) -> list[str]:
        kind = self._EACH_ROW_BEFORE_UPDATE_DELETE if table.sealed_by else self._BEFORE_UPDATE_DELETE_TRUNCATE
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
                "WHERE t.tgrelid = to_regclass(%s) AND t.tgname = %s AND t.tgenabled = 'A' AND t.tgtype = %s "
                "AND p.proname = %s AND p.prosrc = %s",
                [table.name, self._name(table), kind, self._FUNCTION, self._BODY],
            )
            found = cursor.fetchone()
        return [] if found and self._is_whole(found[0], table) else [self._name(table)]

    def _is_whole(self, definition: str, table: GuardedTable) -> bool:
        return f"WHEN (({self._sealed(table)}))" in definition if table.sealed_by else "WHEN (" not in definition

    def _sealed(self, table: GuardedTable) -> str:
        return f"old.{table.sealed_by} IS NOT NULL"

    def _name(self, table: GuardedTable) -> str:
        return f"{table.name}_append_only"


_BY_VENDOR: Final[dict[str, _Guards]] = {"sqlite": _SQLite(), "postgresql": _PostgreSQL()}
