"""What employees submit about themselves, and the scans that prove it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from nawa.core.constraints import CODE, NAME
from nawa.core.models import Identified
from nawa.core.privacy import Privacy
from nawa.evidence.enums import Cause, Kind, State, Verdict
from nawa.registry.models import Person


class Submission(Identified):
    """A fact that an employee submits, and what became of it.

    `content` holds the columns of the workbook's sheet (`nawa.workbook.entry.plain`). `edition` counts the changes, so
    that of two who act on what they saw the second is told. `replaces` is the opaque id of an older row (`award-12`)
    that this one is to take the place of. Once accepted, `fact` is the row that was written, and `before` what it said
    until then. `decided_by` has moved it last, unless it was submitted; `note` says more than the `cause`.
    `is_drawn` tells of an accepted one whether the analyst is to look at it.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="submissions", verbose_name="pegawai")
    kind = models.CharField("jenis", max_length=CODE, choices=Kind.choices)
    content = models.JSONField("isi", default=dict)
    state = models.CharField("keadaan", max_length=CODE, choices=State.choices, default=State.SUBMITTED)
    edition = models.PositiveIntegerField("perubahan ke", default=1)
    replaces = models.CharField("menggantikan", max_length=CODE, blank=True, default="")
    submitted_by = models.CharField("diajukan oleh", max_length=80)
    submitted_at = models.DateTimeField("diajukan pada")
    verify_through = models.DateField("diverifikasi paling lambat")
    answer_through = models.DateField("dijawab paling lambat", null=True)
    decided_by = models.CharField("diputuskan oleh", max_length=80, blank=True, default="")
    decided_at = models.DateTimeField("diputuskan pada", null=True)
    cause = models.CharField("alasan", max_length=CODE, choices=Cause.choices, blank=True, default="")
    note = models.CharField("catatan", max_length=NAME, blank=True, default="")
    fact = models.CharField("data yang ditulis", max_length=CODE, blank=True, default="")
    before = models.JSONField("isi sebelumnya", null=True)
    is_drawn = models.BooleanField("terpilih sampel", default=False)
    sampled_by = models.CharField("diperiksa ulang oleh", max_length=80, blank=True, default="")
    sampled_at = models.DateTimeField("diperiksa ulang pada", null=True)
    verdict = models.CharField("hasil sampel", max_length=CODE, choices=Verdict.choices, blank=True, default="")
    verdict_note = models.CharField("catatan sampel", max_length=NAME, blank=True, default="")

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(("kind", "content", "before", "note", "verdict_note"), Privacy.EMPLOYMENT),
        **dict.fromkeys(
            (
                *("state", "edition", "replaces", "submitted_by", "submitted_at", "verify_through", "answer_through"),
                *("decided_by", "decided_at", "cause", "fact", "is_drawn", "sampled_by", "sampled_at", "verdict"),
            ),
            Privacy.OPAQUE,
        ),
    }

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "verify_through"], name="evidence_submission_due")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="evidence_submission_decided",
                condition=Q(state=State.SUBMITTED, decided_by="", decided_at__isnull=True)
                | (~Q(state=State.SUBMITTED) & ~Q(decided_by="") & Q(decided_at__isnull=False)),
                violation_error_message="Yang diputuskan menyebut siapa dan kapan, dan hanya itu.",
            ),
            models.CheckConstraint(
                name="evidence_submission_asked",
                condition=~Q(state=State.ASKED_AGAIN) | Q(answer_through__isnull=False),
                violation_error_message="Yang diminta lagi punya batas waktu jawaban.",
            ),
            models.CheckConstraint(
                name="evidence_submission_caused",
                condition=~Q(state__in=(State.ASKED_AGAIN, State.REFUSED)) | ~Q(cause=""),
                violation_error_message="Penolakan dan permintaan ulang menyebut alasannya.",
            ),
            models.CheckConstraint(
                name="evidence_submission_written",
                condition=(Q(state=State.ACCEPTED) & ~Q(fact="")) | (~Q(state=State.ACCEPTED) & Q(fact="")),
                violation_error_message="Yang diterima, dan hanya itu, menjadi data.",
            ),
            models.CheckConstraint(
                name="evidence_submission_sampled",
                condition=Q(sampled_by="", sampled_at__isnull=True, verdict="")
                | (
                    Q(state=State.ACCEPTED, is_drawn=True, sampled_at__isnull=False)
                    & ~Q(sampled_by="")
                    & ~Q(verdict="")
                ),
                violation_error_message="Hasil sampel menyebut siapa dan kapan, dan hanya ada pada yang terpilih.",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class SubmissionScan(Identified):
    """A scan of what a submission says, cleaned (`nawa.core.scans`). The name that its file had is not kept."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="scans", verbose_name="pengajuan")
    content_type = models.CharField("jenis berkas", max_length=80)
    content = models.BinaryField("isi")
    size = models.PositiveIntegerField("ukuran (bita)")
    digest = models.CharField("SHA-256", max_length=64)
    kept_by = models.CharField("disimpan oleh", max_length=80)
    kept_at = models.DateTimeField("disimpan pada")

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(("content_type", "size", "digest", "kept_by", "kept_at"), Privacy.OPAQUE),
        "content": Privacy.SPECIFIC,  # whatever the letter says
    }

    class Meta:
        verbose_name = "pindaian"

    def __str__(self) -> str:
        return self.public_id
