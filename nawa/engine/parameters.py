"""Every number of the law that the engine needs, as frozen data. `nawa.policy` builds them from a profile.

Points are whole points from 0 to 100 here; the engine scales them. See `docs/scoring.md` for each rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal


class Axis(StrEnum):
    """The two axes of the map: Y is performance (*kinerja*), X is potential (*potensial*)."""

    PERFORMANCE = "PERFORMANCE"
    POTENTIAL = "POTENTIAL"


class Indicator(StrEnum):
    """The eleven indicators, as SIMATA's sheet has them."""

    RATING = "RATING"
    AWARD = "AWARD"
    TEAM = "TEAM"
    FEEDBACK = "FEEDBACK"
    COMPETENCE = "COMPETENCE"
    DEVELOPMENT = "DEVELOPMENT"
    EXPERIENCE = "EXPERIENCE"
    POTENTIAL = "POTENTIAL"
    EDUCATION = "EDUCATION"
    FIELD = "FIELD"
    DISCIPLINE = "DISCIPLINE"


class Component(StrEnum):
    """The smallest things that earn points."""

    RATING = "RATING"
    AWARD = "AWARD"
    TEAM = "TEAM"
    FEEDBACK = "FEEDBACK"
    COMPETENCE = "COMPETENCE"
    TRAINING = "TRAINING"
    CERTIFICATION = "CERTIFICATION"
    TENURE = "TENURE"
    BREADTH = "BREADTH"
    ACTING = "ACTING"
    POTENTIAL = "POTENTIAL"
    EDUCATION = "EDUCATION"
    FIELD = "FIELD"
    DISCIPLINE = "DISCIPLINE"


AXIS_OF: Final[Mapping[Component, Axis]] = {
    component: Axis.PERFORMANCE
    if component in (Component.RATING, Component.AWARD, Component.TEAM, Component.FEEDBACK)
    else Axis.POTENTIAL
    for component in Component
}
INDICATOR_OF: Final[Mapping[Component, Indicator]] = {
    component: {
        Component.TRAINING: Indicator.DEVELOPMENT,
        Component.CERTIFICATION: Indicator.DEVELOPMENT,
        Component.TENURE: Indicator.EXPERIENCE,
        Component.BREADTH: Indicator.EXPERIENCE,
        Component.ACTING: Indicator.EXPERIENCE,
    }.get(component)
    or Indicator(component.value)
    for component in Component
}


REGISTER_OF: Final[Mapping[Component, str]] = {
    Component.AWARD: "penghargaan",
    Component.TEAM: "tim_kerja",
    Component.FEEDBACK: "umpan_balik",
    Component.TRAINING: "diklat",
    Component.CERTIFICATION: "diklat",
    Component.ACTING: "riwayat_jabatan",
    Component.DISCIPLINE: "disiplin",
}
"""The register that, verified as complete, makes an absence a known none. Without one there is no verified none."""


class State(StrEnum):
    """What is known of a person's component. Unknown is never zero."""

    KNOWN = "KNOWN"
    VERIFIED_NONE = "VERIFIED_NONE"
    UNKNOWN = "UNKNOWN"


class Status(StrEnum):
    """How complete a person's result is."""

    LENGKAP = "LENGKAP"
    SEMENTARA = "SEMENTARA"
    BELUM_DAPAT_DIPETAKAN = "BELUM_DAPAT_DIPETAKAN"


class Source(StrEnum):
    """Where competence and potential come from: an assessment's details, or a report's total."""

    DETAIL = "DETAIL"
    TOTAL = "TOTAL"


@dataclass(frozen=True, slots=True)
class Exact:
    """Evidence without measurement error."""


@dataclass(frozen=True, slots=True)
class Steps:
    """A discrete value may truly be the next lower (`down`) or next higher (`up`) value of its scale: probabilities."""

    down: float
    up: float


@dataclass(frozen=True, slots=True)
class Normal:
    """A continuous value carries a normal error with this standard error, in points."""

    standard_error: float


Error = Exact | Steps | Normal


