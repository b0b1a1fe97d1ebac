"""A person's profile, ready to be shown in the language spoken: to officials, and to the person."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from nawa.core import clock
from nawa.core.scope import Scope
from nawa.engine.explain import Explanation, Reason, ReasonCode, explain
from nawa.engine.grounds import Rows
from nawa.engine.parameters import Axis, Component, State
from nawa.policy import wording
from nawa.policy.loading import Policy
from nawa.talent.enums import Stage
from nawa.talent.models import MappingResult
from nawa.talent.queries.inputs import rows_of
from nawa.talent.queries.profiles import (
    contest_ends,
    history,
    is_within,
    person_of,
    policy_of,
    result_of,
    row_of,
)
from nawa.talent.queries.statements import statements_of
from nawa.web.kit.languages import spoken
from nawa.web.kit.periods import Period
from nawa.web.kit.profile.boxes import PastBox, Standing, past_boxes, standing_of
from nawa.web.kit.profile.career import Career, career_of
from nawa.web.kit.profile.competences import Competences, competences_of
from nawa.web.kit.profile.evidence import Evidence, Told, evidence_of
from nawa.web.kit.profile.waterfall import Step, Waterfall, waterfall_of
from nawa.web.kit.profile.who import Head, head_of

_ARITHMETIC: Final = frozenset(
    {ReasonCode.KNOWN, ReasonCode.VERIFIED_NONE, ReasonCode.UNKNOWN, ReasonCode.EXPIRES, ReasonCode.STAMP}
)
"""What the table of contributions, or the top bar, already says."""


@dataclass(frozen=True, slots=True)
class AxisShown:
    """One axis: its waterfall, and under each step its evidence."""

    waterfall: Waterfall
    steps: tuple[tuple[Step, Evidence], ...]


@dataclass(frozen=True, slots=True)
class Mapped:
    """Somebody's result in a run: the box, the arithmetic, the evidence, and the reasons."""

    result: MappingResult
    standing: Standing
    axes: tuple[AxisShown, ...]
    competences: Competences | None
    why: tuple[str, ...]
    missing: tuple[str, ...]
    changes: tuple[str, ...]
    contest_through: datetime.date | None


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything that the shared template shows. `mapped` is None for somebody whom the period does not hold.

    `career` is None where the reader may not see the records of today any more: the person has moved. `is_own` is
    for whoever reads about themselves.
    """

    head: Head
    mapped: Mapped | None
    career: Career | None
    past: tuple[PastBox, ...]
    is_own: bool


def profile_of(
    public_id: str, period: Period | None, *, scope: Scope, unpublished: bool, is_own: bool = False
) -> Profile | None:
    """Return the profile of somebody who is in scope now, or was at the time of the run; None for anybody else."""
    result = result_of(public_id, period.run, scope=scope) if period else None
    person = result.person if result else person_of(public_id, scope=scope)
    if person is None:
        return None
    told = statements_of(person) if result is None or is_within(person, scope) else None
    today = clock.today()
    return Profile(
        head=head_of(person, result, told, on=today),
        mapped=_mapped(result, period, told) if result and period else None,
        career=career_of(person, told, on=today) if told is not None else None,
        past=past_boxes(history(public_id, unpublished=unpublished), period) if told is not None else (),
        is_own=is_own,
    )


def _mapped(result: MappingResult, period: Period, told: Told | None) -> Mapped:
    policy = policy_of(period.run)
    found = explain(row_of(result, policy.parameters), policy.parameters)
    rows = rows_of(period.run, result.person.public_id)
    lines = {line.component: line for line in found.lines}
    years = policy.parameters.assessment.years
    competence = lines.get(Component.COMPETENCE)
    return Mapped(
        result=result,
        standing=standing_of(result, policy.parameters),
        axes=tuple(_axis(axis, found, result, rows, told, policy, period.run.on) for axis in Axis),
        competences=competences_of(competence, rows, years=years, on=period.run.on) if competence else None,
        why=_said(reason for reason in found.reasons if reason.code not in _ARITHMETIC),
        missing=_said(iter(found.missing)),
        changes=_said(iter(found.changes)),
        contest_through=contest_ends(period.run) if period.stage is Stage.CONTEST else None,
    )


def _axis(
    axis: Axis,
    found: Explanation,
    result: MappingResult,
    rows: Rows,
    told: Told | None,
    policy: Policy,
    on: datetime.date,
) -> AxisShown:
    lines = tuple(line for line in found.lines if line.axis is axis)
    waterfall = waterfall_of(axis, lines, result, policy.parameters)
    arithmetic = {
        r.arguments["component"]: wording.say(r, spoken()) for r in found.reasons if r.code.value in set(State)
    }
    evidence = [evidence_of(line, arithmetic[line.component], rows, told, policy, on=on) for line in lines]
    return AxisShown(waterfall, tuple(zip(waterfall.steps, evidence, strict=True)))


def _said(reasons: Iterator[Reason]) -> tuple[str, ...]:
    return tuple(wording.say(reason, spoken()) for reason in reasons)
