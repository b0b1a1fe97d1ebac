"""Codes of the accounts app."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class DelegationKind(models.TextChoices):
    """Why somebody uses another's role, or the role of a post that nobody holds."""

    PLT = "PLT", _("Pelaksana tugas")
    PLH = "PLH", _("Pelaksana harian")
    PJ = "PJ", _("Penjabat")
    LEAVE = "CUTI", _("Selama cuti")


ACTING: tuple[DelegationKind, ...] = (DelegationKind.PLT, DelegationKind.PLH, DelegationKind.PJ)
"""Kinds in which a role may be given for a time where nobody holds the post; leave always has somebody who is away."""


class AccountState(models.TextChoices):
    """Whether an account can be entered, and if not, why."""

    WAITING = "BELUM_DIAKTIFKAN", _("Belum diaktifkan")
    ACTIVE = "AKTIF", _("Aktif")
    CLOSED = "DITUTUP", _("Ditutup")
    LEFT = "PEGAWAI_KELUAR", _("Pegawai sudah keluar")


class Tie(models.TextChoices):
    """Why two accounts are not two people who decide apart from one another."""

    ACCOUNT = "AKUN", "Akun yang sama"
    PERSON = "ORANG", "Pegawai yang sama"
    NAME = "NAMA", "Nama atau alamat email yang sama"
    DELEGATION = "DELEGASI", "Yang satu memakai peran yang lain"
    GRANT = "PEMBERIAN", "Yang satu memberi peran kepada yang lain"
