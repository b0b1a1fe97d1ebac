"""Signed letters by which a unit says that registers are complete, or that people have nothing in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from nawa.audit.models import KeptScan
from nawa.core.constraints import CODE, NAME
from nawa.core.models import Identified
from nawa.core.privacy import Privacy
from nawa.registry.models import Person, Unit


class Said(models.TextChoices):
    """What a letter says of registers."""

    COMPLETE = "LENGKAP", "Register lengkap"
    NONE = "NIHIL", "Nihil"


class DeclarationScan(KeptScan):
    """The signed letter of a declaration."""

    class Meta(KeptScan.Meta):
        pass


class Declaration(Identified):
    """A letter that registers of a unit and all below it are complete on a day, or that people there have none.

    `people` is how many it covers. Whoever withdraws it says why; the letter stays.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="unit")
    said = models.CharField("isi pernyataan", max_length=CODE, choices=Said.choices)
    registers = models.JSONField("register", default=list)
    complete_on = models.DateField("lengkap per")
    letter_number = models.CharField("nomor surat", max_length=NAME)
    scan = models.ForeignKey(DeclarationScan, models.PROTECT, related_name="+", verbose_name="pindaian")
    people = models.IntegerField("pegawai yang dicakup")
    declared_by = models.CharField("dinyatakan oleh", max_length=80)
    declared_at = models.DateTimeField("dinyatakan pada")
    withdrawn_by = models.CharField("ditarik oleh", max_length=80, blank=True, default="")
    withdrawn_at = models.DateTimeField("ditarik pada", null=True, blank=True)
    withdrawn_for = models.TextField("alasan ditarik", blank=True, default="")

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(("said", "registers", "complete_on", "letter_number"), Privacy.PUBLIC),
        **dict.fromkeys(("people", "declared_by", "declared_at", "withdrawn_by", "withdrawn_at"), Privacy.OPAQUE),
        "withdrawn_for": Privacy.SPECIFIC,  # whatever somebody writes
    }

    class Meta:
        verbose_name = "pernyataan register"
        verbose_name_plural = "pernyataan register"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="evidence_declaration_withdrawn",
                condition=Q(withdrawn_by="", withdrawn_at__isnull=True, withdrawn_for="")
                | (~Q(withdrawn_by="") & Q(withdrawn_at__isnull=False) & ~Q(withdrawn_for="")),
                violation_error_message="Pernyataan yang ditarik menyebut oleh siapa, kapan, dan mengapa.",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class DeclaredRegister(models.Model):
    """A register of a declaration that it is complete; `before` is what was stored of it, to be put back."""

    declaration = models.ForeignKey(Declaration, models.CASCADE, related_name="complete", verbose_name="pernyataan")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="unit")
    register = models.CharField("register", max_length=CODE)
    before = models.JSONField("keadaan sebelumnya", null=True)

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(("register", "before"), Privacy.PUBLIC)

    class Meta:
        verbose_name = "register yang dinyatakan lengkap"
        verbose_name_plural = "register yang dinyatakan lengkap"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["declaration", "register"],
                name="evidence_declared_register_key",
                violation_error_message="Register ini sudah disebut pernyataan itu.",
            )
        ]

    def __str__(self) -> str:
        return self.register


class DeclaredNone(models.Model):
    """Somebody who has nothing in a register, as a declaration says; `was_there`: their record said so without it."""

    declaration = models.ForeignKey(Declaration, models.CASCADE, related_name="none", verbose_name="pernyataan")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="pegawai")
    register = models.CharField("register", max_length=CODE)
    was_there = models.BooleanField("sudah tercatat nihil", default=False)

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(("register", "was_there"), Privacy.SPECIFIC)

    class Meta:
        verbose_name = "nihil yang dinyatakan"
        verbose_name_plural = "nihil yang dinyatakan"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["declaration", "person", "register"],
                name="evidence_declared_none_key",
                violation_error_message="Pegawai ini sudah disebut pernyataan itu.",
            )
        ]

    def __str__(self) -> str:
        return self.register
