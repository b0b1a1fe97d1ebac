"""Mapping runs: what went in, what came out, and everything that is needed to prove it again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from nawa.audit.models import AppendOnly
from nawa.core.constraints import CODE, NAME
from nawa.core.models import OPEN, Run, RunState
from nawa.core.privacy import Privacy
from nawa.registry.models import Person, Position, Unit
from nawa.talent.models.cycles import Cycle


class FinishedRunError(TypeError):
    """Somebody tried to change or remove a run that has ended."""


class MappingRun(Run):
    """One run of the engine over everybody, as of a day, under a policy. What has ended is not changed any more.

    `policy_text` is the policy's canonical form, `policy_hash` its SHA-256; `inputs_root` commits to the engine's input
    under `key`; `results_hash` is the SHA-256 of the result's canonical rows; `record` is the engine's own run record
    (`nawa.engine.trace`) as canonical JSON. How far the result is on its way to being known stand in its stages.
    """

    current_stage: str  # of runs that `queries.runs` gives; empty before the first stage

    sealed_by: ClassVar[str] = (
        "finished_at"  # `nawa.audit.guards`: once filled, the database lets nobody change the row
    )

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="runs", verbose_name="siklus")
    on = models.DateField("tanggal acuan")
    policy_id = models.CharField("kebijakan", max_length=CODE)
    policy_version = models.CharField("versi kebijakan", max_length=CODE)
    policy_hash = models.CharField("SHA-256 kebijakan", max_length=64)
    policy_label = models.CharField("nama kebijakan", max_length=NAME)
    policy_text = models.TextField("isi kebijakan")
    stamp = models.CharField("catatan pada setiap keluaran", max_length=NAME, blank=True, default="")
    engine_version = models.CharField("versi mesin", max_length=CODE)
    seed = models.BigIntegerField("benih")
    key = models.CharField("kunci komitmen", max_length=64)
    people = models.IntegerField("jumlah pegawai", default=0)
    inputs_root = models.CharField("akar masukan", max_length=64, blank=True, default="")
    results_hash = models.CharField("SHA-256 hasil", max_length=64, blank=True, default="")
    record = models.TextField("catatan proses", blank=True, default="")

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(
            (
                *("on", "policy_id", "policy_version", "policy_hash", "policy_label", "policy_text", "stamp"),
                *("engine_version", "seed", "people", "inputs_root", "results_hash", "record"),
            ),
            Privacy.OPAQUE,
        ),
        "key": Privacy.SPECIFIC,  # with it, guesses about anybody's evidence can be tested against the root
    }

    class Meta:
        verbose_name = "pemetaan"
        verbose_name_plural = "pemetaan"
        constraints: ClassVar = [
            *Run.Meta.constraints,
            models.CheckConstraint(
                name="talent_mappingrun_proved",
                condition=~Q(state=RunState.SUCCEEDED) | (~Q(inputs_root="") & ~Q(results_hash="") & ~Q(record="")),
                violation_error_message="Pemetaan yang selesai punya akar masukan, hash hasil, dan catatan proses.",
            ),
            models.UniqueConstraint(
                fields=["cycle"],
                condition=Q(state__in=OPEN),
                name="talent_mappingrun_one_open",
                violation_error_message="Dalam siklus ini masih ada pemetaan yang berjalan.",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["finished_at"], name="talent_run_finished")]

    def __str__(self) -> str:
        return self.public_id

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding and self._has_ended():
            raise FinishedRunError(self.public_id)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        if self._has_ended():
            raise FinishedRunError(self.public_id)
        return super().delete(*args, **kwargs)

    def _has_ended(self) -> bool:
        return MappingRun.objects.filter(pk=self.pk).exclude(state__in=OPEN).exists()


class MappingInput(AppendOnly):
    """One table of a run's input, as the engine had it (Parquet): no name and no NIP, but everything else."""

    run = models.ForeignKey(MappingRun, models.PROTECT, related_name="+", verbose_name="pemetaan")
    table = models.CharField("tabel", max_length=CODE)
    content = models.BinaryField("isi")

    privacy: ClassVar[Mapping[str, Privacy]] = {"table": Privacy.OPAQUE, "content": Privacy.SPECIFIC}

    class Meta:
        verbose_name = "masukan pemetaan"
        verbose_name_plural = "masukan pemetaan"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["run", "table"],
                name="talent_mappinginput_key",
                violation_error_message="Tabel ini sudah tersimpan untuk pemetaan itu.",
            )
        ]

    def __str__(self) -> str:
        return self.table


