"""Every provision that a profile must state: its path, unit and shape. What is not here cannot be in a profile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from nawa.engine import codes
from nawa.engine.parameters import INDICATOR_OF, REGISTER_OF, Component, Indicator, Source
from nawa.policy import shapes
from nawa.policy.shapes import Shape
from nawa.policy.stewardship import RETAINED


@dataclass(frozen=True, slots=True)
class Rule:
    """What a provision must look like; `unit` is the unit that the file has to name."""

    unit: str | None
    shape: Shape[Any]


_POINTS: Final = shapes.whole(0, 100)
_YEARS: Final = Rule("year", shapes.whole(1, 60))
_SOURCES: Final = Rule(None, shapes.codes(*Source))


def _component_rules(component: Component) -> Mapping[str, Rule]:
    rules = {"error": Rule("point", shapes.error), "absent": Rule("probability", shapes.distribution)}
    if component in REGISTER_OF:
        rules["none_points"] = Rule("point", _POINTS)
    if sum(INDICATOR_OF[other] is INDICATOR_OF[component] for other in Component) > 1:
        rules["share"] = Rule("share", shapes.whole(0, 100))
    return {f"components.{component}.{key}": rule for key, rule in rules.items()}


RULES: Final[Mapping[str, Rule]] = {
    **{f"indicators.{indicator}.weight": Rule("percent", shapes.number(0, 100)) for indicator in Indicator},
    **{path: rule for component in Component for path, rule in _component_rules(component).items()},
    "map.talent_weights": Rule("percent", shapes.table(("PERFORMANCE", "POTENTIAL"), shapes.whole(0, 100))),
    "map.cutoffs.PERFORMANCE": Rule("point", shapes.cutoffs),
    "map.cutoffs.POTENTIAL": Rule("point", shapes.cutoffs),
    "map.box_table": Rule(None, shapes.boxes),
    "map.follow_ups": Rule(None, shapes.by_box(shapes.codes(*codes.FOLLOW_UPS))),
    "map.pool_boxes": Rule(None, shapes.table(codes.TIERS, shapes.box_set, complete=False)),
    "people.mapped_staff_kinds": Rule(None, shapes.codes(*codes.STAFF_KINDS)),
    "people.candidate_staff_kinds": Rule(None, shapes.codes(*codes.STAFF_KINDS)),
    "people.excluded_legal_statuses": Rule(None, shapes.codes(*codes.LEGAL_STATUSES, least=0)),
    "completeness.unknown": Rule(None, shapes.code("floor", "renormalise")),
    "completeness.provisional": Rule("percent", shapes.whole(1, 100)),
    "completeness.coverage_months": Rule("month", shapes.whole(1, 600)),
    "rating.points": Rule("point", shapes.table(codes.RATINGS, shapes.capped(120, 100))),
    "rating.matrix": Rule(None, shapes.pairs(codes.EXPECTATIONS, codes.EXPECTATIONS, shapes.code(*codes.RATINGS))),
    "rating.former_bands": Rule(None, shapes.steps_down(shapes.code(*codes.RATINGS))),
    "rating.due_month": Rule("month", shapes.whole(1, 12)),
    "rating.years": _YEARS,
    "feedback.points": Rule("point", shapes.table(codes.RATINGS, _POINTS)),
    "feedback.points_per_value": Rule("point", shapes.whole(1, 100)),
    "feedback.relation_weights": Rule("share", shapes.table(("ATASAN", "REKAN", "BAWAHAN"), shapes.whole(1, 1000))),
    "award.points": Rule("point", shapes.table(codes.AWARD_LEVELS, _POINTS)),
    "award.years": _YEARS,
    "team.points": Rule("point", shapes.pairs(codes.TEAM_ROLES, codes.TEAM_SCOPES, _POINTS)),
    "team.years": _YEARS,
    "assessment.competence_sources": _SOURCES,
    "assessment.potential_sources": _SOURCES,
    "assessment.years": _YEARS,
    "assessment.cap_levels": Rule(None, shapes.boolean),
    "assessment.points_per_match": Rule("point", shapes.whole(1, 10)),
    "assessment.potential_aspects": Rule(None, shapes.codes(*codes.POTENTIAL_ASPECTS)),
    "assessment.greatest_aspect_value": Rule("level", shapes.whole(1, 5)),
    "learning.training_measure": Rule(None, shapes.code("COUNT", "HOURS")),
    "learning.training_bands": Rule("point", shapes.bands),
    "learning.training_years": _YEARS,
    "learning.certification_bands": Rule("point", shapes.bands),
    "learning.certification_years": _YEARS,
    "career.tenure_bands": Rule("point", shapes.bands),
    "career.breadth_points": Rule("point", shapes.table(codes.BREADTHS, _POINTS)),
    "career.acting_points": Rule("point", shapes.table(codes.ACTING_DUTIES, _POINTS)),
    "career.tier_rank": Rule("rank", shapes.table(codes.TIERS, shapes.whole(0, 100))),
    "education.points": Rule("point", shapes.table(codes.EDUCATION_LEVELS, _POINTS)),
    "field.points": Rule("point", shapes.table(codes.FIT_LEVELS, _POINTS)),
    "discipline.points": Rule("point", shapes.table(codes.DISCIPLINE_LEVELS, _POINTS)),
    "discipline.serving_points": Rule("point", _POINTS),
    "discipline.years": _YEARS,
    "succession.technical_weights": Rule("percent", shapes.table(codes.TIERS, shapes.whole(0, 100), complete=False)),
    "records.publication_completeness": Rule("percent", shapes.whole(0, 100)),
    "records.big_move_steps": Rule("step", shapes.whole(1, 4)),
    "records.verify_days": Rule("day", shapes.whole(1, 366)),
    "records.answer_days": Rule("day", shapes.whole(1, 366)),
    "records.remind_days": Rule("day", shapes.whole(0, 366)),
    "records.sample_percent": Rule("percent", shapes.whole(0, 100)),
    "records.retention_years": Rule("year", shapes.table(RETAINED, shapes.whole(1, 100))),
    "acting.months": Rule("month", shapes.whole(1, 60)),
    "acting.extensions": Rule("time", shapes.whole(0, 12)),
    "acting.tier_steps": Rule("step", shapes.whole(0, 12)),
    "posts.equivalent_tiers": Rule(None, shapes.table(codes.TIERS, shapes.codes(*codes.TIERS), complete=False)),
}
