"""How each provision is laid out for people: as a number, a choice, a table, steps … and in which chapter it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from nawa.engine import codes
from nawa.engine.parameters import AXIS_OF, Axis, Component, Source
from nawa.policy.schema import RULES
from nawa.policy.stewardship import RETAINED


class Kind(StrEnum):
    """What a provision's value looks like."""

    NUMBER = "NUMBER"
    CHOICE = "CHOICE"  # one of the columns
    SET = "SET"  # some of the columns
    ORDER = "ORDER"  # some of the columns, in an order
    TABLE = "TABLE"  # a number for each row
    GRID = "GRID"  # a cell for each row and column
    STEPS = "STEPS"  # from a lower bound on, or at a point: a cell
    LISTS = "LISTS"  # some of the columns for each row
    ERROR = "ERROR"  # one of the columns, with its numbers


@dataclass(frozen=True, slots=True)
class Layout:
    """Rows, columns and (empty: numbers) cells as codes, each with the group of sentences that has their labels."""

    kind: Kind
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    words: tuple[str, str, str] = ("", "", "")  # of rows, columns, cells


class Chapter(StrEnum):
    """Parts of a policy, as people change it."""

    HEAD = "pokok"  # its name, its notes, the day from which it is to hold
    WEIGHTS = "bobot"
    CLASSES = "kelas"
    PERFORMANCE = "kinerja"
    POTENTIAL = "potensial"
    PEOPLE = "sasaran"
    CHANCES = "peluang"
    RECORDS = "data"


ERROR_NUMBERS: Final[Mapping[str, tuple[str, ...]]] = {
    "EXACT": (),
    "STEPS": ("down", "up"),
    "NORMAL": ("standard_error",),
}
"""The numbers that each kind of measurement error has."""

HEAD: Final = ("label", "stamp", "note")
"""Texts of a policy itself that a draft may change."""

_BOXES: Final = tuple(str(box) for box in range(9, 0, -1))
_PLACES: Final = ("0", "1", "2")
_TARGETS: Final = ("JPT_MADYA", "JPT_PRATAMA", "ADMINISTRATOR", "PENGAWAS")  # tiers into which succession leads
_EQUATED: Final = ("ADMINISTRATOR", "PENGAWAS", "PELAKSANA")  # tiers with functional posts of equal standing
_NUMBER: Final = Layout(Kind.NUMBER)
_SCALE: Final = Layout(Kind.STEPS)


def _table(rows: Sequence[str], group: str) -> Layout:
    return Layout(Kind.TABLE, rows=tuple(rows), words=(group, "", ""))


def _one(columns: Sequence[str], group: str, kind: Kind = Kind.CHOICE) -> Layout:
    return Layout(kind, columns=tuple(columns), words=("", group, ""))


