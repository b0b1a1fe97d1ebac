"""What was judged of people: ratings, feedback, assessments, tests. All are evaluations, and as private."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from nawa.core.constraints import CODE, NAME, of_sheet
from nawa.core.models import Fact
from nawa.core.privacy import Privacy
from nawa.registry.models import Person, Position


class PerformanceRating(Fact):
    """A rating of a year (empty period) or of a part of it."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="ratings", verbose_name="pegawai")
    year = models.IntegerField("tahun")
    period = models.CharField("periode", max_length=CODE, blank=True, default="")
    started_on = models.DateField("mulai", null=True, blank=True)
    ended_through = models.DateField("selesai", null=True, blank=True)
    results = models.CharField("hasil kerja", max_length=CODE, blank=True, default="")
    behaviour = models.CharField("perilaku kerja", max_length=CODE, blank=True, default="")
    rating = models.CharField("predikat", max_length=CODE, blank=True, default="")
    former_score = models.DecimalField("nilai lama", max_digits=18, decimal_places=4, null=True, blank=True)
    rater_nip = models.CharField("NIP penilai", max_length=18, blank=True, default="")
    unit_rating = models.CharField("predikat unit", max_length=CODE, blank=True, default="")

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(
            (
                *("year", "period", "started_on", "ended_through", "results", "behaviour"),
                *("rating", "former_score", "unit_rating"),
            ),
            Privacy.EVALUATION,
        ),
        "rater_nip": Privacy.IDENTITY,
    }

    class Meta:
        constraints = [*Fact.Meta.constraints, *of_sheet("performance_rating", nip="person")]

    def __str__(self) -> str:
        return f"{self.year} {self.period}"


class Feedback(Fact):
    """An answer of 360° feedback, or the mean of several; the giver is kept for superiors and oneself only."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="feedback", verbose_name="pegawai")
    period = models.CharField("periode", max_length=CODE)
    relation = models.CharField("hubungan", max_length=CODE, blank=True, default="")
    rater_nip = models.CharField("NIP pemberi", max_length=18, blank=True, default="")
    aspect = models.CharField("aspek", max_length=CODE, blank=True, default="")
    value = models.DecimalField("nilai", max_digits=18, decimal_places=4, null=True, blank=True)
    rating = models.CharField("predikat", max_length=CODE, blank=True, default="")
    rater_count = models.IntegerField("jumlah penilai", null=True, blank=True)

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(("period", "relation", "aspect", "value", "rating", "rater_count"), Privacy.EVALUATION),
        "rater_nip": Privacy.IDENTITY,
    }

    class Meta:
        constraints = [
            *Fact.Meta.constraints,
            *of_sheet("feedback", nip="person"),
            models.CheckConstraint(
                name="evidence_feedback_anonymous",
                condition=models.Q(rater_nip="") | models.Q(relation__in=["ATASAN", "DIRI"]),
                violation_error_message="Pemberi umpan balik selain atasan dan diri sendiri tidak boleh disimpan.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.relation}"


class CompetencyAssessment(Fact):
    """The level of one competency that an assessor, or the assessors together, found on a day."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="competencies", verbose_name="pegawai")
    assessed_on = models.DateField("tanggal")
    competency = models.CharField("kompetensi", max_length=CODE)
    level = models.DecimalField("level", max_digits=18, decimal_places=4)
    method = models.CharField("metode", max_length=CODE, blank=True, default="")
    assessor = models.CharField("asesor", max_length=NAME, blank=True, default="")
    kind = models.CharField("jenis", max_length=CODE, blank=True, default="")

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(("assessed_on", "competency", "level", "method", "kind"), Privacy.EVALUATION),
        "assessor": Privacy.IDENTITY,
    }

    class Meta:
        constraints = [*Fact.Meta.constraints, *of_sheet("competency_assessment", nip="person")]

    def __str__(self) -> str:
        return f"{self.competency} {self.assessed_on}"


