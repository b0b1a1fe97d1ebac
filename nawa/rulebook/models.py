"""Versions of policies, and the scans of the instruments that set them in force."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from nawa.audit.models import KeptScan
from nawa.core.constraints import CODE, NAME
from nawa.core.models import Identified
from nawa.core.privacy import Privacy
from nawa.rulebook.enums import FINAL, SIGNED, Instrument, State


class SealedVersionError(TypeError):
    """Somebody tried to change or remove a version on which was decided."""


class InstrumentScan(KeptScan):
    """The instrument that set a version in force."""

    class Meta(KeptScan.Meta):
        pass


_NO_INSTRUMENT = Q(number="", dated_on__isnull=True, signatory="", scan__isnull=True)
_WHOLE_INSTRUMENT = Q(dated_on__isnull=False, scan__isnull=False) & ~Q(number="") & ~Q(signatory="")


class PolicyVersion(Identified):
    """One version of a policy. What was decided on is not changed any more; a correction is a new version.

    `text` is the policy's canonical form (`nawa.policy.loading`), as a run keeps it, and `digest` its SHA-256. `typed`
    holds what differs from the parent (`nawa.policy.drafting`), also what cannot be used yet: `text` is empty then.
    `editions` counts the changes of each chapter and names who made the last (`[3, "user:abc"]`), so that of two who
    change one the second is told. `hands` are those who had a hand in the draft.
    """

    sealed_by: ClassVar[str] = "decided_at"  # `nawa.audit.guards`: once filled, the database lets nobody change the row

    code = models.CharField("kebijakan", max_length=CODE)
    version = models.CharField("versi", max_length=CODE)
    label = models.CharField("nama", max_length=NAME)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children", verbose_name="dari versi")
    state = models.CharField("keadaan", max_length=CODE, choices=State.choices, default=State.DRAFT)
    typed = models.JSONField("isian", default=dict)
    editions = models.JSONField("hitungan perubahan", default=dict)
    hands = models.JSONField("penyusun", default=list)
    text = models.TextField("isi", blank=True, default="")
    digest = models.CharField("SHA-256", max_length=64, blank=True, default="")
    proposed_from = models.DateField("diusulkan berlaku mulai", null=True)
    drafted_by = models.CharField("disusun oleh", max_length=80)
    drafted_at = models.DateTimeField("disusun pada")
    submitted_by = models.CharField("diajukan oleh", max_length=80, blank=True, default="")
    submitted_at = models.DateTimeField("diajukan pada", null=True)
    decided_by = models.CharField("diputuskan oleh", max_length=80, blank=True, default="")
    decided_at = models.DateTimeField("diputuskan pada", null=True)
    decided_on = models.DateField("hari keputusan", null=True)
    reason = models.CharField("alasan", max_length=CODE, blank=True, default="")
    effective_from = models.DateField("berlaku mulai", null=True)
    instrument = models.CharField("jenis dasar", max_length=CODE, choices=Instrument.choices, blank=True, default="")
    number = models.CharField("nomor", max_length=NAME, blank=True, default="")
    dated_on = models.DateField("tanggal", null=True)
    signatory = models.CharField("penanda tangan", max_length=NAME, blank=True, default="")
    scan = models.ForeignKey(InstrumentScan, models.PROTECT, null=True, related_name="+", verbose_name="pindaian")

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(("code", "version", "label", "typed", "text", "number"), Privacy.PUBLIC),
        **dict.fromkeys(
            (
                *("state", "editions", "hands", "digest", "proposed_from", "drafted_by", "drafted_at", "submitted_by"),
                *("submitted_at", "decided_by", "decided_at", "decided_on", "reason", "effective_from", "instrument"),
                "dated_on",
            ),
            Privacy.OPAQUE,
        ),
        "signatory": Privacy.IDENTITY,
    }

    class Meta:
        verbose_name = "versi kebijakan"
        verbose_name_plural = "versi kebijakan"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["code", "version"],
                condition=~Q(state__in=(State.REFUSED, State.WITHDRAWN)),
                name="rulebook_policyversion_name",
                violation_error_message="Kebijakan ini sudah punya versi dengan nama itu.",
            ),
            models.CheckConstraint(
                name="rulebook_policyversion_decided",
                condition=Q(state__in=FINAL, decided_at__isnull=False, decided_on__isnull=False) & ~Q(decided_by="")
                | ~Q(state__in=FINAL) & Q(decided_at__isnull=True, decided_on__isnull=True, decided_by=""),
                violation_error_message="Versi yang diputuskan, dan hanya itu, menyebut kapan dan oleh siapa.",
            ),
            models.CheckConstraint(
                name="rulebook_policyversion_submitted",
                condition=Q(submitted_by="", submitted_at__isnull=True)
                & ~Q(state__in=(State.SUBMITTED, State.APPROVED, State.REFUSED))
                | ~Q(submitted_by="") & Q(submitted_at__isnull=False) & ~Q(state=State.DRAFT),
                violation_error_message="Versi yang diajukan menyebut kapan dan oleh siapa.",
            ),
            models.CheckConstraint(
                name="rulebook_policyversion_whole",
                condition=~Q(state__in=(State.SUBMITTED, State.APPROVED)) | (~Q(text="") & ~Q(digest="")),
                violation_error_message="Yang diajukan dan yang disahkan adalah kebijakan yang utuh.",
            ),
            models.CheckConstraint(
                name="rulebook_policyversion_instrument",
                condition=Q(state=State.APPROVED, instrument=Instrument.SHIPPED) & _NO_INSTRUMENT
                | Q(state=State.APPROVED, instrument__in=SIGNED) & _WHOLE_INSTRUMENT
                | ~Q(state=State.APPROVED) & Q(instrument="") & _NO_INSTRUMENT,
                violation_error_message="Pengesahan menyebut nomor, tanggal, penanda tangan, dan pindaian dasarnya.",
            ),
            models.CheckConstraint(
                name="rulebook_policyversion_never_retroactive",
                condition=~Q(state=State.APPROVED) & Q(effective_from__isnull=True)
                | Q(state=State.APPROVED, effective_from__isnull=False, instrument=Instrument.SHIPPED)
                | Q(state=State.APPROVED, effective_from__gte=F("decided_on")),
                violation_error_message="Kebijakan berlaku paling awal pada hari pengesahannya.",
            ),
            models.CheckConstraint(
                name="rulebook_policyversion_reason",
                condition=Q(state=State.REFUSED) & ~Q(reason="") | ~Q(state=State.REFUSED) & Q(reason=""),
                violation_error_message="Penolakan, dan hanya itu, menyebut alasannya.",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["code", "effective_from"], name="rulebook_in_force")]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding and self._is_sealed():
            raise SealedVersionError(self.public_id)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        if self._is_sealed():
            raise SealedVersionError(self.public_id)
        return super().delete(*args, **kwargs)

    def _is_sealed(self) -> bool:
        return PolicyVersion.objects.filter(pk=self.pk, decided_at__isnull=False).exists()

    @property
    def edition(self) -> int:
        """How often the draft was changed, in any chapter."""
        return sum(number for number, _by in self.editions.values())

    def edition_of(self, chapter: str) -> int:
        """How often a chapter of the draft was changed."""
        number: int = self.editions.get(chapter, (0, ""))[0]
        return number

    @property
    def is_shipped(self) -> bool:
        """Whether it came with Nawa."""
        return self.parent_id is None
