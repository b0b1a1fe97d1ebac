"""The audit tables as somebody with the database's own tools sees them."""

from django.db import connection, transaction

from nawa.audit import guards

TABLES = [table.name for table in guards.TABLES]


def execute(statement: str) -> None:
    """Run a statement behind the application's back."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def rows(table: str) -> list[tuple[object, ...]]:
    """Every row of a table as the database holds it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY id")
        return list(cursor.fetchall())
