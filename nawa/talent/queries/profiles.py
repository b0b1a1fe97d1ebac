"""One person's result in a run, with its reasons, and their boxes over the runs."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from nawa.core.scope import Scope
from nawa.engine.explain import Explanation, explain
from nawa.engine.parameters import Parameters
from nawa.engine.tables import MAP_SCHEMA, component_schema
from nawa.policy.keeping import kept
from nawa.talent.models import MappingResult, MappingRun
from nawa.talent.queries.runs import results, visible


@dataclass(frozen=True, slots=True)
class Past:
    """A person's box in one run; `box` is empty where they could not be mapped."""

    on: datetime.date
    box: int | None
    status: str


def result_of(public_id: str, run: MappingRun, *, scope: Scope) -> MappingResult | None:
    """Return somebody's result in a run, with person, post and unit at hand (two queries at most)."""
    rows = results(run, scope=scope).filter(person__public_id=public_id)
    return rows.select_related("person", "unit", "position").first()


def parameters_of(run: MappingRun) -> Parameters:
    """Return the numbers of the law as the run had them, whatever the policy's file says today."""
    return kept(run.policy_text, run.on).parameters


def explained(result: MappingResult, run: MappingRun) -> Explanation:
    """Return the arithmetic of a stored result, what decided, and what would change it."""
    parameters = parameters_of(run)
    return explain(row_of(result, parameters), parameters)


def row_of(result: MappingResult, parameters: Parameters) -> dict[str, Any]:
    """Return a stored result as the row of the map that the engine gave."""
    row: dict[str, Any] = {name: getattr(result, name, None) for name in MAP_SCHEMA if not name.startswith("box_")}
    row |= {name: getattr(result, name) for name in ("box", "box_lowest", "box_highest")}
    row |= {f"box_{box}_e9": chance for box, chance in enumerate(result.probabilities, start=1)}
    row = {name: None if value == "" else value for name, value in row.items()}
    for component in parameters.components:
        names = component_schema(component)
        row |= dict(zip(names, result.components[component.value], strict=True))
        for name in (f"{component.lower()}_on", f"{component.lower()}_expires_on"):
            row[name] = row[name] and datetime.date.fromisoformat(row[name])
    return {**row, "subject": result.person.public_id}


def history(public_id: str, *, unpublished: bool) -> list[Past]:
    """Return somebody's boxes over the runs that the reader may see, the earliest first (one query)."""
    rows = MappingResult.objects.filter(
        person__public_id=public_id, run__in=visible(unpublished=unpublished).order_by()
    )
    return [Past(*row) for row in rows.order_by("run__on", "run_id").values_list("run__on", "box", "status")]
