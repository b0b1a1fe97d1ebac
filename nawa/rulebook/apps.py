"""The rulebook app."""

from django.apps import AppConfig


class RulebookConfig(AppConfig):
    """Versions of policies."""

    name = "nawa.rulebook"
    label = "rulebook"
    verbose_name = "Kebijakan"