@dataclass(frozen=True, slots=True)
class Weighing:
    """How one component counts: `weight` over the axis' `weight_base`, what an empty register earns, what is uncertain.

    `absent` are (points, probability) of evidence that was not submitted; the probabilities add to one.
    """

    weight: int
    none_points: int
    error: Error
    absent: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Band:
    """From `least` on (included) the value earns `points`."""

    least: int
    points: int


@dataclass(frozen=True, slots=True)
class Rating:
    """Annual performance ratings; `former_bands` are lower bounds of the scores of PP 30/2019."""

    points: Mapping[str, int]
    matrix: Mapping[tuple[str, str], str]  # (results, behaviour) → rating
    former_bands: tuple[tuple[int, str], ...]  # (least score, rating), highest first
    due_month: int
    years: int


@dataclass(frozen=True, slots=True)
class Feedback:
    """360-degree feedback."""

    points: Mapping[str, int]  # by rating
    points_per_value: int
    relation_weights: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Assessment:
    """Competence and potential: sources in order, how long an assessment holds, and what a detail must cover."""

    competence_sources: tuple[Source, ...]
    potential_sources: tuple[Source, ...]
    years: int
    cap_levels: bool
    points_per_match: int  # for each percent of job–person match
    potential_aspects: tuple[str, ...]
    greatest_aspect_value: int


@dataclass(frozen=True, slots=True)
class Learning:
    """Training and certificates; bands are highest first."""

    training_measure: Literal["COUNT", "HOURS"]
    training_bands: tuple[Band, ...]
    training_years: int
    certification_bands: tuple[Band, ...]
    certification_years: int


@dataclass(frozen=True, slots=True)
class Career:
    """Experience: tenure in months (bands highest first), breadth, and duties as an acting holder."""

    tenure_bands: tuple[Band, ...]
    breadth_points: Mapping[str, int]  # CROSS_INSTITUTION, CROSS_UNIT, ONE_UNIT
    acting_points: Mapping[str, int]  # PJ, PLT_HIGHER, PLT_SAME, PLH_HIGHER, PLH_SAME
    tier_rank: Mapping[str, int]  # greater ranks higher


@dataclass(frozen=True, slots=True)
class Discipline:
    """Points by the level of a past sanction, and while one is being served."""

    points: Mapping[str, int]
    serving_points: int
    years: int


@dataclass(frozen=True, slots=True)
class Cutoffs:
    """Lower bounds, included, of the high and the middle class of an axis, in points."""

    high: int
    middle: int


@dataclass(frozen=True, slots=True)
class Parameters:
    """A policy profile as the engine sees it. `weight_base` is the sum of the weights of each axis."""

    policy_id: str
    policy_version: str
    policy_hash: str  # SHA-256 of the profile's canonical form
    stamp: str | None  # words that every output carries, e.g. "bobot BKN; bobot kota belum diketahui"
    weight_base: Mapping[Axis, int]
    weighing: Mapping[Component, Weighing]
    talent_weights: Mapping[Axis, int]  # percent, add to 100
    cutoffs: Mapping[Axis, Cutoffs]
    box_table: tuple[
        tuple[int, int, int], tuple[int, int, int], tuple[int, int, int]
    ]  # performance × potential, low first
    follow_ups: Mapping[int, tuple[str, ...]]  # box → codes of recommended follow-ups
    pool_boxes: Mapping[str, tuple[int, ...]]  # target tier → boxes that qualify for its pool
    mapped_staff_kinds: tuple[str, ...]
    candidate_staff_kinds: tuple[str, ...]
    excluded_legal_statuses: tuple[str, ...]
    unknown: Literal["floor", "renormalise"]
    provisional_completeness: int  # percent of each axis' weight
    coverage_months: int
    rating: Rating
    feedback: Feedback
    assessment: Assessment
    learning: Learning
    career: Career
    discipline: Discipline
    award_points: Mapping[str, int]
    award_years: int
    team_points: Mapping[tuple[str, str], int]  # (role, scope)
    team_years: int
    education_points: Mapping[str, int]
    field_points: Mapping[str, int]  # SUITABLE, RELATED, UNSUITABLE

    @property
    def components(self) -> tuple[Component, ...]:
        """The components that count, in the order of `Component`: those with a weight."""
        return tuple(component for component in Component if self.weighing[component].weight)
