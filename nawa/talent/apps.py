"""The talent app."""

from django.apps import AppConfig


class TalentConfig(AppConfig):
    """Mapping runs and their results."""

    name = "nawa.talent"
    label = "talent"
    verbose_name = "Talenta"
