"""Codes of the accounts app."""

from __future__ import annotations

from django.db import models


class DelegationKind(models.TextChoices):
    """Why somebody uses another's role."""

    PLT = "PLT", "Pelaksana tugas"
    PLH = "PLH", "Pelaksana harian"
    PJ = "PJ", "Penjabat"
    LEAVE = "CUTI", "Selama cuti"


class Tie(models.TextChoices):
    """Why two accounts are not two people who decide apart from one another."""

    ACCOUNT = "AKUN", "Akun yang sama"
    PERSON = "ORANG", "Pegawai yang sama"
    NAME = "NAMA", "Nama atau alamat email yang sama"
    DELEGATION = "DELEGASI", "Yang satu memakai peran yang lain"
    GRANT = "PEMBERIAN", "Yang satu memberi peran kepada yang lain"
