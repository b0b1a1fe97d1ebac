"""Why a person stands in a box, as reason codes with arguments: the arithmetic, what decided, what would change it.

Works on one row of a map and the parameters it was made with; `nawa.policy.sentences` turns codes into sentences.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from nawa.engine.exact import MILLION
from nawa.engine.parameters import AXIS_OF, INDICATOR_OF, Axis, Component, Indicator, Parameters, State, Status
from nawa.engine.scoring import CLASSES, CONTINUOUS, greatest_points, on_axis, scale

Row = Mapping[str, Any]
Argument = str | int | Decimal | date


class ReasonCode(StrEnum):
    """What an explanation can say."""

    COMPLETE = "COMPLETE"
    PROVISIONAL = "PROVISIONAL"
    NOT_MAPPED = "NOT_MAPPED"
    CLASS = "CLASS"
    BOX = "BOX"
    BOX_AT_LEAST = "BOX_AT_LEAST"
    KNOWN = "KNOWN"
    VERIFIED_NONE = "VERIFIED_NONE"
    UNKNOWN = "UNKNOWN"
    EXPIRES = "EXPIRES"
    MISSING_GIVES_BOX = "MISSING_GIVES_BOX"
    MISSING_LIFTS_CLASS = "MISSING_LIFTS_CLASS"
    MISSING_ADDS = "MISSING_ADDS"
    NEXT_CLASS = "NEXT_CLASS"
    NEXT_CLASS_NEEDS_SEVERAL = "NEXT_CLASS_NEEDS_SEVERAL"
    HIGHEST_CLASS = "HIGHEST_CLASS"
    STAFF_KIND_UNKNOWN = "STAFF_KIND_UNKNOWN"
    NO_CANDIDATE = "NO_CANDIDATE"
    POOL = "POOL"
    CURRENT_POST = "CURRENT_POST"
    STAMP = "STAMP"


@dataclass(frozen=True, slots=True)
class Reason:
    """One statement; `arguments` are codes, whole numbers, dates, and decimals with four places."""

    code: ReasonCode
    arguments: Mapping[str, Argument]


@dataclass(frozen=True, slots=True)
class Line:
    """The arithmetic of one component: raw → points → weight → contribution to its axis score, in points.

    `raw` is a code or a number (`nawa.engine.tables`); `weight` is a percent of the axis; `table` and `source` find
    the evidence.
    """

    component: Component
    indicator: Indicator
    axis: Axis
    state: State
    raw: str | int | Decimal | None
    raw_unit: str | None  # of a raw number: POINTS, COUNT, HOURS, MONTHS
    points: Decimal | None
    weight: Decimal
    contribution: Decimal | None
    table: str | None
    source: int | None
    on: date | None
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything about one person's result. `missing` and `changes` come most telling first."""

    subject: str
    status: Status
    lines: tuple[Line, ...]
    reasons: tuple[Reason, ...]
    missing: tuple[Reason, ...]
    changes: tuple[Reason, ...]


Points = dict[Component, int | None]


@dataclass(frozen=True, slots=True)
class _Outcome:
    """Scores, levels (0 low, 1 middle, 2 high) and box that some points lead to."""

    score: Mapping[Axis, Fraction]
    level: Mapping[Axis, int]
    box: int
    mapped: bool  # is enough known of both axes


def explain(row: Row, parameters: Parameters) -> Explanation:
    """Explain one row of a map (`frame.row(i, named=True)`) made with these parameters."""
    points: Points = {component: row[f"{component.lower()}_points"] for component in parameters.components}
    outcome = _outcome(points, parameters)
    mapped = row["status"] != Status.BELUM_DAPAT_DIPETAKAN
    return Explanation(
        subject=row["subject"],
        status=Status(row["status"]),
        lines=tuple(_line(row, component, parameters) for component in parameters.components),
        reasons=tuple(_reasons(row, outcome, parameters)),
        missing=tuple(_missing(points, outcome, parameters)),
        changes=tuple(_next_class(axis, points, outcome, parameters) for axis in Axis if mapped),
    )


def _outcome(points: Points, parameters: Parameters) -> _Outcome:
    """Score some points as `scoring` does, one person at a time, to answer what-if."""
    score: dict[Axis, Fraction] = {}
    level: dict[Axis, int] = {}
    mapped = True
    for axis in Axis:
        known, proved = _proved(axis, points, parameters)
        base, cutoffs = parameters.weight_base[axis], parameters.cutoffs[axis]
        mapped &= 100 * known >= parameters.provisional_completeness * base
        over = (known or base) if parameters.unknown == "renormalise" else base
        score[axis] = Fraction(proved, MILLION * over)
        level[axis] = (score[axis] >= cutoffs.high) + (score[axis] >= cutoffs.middle)
    box = parameters.box_table[level[Axis.PERFORMANCE]][level[Axis.POTENTIAL]]
    return _Outcome(score, level, box, mapped)


