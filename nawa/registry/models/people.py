"""People and their careers. Nobody is named here by anything but the NIP; addresses and events use `public_id`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from nawa.core.constraints import CODE, NAME, of_sheet
from nawa.core.models import Fact, Identified
from nawa.core.privacy import Privacy
from nawa.registry.models.organisation import Position, Unit

NIP_DIGITS = 18


class Person(Identified, Fact):
    """Somebody employed by the institution. `public_id` is derived from the NIP under this installation's secret."""

    nip = models.CharField("NIP", max_length=NIP_DIGITS)
    name = models.CharField("nama", max_length=NAME)
    front_title = models.CharField("gelar depan", max_length=NAME, blank=True, default="")
    back_title = models.CharField("gelar belakang", max_length=NAME, blank=True, default="")
    staff_kind = models.CharField("jenis pegawai", max_length=CODE, blank=True, default="")
    sex = models.CharField("jenis kelamin", max_length=CODE, blank=True, default="")
    born_on = models.DateField("tanggal lahir", null=True, blank=True)
    rank = models.CharField("golongan", max_length=CODE, blank=True, default="")
    rank_since = models.DateField("TMT golongan", null=True, blank=True)
    candidate_since = models.DateField("TMT CPNS", null=True, blank=True)
    permanent_since = models.DateField("TMT PNS", null=True, blank=True)
    position = models.ForeignKey(
        Position, models.PROTECT, null=True, related_name="holders", verbose_name="jabatan definitif"
    )
    position_name = models.CharField("nama jabatan", max_length=NAME, blank=True, default="")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="people", verbose_name="unit")
    position_since = models.DateField("TMT jabatan", null=True, blank=True)
    inaugurated_on = models.DateField("tanggal pelantikan", null=True, blank=True)
    retires_on = models.DateField("TMT pensiun", null=True, blank=True)
    legal_status = models.CharField("kedudukan hukum", max_length=CODE, blank=True, default="")
    inactive_since = models.DateField("tidak aktif sejak", null=True, blank=True)
    home_district = models.CharField("kecamatan domisili", max_length=NAME, blank=True, default="")
    disability = models.BooleanField("disabilitas", null=True, blank=True)
    email = models.CharField("email", max_length=NAME, blank=True, default="")
    phone = models.CharField("telepon", max_length=NAME, blank=True, default="")
    # The superior may work elsewhere or be absent from the file: a text, not a reference.
    superior_nip = models.CharField("NIP atasan", max_length=NIP_DIGITS, blank=True, default="")
    verified_none = models.JSONField("nihil terverifikasi", default=list, blank=True)

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(
            ("nip", "name", "front_title", "back_title", "home_district", "email", "phone", "superior_nip"),
            Privacy.IDENTITY,
        ),
        **dict.fromkeys(
            (
                *("staff_kind", "sex", "born_on", "rank", "rank_since", "candidate_since", "permanent_since"),
                *("position_name", "position_since", "inaugurated_on", "retires_on", "inactive_since"),
            ),
            Privacy.EMPLOYMENT,
        ),
        **dict.fromkeys(("disability", "legal_status", "verified_none"), Privacy.SPECIFIC),
    }

    class Meta:
        constraints = [
            *Fact.Meta.constraints,
            *of_sheet("person", position_code="position", unit_code="unit"),
            models.CheckConstraint(
                name="registry_person_nip_digits",
                condition=models.Q(Exact(Length("nip"), NIP_DIGITS)),
                violation_error_message="NIP terdiri atas 18 angka.",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class ActingAssignment(Fact):
    """A duty beside the definitive post: Plt, Plh, Pj or an additional task."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="acting_assignments", verbose_name="pegawai")
    position = models.ForeignKey(Position, models.PROTECT, related_name="acting_holders", verbose_name="jabatan")
    kind = models.CharField("jenis", max_length=CODE)
    started_on = models.DateField("mulai")
    ended_through = models.DateField("selesai", null=True, blank=True)
    letter_number = models.CharField("nomor surat perintah", max_length=NAME, blank=True, default="")
    letter_dated_on = models.DateField("tanggal surat perintah", null=True, blank=True)

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        ("kind", "started_on", "ended_through", "letter_number", "letter_dated_on"), Privacy.EMPLOYMENT
    )

    class Meta:
        constraints = [
            *Fact.Meta.constraints,
            *of_sheet("acting_assignment", nip="person", position_code="position"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.started_on}"


class Education(Fact):
    """A degree or certificate of formal education."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="educations", verbose_name="pegawai")
    level = models.CharField("tingkat", max_length=CODE)
    major = models.CharField("jurusan", max_length=NAME, blank=True, default="")
    field = models.CharField("bidang ilmu", max_length=NAME, blank=True, default="")
    institution = models.CharField("institusi", max_length=NAME, blank=True, default="")
    graduated_in = models.IntegerField("tahun lulus", null=True, blank=True)

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        ("level", "major", "field", "institution", "graduated_in"), Privacy.EMPLOYMENT
    )

    class Meta:
        constraints = [*Fact.Meta.constraints, *of_sheet("education", nip="person")]

    def __str__(self) -> str:
        return f"{self.level} {self.major}"


class CareerEntry(Fact):
    """A post once held, as the history tells it; it may lie in another institution, so its codes are texts."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="career", verbose_name="pegawai")
    title = models.CharField("jabatan", max_length=NAME)
    position_code = models.CharField("kode jabatan", max_length=CODE, blank=True, default="")
    tier = models.CharField("jenjang", max_length=CODE, blank=True, default="")
    echelon = models.CharField("eselon", max_length=CODE, blank=True, default="")
    unit = models.CharField("unit", max_length=NAME, blank=True, default="")
    work_field = models.CharField("bidang tugas", max_length=NAME, blank=True, default="")
    institution = models.CharField("instansi", max_length=NAME, blank=True, default="")
    started_on = models.DateField("mulai")
    ended_through = models.DateField("selesai", null=True, blank=True)
    inaugurated_on = models.DateField("tanggal pelantikan", null=True, blank=True)
    assignment = models.CharField("penugasan", max_length=CODE, blank=True, default="")
    decree_number = models.CharField("nomor SK", max_length=NAME, blank=True, default="")

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        (
            *("title", "position_code", "tier", "echelon", "unit", "work_field", "institution"),
            *("started_on", "ended_through", "inaugurated_on", "assignment", "decree_number"),
        ),
        Privacy.EMPLOYMENT,
    )

    class Meta:
        constraints = [*Fact.Meta.constraints, *of_sheet("career_entry", nip="person")]

    def __str__(self) -> str:
        return self.title


class RankEntry(Fact):
    """A rank once reached, and since when."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="ranks", verbose_name="pegawai")
    rank = models.CharField("golongan", max_length=CODE)
    since = models.DateField("TMT")

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(("rank", "since"), Privacy.EMPLOYMENT)

    class Meta:
        constraints = [*Fact.Meta.constraints, *of_sheet("rank_entry", nip="person")]

    def __str__(self) -> str:
        return self.rank


class Relative(Fact):
    """A declared kinship between two employees. Rules may read it, pages never do."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="relatives", verbose_name="pegawai")
    relative = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="kerabat")
    kinship = models.CharField("hubungan", max_length=CODE, blank=True, default="")

    privacy: ClassVar[Mapping[str, Privacy]] = {"kinship": Privacy.SPECIFIC}

    class Meta:
        constraints = [
            *Fact.Meta.constraints,
            *of_sheet("relative", nip="person", relative_nip="relative"),
            models.CheckConstraint(
                name="registry_relative_somebody_else",
                condition=~models.Q(person=models.F("relative")),
                violation_error_message="Pegawai tidak dapat menjadi kerabat dirinya sendiri.",
            ),
        ]

    def __str__(self) -> str:
        return self.kinship
