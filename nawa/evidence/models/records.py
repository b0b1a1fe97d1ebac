"""What people did, learned and were held to; what registers are complete; how services fare."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from nawa.core.constraints import CODE, NAME, of_sheet
from nawa.core.models import Fact
from nawa.core.privacy import Privacy
from nawa.registry.models import Person, Unit


class Award(Fact):
    """An award, by the level of its giver."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="awards", verbose_name="pegawai")
    level = models.CharField("tingkat", max_length=CODE)
    awarded_on = models.DateField("tanggal")
    name = models.CharField("nama", max_length=NAME, blank=True, default="")
    decree_number = models.CharField("nomor SK", max_length=NAME, blank=True, default="")

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        ("level", "awarded_on", "name", "decree_number"), Privacy.EMPLOYMENT
    )

    class Meta:
        constraints = [*Fact.Meta.constraints, *of_sheet("award", nip="person")]

    def __str__(self) -> str:
        return self.name


class TeamRole(Fact):
    """A role in a team beside the ordinary duties."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="team_roles", verbose_name="pegawai")
    role = models.CharField("peran", max_length=CODE)
    scope = models.CharField("lingkup", max_length=CODE)
    started_on = models.DateField("mulai")
    ended_through = models.DateField("selesai", null=True, blank=True)
    name = models.CharField("nama", max_length=NAME, blank=True, default="")
    decree_number = models.CharField("nomor SK", max_length=NAME, blank=True, default="")

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        ("role", "scope", "started_on", "ended_through", "name", "decree_number"), Privacy.EMPLOYMENT
    )

    class Meta:
        constraints = [*Fact.Meta.constraints, *of_sheet("team_role", nip="person")]

    def __str__(self) -> str:
        return self.name


class Training(Fact):
    """A training completed, or a professional certificate gained."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="trainings", verbose_name="pegawai")
    name = models.CharField("nama", max_length=NAME)
    kind = models.CharField("jenis", max_length=CODE, blank=True, default="")
    hours = models.IntegerField("jam pelajaran", null=True, blank=True)
    completed_on = models.DateField("tanggal")
    valid_through = models.DateField("berlaku sampai", null=True, blank=True)

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        ("name", "kind", "hours", "completed_on", "valid_through"), Privacy.EMPLOYMENT
    )

    class Meta:
        constraints = [*Fact.Meta.constraints, *of_sheet("training", nip="person")]

    def __str__(self) -> str:
        return self.name


class Discipline(Fact):
    """A disciplinary sanction, or a case that may lead to one."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="disciplines", verbose_name="pegawai")
    level = models.CharField("tingkat", max_length=CODE)
    started_on = models.DateField("mulai")
    ended_through = models.DateField("selesai", null=True, blank=True)
    decided_on = models.DateField("tanggal SK", null=True, blank=True)
    decree_number = models.CharField("nomor SK", max_length=NAME, blank=True, default="")
    kind = models.CharField("jenis", max_length=NAME, blank=True, default="")
    state = models.CharField("status", max_length=CODE, blank=True, default="")

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        ("level", "started_on", "ended_through", "decided_on", "decree_number", "kind", "state"), Privacy.SPECIFIC
    )

    class Meta:
        constraints = [*Fact.Meta.constraints, *of_sheet("discipline", nip="person")]

    def __str__(self) -> str:
        return f"{self.level} {self.started_on}"


class RequirementStatement(Fact):
    """A statement that a requirement is met (health, LHKPN, no findings, integrity pact); never its medical content."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="statements", verbose_name="pegawai")
    kind = models.CharField("jenis", max_length=CODE)
    number = models.CharField("nomor", max_length=NAME, blank=True, default="")
    issued_on = models.DateField("tanggal")
    valid_through = models.DateField("berlaku sampai", null=True, blank=True)
    result = models.CharField("hasil", max_length=NAME, blank=True, default="")

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        ("kind", "number", "issued_on", "valid_through", "result"), Privacy.SPECIFIC
    )

    class Meta:
        constraints = [*Fact.Meta.constraints, *of_sheet("requirement_statement", nip="person")]

    def __str__(self) -> str:
        return f"{self.kind} {self.issued_on}"


class RegisterCoverage(Fact):
    """A unit's letter that a register is complete for it and all below it: no row then means none."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="coverage", verbose_name="unit")
    register = models.CharField("register", max_length=CODE)
    complete_on = models.DateField("lengkap per")
    letter_number = models.CharField("nomor surat", max_length=NAME, blank=True, default="")

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        ("register", "complete_on", "letter_number"), Privacy.PUBLIC
    )

    class Meta:
        constraints = [*Fact.Meta.constraints, *of_sheet("register_coverage", unit_code="unit")]

    def __str__(self) -> str:
        return f"{self.register} {self.complete_on}"


class ServiceIndicator(Fact):
    """A unit's service indicator in a month or a year. `origin` is the sheet's *sumber*: who measured it."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="service_indicators", verbose_name="unit")
    indicator = models.CharField("indikator", max_length=NAME)
    period = models.CharField("periode", max_length=CODE)
    value = models.DecimalField("nilai", max_digits=18, decimal_places=4)
    measure = models.CharField("satuan", max_length=NAME, blank=True, default="")
    direction = models.CharField("arah", max_length=CODE, blank=True, default="")
    origin = models.CharField("sumber", max_length=NAME, blank=True, default="")

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        ("indicator", "period", "value", "measure", "direction", "origin"), Privacy.PUBLIC
    )

    class Meta:
        constraints = [*Fact.Meta.constraints, *of_sheet("service_indicator", unit_code="unit")]

    def __str__(self) -> str:
        return f"{self.indicator} {self.period}"
