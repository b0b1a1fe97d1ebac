"""The accounts app."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core import checks
from django.db import connection


class AccountsConfig(AppConfig):
    """Accounts, grants and delegations."""

    name = "nawa.accounts"
    label = "accounts"
    verbose_name = "Akun"

    def ready(self) -> None:
        """Let `manage.py check --database default` look for accounts that must not be there."""
        checks.register(demo_accounts_outside_demo_mode, checks.Tags.database)


def demo_accounts_outside_demo_mode(*, databases: Sequence[str] | None = None, **_: Any) -> list[checks.CheckMessage]:
    """Report demo accounts, which are entered without a password, wherever demo mode is off."""
    users = apps.get_model("accounts", "User")
    if settings.DEMO or not databases or users._meta.db_table not in connection.introspection.table_names():
        return []  # a database that `migrate` has yet to bring here holds no accounts
    if not users.objects.filter(is_demo=True).exists():
        return []
    remedy = "Kosongkan basis data, atau jalankan sebagai peragaan (NAWA_DEMO=1, hanya di komputer ini)."
    return [checks.Error("Basis data berisi akun peraga, tetapi mode peraga mati.", hint=remedy, id="nawa.E002")]