class MappingResult(AppendOnly):
    """One person's result in a run: the columns of `nawa.engine.tables.MAP_SCHEMA`, exact and scaled as there.

    `unit` and `position` are those at the time of the run. `probabilities` are those of boxes 1 to 9 in billionths.
    `components` maps each component to `[state, raw, points, on, expires_on, table, source]`, dates as ISO texts.
    """

    run = models.ForeignKey(MappingRun, models.PROTECT, related_name="+", verbose_name="pemetaan")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="pegawai")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="unit")
    position = models.ForeignKey(Position, models.PROTECT, null=True, related_name="+", verbose_name="jabatan")
    staff_kind = models.CharField("jenis pegawai", max_length=CODE, blank=True, default="")
    candidate = models.BooleanField("dapat menjadi calon")
    status = models.CharField("status", max_length=CODE)
    performance_score = models.BigIntegerField("nilai kinerja", null=True)
    performance_class = models.CharField("kelas kinerja", max_length=CODE, blank=True, default="")
    potential_score = models.BigIntegerField("nilai potensial", null=True)
    potential_class = models.CharField("kelas potensial", max_length=CODE, blank=True, default="")
    talent_score_e6 = models.BigIntegerField("nilai talenta", null=True)
    box = models.SmallIntegerField("kotak", null=True)
    box_lowest = models.SmallIntegerField("kotak terendah", null=True)
    box_highest = models.SmallIntegerField("kotak tertinggi", null=True)
    performance_completeness_e4 = models.IntegerField("kelengkapan kinerja")
    potential_completeness_e4 = models.IntegerField("kelengkapan potensial")
    completeness_e4 = models.IntegerField("kelengkapan")
    missing = models.JSONField("kurang", null=True)
    follow_ups = models.JSONField("tindak lanjut", null=True)
    pool_tiers = models.JSONField("jenjang sasaran", null=True)
    probabilities = models.JSONField("peluang kotak")
    components = models.JSONField("komponen")

    privacy: ClassVar[Mapping[str, Privacy]] = {
        "staff_kind": Privacy.EMPLOYMENT,
        **dict.fromkeys(
            (
                *("candidate", "status", "performance_score", "performance_class", "potential_score"),
                *("potential_class", "talent_score_e6", "box", "box_lowest", "box_highest"),
                *("performance_completeness_e4", "potential_completeness_e4", "completeness_e4"),
                *("missing", "follow_ups", "pool_tiers", "probabilities"),
            ),
            Privacy.EVALUATION,
        ),
        "components": Privacy.SPECIFIC,  # discipline is among them
    }

    class Meta:
        verbose_name = "hasil pemetaan"
        verbose_name_plural = "hasil pemetaan"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["run", "person"],
                name="talent_mappingresult_key",
                violation_error_message="Pegawai ini sudah punya hasil dalam pemetaan itu.",
            ),
            models.CheckConstraint(
                name="talent_mappingresult_box",
                condition=Q(box__isnull=True, box_lowest__isnull=True, box_highest__isnull=True)
                | Q(box__range=(1, 9), box_lowest__range=(1, 9), box_highest__range=(1, 9)),
                violation_error_message="Kotak 1 sampai 9 diisi bersama batas bawah dan atasnya, atau semuanya kosong.",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["run", "box", "status"], name="talent_result_box")]

    def __str__(self) -> str:
        return f"{self.run_id} {self.person_id}"


class MapTable(AppendOnly):
    """All results of a run as one table (Parquet), worked out from its rows (`nawa.talent.queries.tables`)."""

    run = models.OneToOneField(MappingRun, models.PROTECT, related_name="+", verbose_name="pemetaan")
    content = models.BinaryField("isi")

    privacy: ClassVar[Mapping[str, Privacy]] = {"content": Privacy.EVALUATION}

    class Meta:
        verbose_name = "tabel pemetaan"
        verbose_name_plural = "tabel pemetaan"

    def __str__(self) -> str:
        return f"{self.run_id}"
