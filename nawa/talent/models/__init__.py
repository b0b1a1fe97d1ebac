"""The talent app's models."""

from nawa.talent.models.checks import RecordCheck
from nawa.talent.models.cycles import Cycle, Release, RunStage, Scan
from nawa.talent.models.movements import Movement
from nawa.talent.models.runs import FinishedRunError, MappingInput, MappingResult, MappingRun, MapTable
from nawa.talent.models.simulations import Simulation
from nawa.talent.models.statements import EarlierMap, EarlierPool, Preference

__all__ = [
    "Cycle",
    "EarlierMap",
    "EarlierPool",
    "FinishedRunError",
    "MapTable",
    "MappingInput",
    "MappingResult",
    "MappingRun",
    "Movement",
    "Preference",
    "RecordCheck",
    "Release",
    "RunStage",
    "Scan",
    "Simulation",
]
