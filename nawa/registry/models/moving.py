"""Movements of people by a decree whose day has not come."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from nawa.core.constraints import CODE, NAME
from nawa.core.models import Identified
from nawa.core.privacy import Privacy
from nawa.registry.enums import MoveState
from nawa.registry.models.organisation import Position
from nawa.registry.models.people import Person


class PlannedMove(Identified):
    """A decree that moves somebody from a day to come: it waits, and is carried out on its day, or is cancelled.

    `seen` is how the person stood when it was recorded (`nawa.registry.rules.moves.standing`). `against` are codes and
    arguments of what stood against it when its day had come; while there are any it waits, and is tried again.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="planned_moves", verbose_name="pegawai")
    to = models.ForeignKey(Position, models.PROTECT, null=True, related_name="+", verbose_name="jabatan tujuan")
    kind = models.CharField("jenis", max_length=CODE)
    number = models.CharField("nomor keputusan", max_length=NAME)
    since = models.DateField("TMT")
    inaugurated_on = models.DateField("tanggal pelantikan", null=True, blank=True)
    title = models.CharField("jabatan sesudahnya", max_length=NAME, blank=True, default="")
    seen = models.CharField("keadaan saat dicatat", max_length=NAME)
    state = models.CharField("keadaan", max_length=CODE, choices=MoveState.choices, default=MoveState.WAITING)
    against = models.JSONField("yang menghalangi", default=list, encoder=DjangoJSONEncoder)
    recorded_by = models.CharField("dicatat oleh", max_length=80)
    recorded_at = models.DateTimeField("dicatat pada")
    reason = models.TextField("alasan pembatalan", blank=True, default="")
    closed_by = models.CharField("dilaksanakan atau dibatalkan oleh", max_length=80, blank=True, default="")
    closed_at = models.DateTimeField("dilaksanakan atau dibatalkan pada", null=True)

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(
            ("kind", "number", "since", "inaugurated_on", "title", "seen", "against", "reason"), Privacy.EMPLOYMENT
        ),
        **dict.fromkeys(("state", "recorded_by", "recorded_at", "closed_by", "closed_at"), Privacy.OPAQUE),
    }

    class Meta:
        verbose_name = "perpindahan terencana"
        verbose_name_plural = "perpindahan terencana"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "since"],
                condition=Q(state=MoveState.WAITING),
                name="registry_plannedmove_once",
                violation_error_message="Perpindahan orang ini pada tanggal itu sudah direncanakan.",
            ),
            models.CheckConstraint(
                name="registry_plannedmove_closed",
                condition=Q(state=MoveState.WAITING, closed_by="", closed_at__isnull=True)
                | ~Q(state=MoveState.WAITING) & ~Q(closed_by="") & Q(closed_at__isnull=False),
                violation_error_message="Rencana yang ditutup, dan hanya itu, menyebut kapan dan oleh siapa.",
            ),
            models.CheckConstraint(
                name="registry_plannedmove_reason",
                condition=~Q(state=MoveState.CANCELLED) | ~Q(reason=""),
                violation_error_message="Pembatalan menyebut alasannya.",
            ),
        ]

    def __str__(self) -> str:
        return self.number
