"""How far the scores of people on a map could rise if all that is missing were brought in at its best."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nawa.engine.exact import MILLION
from nawa.engine.parameters import AXIS_OF, Axis, Component, Parameters
from nawa.engine.scoring import greatest_points
from nawa.talent.models import MappingResult, MappingRun
from nawa.talent.queries.places import Places


@dataclass(frozen=True, slots=True)
class Span:
    """Somebody's axis scores in points: what is proved, and what is possible. Equal where nothing is missing."""

    public_id: str
    performance: tuple[float, float]
    potential: tuple[float, float]


def spans(run: MappingRun, people: Sequence[int], parameters: Parameters, *, within: Places) -> dict[int, Span]:
    """Return the spans of people with a box who were in these units at the time of the run (one query)."""
    rows = MappingResult.objects.filter(run=run, person_id__in=people, box__isnull=False).order_by()
    rows = rows if within.is_everything else rows.filter(unit_id__in=within.names)
    of_axes = [
        name for axis in Axis for name in (f"{axis.lower()}_score", f"{axis.lower()}_completeness_e4")
    ]  # of performance, then of potential
    return {
        pk: Span(public_id, _span(y, y_known, missing or (), Axis.PERFORMANCE, parameters),
                 _span(x, x_known, missing or (), Axis.POTENTIAL, parameters))
        for pk, public_id, missing, y, y_known, x, x_known in rows.values_list(
            "person_id", "person__public_id", "missing", *of_axes
        )
    }  # fmt: skip


def _span(
    score: int, completeness_e4: int, missing: Iterable[str], axis: Axis, parameters: Parameters
) -> tuple[float, float]:
    whole = MILLION * parameters.weight_base[axis]
    # a score that was formed over the known weight alone is brought back to the whole of it
    share = 1.0 if parameters.unknown == "floor" else completeness_e4 / MILLION
    proved = score * share
    lacking = [component for component in map(Component, missing) if AXIS_OF[component] is axis]
    more = sum(greatest_points(component, parameters) * parameters.weighing[component].weight for component in lacking)
    return proved / whole, (proved + more) / whole
