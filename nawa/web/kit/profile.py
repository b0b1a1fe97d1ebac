"""A person's result as their profile and their own page show it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from nawa.engine.explain import Explanation, Line, Reason, ReasonCode
from nawa.engine.parameters import Axis, State
from nawa.policy import wording
from nawa.policy.sentences import label
from nawa.talent.models import MappingResult
from nawa.talent.queries.profiles import Past, explained, history
from nawa.web.kit.languages import spoken
from nawa.web.kit.ninebox import BOXES, PERFORMANCE
from nawa.web.kit.periods import Period

_ARITHMETIC: Final = frozenset(
    {ReasonCode.KNOWN, ReasonCode.VERIFIED_NONE, ReasonCode.UNKNOWN, ReasonCode.EXPIRES, ReasonCode.STAMP}
)
"""What the table of contributions, or the top bar, already says."""


@dataclass(frozen=True, slots=True)
class Chance:
    """A box on a person's grid: how probable it is, and whether it is the official one or within its range."""

    box: int
    percent: str
    strength: int  # 0 (hardly possible) to 5 (nearly sure)
    official: bool


@dataclass(frozen=True, slots=True)
class AxisShown:
    """One axis: its score and class (None where there is none yet) and the contributions that add up to it."""

    label: str
    score: Decimal | None
    class_label: str
    lines: tuple[LineShown, ...]


@dataclass(frozen=True, slots=True)
class LineShown:
    """One component: evidence in words, points, weight, contribution, and the bars that draw it."""

    line: Line
    label: str
    evidence: str

    @property
    def is_unknown(self) -> bool:
        """Whether nothing is known of it: drawn hatched, never as zero."""
        return self.line.state is State.UNKNOWN


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything that the shared template shows."""

    result: MappingResult
    rows: tuple[tuple[str, tuple[Chance, ...]], ...]
    axes: tuple[AxisShown, ...]
    why: tuple[str, ...]
    missing: tuple[str, ...]
    changes: tuple[str, ...]
    past: tuple[Past, ...]


def profile(result: MappingResult, period: Period, *, unpublished: bool) -> Profile:
    """Return a result of a period, ready to be shown in the language spoken (one query more)."""
    found = explained(result, period.run)
    return Profile(
        result=result,
        rows=tuple(_rows(result)),
        axes=tuple(_axis(axis, found) for axis in Axis),
        why=_said(reason for reason in found.reasons if reason.code not in _ARITHMETIC),
        missing=_said(iter(found.missing)),
        changes=_said(iter(found.changes)),
        past=tuple(history(result.person.public_id, unpublished=unpublished)),
    )


def _said(reasons: Iterator[Reason]) -> tuple[str, ...]:
    return tuple(wording.say(reason, spoken()) for reason in reasons)


def _rows(result: MappingResult) -> Iterator[tuple[str, tuple[Chance, ...]]]:
    """The grid from the top, performance above expectation."""
    for y in reversed(range(3)):
        yield str(PERFORMANCE[y]), tuple(_chance(box, result) for box in BOXES[y])


def _chance(box: int, result: MappingResult) -> Chance:
    e9: int = result.probabilities[box - 1]
    return Chance(
        box=box,
        percent=_percent(e9),
        strength=0 if e9 < 5_000_000 else 1 + min(4, e9 // 200_000_000),
        official=box == result.box,
    )


def _percent(e9: int) -> str:
    """Whole percents; what is possible never shows as none, what is not sure never as certain."""
    if 0 < e9 < 5_000_000:
        return "<1%"
    if 995_000_000 <= e9 < 1_000_000_000:
        return ">99%"
    return f"{(e9 + 5_000_000) // 10_000_000}%"


def _axis(axis: Axis, found: Explanation) -> AxisShown:
    told: dict[str, Any] = next(
        (dict(r.arguments) for r in found.reasons if r.code is ReasonCode.CLASS and r.arguments["axis"] == axis), {}
    )
    return AxisShown(
        label=label("axes", axis, spoken()).capitalize(),
        score=told.get("score"),
        class_label=label("classes", told["class"], spoken()) if told else "",
        lines=tuple(_line(line) for line in found.lines if line.axis is axis),
    )


def _line(line: Line) -> LineShown:
    said = label("states", line.state, spoken()) if line.raw is None else wording.raw(line.raw, line.raw_unit, spoken())
    return LineShown(line, label("components", line.component, spoken()), said)
