"""Codes of the accounts app."""

from __future__ import annotations

from django.db import models


class DelegationKind(models.TextChoices):
    """Why somebody uses another's role."""

    PLT = "PLT", "Pelaksana tugas"
    PLH = "PLH", "Pelaksana harian"
    PJ = "PJ", "Penjabat"
    LEAVE = "CUTI", "Selama cuti"
