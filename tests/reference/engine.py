"""The slow, plain engine: one person after the other, exact fractions, written from `docs/scoring.md` and the law.

It shares nothing with `nawa.engine` but the contracts `parameters` and `tables`, so that agreement means something.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from nawa.engine.parameters import AXIS_OF, Axis, Component, Parameters, State, Status
from tests.reference import assessment, performance, record
from tests.reference.days import months_after
from tests.reference.findings import MILLION, UNKNOWN, Finding, Row, Rows, half_up
from tests.reference.performance import Mine

Tables = Mapping[str, Rows]

REGISTER = {
    Component.AWARD: "penghargaan",
    Component.TEAM: "tim_kerja",
    Component.FEEDBACK: "umpan_balik",
    Component.TRAINING: "diklat",
    Component.CERTIFICATION: "diklat",
    Component.ACTING: "riwayat_jabatan",
    Component.DISCIPLINE: "disiplin",
}
RULES: dict[Component, Callable[[Mine, Parameters, date], Finding]] = {
    Component.RATING: performance.rating,
    Component.AWARD: performance.award,
    Component.TEAM: performance.team,
    Component.FEEDBACK: performance.feedback,
    Component.COMPETENCE: assessment.competence,
    Component.TRAINING: record.training,
    Component.CERTIFICATION: record.certification,
    Component.TENURE: record.tenure,
    Component.BREADTH: record.breadth,
    Component.ACTING: record.acting,
    Component.POTENTIAL: assessment.potential,
    Component.EDUCATION: record.education,
    Component.FIELD: record.field,
    Component.DISCIPLINE: record.discipline,
}
PERFORMANCE_CLASSES = ("BELOW", "AS_EXPECTED", "ABOVE")
POTENTIAL_CLASSES = ("LOW", "MIDDLE", "HIGH")
SCORES = (
    "performance_score",
    "performance_class",
    "potential_score",
    "potential_class",
    "talent_score_e6",
    "box",
    "box_lowest",
    "box_highest",
)


def map_people(tables: Tables, p: Parameters, on: date) -> list[dict[str, Any]]:
    """The map without its probabilities: one dict per mapped person, sorted by subject, with the contract's columns."""
    by_subject = grouped(tables)
    people = (person for person in tables["person"] if is_mapped(person, p, on))
    return [
        result(findings_of(by_subject[person["subject"]], p, on), person, p)
        for person in sorted(people, key=lambda person: str(person["subject"]))
    ]


def grouped(tables: Tables) -> dict[str, dict[str, list[Row]]]:
    """Everybody's own rows by table; `standard` holds the rows of the person's standard."""
    owned = [name for name in tables if name != "standard"]
    mine: dict[str, dict[str, list[Row]]] = {
        person["subject"]: {name: [] for name in tables} for person in tables["person"]
    }
    for name in owned:
        for row in tables[name]:
            if row["subject"] in mine:
                mine[row["subject"]][name].append(row)
    for rows in mine.values():
        standard = rows["person"][0]["standard"]
        rows["standard"] = [row for row in tables["standard"] if standard is not None and row["standard"] == standard]
    return mine


def is_mapped(person: Row, p: Parameters, on: date) -> bool:
    """Whether the person has a row at all (§3)."""
    kind, inactive_since = person["staff_kind"], person["inactive_since"]
    return (
        (kind is None or kind in p.mapped_staff_kinds)
        and person["legal_status"] not in p.excluded_legal_statuses
        and (inactive_since is None or inactive_since > on)
    )


def counted(p: Parameters) -> list[Component]:
    """Components with a weight, in the order of `Component`."""
    return [component for component in Component if component in p.weighing and p.weighing[component].weight > 0]


def findings_of(mine: Mine, p: Parameters, on: date) -> dict[Component, Finding]:
    """What is known of each counted component of one person."""
    return {component: _finding(component, mine, p, on) for component in counted(p)}


def _finding(component: Component, mine: Mine, p: Parameters, on: date) -> Finding:
    finding = RULES[component](mine, p, on)
    if finding is UNKNOWN and is_covered(component, mine["coverage"], p, on):
        return Finding(State.VERIFIED_NONE, points=p.weighing[component].none_points * MILLION)
    return finding


def is_covered(component: Component, coverage: Rows, p: Parameters, on: date) -> bool:
    """Whether the component's register is verified as complete on `on` (§4)."""
    return component in REGISTER and any(
        row["complete_on"] is None or on < months_after(row["complete_on"], p.coverage_months)
        for row in coverage
        if row["register"] == REGISTER[component]
    )


def scale(component: Component, p: Parameters) -> list[int]:
    """The distinct whole points that a component's codes or bands give, lowest first (§6)."""
    values: dict[Component, list[int]] = {
        Component.RATING: list(p.rating.points.values()),
        Component.AWARD: list(p.award_points.values()),
        Component.TEAM: list(p.team_points.values()),
        Component.FEEDBACK: list(p.feedback.points.values()),
        Component.COMPETENCE: [],
        Component.TRAINING: [band.points for band in p.learning.training_bands],
        Component.CERTIFICATION: [band.points for band in p.learning.certification_bands],
        Component.TENURE: [band.points for band in p.career.tenure_bands],
        Component.BREADTH: list(p.career.breadth_points.values()),
        Component.ACTING: list(p.career.acting_points.values()),
        Component.POTENTIAL: [],
        Component.EDUCATION: list(p.education_points.values()),
        Component.FIELD: list(p.field_points.values()),
        Component.DISCIPLINE: [*p.discipline.points.values(), p.discipline.serving_points],
    }
    none = [p.weighing[component].none_points] if component in REGISTER else []
    return sorted({*values[component], *none})


