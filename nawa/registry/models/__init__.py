"""The registry's models: the organisation and its people."""

from nawa.registry.models.moving import PlannedMove
from nawa.registry.models.organisation import (
    CompetencyStandard,
    CriticalPositionCriterion,
    FieldOfStudy,
    PlannedVacancy,
    Position,
    PositionRequirement,
    Unit,
    UnitNeed,
)
from nawa.registry.models.people import ActingAssignment, CareerEntry, Education, Person, RankEntry, Relative
from nawa.registry.models.reorganising import Confirmation, Reorganisation, ReorganisationScan

__all__ = [
    "ActingAssignment",
    "CareerEntry",
    "CompetencyStandard",
    "Confirmation",
    "CriticalPositionCriterion",
    "Education",
    "FieldOfStudy",
    "Person",
    "PlannedMove",
    "PlannedVacancy",
    "Position",
    "PositionRequirement",
    "RankEntry",
    "Relative",
    "Reorganisation",
    "ReorganisationScan",
    "Unit",
    "UnitNeed",
]
