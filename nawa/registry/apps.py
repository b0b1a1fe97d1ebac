"""The registry app."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Units, posts and people."""

    name = "nawa.registry"
    label = "registry"
    verbose_name = "Unit, jabatan, dan pegawai"
