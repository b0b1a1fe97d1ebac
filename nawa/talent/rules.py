"""What may happen to a run now, and why not. Nothing here asks the database."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from nawa.core import clock
from nawa.core.constraints import NAME
from nawa.core.refusal import Reason
from nawa.core.scans import reasons_against_scan
from nawa.rulebook.models import PolicyVersion
from nawa.talent.enums import LONGEST_REASON, MOVES, SHORTEST_REASON, WAY, Move, Stage, Withdrawal
from nawa.talent.models import MappingRun, RunStage

_CHECKED: Final = WAY[WAY.index(Stage.CHECKED) : WAY.index(Stage.PUBLISHED)]
_E4: Final = 10_000


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that was signed outside: minutes of the committee, or a decree; with the bytes of its scan."""

    number: str = ""
    dated_on: datetime.date | None = None
    scan: bytes = b""


@dataclass(frozen=True, slots=True)
class Gate:
    """Whether a run's data are complete enough to be published, or somebody has released it all the same.

    `completeness_e4` is the mean of the completeness of everybody in its result, in ten-thousandths of a percent and
    rounded down; `least` the percentage that the run's policy asks for; `released_by` every account behind
    which whoever released it may stand.
    """

    completeness_e4: int
    least: int
    released_by: frozenset[str] = frozenset()

    @property
    def is_released(self) -> bool:
        """Whether somebody lets it be published although its data are not complete enough."""
        return bool(self.released_by)

    @property
    def is_complete(self) -> bool:
        """Whether the data are as complete as the policy asks."""
        return self.completeness_e4 >= self.least * _E4

    @property
    def is_open(self) -> bool:
        """Whether the run may be published as far as its data go."""
        return self.is_complete or self.is_released

    @property
    def told(self) -> dict[str, Any]:
        """The figures, in percent; the mean with one decimal, rounded down so that it never looks as if it sufficed."""
        return {"completeness": Decimal(self.completeness_e4 // (_E4 // 10)) / 10, "least": self.least}


def current(way: Sequence[RunStage]) -> Stage | None:
    """Return the stage where a run stands, by its stages in the order in which they were reached."""
    return Stage(way[-1].stage) if way else None


def moves_from(stage: Stage | None) -> list[tuple[Stage, Move]]:
    """Return the moves that lead on from a stage: the next one on the way first, withdrawal last."""
    return [(to, move) for (origin, to), move in MOVES.items() if origin == stage]


def reasons_against_requesting(
    *, on: datetime.date, month_on: datetime.date, today: datetime.date, underway: bool
) -> list[Reason]:
    """Return why a run as of a day may not be asked for in the cycle of a month.

    `run.underway`: one is being computed. `run.future`: the day has not come. `run.after_month`: it lies after the
    cycle's month (an earlier one is allowed: that is how an older map is corrected).
    """
    reasons = [Reason("run.underway")] if underway else []
    if on > today:
        reasons.append(Reason("run.future", {"today": today}))
    elif (on.year, on.month) > (month_on.year, month_on.month):
        reasons.append(Reason("run.after_month", {"month": month_on}))
    return reasons


def reasons_against_simulating(version: PolicyVersion, base: MappingRun | None, *, underway: bool) -> list[Reason]:
    """Return why a version cannot be simulated: `policy.unusable`, `policy.no_map` or `policy.simulating`."""
    reasons = [] if version.text else [Reason("policy.unusable")]
    reasons += [] if base else [Reason("policy.no_map")]
    return reasons + ([Reason("policy.simulating")] if underway else [])


def reasons_against_tracing(earlier: MappingRun, later: MappingRun) -> list[Reason]:
    """Return why nothing can be said of what moved people: `run.same_run`, `run.wrong_order`."""
    if earlier.pk == later.pk:
        return [Reason("run.same_run")]
    return [Reason("run.wrong_order")] if earlier.on > later.on else []


def reasons_against_cancelling(run: MappingRun) -> list[Reason]:
    """Return `run.ended` or `run.cancel_asked` where there is nothing left to cancel."""
    if not run.is_open:
        return [Reason("run.ended", {"state": run.state})]
    return [Reason("run.cancel_asked")] if run.cancel_asked_by else []


def reasons_against_standing(way: Sequence[RunStage], expected: Stage) -> list[Reason]:
    """Return `stage.meanwhile`, with what happened, where a run no longer stands where somebody saw it stand."""
    if current(way) is expected:
        return []
    last = way[-1] if way else None
    told = {"stage": last.stage, "at": last.reached_at.astimezone(clock.ZONE)} if last else {"stage": "", "at": ""}
    return [Reason("stage.meanwhile", told)]


def reasons_against_move(
    run: MappingRun, way: Sequence[RunStage], to: Stage, *, by: str, on: datetime.date, gate: Gate | None
) -> list[Reason]:
    """Return why somebody may not make a move on a day, whatever papers they bring.

    `stage.no_move`: no such move leads from where the run stands. `stage.same_person`: whoever started a run does not
    check it. `stage.contest_lasts`: the period of contest has not ended. `stage.incomplete`: the data are not complete
    enough to be published, and nobody has released the run; `gate` tells, and is needed for that move alone.
    `stage.released_by_same`: incomplete data are published by another person than who released them.
    """
    stage = current(way)
    move = MOVES.get((stage, to)) if stage else None
    if move is None:
        return [Reason("stage.no_move", {"stage": stage or "", "to": to})]
    reasons = [Reason("stage.same_person")] if move.other_person and by == run.started_by else []
    through = contest_through(way)
    if to is Stage.VALIDATED and through and on <= through:
        reasons.append(Reason("stage.contest_lasts", {"through": through}))
    if to is Stage.PUBLISHED and not (gate and gate.is_open):
        reasons.append(Reason("stage.incomplete", gate.told if gate else {"completeness": "", "least": ""}))
    if to is Stage.PUBLISHED and gate and not gate.is_complete and by in gate.released_by:
        reasons.append(Reason("stage.released_by_same"))
    return reasons


def reasons_against_release(
    run: MappingRun, way: Sequence[RunStage], gate: Gate, reason: str, *, by: str
) -> list[Reason]:
    """Return why somebody may not let a run be published although its data are not complete enough.

    `release.stage`: it is not on the way between its check and its publication. `release.needless`: the data are
    complete enough. `release.already`: somebody has done so. `release.same_person`: whoever started the run or checked
    it does not release it. `release.reason`: the reason is too short, or too long.
    """
    reasons = reasons_against_releasing(run, way, gate, by=by)
    if not SHORTEST_REASON <= len(reason.strip()) <= LONGEST_REASON:
        reasons.append(Reason("release.reason", {"least": SHORTEST_REASON, "most": LONGEST_REASON}))
    return reasons


def reasons_against_releasing(run: MappingRun, way: Sequence[RunStage], gate: Gate, *, by: str) -> list[Reason]:
    """Return as `reasons_against_release`, whatever the reason."""
    stage = current(way)
    reasons = [] if stage in _CHECKED else [Reason("release.stage", {"stage": stage or ""})]
    reasons += [Reason("release.needless", gate.told)] if gate.is_complete else []
    reasons += [Reason("release.already")] if gate.is_released else []
    checkers = {row.reached_by for row in way if row.stage == Stage.CHECKED}
    return reasons + ([Reason("release.same_person")] if by in {run.started_by, *checkers} else [])


def reasons_against_papers(
    way: Sequence[RunStage], to: Stage, letter: Letter, reason: str, *, on: datetime.date
) -> list[Reason]:
    """Return what is missing or wrong in what a move asks for: its letter, or its reason."""
    stage = current(way)
    move = MOVES.get((stage, to)) if stage else None
    if move is None:
        return []
    reasons = _reasons_against_letter(way, letter, on) if move.letter else []
    if move.reason and reason not in Withdrawal.values:
        reasons.append(Reason("stage.reason"))
    return reasons


def _reasons_against_letter(way: Sequence[RunStage], letter: Letter, on: datetime.date) -> list[Reason]:
    reasons = [] if 0 < len(letter.number) <= NAME else [Reason("letter.number", {"most": NAME})]
    earliest = _earliest(way)
    if letter.dated_on is None:
        reasons.append(Reason("letter.date"))
    elif letter.dated_on > on:
        reasons.append(Reason("letter.future", {"today": on}))
    elif earliest and letter.dated_on < earliest:
        reasons.append(Reason("letter.early", {"earliest": earliest}))
    return reasons + reasons_against_scan(letter.scan)


def contest_through(way: Sequence[RunStage]) -> datetime.date | None:
    """Return the last day of a run's period of contest, if it was opened."""
    return next((row.contest_through for row in way if row.contest_through), None)


def _earliest(way: Sequence[RunStage]) -> datetime.date | None:
    """Return the first day that the next letter may bear: after the contest, and not before the letter before it."""
    through = contest_through(way)
    after_contest = through + datetime.timedelta(days=1) if through else None
    return max(filter(None, [after_contest, *(row.dated_on for row in way)]), default=None)
