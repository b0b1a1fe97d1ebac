"""Small models to try the shared mechanisms on; their tables exist in the test database only (see conftest.py)."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from nawa.core.models import Fact, Identified, Run, in_order
from nawa.core.privacy import Privacy


class Person(Identified):
    nip = models.CharField(max_length=18, unique=True)
    name = models.CharField(max_length=200)

    privacy: ClassVar[Mapping[str, Privacy]] = {"nip": Privacy.IDENTITY, "name": Privacy.IDENTITY}

    class Meta:
        app_label = "tests_core"


class Unit(Fact):
    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200)
    parent = models.ForeignKey("self", models.PROTECT, null=True)
    valid_from = models.DateField(null=True)
    valid_through = models.DateField(null=True)

    class Meta(Fact.Meta):
        app_label = "tests_core"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            in_order("valid_from", "valid_through", name="%(app_label)s_%(class)s_in_order"),
        ]


class Education(Fact):
    person = models.ForeignKey(Person, models.CASCADE)
    level = models.CharField(max_length=20)
    major = models.CharField(max_length=100, blank=True, default="")
    field = models.CharField(max_length=100, blank=True, default="")
    institution = models.CharField(max_length=100, blank=True, default="")
    graduated_in = models.IntegerField(null=True)

    privacy: ClassVar[Mapping[str, Privacy]] = {"level": Privacy.EMPLOYMENT, "verified_by": Privacy.EMPLOYMENT}

    class Meta(Fact.Meta):
        app_label = "tests_core"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["person", "level", "major"], name="tests_core_education_key"),
        ]


class Position(models.Model):
    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=100)
    tier = models.CharField(max_length=20)
    seats = models.IntegerField(default=1)
    critical = models.BooleanField(null=True)
    fields_of_study = models.JSONField(default=list)

    class Meta:
        app_label = "tests_core"


class Standard(models.Model):
    position_code = models.CharField(max_length=40)
    competency = models.CharField(max_length=40)
    level = models.IntegerField()
    weight = models.DecimalField(max_digits=18, decimal_places=4, null=True)

    class Meta:
        app_label = "tests_core"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["position_code", "competency"], name="tests_core_standard_key")
        ]


class Computation(Run):
    class Meta(Run.Meta):
        app_label = "tests_core"
