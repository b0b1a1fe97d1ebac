"""What is kept against a file, and what is not kept any more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from nawa.core import ids
from nawa.core.constraints import CODE, NAME
from nawa.core.models import Identified
from nawa.core.privacy import Privacy
from nawa.exchange.enums import BY_A_PERSON, ErasureState, Ground, Outcome
from nawa.exchange.models.uploads import Import
from nawa.registry.models import Person, Unit


class Disagreement(Identified):
    """A verified fact that a file says otherwise: the row was left alone, and somebody decides.

    `subject` is the row's opaque id, `person` or `unit` whom it is about, `key` what else names it. `values` is
    `{column: [stored, file]}` of the columns that differ, dates and numbers with a fraction as texts. `closing` is the
    import with which it ended by itself: a later file agreed, or said something else again.
    """

    made = models.ForeignKey(Import, models.PROTECT, related_name="disagreements", verbose_name="impor")
    table = models.CharField("tabel", max_length=CODE)
    subject = models.CharField("baris", max_length=ids.LONGEST)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="pegawai")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="unit")
    key = models.JSONField("kunci baris", default=list)
    values = models.JSONField("nilai catatan dan sumber")
    outcome = models.CharField("hasil", max_length=CODE, choices=Outcome.choices, default=Outcome.OPEN)
    found_by = models.CharField("ditemukan oleh", max_length=80)
    found_at = models.DateTimeField("ditemukan pada")
    reason = models.TextField("alasan", blank=True, default="")
    decided_by = models.CharField("diputuskan oleh", max_length=80, blank=True, default="")
    decided_at = models.DateTimeField("diputuskan pada", null=True, blank=True)
    closing = models.ForeignKey(Import, models.PROTECT, null=True, related_name="+", verbose_name="impor penutup")

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(
            ("table", "subject", "outcome", "found_by", "found_at", "decided_by", "decided_at"), Privacy.OPAQUE
        ),
        **dict.fromkeys(("key", "values", "reason"), Privacy.SPECIFIC),
    }

    class Meta:
        verbose_name = "perbedaan sumber"
        verbose_name_plural = "perbedaan sumber"
        indexes: ClassVar = [models.Index(fields=["outcome", "table"], name="exchange_disagreement_open")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["table", "subject"],
                condition=Q(outcome=Outcome.OPEN),
                name="exchange_disagreement_one_open",
                violation_error_message="Baris ini sudah menunggu keputusan.",
            ),
            models.CheckConstraint(
                name="exchange_disagreement_decided",
                condition=Q(outcome=Outcome.OPEN, decided_by="", decided_at__isnull=True)
                | (~Q(outcome=Outcome.OPEN) & ~Q(decided_by="") & Q(decided_at__isnull=False)),
                violation_error_message="Perbedaan yang selesai, dan hanya itu, menyebut pemutus dan waktunya.",
            ),
            models.CheckConstraint(
                name="exchange_disagreement_reason",
                condition=~Q(outcome__in=BY_A_PERSON) | ~Q(reason=""),
                violation_error_message="Keputusan menyebut alasannya.",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class Erasure(Identified):
    """An erasure of personal records: of a kind past its date, or lawfully of one person, asked and then confirmed.

    `kinds` are codes of `nawa.policy.stewardship.RETAINED`; `people`, `rows` and `imports` count what was erased, and
    imports that cannot be undone or opened any more. The reason goes when it is done: it may tell of the person.
    """

    ground = models.CharField("dasar", max_length=CODE, choices=Ground.choices)
    kinds = models.JSONField("jenis data", default=list)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="pegawai")
    letter_number = models.CharField("nomor surat", max_length=NAME, blank=True, default="")
    reason = models.TextField("alasan", blank=True, default="")
    state = models.CharField("keadaan", max_length=CODE, choices=ErasureState.choices, default=ErasureState.ASKED)
    asked_by = models.CharField("diminta oleh", max_length=80)
    asked_at = models.DateTimeField("diminta pada")
    decided_by = models.CharField("diputuskan oleh", max_length=80, blank=True, default="")
    decided_at = models.DateTimeField("diputuskan pada", null=True, blank=True)
    people = models.IntegerField("pegawai", default=0)
    rows = models.IntegerField("baris", default=0)
    imports = models.IntegerField("impor", default=0)

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(
            (
                *("ground", "kinds", "state", "asked_by", "asked_at", "decided_by", "decided_at"),
                *("people", "rows", "imports"),
            ),
            Privacy.OPAQUE,
        ),
        **dict.fromkeys(("letter_number", "reason"), Privacy.SPECIFIC),
    }

    class Meta:
        verbose_name = "penghapusan data"
        verbose_name_plural = "penghapusan data"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state=ErasureState.ASKED),
                name="exchange_erasure_one_asked",
                violation_error_message="Penghapusan data pegawai ini sudah diminta.",
            ),
            models.CheckConstraint(
                name="exchange_erasure_decided",
                condition=Q(state=ErasureState.ASKED, decided_by="", decided_at__isnull=True)
                | (~Q(state=ErasureState.ASKED) & ~Q(decided_by="") & Q(decided_at__isnull=False)),
                violation_error_message="Penghapusan yang diputuskan, dan hanya itu, menyebut oleh siapa dan kapan.",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id
