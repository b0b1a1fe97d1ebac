"""Checks of the records: where they contradicted each other or the law when a worker last looked through them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from nawa.core.models import Run, RunState
from nawa.core.privacy import Privacy


class RecordCheck(Run):
    """All records of people who have not left, as they stood on a day.

    `basis` tells which deeds on the records had been done (`nawa.talent.queries.checks.basis_of_records`): once it is
    another one, the findings are those of earlier records. `findings` is a table (Parquet) of all kinds.
    """

    on = models.DateField("tanggal acuan")
    basis = models.CharField("dasar", max_length=64)
    findings = models.BinaryField("temuan", null=True)

    privacy: ClassVar[Mapping[str, Privacy]] = {
        "on": Privacy.OPAQUE,
        "basis": Privacy.OPAQUE,
        "findings": Privacy.IDENTITY,  # days of birth are among them
    }

    class Meta:
        verbose_name = "pemeriksaan data"
        verbose_name_plural = "pemeriksaan data"
        constraints: ClassVar = [
            *Run.Meta.constraints,
            models.CheckConstraint(
                name="talent_recordcheck_findings",
                condition=Q(state=RunState.SUCCEEDED, findings__isnull=False)
                | (~Q(state=RunState.SUCCEEDED) & Q(findings__isnull=True)),
                violation_error_message="Pemeriksaan yang selesai, dan hanya itu, punya temuan.",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id
