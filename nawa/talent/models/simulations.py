"""Simulations: what a version of a policy would change in a map that was computed under another. Never published."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from nawa.core.models import OPEN, Run, RunState
from nawa.core.privacy import Privacy
from nawa.rulebook.models import PolicyVersion
from nawa.talent.models.runs import MappingRun


class Simulation(Run):
    """The same kept input as that of a run, mapped under another policy; only the newest of a version is kept.

    `rows` is a table (Parquet) of everybody on either map: person, unit and post as the run had them, sex; box and
    status before and after; both scores after, scaled as in `MAP_SCHEMA`. `rivals` counts, for each alternative that
    the policy states and does not use, whose box would be another than simulated: `[name, changed, up, down]`.
    """

    base = models.ForeignKey(MappingRun, models.PROTECT, related_name="+", verbose_name="pemetaan pembanding")
    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="+", verbose_name="versi kebijakan")
    policy_text = models.TextField("isi kebijakan")
    policy_digest = models.CharField("SHA-256 kebijakan", max_length=64)
    people = models.IntegerField("jumlah pegawai", default=0)
    rows = models.BinaryField("baris", null=True)
    rivals = models.JSONField("nilai tandingan", default=list)

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(("policy_text", "policy_digest", "people", "rivals"), Privacy.OPAQUE),
        "rows": Privacy.EVALUATION,
    }

    class Meta:
        verbose_name = "simulasi"
        verbose_name_plural = "simulasi"
        constraints: ClassVar = [
            *Run.Meta.constraints,
            models.UniqueConstraint(
                fields=["version"],
                condition=Q(state__in=OPEN),
                name="talent_simulation_one_open",
                violation_error_message="Simulasi versi ini masih berjalan.",
            ),
            models.CheckConstraint(
                name="talent_simulation_rows",
                condition=Q(state=RunState.SUCCEEDED, rows__isnull=False)
                | (~Q(state=RunState.SUCCEEDED) & Q(rows__isnull=True)),
                violation_error_message="Simulasi yang selesai, dan hanya itu, punya hasil.",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id
