"""The process that makes the city: every rate, share and strength in one place.

Figures follow what is publicly known of Indonesian cities (a third of PNS aged over 50, 88% of ratings Baik) and are
otherwise plausible choices, tuned as a whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class TierLife:
    """Who holds posts of a tier: ages from `youngest`, the share aged 51 or more, least service in years, and how far
    ability was looked at when they rose (mean of ability in standard deviations)."""

    youngest: float
    over_fifty: float
    least_service: float
    merit: float


@dataclass(frozen=True, slots=True)
class Path:
    """One way into a tier: the tiers passed through with the least years in each; the last is the present one."""

    weight: float
    tiers: tuple[str, ...]
    least_years: tuple[float, ...]


LIVES: Final[Mapping[str, TierLife]] = MappingProxyType(
    {
        "JPT_PRATAMA": TierLife(43, 0.66, 16.0, 1.35),
        "ADMINISTRATOR": TierLife(37, 0.42, 12.0, 1.15),
        "PENGAWAS": TierLife(31, 0.28, 8.0, 0.45),
        "JF_AHLI_UTAMA": TierLife(52, 1.0, 20.0, 0.9),
        "JF_AHLI_MADYA": TierLife(39, 0.57, 12.0, 0.45),
        "JF_AHLI_MUDA": TierLife(32, 0.34, 8.0, 0.15),
        "JF_AHLI_PERTAMA": TierLife(23, 0.05, 0.0, 0.0),
        "JF_PENYELIA": TierLife(38, 0.5, 14.0, 0.05),
        "JF_MAHIR": TierLife(30, 0.3, 7.0, -0.1),
        "JF_TERAMPIL": TierLife(22, 0.06, 0.0, -0.2),
        "JF_PEMULA": TierLife(20, 0.05, 0.0, -0.3),
        "PELAKSANA": TierLife(22, 0.32, 0.0, -0.35),
    }
)
CONTRACT_LIFE: Final = TierLife(24, 0.07, 0.0, -0.1)

PATHS: Final[Mapping[str, tuple[Path, ...]]] = MappingProxyType(
    {
        "JPT_PRATAMA": (
            Path(0.75, ("PELAKSANA", "PENGAWAS", "ADMINISTRATOR", "JPT_PRATAMA"), (3.5, 3.5, 4.0, 0.4)),
            Path(0.25, ("JF_AHLI_PERTAMA", "JF_AHLI_MUDA", "ADMINISTRATOR", "JPT_PRATAMA"), (4.0, 3.5, 4.0, 0.4)),
        ),
        "ADMINISTRATOR": (
            Path(0.8, ("PELAKSANA", "PENGAWAS", "ADMINISTRATOR"), (3.5, 3.2, 0.4)),
            Path(0.2, ("JF_AHLI_PERTAMA", "JF_AHLI_MUDA", "ADMINISTRATOR"), (4.0, 3.2, 0.4)),
        ),
        "PENGAWAS": (
            Path(0.85, ("PELAKSANA", "PENGAWAS"), (4.2, 0.4)),
            Path(0.15, ("JF_AHLI_PERTAMA", "PENGAWAS"), (4.2, 0.4)),
        ),
        "JF_AHLI_UTAMA": (
            Path(1.0, ("JF_AHLI_PERTAMA", "JF_AHLI_MUDA", "JF_AHLI_MADYA", "JF_AHLI_UTAMA"), (5.0, 5.0, 5.0, 0.5)),
        ),
        "JF_AHLI_MADYA": (Path(1.0, ("JF_AHLI_PERTAMA", "JF_AHLI_MUDA", "JF_AHLI_MADYA"), (4.0, 4.0, 0.5)),),
        "JF_AHLI_MUDA": (Path(1.0, ("JF_AHLI_PERTAMA", "JF_AHLI_MUDA"), (4.0, 0.5)),),
        "JF_PENYELIA": (Path(1.0, ("JF_TERAMPIL", "JF_MAHIR", "JF_PENYELIA"), (5.0, 5.0, 0.5)),),
        "JF_MAHIR": (Path(1.0, ("JF_TERAMPIL", "JF_MAHIR"), (5.0, 0.5)),),
    }
)
"""Tiers that are not named here are entered from outside."""

FORMER_OFFICERS: Final = Path(1.0, ("PELAKSANA", "PENGAWAS", "JF_AHLI_MUDA"), (3.5, 3.2, 0.6))
"""Officers of a seksi whose post became a functional one (penyetaraan)."""


@dataclass(frozen=True, slots=True)
class Process:
    """Rates of everything that happens in the city; shares are of 1, strengths in standard deviations of a trait."""

    # -- people
    permanent_share: float = 7 / 12
    vacant_top: float = 11 / 40
    vacant_villages: float = 44 / 177
    vacant_managers: float = 0.07
    vacant_principals: float = 0.08
    candidates: float = 0.05  # of people in entry tiers: still CPNS
    transferred_in: float = 0.14
    former_officers: float = 0.35  # of analysts ahli muda
    preparing_retirement: float = 0.12  # of those in their last year
    away: float = 0.006  # on study or unpaid leave, each
    # -- traits
    generality: float = 0.58  # how much every trait owes to general ability
    year_to_year: float = 0.45
    # -- ratings
    result_bar: float = 1.25
    behaviour_bar: float = 0.88
    low_results: float = 0.0011
    low_behaviour: float = 0.0006
    low_both: float = 0.001
    severity: float = 0.45
    ratings_missing: float = 0.02
    part_year: float = 0.05
    # -- what units record
    good_offices: float = 0.85  # offices and kecamatan whose registers are whole
    good_schools: float = 0.4
    fair_letter: float = 0.35  # a register of any other unit is whole
    central_letter: float = 0.98  # training, discipline and careers, kept by the personnel agency
    stale_letter: float = 0.03
    poor_recording: float = 0.45  # evidence that reaches a register which is not whole
    # -- recognition and learning
    award_rate: float = 0.34
    team_rate: float = 0.64
    trainings: float = 5.2
    certificate_rate: float = 0.28
    discipline_rate: float = 0.018
    # -- assessment
    assessed: float = 3100 / 12_000
    chosen_by_merit: float = 0.6
    chosen_by_records: float = 2.0
    expired: float = 0.05
    totals_only: float = 0.1
    one_half_only: float = 0.03  # only competence or only potential was assessed
    plenary: float = 0.4
    assessor_severity: float = 0.2
    verified_at_assessment: float = 0.9
    feedback_rate: float = 0.24
    # -- service
    months: int = 36
    head_effect: float = 1.5  # points of the index per standard deviation of a head's leadership


DEFAULT: Final = Process()
