"""Which rows of a person's input a component rests on: the one that decides, those that count, those left aside.

For explanations only: the points come from the component functions, and a test over a whole city holds both together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from nawa.engine.parameters import Component, Parameters
from nawa.engine.performance import required_year
from nawa.engine.windows import plus_years

Row = Mapping[str, Any]
Rows = Mapping[str, Sequence[Row]]

TABLES: Final[Mapping[Component, tuple[str, ...]]] = {
    Component.RATING: ("rating",),
    Component.AWARD: ("award",),
    Component.TEAM: ("team_role",),
    Component.FEEDBACK: ("feedback",),
    Component.COMPETENCE: ("competency", "assessment_total"),
    Component.TRAINING: ("training",),
    Component.CERTIFICATION: ("training",),
    Component.TENURE: ("career",),
    Component.BREADTH: ("career",),
    Component.ACTING: ("acting", "career"),
    Component.POTENTIAL: ("potential", "assessment_total"),
    Component.EDUCATION: ("education",),
    Component.FIELD: ("education",),
    Component.DISCIPLINE: ("discipline",),
}
"""The engine's tables that a component reads."""

_DUTIES: Final = ("PLT", "PLH", "PJ")
_NO_SANCTION: Final = ("PROSES", "BATAL")


class Use(StrEnum):
    """What became of a row."""

    DECIDES = "DECIDES"  # the one shown as the evidence
    COUNTS = "COUNTS"  # went into the figure, or stood for choice
    ASIDE = "ASIDE"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The row that a component of the map names as its evidence; all None where nothing is known."""

    table: str | None
    source: int | None
    on: date | None


@dataclass(frozen=True, slots=True)
class Ground:
    """A row of a table, as it stood in the input, and its use; `expires_on` is the first day on which it is too old."""

    table: str
    row: Row
    use: Use
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class _Case:
    """What the rules of a component ask about: the person's rows, the row chosen, the numbers of the law, the day."""

    rows: Rows
    chosen: Chosen
    parameters: Parameters
    on: date

    @property
    def person(self) -> Row:
        return self.rows["person"][0]

    def inside(self, begun: date | None, ends: date | None) -> bool:
        return begun is not None and ends is not None and begun <= self.on < ends


def grounds(component: Component, rows: Rows, chosen: Chosen, parameters: Parameters, on: date) -> list[Ground]:
    """Return the rows that belong to a component, the deciding first, then those that count, each in table order.

    `rows` are one person's rows of every engine table as dicts, `person` included.
    """
    case = _Case(rows, chosen, parameters, on)
    found = [
        Ground(table, row, _use(component, table, row, case), _expiry(component, row, parameters))
        for table in TABLES[component]
        for row in rows[table]
        if _belongs(component, table, row)
    ]
    return sorted(found, key=lambda ground: list(Use).index(ground.use))


def counted(found: Sequence[Ground]) -> Iterator[Ground]:
    """Yield the rows that are not left aside."""
    return (ground for ground in found if ground.use is not Use.ASIDE)


def _use(component: Component, table: str, row: Row, case: _Case) -> Use:
    chosen = case.chosen
    if not _COUNTS[component](row, case) or (_one_table(component) and table != chosen.table):
        return Use.ASIDE
    return Use.DECIDES if (table, row["source"]) == (chosen.table, chosen.source) else Use.COUNTS


def _one_table(component: Component) -> bool:
    """Whether only one of its tables gives the figure: details of an assessment, or the total of a report."""
    return component in (Component.COMPETENCE, Component.POTENTIAL)


def _belongs(component: Component, table: str, row: Row) -> bool:
    """Whether a row says anything about a component at all."""
    match component:
        case Component.TRAINING | Component.CERTIFICATION:
            return (row["kind"] == "SERTIFIKASI") is (component is Component.CERTIFICATION)
        case Component.TENURE | Component.BREADTH:
            return row["assignment"] in (None, "D")
        case Component.ACTING:
            return row["kind" if table == "acting" else "assignment"] in _DUTIES
        case Component.COMPETENCE | Component.POTENTIAL if table == "assessment_total":
            return row[_TOTAL[component]] is not None
        case _:
            return True


_TOTAL: Final = {Component.COMPETENCE: "job_person_match_e4", Component.POTENTIAL: "potential_score_e4"}


