"""Movements: what moved people from one map to another. Like the maps it is computed once and stays true."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from nawa.core.models import Run, RunState
from nawa.core.privacy import Privacy
from nawa.talent.models.runs import MappingRun


class Movement(Run):
    """Everybody who is on both maps, with what moved them (`nawa.engine.movement`).

    `people` and `changes` are its two tables (Parquet), with `person_id` in the place of the subject.
    """

    earlier = models.ForeignKey(MappingRun, models.PROTECT, related_name="+", verbose_name="pemetaan terdahulu")
    later = models.ForeignKey(MappingRun, models.PROTECT, related_name="+", verbose_name="pemetaan kemudian")
    people = models.BinaryField("pegawai", null=True)
    changes = models.BinaryField("perubahan", null=True)

    privacy: ClassVar[Mapping[str, Privacy]] = {"people": Privacy.EVALUATION, "changes": Privacy.SPECIFIC}

    class Meta:
        verbose_name = "pergerakan"
        verbose_name_plural = "pergerakan"
        constraints: ClassVar = [
            *Run.Meta.constraints,
            models.UniqueConstraint(
                fields=["earlier", "later"],
                name="talent_movement_key",
                violation_error_message="Pergerakan di antara kedua pemetaan ini sudah ada.",
            ),
            models.CheckConstraint(
                name="talent_movement_tables",
                condition=Q(state=RunState.SUCCEEDED, people__isnull=False, changes__isnull=False)
                | (~Q(state=RunState.SUCCEEDED) & Q(people__isnull=True, changes__isnull=True)),
                violation_error_message="Pergerakan yang selesai, dan hanya itu, punya hasil.",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id
