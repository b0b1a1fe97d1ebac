"""What people prefer, and earlier results kept for comparison."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from nawa.core.constraints import CODE, of_sheet
from nawa.core.models import Fact
from nawa.core.privacy import Privacy
from nawa.registry.models import Person, Position, Unit


class Preference(Fact):
    """A post or a unit that somebody would like to work in."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="preferences", verbose_name="pegawai")
    position = models.ForeignKey(Position, models.PROTECT, null=True, related_name="+", verbose_name="jabatan")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="unit")
    order = models.IntegerField("urutan", null=True, blank=True)
    willing_to_move = models.BooleanField("bersedia pindah", null=True, blank=True)
    not_before = models.DateField("tidak sebelum", null=True, blank=True)

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        ("order", "willing_to_move", "not_before"), Privacy.EMPLOYMENT
    )

    class Meta:
        constraints = [
            *Fact.Meta.constraints,
            *of_sheet("preference", nip="person", position_code="position", unit_code="unit"),
        ]

    def __str__(self) -> str:
        return f"preferensi {self.order or ''}"


class EarlierMap(Fact):
    """A box from before Nawa, or from another system; never an input of a run."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="earlier_maps", verbose_name="pegawai")
    period = models.CharField("periode", max_length=CODE)
    box = models.IntegerField("kotak", null=True, blank=True)
    performance_score = models.DecimalField("nilai kinerja", max_digits=18, decimal_places=4, null=True, blank=True)
    potential_score = models.DecimalField("nilai potensial", max_digits=18, decimal_places=4, null=True, blank=True)

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        ("period", "box", "performance_score", "potential_score"), Privacy.EVALUATION
    )

    class Meta:
        constraints = [*Fact.Meta.constraints, *of_sheet("earlier_map", nip="person")]

    def __str__(self) -> str:
        return self.period


class EarlierPool(Fact):
    """A place in a succession group from before Nawa; the post may be gone, so its code is a text."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="earlier_pools", verbose_name="pegawai")
    period = models.CharField("periode", max_length=CODE)
    position_code = models.CharField("kode jabatan", max_length=CODE, blank=True, default="")
    order = models.IntegerField("urutan", null=True, blank=True)

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(("period", "position_code", "order"), Privacy.EVALUATION)

    class Meta:
        constraints = [*Fact.Meta.constraints, *of_sheet("earlier_pool", nip="person")]

    def __str__(self) -> str:
        return self.period
