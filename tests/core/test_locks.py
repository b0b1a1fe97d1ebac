import pytest
from django.db import OperationalError, connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.transaction import TransactionManagementError

from nawa.core import locks


@pytest.mark.django_db(transaction=True)
def test_a_lock_is_held_to_the_end_of_a_transaction() -> None:
    with pytest.raises(TransactionManagementError):
        locks.hold(locks.RECORDS)


@pytest.mark.django_db(transaction=True)
def test_nobody_else_gets_it_meanwhile() -> None:
    other = connection.copy()
    try:
        with transaction.atomic():
            locks.hold(locks.RECORDS)
            assert not free(other)
        assert free(other)
    finally:
        other.close()


def free(other: BaseDatabaseWrapper) -> bool:
    """Whether another connection could write the records now."""
    with other.cursor() as cursor:
        if other.vendor == "sqlite":
            cursor.execute("PRAGMA busy_timeout = 1")
            try:
                cursor.execute("BEGIN IMMEDIATE")
            except OperationalError:
                return False
            cursor.execute("ROLLBACK")
            return True
        here = "database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        cursor.execute(f"SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND {here}")
        return bool(cursor.fetchone()[0] == 0)