def _proved(axis: Axis, points: Points, parameters: Parameters) -> tuple[int, int]:
    """Return the known weight of an axis and Σ points × weight."""
    earned = [(points[component], parameters.weighing[component].weight) for component in on_axis(axis, parameters)]
    known = sum(weight for earns, weight in earned if earns is not None)
    return known, sum((earns or 0) * weight for earns, weight in earned)


def _line(row: Row, component: Component, parameters: Parameters) -> Line:
    stem, weighing = component.lower(), parameters.weighing[component]
    base = parameters.weight_base[AXIS_OF[component]]
    points = row[f"{stem}_points"]
    raw, unit = _raw(row[f"{stem}_raw"], component, parameters)
    return Line(
        component=component,
        indicator=INDICATOR_OF[component],
        axis=AXIS_OF[component],
        state=State(row[f"{stem}_state"]),
        raw=raw,
        raw_unit=unit,
        points=None if points is None else _shown(Fraction(points, MILLION)),
        weight=_shown(Fraction(100 * weighing.weight, base)),
        contribution=None if points is None else _shown(Fraction(points * weighing.weight, MILLION * base)),
        table=row[f"{stem}_table"],
        source=row[f"{stem}_source"],
        on=row[f"{stem}_on"],
        expires_on=row[f"{stem}_expires_on"],
    )


def _shown(value: Fraction) -> Decimal:
    """Round half up to the four decimals that are displayed."""
    whole = (2 * value.numerator * 10_000 + value.denominator) // (2 * value.denominator)
    return Decimal(whole).scaleb(-4)


def _reasons(row: Row, outcome: _Outcome, parameters: Parameters) -> Iterator[Reason]:
    yield _status(row, parameters)
    if row["box"] is not None:
        for axis in Axis:
            yield _class(axis, outcome, parameters)
        yield Reason(ReasonCode.BOX, {"box": row["box"]})
        if row["status"] == Status.SEMENTARA and row["box_lowest"] != row["box_highest"]:
            yield Reason(ReasonCode.BOX_AT_LEAST, {"lowest": row["box_lowest"], "highest": row["box_highest"]})
    for component in parameters.components:
        yield from _component(row, component, parameters)
    yield Reason(ReasonCode.CURRENT_POST, {})
    if row["staff_kind"] is None:
        yield Reason(ReasonCode.STAFF_KIND_UNKNOWN, {})
    elif not row["candidate"]:
        yield Reason(ReasonCode.NO_CANDIDATE, {"staff_kind": row["staff_kind"]})
    for tier in row["pool_tiers"]:
        yield Reason(ReasonCode.POOL, {"tier": tier})
    if parameters.stamp:
        yield Reason(ReasonCode.STAMP, {"stamp": parameters.stamp})


def _status(row: Row, parameters: Parameters) -> Reason:
    known = {axis.lower(): _percent(row[f"{axis.lower()}_completeness_e4"]) for axis in Axis}
    codes = {
        Status.LENGKAP: ReasonCode.COMPLETE,
        Status.SEMENTARA: ReasonCode.PROVISIONAL,
        Status.BELUM_DAPAT_DIPETAKAN: ReasonCode.NOT_MAPPED,
    }
    return Reason(codes[Status(row["status"])], {**known, "needed": parameters.provisional_completeness})


def _percent(e4: int) -> Decimal:
    return Decimal(e4).scaleb(-4)


def _class(axis: Axis, outcome: _Outcome, parameters: Parameters) -> Reason:
    cutoffs, level = parameters.cutoffs[axis], outcome.level[axis]
    bounds = (0, cutoffs.middle, cutoffs.high, 100)
    arguments: dict[str, Argument] = {
        "axis": axis,
        "score": _shown(outcome.score[axis]),
        "class": CLASSES[axis][level],
        "from": bounds[level],
        "to": bounds[level + 1],
    }
    return Reason(ReasonCode.CLASS, arguments)


