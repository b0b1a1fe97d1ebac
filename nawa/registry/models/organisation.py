"""Units, posts, what posts ask for, and what units need.

Fields are named as the columns of the workbook's tables (`nawa.workbook.sheets`); `of_sheet` turns the sheet's own
rules into database constraints.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from nawa.core.constraints import CODE, NAME, of_sheet
from nawa.core.models import Fact, in_order
from nawa.core.privacy import Privacy


class Unit(Fact):
    """An organisational unit; units form a tree."""

    code = models.CharField("kode", max_length=CODE)
    name = models.CharField("nama", max_length=NAME)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children", verbose_name="induk")
    kind = models.CharField("jenis", max_length=CODE, blank=True, default="")
    area = models.CharField("wilayah", max_length=NAME, blank=True, default="")
    valid_from = models.DateField("berlaku mulai", null=True, blank=True)
    valid_through = models.DateField("berlaku sampai", null=True, blank=True)
    successor_code = models.CharField("kode pengganti", max_length=CODE, blank=True, default="")

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        ("code", "name", "kind", "area", "valid_from", "valid_through", "successor_code"), Privacy.PUBLIC
    )

    class Meta:
        constraints = [
            *Fact.Meta.constraints,
            *of_sheet("unit", parent_code="parent"),
            models.CheckConstraint(
                name="registry_unit_not_its_own_parent",
                condition=~models.Q(parent=models.F("id")),
                violation_error_message="Unit tidak boleh menjadi induk dirinya sendiri.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Position(Fact):
    """A post (*jabatan*) of a unit, with one or more seats; an empty number of seats counts as one."""

    code = models.CharField("kode", max_length=CODE)
    name = models.CharField("nama", max_length=NAME)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="positions", verbose_name="unit")
    tier = models.CharField("jenjang", max_length=CODE)
    echelon = models.CharField("eselon", max_length=CODE, blank=True, default="")
    job_class = models.IntegerField("kelas", null=True, blank=True)
    family = models.CharField("rumpun", max_length=NAME, blank=True, default="")
    work_field = models.CharField("bidang tugas", max_length=NAME, blank=True, default="")
    seats = models.IntegerField("formasi", null=True, blank=True)
    critical = models.BooleanField("kritikal", null=True, blank=True)
    least_education = models.CharField("pendidikan minimal", max_length=CODE, blank=True, default="")
    fields_of_study = models.JSONField("bidang ilmu", default=list, blank=True)
    least_rank = models.CharField("pangkat minimal", max_length=CODE, blank=True, default="")
    retirement_age = models.IntegerField("batas usia pensiun", null=True, blank=True)
    valid_from = models.DateField("berlaku mulai", null=True, blank=True)
    valid_through = models.DateField("berlaku sampai", null=True, blank=True)
    successor_code = models.CharField("kode pengganti", max_length=CODE, blank=True, default="")

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        (
            *("code", "name", "tier", "echelon", "job_class", "family", "work_field", "seats", "critical"),
            *("least_education", "fields_of_study", "least_rank", "retirement_age"),
            *("valid_from", "valid_through", "successor_code"),
        ),
        Privacy.PUBLIC,
    )

    class Meta:
        constraints = [*Fact.Meta.constraints, *of_sheet("position", unit_code="unit")]
        indexes = [models.Index(fields=["tier"], name="registry_position_tier")]

    def __str__(self) -> str:
        return self.name


class PositionRequirement(Fact):
    """Something a post asks for beyond its tier, and whose word an appointment to it needs."""

    position = models.ForeignKey(Position, models.PROTECT, related_name="requirements", verbose_name="jabatan")
    requirement = models.CharField("syarat", max_length=NAME)
    value = models.TextField("nilai", blank=True, default="")
    legal_basis = models.TextField("dasar hukum", blank=True, default="")
    approving_party = models.CharField("pihak yang menyetujui", max_length=NAME, blank=True, default="")

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        ("requirement", "value", "legal_basis", "approving_party"), Privacy.PUBLIC
    )

    class Meta:
        constraints = [*Fact.Meta.constraints, *of_sheet("position_requirement", position_code="position")]

    def __str__(self) -> str:
        return self.requirement


class CompetencyStandard(Fact):
    """The level of a competency that a post asks for, or a whole tier: `position_code` is then `JENJANG:<tier>`.

    From when until when it holds, and the post whose standard took its place, no sheet says: a reorganisation does.
    """

    position_code = models.CharField("kode jabatan atau jenjang", max_length=CODE)
    competency = models.CharField("kompetensi", max_length=CODE)
    level = models.IntegerField("level")
    weight = models.DecimalField("bobot", max_digits=18, decimal_places=4, null=True, blank=True)
    valid_from = models.DateField("berlaku mulai", null=True, blank=True)
    valid_through = models.DateField("berlaku sampai", null=True, blank=True)
    successor_code = models.CharField("kode pengganti", max_length=CODE, blank=True, default="")

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        (
            *("position_code", "competency", "level", "weight"),
            *("valid_from", "valid_through", "successor_code"),
        ),
        Privacy.PUBLIC,
    )

    class Meta:
        constraints = [
            *Fact.Meta.constraints,
            *of_sheet("competency_standard"),
            in_order("valid_from", "valid_through", name="%(app_label)s_%(class)s_validity"),
        ]

    def __str__(self) -> str:
        return f"{self.position_code}: {self.competency}"


class CriticalPositionCriterion(Fact):
    """One criterion by which a post was weighed as critical, from 1 to 5."""

    position = models.ForeignKey(Position, models.PROTECT, related_name="criteria", verbose_name="jabatan")
    criterion = models.CharField("kriteria", max_length=NAME)
    value = models.IntegerField("nilai")
    reason = models.TextField("alasan", blank=True, default="")

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(("criterion", "value", "reason"), Privacy.PUBLIC)

    class Meta:
        constraints = [*Fact.Meta.constraints, *of_sheet("critical_position_criterion", position_code="position")]

    def __str__(self) -> str:
        return self.criterion


class FieldOfStudy(Fact):
    """The field of study that a major belongs to, and the fields that count as related to it."""

    major = models.CharField("jurusan", max_length=NAME)
    field = models.CharField("bidang ilmu", max_length=NAME)
    related_fields = models.JSONField("serumpun", default=list, blank=True)

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(("major", "field", "related_fields"), Privacy.PUBLIC)

    class Meta:
        constraints = [*Fact.Meta.constraints, *of_sheet("field_of_study")]

    def __str__(self) -> str:
        return self.major


class UnitNeed(Fact):
    """What a unit says it needs, perhaps in one of its posts. Secret to named people until it is decided."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="needs", verbose_name="unit")
    position = models.ForeignKey(Position, models.PROTECT, null=True, related_name="+", verbose_name="jabatan")
    description = models.TextField("uraian", blank=True, default="")
    priority = models.IntegerField("prioritas", null=True, blank=True)
    started_on = models.DateField("mulai", null=True, blank=True)
    reason = models.TextField("alasan", blank=True, default="")

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        ("description", "priority", "started_on", "reason"), Privacy.EMPLOYMENT
    )

    class Meta:
        constraints = [*Fact.Meta.constraints, *of_sheet("unit_need", unit_code="unit", position_code="position")]

    def __str__(self) -> str:
        return self.description


class PlannedVacancy(Fact):
    """A post that will be emptied by plan. Secret to named people until it is decided."""

    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="unit")
    position = models.ForeignKey(Position, models.PROTECT, related_name="planned_vacancies", verbose_name="jabatan")
    description = models.TextField("uraian", blank=True, default="")
    priority = models.IntegerField("prioritas", null=True, blank=True)
    started_on = models.DateField("mulai", null=True, blank=True)
    reason = models.TextField("alasan", blank=True, default="")

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        ("description", "priority", "started_on", "reason"), Privacy.EMPLOYMENT
    )

    class Meta:
        constraints = [
            *Fact.Meta.constraints,
            *of_sheet("planned_vacancy", unit_code="unit", position_code="position"),
        ]

    def __str__(self) -> str:
        return self.description
