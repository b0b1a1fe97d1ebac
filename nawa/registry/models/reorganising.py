"""Reorganisations: what is to become of units and posts from a day on, and what became of their holders."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from nawa.audit.models import KeptScan
from nawa.core.constraints import CODE, NAME
from nawa.core.models import Identified
from nawa.core.privacy import Privacy
from nawa.registry.enums import Fate, Instrument, PlanState
from nawa.registry.models.organisation import Position, Unit
from nawa.registry.models.people import Person


class ReorganisationScan(KeptScan):
    """The instrument that orders a reorganisation."""

    class Meta(KeptScan.Meta):
        pass


class Reorganisation(Identified):
    """A plan for units and posts (*perubahan SOTK*), carried out as a whole by another person, or cancelled.

    `lines` are what it does (`nawa.registry.rules.plans`), each with an opaque `id`. `decisions` say for people left
    without a post (public ids) the code of the post in which they are placed, or an empty text: without one for a time.
    `edition` counts the changes, so that nobody carries out what they have not seen; `hands` are those who made them.
    """

    title = models.CharField("judul", max_length=NAME)
    effective_on = models.DateField("berlaku mulai")
    instrument = models.CharField("jenis dasar", max_length=CODE, choices=Instrument.choices)
    number = models.CharField("nomor", max_length=NAME, blank=True, default="")
    dated_on = models.DateField("tanggal ditetapkan", null=True, blank=True)
    scan = models.ForeignKey(ReorganisationScan, models.PROTECT, null=True, related_name="+", verbose_name="pindaian")
    state = models.CharField("keadaan", max_length=CODE, choices=PlanState.choices, default=PlanState.DRAFT)
    lines = models.JSONField("baris", default=list)
    decisions = models.JSONField("keputusan", default=dict)
    edition = models.PositiveIntegerField("hitungan perubahan", default=0)
    hands = models.JSONField("penyusun", default=list)
    key = models.CharField("kunci rincian", max_length=64, blank=True, default="")  # opens the sealed row changes
    prepared_by = models.CharField("disusun oleh", max_length=80)
    prepared_at = models.DateTimeField("disusun pada")
    closed_by = models.CharField("dilaksanakan atau dibatalkan oleh", max_length=80, blank=True, default="")
    closed_at = models.DateTimeField("dilaksanakan atau dibatalkan pada", null=True)

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(("title", "effective_on", "instrument", "number", "dated_on", "lines"), Privacy.PUBLIC),
        **dict.fromkeys(
            ("state", "edition", "hands", "prepared_by", "prepared_at", "closed_by", "closed_at"), Privacy.OPAQUE
        ),
        "decisions": Privacy.EMPLOYMENT,
        "key": Privacy.SPECIFIC,
    }

    class Meta:
        verbose_name = "perubahan SOTK"
        verbose_name_plural = "perubahan SOTK"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="registry_reorganisation_closed",
                condition=Q(state=PlanState.DRAFT, closed_by="", closed_at__isnull=True)
                | ~Q(state=PlanState.DRAFT) & ~Q(closed_by="") & Q(closed_at__isnull=False),
                violation_error_message="Rencana yang ditutup, dan hanya itu, menyebut kapan dan oleh siapa.",
            ),
            models.CheckConstraint(
                name="registry_reorganisation_instrument",
                condition=~Q(state=PlanState.CARRIED_OUT) | ~Q(number="") & Q(dated_on__isnull=False),
                violation_error_message="Rencana yang dilaksanakan menyebut nomor dan tanggal dasarnya.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Confirmation(models.Model):
    """What a reorganisation did to a holder (*pengukuhan*): where they stood, and where they stand."""

    plan = models.ForeignKey(Reorganisation, models.PROTECT, related_name="confirmations", verbose_name="rencana")
    person = models.ForeignKey(Person, models.PROTECT, related_name="confirmations", verbose_name="pegawai")
    fate = models.CharField("akibat", max_length=CODE, choices=Fate.choices)
    from_post = models.ForeignKey(Position, models.PROTECT, null=True, related_name="+", verbose_name="dari jabatan")
    from_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="dari unit")
    to_post = models.ForeignKey(Position, models.PROTECT, null=True, related_name="+", verbose_name="ke jabatan")
    to_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="ke unit")
    keeps_tenure = models.BooleanField("masa jabatan diteruskan")

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(("fate", "keeps_tenure"), Privacy.EMPLOYMENT)

    class Meta:
        verbose_name = "pengukuhan"
        verbose_name_plural = "pengukuhan"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan", "person"],
                name="registry_confirmation_once",
                violation_error_message="Seorang pegawai dikukuhkan sekali dalam satu rencana.",
            ),
            models.CheckConstraint(
                name="registry_confirmation_decided",
                condition=~Q(fate=Fate.UNDECIDED),
                violation_error_message="Yang belum diputuskan tidak dapat dikukuhkan.",
            ),
        ]

    def __str__(self) -> str:
        return self.fate
