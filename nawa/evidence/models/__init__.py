"""The evidence's models: what was judged of people, and what they did and learned."""

from nawa.evidence.models.declarations import Declaration, DeclarationScan, DeclaredNone, DeclaredRegister, Said
from nawa.evidence.models.judgements import (
    AssessmentResult,
    CompetencyAssessment,
    CompetencyTest,
    Feedback,
    PerformanceRating,
    PotentialAssessment,
    TechnicalScore,
)
from nawa.evidence.models.records import (
    Award,
    Discipline,
    RegisterCoverage,
    RequirementStatement,
    ServiceIndicator,
    TeamRole,
    Training,
)
from nawa.evidence.models.submissions import Submission, SubmissionScan

__all__ = [
    "AssessmentResult",
    "Award",
    "CompetencyAssessment",
    "CompetencyTest",
    "Declaration",
    "DeclarationScan",
    "DeclaredNone",
    "DeclaredRegister",
    "Discipline",
    "Feedback",
    "PerformanceRating",
    "PotentialAssessment",
    "RegisterCoverage",
    "RequirementStatement",
    "Said",
    "ServiceIndicator",
    "Submission",
    "SubmissionScan",
    "TeamRole",
    "TechnicalScore",
    "Training",
]
