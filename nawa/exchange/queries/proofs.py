"""The papers behind values on a map: number and date of decree, report or letter, as the records have them today."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import models

from nawa.core.dates import months_after
from nawa.engine.parameters import REGISTER_OF, Component, State
from nawa.evidence.models import (
    AssessmentResult,
    Award,
    CompetencyAssessment,
    DeclaredNone,
    Discipline,
    PerformanceRating,
    PotentialAssessment,
    RegisterCoverage,
    TeamRole,
    Training,
)
from nawa.registry.models import ActingAssignment, CareerEntry, Education, Unit
from nawa.talent.models import MappingResult, MappingRun
from nawa.talent.queries.profiles import policy_of


@dataclass(frozen=True, slots=True)
class Proof:
    """What proves a value: what it is called, its number and date as far as the records know them.

    `is_none`: the register was verified as holding nothing, by a unit's letter where a number stands.
    """

    component: Component
    name: str = ""
    number: str = ""
    dated_on: datetime.date | None = None
    is_none: bool = False


@dataclass(frozen=True, slots=True)
class _Paper:
    """Where the papers of an engine table stand: model, fields of name and number, dates by which a row is found."""

    model: type[models.Model]
    name: str
    number: str
    dates: tuple[str, ...]


_PAPERS: Final[Mapping[str, _Paper]] = {
    "award": _Paper(Award, "name", "decree_number", ("awarded_on",)),
    "team_role": _Paper(TeamRole, "name", "decree_number", ("started_on", "ended_through")),
    "assessment_total": _Paper(AssessmentResult, "provider", "number", ("assessed_on",)),
    "competency": _Paper(CompetencyAssessment, "assessor", "", ("assessed_on",)),
    "potential": _Paper(PotentialAssessment, "assessor", "", ("assessed_on",)),
    "training": _Paper(Training, "name", "", ("completed_on", "valid_through")),
    "discipline": _Paper(Discipline, "kind", "decree_number", ("started_on", "ended_through", "decided_on")),
    "rating": _Paper(PerformanceRating, "rating", "", ("started_on", "ended_through")),
    "career": _Paper(CareerEntry, "title", "decree_number", ("started_on", "ended_through", "inaugurated_on")),
    "acting": _Paper(ActingAssignment, "kind", "letter_number", ("started_on", "ended_through")),
    "education": _Paper(Education, "institution", "", ()),
}


def proofs(run: MappingRun, wanted: Iterable[tuple[int, str]]) -> dict[tuple[int, str], Proof]:
    """Return what proves components (person's primary key, component) in a run: a query for each table asked for.

    The run says which evidence it was and of which day; the records say its number, where they still hold it.
    """
    asked = sorted({(person, component) for person, component in wanted if component})
    people = sorted({person for person, _component in asked})
    kept = dict(_results(run, people))
    shown = {key: kept[key[0]][1][key[1]] for key in asked if key[0] in kept and key[1] in kept[key[0]][1]}
    by_table: dict[str, set[int]] = defaultdict(set)
    for (person, _component), (state, _raw, _points, _on, _expires, table, _source) in shown.items():
        if state == State.KNOWN:
            by_table[table].add(person)
    papers = {table: _papers(_PAPERS[table], people) for table, people in by_table.items() if table in _PAPERS}
    letters = _Letters(run, people) if any(cells[0] == State.VERIFIED_NONE for cells in shown.values()) else None
    return {
        key: _proof(Component(key[1]), kept[key[0]][0], cells, papers, letters, key[0]) for key, cells in shown.items()
    }


def _results(run: MappingRun, people: list[int]) -> Iterable[tuple[int, tuple[int | None, Mapping[str, Any]]]]:
    rows = MappingResult.objects.filter(run=run, person_id__in=people)
    return ((person, (unit, cells)) for person, unit, cells in rows.values_list("person_id", "unit_id", "components"))


def _papers(paper: _Paper, people: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
    names = [name for name in ("person_id", paper.name, paper.number, *paper.dates) if name]
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in paper.model._default_manager.filter(person_id__in=list(people)).order_by("pk").values(*names):
        found[row["person_id"]].append(row)
    return found


def _proof(
    component: Component,
    unit: int | None,
    cells: list[Any],
    papers: Mapping[str, Mapping[int, list[dict[str, Any]]]],
    letters: _Letters | None,
    person: int,
) -> Proof:
    state, _raw, _points, day, _expires, table, _source = cells
    if state == State.VERIFIED_NONE and letters:
        number, complete_on = letters.of(person, unit, REGISTER_OF.get(component, ""))
        return Proof(component, "", number, complete_on, is_none=True)
    on = datetime.date.fromisoformat(day) if day else None
    paper, rows = _PAPERS.get(table or ""), papers.get(table or "", {}).get(person, [])
    row = next((row for row in rows if paper and on and on in [row[name] for name in paper.dates]), None)
    if paper is None or row is None:
        return Proof(component, dated_on=on)
    return Proof(component, row[paper.name], row[paper.number] if paper.number else "", on)


class _Letters:
    """The letters by which registers were complete or empty on the day of a run (three queries)."""

    def __init__(self, run: MappingRun, people: Iterable[int]) -> None:
        months = policy_of(run).parameters.coverage_months
        self._above = dict(Unit.objects.values_list("pk", "parent_id"))
        rows = RegisterCoverage.objects.values_list("unit_id", "register", "letter_number", "complete_on")
        self._letters = {
            (unit, register): (number, on)
            for unit, register, number, on in rows
            if months_after(on, months) > run.on  # as the engine counts it
        }
        standing = DeclaredNone.objects.filter(person__in=list(people), declaration__withdrawn_at__isnull=True)
        said = standing.order_by("pk").values_list(
            "person_id", "register", "declaration__letter_number", "declaration__complete_on"
        )
        self._none = {(person, register): (number, on) for person, register, number, on in said}

    def of(self, person: int, unit: int | None, register: str) -> tuple[str, datetime.date | None]:
        """Return number and day of the newest letter about a register of a unit and those above that still counted.

        Without one it is the letter by which this person has nothing in it.
        """
        found: list[tuple[str, datetime.date]] = []
        while unit is not None:
            found += [self._letters[unit, register]] if (unit, register) in self._letters else []
            unit = self._above.get(unit)
        if found:
            return max(found, key=lambda letter: letter[1])
        return self._none.get((person, register), ("", None))
