"""The audit app; it sees to it that its tables are guarded whenever the database has been migrated."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Tags, Warning, register  # noqa: A004 - Django's own name
from django.db import connections
from django.db.models.signals import post_migrate  # noqa: TID251 - no deed hangs on it; see guards.py

from nawa.audit import guards


class AuditConfig(AppConfig):
    """Append-only events and the row changes behind bulk deeds."""

    name = "nawa.audit"
    label = "audit"
    verbose_name = "Jejak audit"

    def ready(self) -> None:
        post_migrate.connect(_guard, sender=self, dispatch_uid="nawa.audit.guards")
        register(_unguarded, Tags.database)


def _guard(using: str, **_: Any) -> None:
    guards.ensure(connections[using])


def _unguarded(*, databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    # A warning, for as an error it would stop the very `migrate` that mends it.
    return [
        Warning(
            f"Tabel yang hanya boleh ditambah tidak terlindung: pemicu {name} hilang atau berubah.",
            hint="Jalankan `python manage.py migrate`, lalu periksa siapa yang menghapusnya.",
            id="audit.W001",
        )
        for alias in databases or []
        for name in guards.missing(connections[alias])
    ]
