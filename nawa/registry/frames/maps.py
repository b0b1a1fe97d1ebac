"""Which registry model holds which table of the workbook."""

from __future__ import annotations

from typing import Final

from django.conf import settings

from nawa.core.sheets import SheetMap
from nawa.registry import models

_NIP: Final = {"nip": "person__nip"}
_POSITION: Final = {"position_code": "position__code"}
_UNIT: Final = {"unit_code": "unit__code"}
_NOT_KEPT: Final = frozenset() if settings.KEEP_DISABILITY else frozenset({"disability"})

SHEET_MAPS: Final = (
    SheetMap("unit", models.Unit, {"parent_code": "parent__code"}),
    SheetMap("position", models.Position, _UNIT),
    SheetMap("position_requirement", models.PositionRequirement, _POSITION),
    SheetMap("competency_standard", models.CompetencyStandard),
    SheetMap("critical_position_criterion", models.CriticalPositionCriterion, _POSITION),
    SheetMap("field_of_study", models.FieldOfStudy),
    SheetMap("person", models.Person, _POSITION | _UNIT, _NOT_KEPT),
    SheetMap("acting_assignment", models.ActingAssignment, _NIP | _POSITION),
    SheetMap("education", models.Education, _NIP),
    SheetMap("career_entry", models.CareerEntry, _NIP),
    SheetMap("rank_entry", models.RankEntry, _NIP),
    SheetMap("relative", models.Relative, _NIP | {"relative_nip": "relative__nip"}),
    SheetMap("unit_need", models.UnitNeed, _UNIT | _POSITION),
    SheetMap("planned_vacancy", models.PlannedVacancy, _UNIT | _POSITION),
)
"""In an order in which each table names only rows of itself and of those before it."""
