"""The exchange app."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Imports and exports."""

    name = "nawa.exchange"
    label = "exchange"
    verbose_name = "Impor dan ekspor"
