"""The talent app's models."""

from nawa.talent.models.cycles import Cycle, Release, RunStage, Scan
from nawa.talent.models.movements import Movement
from nawa.talent.models.runs import FinishedRunError, MappingInput, MappingResult, MappingRun
from nawa.talent.models.simulations import Simulation
from nawa.talent.models.statements import EarlierMap, EarlierPool, Preference

__all__ = [
    "Cycle",
    "EarlierMap",
    "EarlierPool",
    "FinishedRunError",
    "MappingInput",
    "MappingResult",
    "MappingRun",
    "Movement",
    "Preference",
    "Release",
    "RunStage",
    "Scan",
    "Simulation",
]