def _rating(row: Row, case: _Case) -> bool:
    last = required_year(case.on, case.parameters.rating.due_month)
    return row["period"] is None and last - case.parameters.rating.years < row["year"] <= last


def _feedback(row: Row, case: _Case) -> bool:
    """Rows of the period of the row shown; its combined rows alone where it has some."""
    shown = [other for other in case.rows["feedback"] if other["source"] == case.chosen.source]
    if case.chosen.table != "feedback" or not shown or row["period"] != shown[0]["period"]:
        return False
    relation = row["relation"] or "GABUNGAN"
    combined = (shown[0]["relation"] or "GABUNGAN") == "GABUNGAN"
    if combined:
        return relation == "GABUNGAN"
    return relation in case.parameters.feedback.relation_weights


def _training(row: Row, case: _Case) -> bool:
    rules = case.parameters.learning
    measured = rules.training_measure == "COUNT" or row["hours"] is not None
    ends = row["completed_on"] and plus_years(row["completed_on"], rules.training_years)
    return measured and case.inside(row["completed_on"], ends)


def _certified(row: Row, case: _Case) -> bool:
    return case.inside(row["completed_on"], _expiry(Component.CERTIFICATION, row, case.parameters))


def _tenure(row: Row, case: _Case) -> bool:
    lasting = row["ended_before"] is None or row["ended_before"] > row["started_on"]
    return bool(row["started_on"] <= case.on and lasting and row["tier"] and row["tier"] == case.person["tier"])


def _breadth(row: Row, case: _Case) -> bool:
    named = any((row[name] or "").strip() for name in ("unit", "institution"))
    return row["started_on"] <= case.on and named


def _assessed(row: Row, case: _Case) -> bool:
    """Rows of the day of the assessment shown, or the report shown."""
    return bool(row["assessed_on"] == case.chosen.on)


def _discipline(row: Row, case: _Case) -> bool:
    if row["started_on"] > case.on or row["state"] in _NO_SANCTION:
        return False
    expires = _expiry(Component.DISCIPLINE, row, case.parameters)
    serving = row["ended_before"] is None or row["ended_before"] > case.on
    return expires is None or expires > case.on or (serving and row["state"] != "SELESAI")


_COUNTS: Final[Mapping[Component, Callable[[Row, _Case], bool]]] = {
    Component.RATING: _rating,
    Component.AWARD: lambda row, case: case.inside(row["awarded_on"], _expiry(Component.AWARD, row, case.parameters)),
    Component.TEAM: lambda row, case: case.inside(row["started_on"], _expiry(Component.TEAM, row, case.parameters)),
    Component.FEEDBACK: _feedback,
    Component.COMPETENCE: _assessed,
    Component.TRAINING: _training,
    Component.CERTIFICATION: _certified,
    Component.TENURE: _tenure,
    Component.BREADTH: _breadth,
    Component.ACTING: lambda row, case: bool(row["started_on"] <= case.on),
    Component.POTENTIAL: _assessed,
    Component.EDUCATION: lambda row, case: row["level"] in case.parameters.education_points,
    Component.FIELD: lambda row, case: row["field"] is not None and bool(case.person["post_fields"]),
    Component.DISCIPLINE: _discipline,
}


def _expiry(component: Component, row: Row, parameters: Parameters) -> date | None:
    """The first day on which a row is too old by itself; None where it never is, or no date says."""
    match component:
        case Component.AWARD:
            return _later(row["awarded_on"], parameters.award_years)
        case Component.TEAM:
            return _later(row["ended_before"] or row["started_on"], parameters.team_years)
        case Component.TRAINING:
            return _later(row["completed_on"], parameters.learning.training_years)
        case Component.CERTIFICATION:
            return row["expires_on"] or _later(row["completed_on"], parameters.learning.certification_years)
        case Component.COMPETENCE | Component.POTENTIAL:
            return row.get("expires_on") or _later(row["assessed_on"], parameters.assessment.years)
        case Component.DISCIPLINE if row["ended_before"] or row["state"] == "SELESAI":
            return _later(row["ended_before"] or row["started_on"], parameters.discipline.years)
        case _:
            return None


def _later(day: date | None, years: int) -> date | None:
    return None if day is None else plus_years(day, years)
