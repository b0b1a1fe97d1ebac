"""The rules behind a component's points: what the policy says, by which citation, and whether that is confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from nawa.engine.parameters import INDICATOR_OF, Component, State
from nawa.policy.loading import Policy
from nawa.policy.provisions import Provision
from nawa.policy.sentences import provision_label
from nawa.policy.values import sources_of, value_words
from nawa.web.kit.languages import spoken

_PATHS: Final[Mapping[Component, tuple[str, ...]]] = {
    Component.RATING: ("rating.points", "rating.due_month", "rating.years"),
    Component.AWARD: ("award.points", "award.years"),
    Component.TEAM: ("team.points", "team.years"),
    Component.FEEDBACK: ("feedback.points_per_value", "feedback.relation_weights"),
    Component.COMPETENCE: ("assessment.competence_sources", "assessment.cap_levels", "assessment.years"),
    Component.TRAINING: ("learning.training_bands", "learning.training_measure", "learning.training_years"),
    Component.CERTIFICATION: ("learning.certification_bands", "learning.certification_years"),
    Component.TENURE: ("career.tenure_bands",),
    Component.BREADTH: ("career.breadth_points",),
    Component.ACTING: ("career.acting_points",),
    Component.POTENTIAL: ("assessment.potential_sources", "assessment.years"),
    Component.EDUCATION: ("education.points",),
    Component.FIELD: ("field.points",),
    Component.DISCIPLINE: ("discipline.points", "discipline.serving_points", "discipline.years"),
}
"""The provisions that turn a component's evidence into points; its weight and its empty register come beside."""


@dataclass(frozen=True, slots=True)
class RuleShown:
    """One provision in words. `basis` is its citation, with the sources that it names by a code spelled out."""

    label: str
    value: str
    basis: str
    confirmed: bool


def rules_of(component: Component, state: State, policy: Policy) -> tuple[RuleShown, ...]:
    """Return the rules that gave a component its points and its weight, in the order in which they work."""
    by_path = {item.path: item for item in policy.provisions}
    own = f"components.{component}"
    paths = [*_PATHS[component], f"indicators.{INDICATOR_OF[component]}.weight", f"{own}.share"]
    if state is State.VERIFIED_NONE:
        paths = [f"{own}.none_points", *paths[-2:]]
    return tuple(_shown(by_path[path], policy) for path in paths if path in by_path)


def _shown(item: Provision, policy: Policy) -> RuleShown:
    basis = "; ".join([item.reference, *sources_of(item, policy.sources)])
    return RuleShown(
        label=provision_label(item.path, spoken()),
        value=value_words(item, spoken()),
        basis=f"{basis} — {item.note}" if item.note else basis,
        confirmed=item.confirmed,
    )
