"""Box probabilities: every discrete value enumerated, `math.erfc` for normal errors (`docs/scoring.md` §7)."""

from __future__ import annotations

import math
from collections.abc import Mapping

from nawa.engine.parameters import AXIS_OF, Axis, Component, Normal, Parameters, State, Steps
from tests.reference.engine import scale
from tests.reference.findings import MILLION, Finding

BILLION = 1_000_000_000


def box_chances(findings: Mapping[Component, Finding], p: Parameters) -> dict[int, int]:
    """Billionths by box; they add to a billion."""
    by_class = {axis: class_chances(findings, axis, p) for axis in Axis}
    exact = dict.fromkeys(range(1, 10), 0.0)
    for row, boxes in zip(by_class[Axis.PERFORMANCE], p.box_table, strict=True):
        for column, box in zip(by_class[Axis.POTENTIAL], boxes, strict=True):
            exact[box] += row * column
    rounded = {box: math.floor(exact[box] * BILLION + 0.5) for box in range(1, 10)}
    first_greatest = max(range(1, 10), key=lambda box: (rounded[box], -box))
    rounded[first_greatest] += BILLION - sum(rounded.values())
    return rounded


def class_chances(findings: Mapping[Component, Finding], axis: Axis, p: Parameters) -> tuple[float, float, float]:
    """Chances of the low, middle and high class of one axis."""
    sums, variance = {0: 1.0}, 0.0
    for component, finding in findings.items():
        if AXIS_OF[component] == axis:
            weight = p.weighing[component].weight
            error = p.weighing[component].error
            if finding.state == State.KNOWN and isinstance(error, Normal):
                variance += (error.standard_error * MILLION * weight) ** 2
            sums = _added(sums, possible_points(component, finding, p), weight)
    unit = MILLION * p.weight_base[axis]
    high = _reaching(sums, p.cutoffs[axis].high * unit, variance)
    middle = _reaching(sums, p.cutoffs[axis].middle * unit, variance)
    return 1 - middle, middle - high, high


def possible_points(component: Component, finding: Finding, p: Parameters) -> list[tuple[int, float]]:
    """The discrete values, in millionths, that a component may truly have, with their chances."""
    weighing = p.weighing[component]
    if finding.points is None:
        return [(points * MILLION, chance) for points, chance in weighing.absent]
    if finding.state == State.VERIFIED_NONE or not isinstance(weighing.error, Steps):
        return [(finding.points, 1.0)]
    values = [points * MILLION for points in scale(component, p)]
    lower = max((value for value in values if value < finding.points), default=finding.points)
    higher = min((value for value in values if value > finding.points), default=finding.points)
    down, up = weighing.error.down, weighing.error.up
    return [(lower, down), (finding.points, 1 - down - up), (higher, up)]


def _added(sums: Mapping[int, float], values: list[tuple[int, float]], weight: int) -> dict[int, float]:
    added: dict[int, float] = {}
    for total, chance in sums.items():
        for points, probability in values:
            key = total + points * weight
            added[key] = added.get(key, 0.0) + chance * probability
    return added


def _reaching(sums: Mapping[int, float], cutoff: int, variance: float) -> float:
    if variance == 0:
        return math.fsum(chance for total, chance in sums.items() if total >= cutoff)
    spread = math.sqrt(2 * variance)
    return math.fsum(chance * 0.5 * math.erfc((cutoff - total) / spread) for total, chance in sums.items())
