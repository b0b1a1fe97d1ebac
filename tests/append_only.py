"""Lets a test database be emptied: the append-only guards stand in the way of a flush, as they should.

After each test that commits, Django empties all tables and then sends `post_migrate`, which puts the guards up again.
"""

from django.db import connection

from nawa.audit import guards


def lift_guards() -> None:
    """Take the guards of all append-only tables down."""
    with connection.cursor() as cursor:
        for table in guards.tables():
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER IF EXISTS {table.name}_append_only ON {table.name}")
            else:
                for deed in ("update", "delete", "replace"):
                    cursor.execute(f'DROP TRIGGER IF EXISTS "{table.name}_no_{deed}"')