def _component(row: Row, component: Component, parameters: Parameters) -> Iterator[Reason]:
    line = _line(row, component, parameters)
    arguments: dict[str, Argument] = {"component": component, "weight": line.weight}
    if line.points is not None and line.contribution is not None:
        arguments |= {"points": line.points, "contribution": line.contribution}
    if line.raw is not None:
        arguments |= {"raw": line.raw} | ({"raw_unit": line.raw_unit} if line.raw_unit else {})
    yield Reason(ReasonCode(line.state.value), arguments)
    if line.expires_on is not None:
        yield Reason(ReasonCode.EXPIRES, {"component": component, "expires_on": line.expires_on})


def _raw(
    raw: str | int | None, component: Component, parameters: Parameters
) -> tuple[str | int | Decimal | None, str | None]:
    """The raw value, and the unit in which it counts when it is a number."""
    if raw is None or isinstance(raw, str):
        return raw, None
    match component:
        case Component.TENURE:
            return raw, "MONTHS"
        case Component.TRAINING | Component.CERTIFICATION:
            hours = component is Component.TRAINING and parameters.learning.training_measure == "HOURS"
            return raw, "HOURS" if hours else "COUNT"
        case _:
            return _shown(Fraction(raw, MILLION)), "POINTS"


def _missing(points: Points, outcome: _Outcome, parameters: Parameters) -> list[Reason]:
    """What each piece of missing evidence could change by itself: a first box, a better class, then the most points."""
    ranked = []
    for component in [component for component, earned in points.items() if earned is None]:
        axis = AXIS_OF[component]
        greatest = greatest_points(component, parameters)
        after = _outcome({**points, component: greatest}, parameters)
        most = Fraction(greatest * parameters.weighing[component].weight, MILLION * parameters.weight_base[axis])
        arguments: dict[str, Argument] = {"component": component, "most": _shown(most), "axis": axis}
        code = ReasonCode.MISSING_ADDS
        if after.mapped and not outcome.mapped:
            code = ReasonCode.MISSING_GIVES_BOX
        elif after.mapped and after.level[axis] > outcome.level[axis]:
            code = ReasonCode.MISSING_LIFTS_CLASS
            arguments |= {"class": CLASSES[axis][after.level[axis]], "box": after.box}
        ranked.append((code is ReasonCode.MISSING_ADDS, -most, Reason(code, arguments)))
    return [reason for _, _, reason in sorted(ranked, key=lambda entry: entry[:2])]


def _next_class(axis: Axis, points: Points, outcome: _Outcome, parameters: Parameters) -> Reason:
    """The smallest single change of one component that lifts the axis to its next class."""
    level = outcome.level[axis]
    if level == 2:
        return Reason(ReasonCode.HIGHEST_CLASS, {"axis": axis, "class": CLASSES[axis][level]})
    cutoffs = parameters.cutoffs[axis]
    lack = (cutoffs.middle, cutoffs.high)[level] - outcome.score[axis]
    found: list[tuple[Fraction, Reason]] = []
    for component in on_axis(axis, parameters):
        for better in _better(component, points, level, parameters):
            after = _outcome({**points, component: better}, parameters)
            if after.level[axis] > level:
                arguments: dict[str, Argument] = {
                    "axis": axis,
                    "component": component,
                    "now": _shown(Fraction(points[component] or 0, MILLION)),
                    "points": _shown(Fraction(better, MILLION)),
                    "class": CLASSES[axis][after.level[axis]],
                    "box": after.box,
                }
                found.append((after.score[axis] - outcome.score[axis], Reason(ReasonCode.NEXT_CLASS, arguments)))
                break
    if not found:
        lacking: dict[str, Argument] = {"axis": axis, "class": CLASSES[axis][level + 1], "lack": _shown(lack)}
        return Reason(ReasonCode.NEXT_CLASS_NEEDS_SEVERAL, lacking)
    return min(found, key=lambda entry: entry[0])[1]


def _better(component: Component, points: Points, level: int, parameters: Parameters) -> list[int]:
    """Points above the present ones that are worth trying, ascending: the scale's, or what the next class needs."""
    axis, now = AXIS_OF[component], points[component] or 0
    if component not in CONTINUOUS:
        return [MILLION * value for value in scale(component, parameters) if MILLION * value > now]
    weight = parameters.weighing[component].weight
    known, proved = _proved(axis, {**points, component: 0}, parameters)
    over = known if parameters.unknown == "renormalise" else parameters.weight_base[axis]
    cutoff = (parameters.cutoffs[axis].middle, parameters.cutoffs[axis].high)[level]
    needed = -(-(cutoff * MILLION * over - proved) // weight)
    needed = -(-needed // 100) * 100  # up to the decimals that are displayed, so that what is told is enough
    return [needed] if now < needed <= greatest_points(component, parameters) else []