def greatest(component: Component, p: Parameters) -> int:
    """The most that missing evidence could still earn, in whole points (§6)."""
    if component in (Component.FEEDBACK, Component.COMPETENCE, Component.POTENTIAL):
        return 100
    return max(scale(component, p))


def result(findings: Mapping[Component, Finding], person: Row, p: Parameters) -> dict[str, Any]:
    """One row of the map, without probabilities."""
    known_share = {axis: _known_share(findings, axis, p) for axis in Axis}
    status = _status(findings, known_share, p)
    boxes = _boxes(findings, status, p)
    candidate = person["staff_kind"] in p.candidate_staff_kinds
    return {
        "subject": person["subject"],
        "staff_kind": person["staff_kind"],
        "candidate": candidate,
        "status": status.value,
        **boxes,
        "performance_completeness_e4": half_up(known_share[Axis.PERFORMANCE] * MILLION),
        "potential_completeness_e4": half_up(known_share[Axis.POTENTIAL] * MILLION),
        "completeness_e4": half_up(_talent_mean(known_share, p) * MILLION),
        "missing": [component.value for component, finding in findings.items() if finding.state == State.UNKNOWN],
        "follow_ups": list(p.follow_ups.get(boxes["box"], ())),
        "pool_tiers": [t for t, wanted in p.pool_boxes.items() if candidate and boxes["box_lowest"] in wanted],
        **{name: value for component in findings for name, value in _columns(component, findings[component]).items()},
    }


def _columns(component: Component, finding: Finding) -> dict[str, Any]:
    stem = component.value.lower()
    return {
        f"{stem}_state": finding.state.value,
        f"{stem}_raw": finding.raw,
        f"{stem}_points": finding.points,
        f"{stem}_on": finding.on,
        f"{stem}_expires_on": finding.expires_on,
        f"{stem}_table": finding.table,
        f"{stem}_source": finding.source,
    }


def _of_axis(findings: Mapping[Component, Finding], axis: Axis) -> list[tuple[Component, Finding]]:
    return [(component, finding) for component, finding in findings.items() if AXIS_OF[component] == axis]


def _known_share(findings: Mapping[Component, Finding], axis: Axis, p: Parameters) -> Fraction:
    known = [
        p.weighing[component].weight for component, finding in _of_axis(findings, axis) if finding.points is not None
    ]
    return Fraction(sum(known), p.weight_base[axis])


def _status(findings: Mapping[Component, Finding], known_share: Mapping[Axis, Fraction], p: Parameters) -> Status:
    if all(finding.state != State.UNKNOWN for finding in findings.values()):
        return Status.LENGKAP
    if all(share >= Fraction(p.provisional_completeness, 100) for share in known_share.values()):
        return Status.SEMENTARA
    return Status.BELUM_DAPAT_DIPETAKAN


def _talent_mean(values: Mapping[Axis, Fraction], p: Parameters) -> Fraction:
    return Fraction(sum(values[axis] * p.talent_weights[axis] for axis in Axis), 100)


def _points(findings: Mapping[Component, Finding], axis: Axis, p: Parameters, *, hoping: bool = False) -> Fraction:
    """The axis score in points: what is proved so far, or `hoping` for the greatest of everything unknown."""
    total = 0
    for component, finding in _of_axis(findings, axis):
        unproved = greatest(component, p) * MILLION if hoping else 0
        points = unproved if finding.points is None else finding.points
        total += points * p.weighing[component].weight
    return Fraction(total, MILLION * p.weight_base[axis])


def _class(points: Fraction, axis: Axis, p: Parameters) -> int:
    """0 for low, 1 for the middle, 2 for high."""
    cutoffs = p.cutoffs[axis]
    return 2 if points >= cutoffs.high else 1 if points >= cutoffs.middle else 0


def _boxes(findings: Mapping[Component, Finding], status: Status, p: Parameters) -> dict[str, Any]:
    """Scores, classes and boxes; all null where nobody can be mapped yet."""
    if status == Status.BELUM_DAPAT_DIPETAKAN:
        return dict.fromkeys(SCORES)
    proved = {axis: _points(findings, axis, p) for axis in Axis}
    hoped = {axis: _points(findings, axis, p, hoping=True) for axis in Axis}
    shown = dict(proved)
    if p.unknown == "renormalise":
        shown = {axis: points / _known_share(findings, axis, p) for axis, points in proved.items()}
    reported = {axis: half_up(points * MILLION * p.weight_base[axis]) for axis, points in shown.items()}
    rounded = {axis: Fraction(score, MILLION * p.weight_base[axis]) for axis, score in reported.items()}
    return {
        "performance_score": reported[Axis.PERFORMANCE],
        "performance_class": PERFORMANCE_CLASSES[_class(shown[Axis.PERFORMANCE], Axis.PERFORMANCE, p)],
        "potential_score": reported[Axis.POTENTIAL],
        "potential_class": POTENTIAL_CLASSES[_class(shown[Axis.POTENTIAL], Axis.POTENTIAL, p)],
        "talent_score_e6": half_up(_talent_mean(rounded, p) * MILLION),
        "box": _box(shown, p),
        "box_lowest": _box(proved, p),
        "box_highest": _box(hoped, p),
    }


def _box(points: Mapping[Axis, Fraction], p: Parameters) -> int:
    row, column = (_class(points[axis], axis, p) for axis in (Axis.PERFORMANCE, Axis.POTENTIAL))
    return p.box_table[row][column]
