"""The core app holds abstract models only."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Abstract models and shared mechanisms; no table of its own."""

    name = "nawa.core"
    label = "core"
    verbose_name = "Inti"
