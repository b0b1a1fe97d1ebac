"""Accounts, what they were granted, and who stands in for whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from nawa.accounts.enums import ACTING, DelegationKind
from nawa.accounts.roles import ROLES, Role
from nawa.core.constraints import CODE, NAME
from nawa.core.models import Identified
from nawa.core.privacy import Privacy
from nawa.registry.models import Person, Unit


class UserManager(BaseUserManager["User"]):
    """Finds accounts by their log-in name."""


class User(Identified, AbstractBaseUser):
    """An account: of an employee (log-in name: the NIP), or of somebody without NIP such as an academic.

    `activation` is what is kept of a one-time code from a slip (`nawa.core.codes`), valid through `activation_through`;
    it gives way to a password. A demo account exists in demo mode only.
    """

    username = models.CharField("nama masuk", max_length=80, unique=True)
    person = models.OneToOneField(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="pegawai"
    )
    name = models.CharField("nama", max_length=NAME, blank=True, default="")  # of somebody without a person
    email = models.CharField("email", max_length=NAME, blank=True, default="")
    is_active = models.BooleanField("aktif", default=True)
    is_demo = models.BooleanField("akun peraga", default=False)
    activation = models.CharField("kode aktivasi (hash)", max_length=128, blank=True, default="")
    activation_through = models.DateField("kode berlaku sampai", null=True, blank=True)
    language = models.CharField("bahasa", max_length=5, blank=True, default="")
    last_login = None  # the audit trail tells when somebody entered

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(("username", "name", "email"), Privacy.IDENTITY),
        **dict.fromkeys(("is_active", "is_demo", "activation_through", "language"), Privacy.OPAQUE),
        **dict.fromkeys(("password", "activation"), Privacy.SPECIFIC),
    }

    class Meta:
        verbose_name = "akun"
        verbose_name_plural = "akun"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="accounts_user_somebody",
                condition=Q(person__isnull=False) | ~Q(name=""),
                violation_error_message="Akun milik seorang pegawai atau menyebut nama pemiliknya.",
            ),
            models.CheckConstraint(
                name="accounts_user_activation",
                condition=Q(activation="", activation_through__isnull=True)
                | (~Q(activation="") & Q(activation_through__isnull=False)),
                violation_error_message="Kode aktivasi dan hari terakhirnya diisi bersama.",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def full_name(self) -> str:
        """The name of whoever holds the account."""
        return self.person.name if self.person else self.name


class Grant(Identified):
    """A role given to an account from a day on, over a unit and all below it or (without unit) everything.

    `acting_as`: given for a time to whoever stands in for a post that nobody holds. Where somebody holds it, they lend
    their own grant (`Delegation`).
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="grants", verbose_name="akun")
    role = models.CharField("peran", max_length=CODE, choices=[(role.value, ROLES[role].indonesian) for role in Role])
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="unit")
    started_on = models.DateField("mulai")
    ended_before = models.DateField("berakhir sebelum", null=True, blank=True)
    acting_as = models.CharField(
        "sebagai", max_length=CODE, blank=True, default="", choices=[(kind.value, kind.label) for kind in ACTING]
    )
    basis = models.CharField("dasar (nomor surat)", max_length=NAME, blank=True, default="")
    granted_by = models.CharField("diberikan oleh", max_length=80)
    granted_at = models.DateTimeField("diberikan pada")

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        ("role", "started_on", "ended_before", "acting_as", "basis", "granted_by", "granted_at"), Privacy.OPAQUE
    )

    class Meta:
        verbose_name = "pemberian peran"
        verbose_name_plural = "pemberian peran"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="accounts_grant_dates",
                condition=Q(ended_before__isnull=True) | Q(ended_before__gte=models.F("started_on")),
                violation_error_message="Peran tidak dapat berakhir sebelum dimulai.",
            ),
            models.CheckConstraint(
                name="accounts_grant_unit",
                condition=Q(unit__isnull=False) | ~Q(role__in=[r.value for r, form in ROLES.items() if form.of_unit]),
                violation_error_message="Peran ini selalu untuk sebuah unit.",
            ),
            models.CheckConstraint(
                name="accounts_grant_acting",
                condition=Q(acting_as="") | (Q(ended_before__isnull=False) & ~Q(basis="")),
                violation_error_message="Peran sebagai Plt, Plh, atau Pj menyebut hari terakhir dan nomor surat.",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["user", "started_on"], name="accounts_grant_user")]

    def __str__(self) -> str:
        return f"{self.role} {self.public_id}"


class Delegation(Identified):
    """A grant used by another account for a time: as Plt, Pj, or during leave."""

    grant = models.ForeignKey(Grant, models.PROTECT, related_name="delegations", verbose_name="peran")
    to = models.ForeignKey(User, models.PROTECT, related_name="delegations", verbose_name="kepada")
    kind = models.CharField("jenis", max_length=CODE, choices=DelegationKind.choices)
    started_on = models.DateField("mulai")
    ended_before = models.DateField("berakhir sebelum")
    basis = models.CharField("nomor surat", max_length=NAME)
    delegated_by = models.CharField("didelegasikan oleh", max_length=80)
    delegated_at = models.DateTimeField("didelegasikan pada")

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        ("kind", "started_on", "ended_before", "basis", "delegated_by", "delegated_at"), Privacy.OPAQUE
    )

    class Meta:
        verbose_name = "delegasi"
        verbose_name_plural = "delegasi"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="accounts_delegation_dates",
                condition=Q(ended_before__gte=models.F("started_on")),  # equal: it was ended before it began
                violation_error_message="Delegasi tidak dapat berakhir sebelum dimulai.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"
