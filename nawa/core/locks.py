"""Deeds that must not run beside one another."""

from __future__ import annotations

import hashlib
from typing import Final

from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

RECORDS: Final = "records"
"""Held by whoever writes the institution's records in bulk, or reads all of them as one state."""


def hold(name: str) -> None:
    """Wait until nobody else holds the lock of this name, and hold it to the end of the running transaction.

    On SQLite every transaction of Nawa begins by taking the only write lock (`transaction_mode: IMMEDIATE`), which is
    as much.

    Raises:
        TransactionManagementError: no transaction is open.
    """
    if not transaction.get_connection().in_atomic_block:
        raise TransactionManagementError("a lock is held to the end of a transaction")
    if connection.vendor == "postgresql":
        number = int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), signed=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