class PotentialAssessment(Fact):
    """The value of one aspect of potential that an assessor, or the assessors together, found on a day."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="potentials", verbose_name="pegawai")
    assessed_on = models.DateField("tanggal")
    aspect = models.CharField("aspek", max_length=CODE)
    value = models.DecimalField("nilai", max_digits=18, decimal_places=4)
    method = models.CharField("metode", max_length=CODE, blank=True, default="")
    assessor = models.CharField("asesor", max_length=NAME, blank=True, default="")
    kind = models.CharField("jenis", max_length=CODE, blank=True, default="")

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(("assessed_on", "aspect", "value", "method", "kind"), Privacy.EVALUATION),
        "assessor": Privacy.IDENTITY,
    }

    class Meta:
        constraints = [*Fact.Meta.constraints, *of_sheet("potential_assessment", nip="person")]

    def __str__(self) -> str:
        return f"{self.aspect} {self.assessed_on}"


class AssessmentResult(Fact):
    """An assessment report that came as totals."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="assessment_results", verbose_name="pegawai")
    assessed_on = models.DateField("tanggal")
    provider = models.CharField("lembaga", max_length=NAME, blank=True, default="")
    method = models.CharField("metode", max_length=CODE, blank=True, default="")
    job_person_match = models.DecimalField("JPM", max_digits=18, decimal_places=4, null=True, blank=True)
    category = models.CharField("kategori", max_length=NAME, blank=True, default="")
    potential_score = models.DecimalField("nilai potensi", max_digits=18, decimal_places=4, null=True, blank=True)
    standard = models.CharField("standar", max_length=NAME, blank=True, default="")
    valid_through = models.DateField("berlaku sampai", null=True, blank=True)
    number = models.CharField("nomor", max_length=NAME, blank=True, default="")

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        (
            *("assessed_on", "provider", "method", "job_person_match", "category", "potential_score"),
            *("standard", "valid_through", "number"),
        ),
        Privacy.EVALUATION,
    )

    class Meta:
        constraints = [*Fact.Meta.constraints, *of_sheet("assessment_result", nip="person")]

    def __str__(self) -> str:
        return f"{self.assessed_on} {self.number}"


class TechnicalScore(Fact):
    """A score of technical competence, against a post or a family of posts."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="technical_scores", verbose_name="pegawai")
    position = models.ForeignKey(Position, models.PROTECT, null=True, related_name="+", verbose_name="jabatan")
    family = models.CharField("rumpun", max_length=NAME, blank=True, default="")
    assessed_on = models.DateField("tanggal")
    score = models.DecimalField("nilai", max_digits=18, decimal_places=4)
    method = models.CharField("metode", max_length=NAME, blank=True, default="")
    examiner = models.CharField("penguji", max_length=NAME, blank=True, default="")

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(("family", "assessed_on", "score", "method"), Privacy.EVALUATION),
        "examiner": Privacy.IDENTITY,
    }

    class Meta:
        constraints = [
            *Fact.Meta.constraints,
            *of_sheet("technical_score", nip="person", position_code="position"),
        ]

    def __str__(self) -> str:
        return f"{self.family} {self.assessed_on}"


class CompetencyTest(Fact):
    """A *uji kompetensi* taken, and its result."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="competency_tests", verbose_name="pegawai")
    tested_on = models.DateField("tanggal")
    tier = models.CharField("jenjang", max_length=CODE, blank=True, default="")
    result = models.CharField("hasil", max_length=NAME, blank=True, default="")
    number = models.CharField("nomor", max_length=NAME, blank=True, default="")
    valid_through = models.DateField("berlaku sampai", null=True, blank=True)

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        ("tested_on", "tier", "result", "number", "valid_through"), Privacy.EVALUATION
    )

    class Meta:
        constraints = [*Fact.Meta.constraints, *of_sheet("competency_test", nip="person")]

    def __str__(self) -> str:
        return f"{self.tested_on} {self.number}"
