"""The evidence app."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Evidence of work and ability."""

    name = "nawa.evidence"
    label = "evidence"
    verbose_name = "Bukti"
