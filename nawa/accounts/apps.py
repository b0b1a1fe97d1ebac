"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts, grants and delegations."""

    name = "nawa.accounts"
    label = "accounts"
    verbose_name = "Akun"
