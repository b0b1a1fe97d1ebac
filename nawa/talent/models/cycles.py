"""Cycles by month, and the way of each run's result from computed to published."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThanOrEqual

from nawa.audit.models import AppendOnly, KeptScan
from nawa.core.constraints import CODE, NAME
from nawa.core.models import Identified
from nawa.core.privacy import Privacy
from nawa.talent.enums import CONTEST_DAYS, LONGEST_REASON, MOVES, SHORTEST_REASON, Stage, Withdrawal

_WITH_LETTER = sorted({to for (_, to), move in MOVES.items() if move.letter})


class Cycle(Identified):
    """A month in which the institution maps its people; it holds the runs made for it, and never closes by itself."""

    month_on = models.DateField("hari pertama bulan", unique=True)
    contest_days = models.PositiveSmallIntegerField("lama masa sanggah (hari)", default=CONTEST_DAYS)
    opened_by = models.CharField("dibuka oleh", max_length=80)
    opened_at = models.DateTimeField("dibuka pada")

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        ("month_on", "contest_days", "opened_by", "opened_at"), Privacy.OPAQUE
    )

    class Meta:
        verbose_name = "siklus"
        verbose_name_plural = "siklus"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="talent_cycle_contest_days",
                condition=Q(contest_days__range=(1, 90)),
                violation_error_message="Masa sanggah 1 sampai 90 hari.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month_on:%Y-%m}"


class Scan(KeptScan):
    """The letter with which a run came to a stage."""

    class Meta(KeptScan.Meta):
        pass


class RunStage(AppendOnly):
    """A run's arrival at a stage. `after` is the stage before: unique, so that a run's way never forks."""

    run = models.ForeignKey("talent.MappingRun", models.PROTECT, related_name="stages", verbose_name="pemetaan")
    stage = models.CharField("tahap", max_length=CODE, choices=Stage.choices)
    after = models.CharField("setelah", max_length=CODE, choices=Stage.choices, blank=True, default="")
    reached_by = models.CharField("oleh", max_length=80)
    reached_at = models.DateTimeField("pada")
    contest_through = models.DateField("sanggah sampai dengan", null=True)
    number = models.CharField("nomor surat", max_length=NAME, blank=True, default="")
    dated_on = models.DateField("tanggal surat", null=True)
    scan = models.ForeignKey(Scan, models.PROTECT, null=True, related_name="+", verbose_name="pindaian")
    reason = models.CharField("alasan", max_length=CODE, choices=Withdrawal.choices, blank=True, default="")

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        ("stage", "after", "reached_by", "reached_at", "contest_through", "number", "dated_on", "reason"),
        Privacy.OPAQUE,
    )

    class Meta:
        verbose_name = "tahap pemetaan"
        verbose_name_plural = "tahap pemetaan"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["run", "stage"],
                name="talent_runstage_once",
                violation_error_message="Pemetaan ini sudah melewati tahap itu.",
            ),
            models.UniqueConstraint(
                fields=["run", "after"],
                name="talent_runstage_one_way",
                violation_error_message="Pemetaan ini sudah meninggalkan tahap itu.",
            ),
            models.CheckConstraint(
                name="talent_runstage_letter",
                condition=(Q(stage__in=_WITH_LETTER, dated_on__isnull=False, scan__isnull=False) & ~Q(number=""))
                | (~Q(stage__in=_WITH_LETTER) & Q(number="", dated_on__isnull=True, scan__isnull=True)),
                violation_error_message="Berita acara dan keputusan disebut nomor dan tanggalnya, dengan pindaiannya.",
            ),
            models.CheckConstraint(
                name="talent_runstage_contest",
                condition=Q(stage=Stage.CONTEST, contest_through__isnull=False)
                | (~Q(stage=Stage.CONTEST) & Q(contest_through__isnull=True)),
                violation_error_message="Masa sanggah, dan hanya itu, punya hari terakhir.",
            ),
            models.CheckConstraint(
                name="talent_runstage_reason",
                condition=(Q(stage=Stage.WITHDRAWN) & ~Q(reason="")) | (~Q(stage=Stage.WITHDRAWN) & Q(reason="")),
                violation_error_message="Penarikan, dan hanya itu, menyebut alasannya.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stage} {self.run_id}"


class Release(AppendOnly):
    """Somebody lets a run be published although its data are less complete than the policy asks.

    `completeness_e4` is the mean that stood before their eyes, in ten-thousandths of a percent, `least` the percentage
    that the policy asks for. Why they did it is for those who see runs, and in no event.
    """

    run = models.ForeignKey("talent.MappingRun", models.PROTECT, related_name="+", verbose_name="pemetaan")
    completeness_e4 = models.IntegerField("kelengkapan rata-rata")
    least = models.PositiveSmallIntegerField("kelengkapan minimum (persen)")
    reason = models.CharField("alasan", max_length=LONGEST_REASON)
    released_by = models.CharField("diizinkan oleh", max_length=80)
    released_at = models.DateTimeField("diizinkan pada")

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(("completeness_e4", "least", "released_by", "released_at"), Privacy.OPAQUE),
        "reason": Privacy.EMPLOYMENT,  # free text: it may name people
    }

    class Meta:
        verbose_name = "izin terbit"
        verbose_name_plural = "izin terbit"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["run"],
                name="talent_release_once",
                violation_error_message="Pemetaan ini sudah diizinkan terbit.",
            ),
            models.CheckConstraint(
                name="talent_release_reason",
                condition=GreaterThanOrEqual(Length("reason"), SHORTEST_REASON),
                violation_error_message="Alasan paling pendek 20 huruf.",
            ),
            models.CheckConstraint(
                name="talent_release_needed",
                condition=Q(completeness_e4__lt=F("least") * 10_000),
                violation_error_message="Izin terbit hanya untuk data yang kurang lengkap.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}"
