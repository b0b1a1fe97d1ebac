"""An axis as a waterfall: each component's contribution on top of those before it, up to the score; exact throughout.

What is unknown adds nothing and is never drawn as a bar: a hatched field shows how far it could lift the score.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from nawa.engine.exact import MILLION, half_up_fraction
from nawa.engine.explain import Line
from nawa.engine.parameters import Axis, Parameters, State
from nawa.engine.scoring import CLASSES, greatest_points
from nawa.policy import wording
from nawa.policy.sentences import label
from nawa.talent.models import MappingResult
from nawa.web.kit.languages import spoken


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of the axis from 0 to 100 points, as the drawing wants it: in percent of its width."""

    start: Fraction
    end: Fraction

    @property
    def x(self) -> str:
        """Where it begins."""
        return f"{float(self.start):.3f}%"

    @property
    def end_x(self) -> str:
        """Where it ends."""
        return f"{float(self.end):.3f}%"

    @property
    def width(self) -> str:
        """How wide it is."""
        return f"{float(self.end - self.start):.3f}%"


@dataclass(frozen=True, slots=True)
class Step:
    """One component: `bar` is what it adds (None: unknown), `open` what it could add, `after` the sum so far."""

    line: Line
    label: str
    evidence: str
    adds: Fraction | None
    bar: Bar | None
    open: Bar | None
    after: Fraction

    @property
    def is_unknown(self) -> bool:
        """Whether nothing is known of it."""
        return self.line.state is State.UNKNOWN

    @property
    def contribution(self) -> Decimal | None:
        """What it adds, as shown."""
        return None if self.adds is None else rounded(self.adds)

    @property
    def running(self) -> Decimal:
        """The sum up to here, as shown: rounded from the exact sum, not added from rounded parts."""
        return rounded(self.after)


@dataclass(frozen=True, slots=True)
class Waterfall:
    """An axis: its steps, the sum of what is known, and how far all that is unknown could lift it.

    `score` is None where there is no box yet: what is known then is a sum and no score. `lines` are the cut-offs.
    """

    axis: Axis
    label: str
    steps: tuple[Step, ...]
    score: Decimal | None
    class_label: str
    completeness: Decimal
    total: Fraction
    bar: Bar
    open: Bar | None
    most: Decimal
    cutoffs: tuple[tuple[int, str], ...]

    @property
    def known(self) -> Decimal:
        """The sum of what is known."""
        return rounded(self.total)


def waterfall_of(axis: Axis, lines: tuple[Line, ...], result: MappingResult, parameters: Parameters) -> Waterfall:
    """Return an axis of a stored result; `lines` are the explained components of the axis."""
    base = parameters.weight_base[axis]
    steps = tuple(_steps(lines, result, parameters, _scale(lines, axis, parameters)))
    total = steps[-1].after if steps else Fraction(0)
    could = sum((_most(line, parameters, base) for line in lines if line.state is State.UNKNOWN), Fraction(0))
    proved = sum((_adds(line, result, parameters) or Fraction(0) for line in lines), Fraction(0))
    most = max(total, proved + could)
    level = getattr(result, f"{axis.lower()}_class")
    return Waterfall(
        axis=axis,
        label=label("axes", axis, spoken()).capitalize(),
        steps=steps,
        score=None if result.box is None else rounded(total),
        class_label=label("classes", level, spoken()) if level else "",
        completeness=Decimal(getattr(result, f"{axis.lower()}_completeness_e4")).scaleb(-4),
        total=total,
        bar=Bar(Fraction(0), total),
        open=Bar(total, most) if most > total else None,
        most=rounded(most),
        cutoffs=_cutoffs(axis, parameters),
    )


def rounded(value: Fraction) -> Decimal:
    """Round half up to the four decimals that are shown."""
    return Decimal(half_up_fraction(value * 10_000)).scaleb(-4)


def _cutoffs(axis: Axis, parameters: Parameters) -> tuple[tuple[int, str], ...]:
    found = parameters.cutoffs[axis]
    names = [label("classes", name, spoken()) for name in CLASSES[axis]]
    return ((found.middle, names[1]), (found.high, names[2]))


def _scale(lines: tuple[Line, ...], axis: Axis, parameters: Parameters) -> Fraction:
    """By how much each contribution counts: more than once where the policy spreads the weight of what is unknown."""
    known = sum(parameters.weighing[line.component].weight for line in lines if line.state is not State.UNKNOWN)
    spread = parameters.unknown == "renormalise" and known
    return Fraction(parameters.weight_base[axis], known) if spread else Fraction(1)


def _steps(lines: tuple[Line, ...], result: MappingResult, parameters: Parameters, scale: Fraction) -> Iterator[Step]:
    sum_ = Fraction(0)
    for line in lines:
        adds, before = _adds(line, result, parameters), sum_
        if adds is not None:
            adds *= scale
            sum_ += adds
        could = before + _most(line, parameters, parameters.weight_base[line.axis])
        yield Step(
            line=line,
            label=label("components", line.component, spoken()),
            evidence=_evidence(line),
            adds=adds,
            bar=None if adds is None else Bar(before, sum_),
            open=Bar(before, min(could, Fraction(100))) if adds is None and scale == 1 else None,
            after=sum_,
        )


def _adds(line: Line, result: MappingResult, parameters: Parameters) -> Fraction | None:
    """The exact contribution, from the points as they are stored."""
    points = result.components[line.component.value][2]
    weight = parameters.weighing[line.component].weight
    return None if points is None else Fraction(points * weight, MILLION * parameters.weight_base[line.axis])


def _most(line: Line, parameters: Parameters, base: int) -> Fraction:
    weight = parameters.weighing[line.component].weight
    return Fraction(greatest_points(line.component, parameters) * weight, MILLION * base)


def _evidence(line: Line) -> str:
    if line.raw is None:
        return label("states", line.state, spoken())
    return wording.raw(line.raw, line.raw_unit, spoken())
