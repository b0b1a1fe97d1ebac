"""Which evidence model holds which table of the workbook."""

from __future__ import annotations

from typing import Final

from nawa.core.sheets import SheetMap
from nawa.evidence import models

_NIP: Final = {"nip": "person__nip"}
_UNIT: Final = {"unit_code": "unit__code"}

SHEET_MAPS: Final = (
    SheetMap("register_coverage", models.RegisterCoverage, _UNIT),
    SheetMap("performance_rating", models.PerformanceRating, _NIP),
    SheetMap("feedback", models.Feedback, _NIP),
    SheetMap("award", models.Award, _NIP),
    SheetMap("team_role", models.TeamRole, _NIP),
    SheetMap("competency_assessment", models.CompetencyAssessment, _NIP),
    SheetMap("potential_assessment", models.PotentialAssessment, _NIP),
    SheetMap("assessment_result", models.AssessmentResult, _NIP),
    SheetMap("technical_score", models.TechnicalScore, _NIP | {"position_code": "position__code"}),
    SheetMap("competency_test", models.CompetencyTest, _NIP),
    SheetMap("training", models.Training, _NIP),
    SheetMap("discipline", models.Discipline, _NIP),
    SheetMap("requirement_statement", models.RequirementStatement, _NIP),
    SheetMap("service_indicator", models.ServiceIndicator, _UNIT | {"source": "origin"}),
)
"""Each names rows of the registry only."""
