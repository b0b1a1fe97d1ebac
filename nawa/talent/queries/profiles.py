"""One person's result in a run, with its reasons, and their boxes over the runs."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from django.db.models import OuterRef, Subquery

from nawa.core.scope import Scope
from nawa.engine.explain import Explanation, explain
from nawa.engine.parameters import Parameters
from nawa.engine.tables import MAP_SCHEMA, component_schema
from nawa.policy.keeping import kept
from nawa.policy.loading import Policy, load, shipped
from nawa.registry.models import Person
from nawa.registry.queries import people, subtree
from nawa.talent.enums import Stage
from nawa.talent.models import MappingResult, MappingRun, RunStage
from nawa.talent.queries.overview import runs
from nawa.talent.queries.runs import last_stage, results, visible

_PLACE: Final = ("unit__parent__parent__parent", "position")
"""A city's units lie so deep; one that lies deeper, or somebody who has moved, costs a query more for each step."""


@dataclass(frozen=True, slots=True)
class Past:
    """A person's box in one run; `box` is empty where they could not be mapped. `run_id` is the run's opaque id."""

    run_id: str
    on: datetime.date
    stage: str
    box: int | None
    highest: int | None
    status: str


def result_of(public_id: str, run: MappingRun, *, scope: Scope) -> MappingResult | None:
    """Return somebody's result in a run, with person, post and the units above theirs at hand (two queries at most)."""
    rows = results(run, scope=scope).filter(person__public_id=public_id)
    return rows.select_related("person__position", *_PLACE).first()


def person_of(public_id: str, *, scope: Scope) -> Person | None:
    """Return somebody who is in the units in scope now, with post and units at hand (two queries at most)."""
    return people(scope=scope).filter(public_id=public_id).select_related(*_PLACE).first()


def is_within(person: Person, scope: Scope) -> bool:
    """Tell whether somebody works in the units in scope now: their records are then the reader's to see (one query)."""
    inside = subtree(scope)
    home = person.unit_id or (person.position.unit_id if person.position else None)
    return inside is None or home in inside


def policy_of(run: MappingRun) -> Policy:
    """Return the policy as the run had it, with the citations, whatever the policy's file says today."""
    return kept(_policy_text(run.public_id) if "policy_text" in run.get_deferred_fields() else run.policy_text, run.on)


@lru_cache(maxsize=16)
def _policy_text(run_id: str) -> str:
    """The policy's text of a run that was read without it: nobody can change it, so it is read once and held."""
    return str(MappingRun.objects.values_list("policy_text", flat=True).get(public_id=run_id))


def newest_parameters(*, on: datetime.date) -> Parameters:
    """Return the parameters of the newest map's policy; before there is one, those of the first shipped policy."""
    newest = runs().newest(unpublished=True)
    return load(shipped()[0], on=on).parameters if newest is None else parameters_of(newest)


def parameters_of(run: MappingRun) -> Parameters:
    """Return the numbers of the law as the run had them."""
    return policy_of(run).parameters


def contest_ends(run: MappingRun) -> datetime.date | None:
    """Return the last day on which a run may be contested; None where that period was never opened (one query)."""
    return RunStage.objects.filter(run=run, stage=Stage.CONTEST).values_list("contest_through", flat=True).first()


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
    """Return somebody's boxes over the runs that the reader may see, the earliest first (one query).

    Runs that were withdrawn tell nothing of anybody.
    """
    rows = MappingResult.objects.filter(
        person__public_id=public_id, run__in=visible(unpublished=unpublished).order_by().values("pk")
    )
    stage: Mapping[str, Any] = {"stage": Subquery(last_stage(OuterRef("run_id")))}
    told = rows.annotate(**stage).order_by("run__cycle__month_on", "run__finished_at", "run_id")
    columns = ("run__public_id", "run__on", "stage", "box", "box_highest", "status")
    return [past for row in told.values_list(*columns) if (past := Past(*row)).stage != Stage.WITHDRAWN]