_RATED: Final = _table(codes.RATINGS, "raw_codes")
_SPECIAL: Final[Mapping[str, Layout]] = {
    "map.talent_weights": _table(tuple(Axis), "axes"),
    "map.cutoffs.PERFORMANCE": _table(("high", "middle"), "cutoffs"),
    "map.cutoffs.POTENTIAL": _table(("high", "middle"), "cutoffs"),
    "map.box_table": Layout(Kind.GRID, _PLACES, _PLACES, words=("performance_levels", "potential_levels", "")),
    "map.follow_ups": Layout(Kind.LISTS, _BOXES, codes.FOLLOW_UPS, words=("boxes", "follow_ups", "")),
    "map.pool_boxes": Layout(Kind.LISTS, codes.TIERS, _BOXES, words=("tiers", "boxes", "")),
    "people.mapped_staff_kinds": _one(codes.STAFF_KINDS, "staff_kinds", Kind.SET),
    "people.candidate_staff_kinds": _one(codes.STAFF_KINDS, "staff_kinds", Kind.SET),
    "people.excluded_legal_statuses": _one(codes.LEGAL_STATUSES, "legal_statuses", Kind.SET),
    "completeness.unknown": _one(("floor", "renormalise"), "unknown_rules"),
    "rating.points": _RATED,
    "rating.matrix": Layout(
        *(Kind.GRID, codes.EXPECTATIONS, codes.EXPECTATIONS, codes.RATINGS),
        words=("results_expectations", "behaviour_expectations", "raw_codes"),
    ),
    "rating.former_bands": Layout(Kind.STEPS, cells=codes.RATINGS, words=("", "", "raw_codes")),
    "rating.due_month": _one(tuple(str(month) for month in range(1, 13)), "months"),
    "feedback.points": _RATED,
    "feedback.relation_weights": _table(("ATASAN", "REKAN", "BAWAHAN"), "relations"),
    "award.points": _table(codes.AWARD_LEVELS, "raw_codes"),
    "team.points": Layout(Kind.GRID, codes.TEAM_ROLES, codes.TEAM_SCOPES, words=("team_roles", "team_scopes", "")),
    "assessment.competence_sources": _one(tuple(Source), "assessment_sources", Kind.ORDER),
    "assessment.potential_sources": _one(tuple(Source), "assessment_sources", Kind.ORDER),
    "assessment.cap_levels": _one(("true", "false"), "answers"),
    "assessment.potential_aspects": _one(codes.POTENTIAL_ASPECTS, "potential_aspects", Kind.SET),
    "learning.training_measure": _one(("COUNT", "HOURS"), "measures"),
    "learning.training_bands": _SCALE,
    "learning.certification_bands": _SCALE,
    "career.tenure_bands": _SCALE,
    "career.breadth_points": _table(codes.BREADTHS, "raw_codes"),
    "career.acting_points": _table(codes.ACTING_DUTIES, "raw_codes"),
    "career.tier_rank": _table(codes.TIERS, "tiers"),
    "education.points": _table(codes.EDUCATION_LEVELS, "raw_codes"),
    "field.points": _table(codes.FIT_LEVELS, "raw_codes"),
    "discipline.points": _table(codes.DISCIPLINE_LEVELS, "raw_codes"),
    "succession.technical_weights": _table(_TARGETS, "tiers"),
    "records.retention_years": _table(RETAINED, "retained"),
    "posts.equivalent_tiers": Layout(Kind.LISTS, _EQUATED, codes.TIERS, words=("tiers", "tiers", "")),
}
_OF_COMPONENTS: Final[Mapping[str, Layout]] = {
    "error": _one(tuple(ERROR_NUMBERS), "measurement_errors", Kind.ERROR),
    "absent": _SCALE,
}

LAYOUTS: Final[Mapping[str, Layout]] = {
    path: _SPECIAL.get(path)
    or (_OF_COMPONENTS.get(path.rpartition(".")[2], _NUMBER) if path.startswith("components.") else _NUMBER)
    for path in RULES
}
"""The layout of every provision, by its path."""

_CHAPTERS: Final[Mapping[str, Chapter]] = {
    "indicators": Chapter.WEIGHTS,
    "map.talent_weights": Chapter.WEIGHTS,
    "map.cutoffs": Chapter.CLASSES,
    "map.box_table": Chapter.CLASSES,
    "completeness": Chapter.CLASSES,
    "map.pool_boxes": Chapter.PEOPLE,
    "map.follow_ups": Chapter.PEOPLE,
    "people": Chapter.PEOPLE,
    "succession": Chapter.PEOPLE,
    **dict.fromkeys(("rating", "feedback", "award", "team"), Chapter.PERFORMANCE),
    **dict.fromkeys(("assessment", "learning", "career", "education", "field", "discipline"), Chapter.POTENTIAL),
    **dict.fromkeys(("records", "acting", "posts"), Chapter.RECORDS),
}


def chapter_of(path: str) -> Chapter:
    """Return the chapter in which a provision, a text of the head, or a problem with either is shown."""
    if path in HEAD:
        return Chapter.HEAD
    group, _dot, rest = path.partition(".")
    if group == "components":
        component, _dot, what = rest.partition(".")
        if what.startswith("share"):
            return Chapter.WEIGHTS
        if what.startswith("none_points"):
            is_performance = AXIS_OF[Component(component)] is Axis.PERFORMANCE
            return Chapter.PERFORMANCE if is_performance else Chapter.POTENTIAL
        return Chapter.CHANCES
    return next((chapter for start, chapter in _CHAPTERS.items() if path.startswith(start)), Chapter.WEIGHTS)


def paths_of(chapter: Chapter) -> tuple[str, ...]:
    """Return the provisions of a chapter, in the order of the schema."""
    return tuple(path for path in RULES if chapter_of(path) is chapter)
