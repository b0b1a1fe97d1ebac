"""SIMATA's sheet beside a map."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

from nawa.core.constraints import NAME
from nawa.core.models import Run, RunState
from nawa.core.privacy import Privacy
from nawa.talent.models import MappingRun

_HAS_RESULT: Final = Q(state=RunState.SUCCEEDED, has_contents=True)


class Comparison(Run):
    """SIMATA's sheet beside a run's map; a worker reads the sheet, and from then on only what it gave is kept.

    `people` and `differences` are tables (Parquet) as `nawa.exchange.frames.simata.Compared` has them, gone after
    `kept_through`. `readings` says how each column was read, `findings` what was found about whole columns, `compared`
    which were compared; none of them tells of anybody. `refused` is the code of a file that could not be read.
    """

    base = models.ForeignKey(MappingRun, models.PROTECT, related_name="+", verbose_name="pemetaan pembanding")
    file_name = models.CharField("nama berkas", max_length=NAME, blank=True, default="")
    file_size = models.BigIntegerField("ukuran berkas")
    digest = models.CharField("SHA-256 berkas", max_length=64)
    kept_through = models.DateField("isi disimpan sampai dengan")
    has_contents = models.BooleanField("isinya masih ada", default=True)
    rows = models.IntegerField("baris di lembar", default=0)
    readings = models.JSONField("cara membaca kolom", default=list)
    findings = models.JSONField("temuan per kolom", default=list)
    compared = models.JSONField("yang dibandingkan", default=list)
    refused = models.JSONField("sebab tidak terbaca", default=dict)
    file = models.BinaryField("berkas", null=True)
    people = models.BinaryField("pegawai", null=True)
    differences = models.BinaryField("selisih", null=True)

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(
            (
                *("file_size", "digest", "kept_through", "has_contents", "rows", "readings", "findings", "compared"),
                "refused",
            ),
            Privacy.OPAQUE,
        ),
        "file_name": Privacy.IDENTITY,
        **dict.fromkeys(("file", "people", "differences"), Privacy.SPECIFIC),  # discipline is among the indicators
    }

    class Meta:
        verbose_name = "perbandingan dengan SIMATA"
        verbose_name_plural = "perbandingan dengan SIMATA"
        indexes: ClassVar = [models.Index(fields=["started_at"], name="exchange_comparison_at")]
        constraints: ClassVar = [
            *Run.Meta.constraints,
            models.CheckConstraint(
                name="exchange_comparison_result",
                condition=(_HAS_RESULT & Q(people__isnull=False, differences__isnull=False))
                | (~_HAS_RESULT & Q(people__isnull=True, differences__isnull=True)),
                violation_error_message="Perbandingan yang selesai, selama masa simpannya, dan hanya itu, punya hasil.",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id
