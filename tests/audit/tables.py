"""The audit tables as somebody with the database's own tools sees them."""

from django.db import connection, transaction

from nawa.audit import guards

GUARDED = [table for table in guards.tables() if table.name.startswith("audit_")]
TABLES = [table.name for table in GUARDED]


def execute(statement: str) -> None:
    """Run a statement behind the application's back."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def rows(table: str) -> list[tuple[object, ...]]:
    """Every row of a table as the database holds it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY id")
        return list(cursor.fetchall())
