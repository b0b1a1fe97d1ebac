"""The talent card (PDF) of a profile: the same numbers and reasons as its page, on a sheet."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from itertools import chain

from django.utils.translation import gettext as _

from nawa.core import clock
from nawa.documents import Axis as AxisOfCard
from nawa.documents import Component, TalentCard, talent_card
from nawa.engine.parameters import Parameters, State, Status
from nawa.engine.scoring import CLASSES
from nawa.policy.sentences import label
from nawa.policy.wording import day, number
from nawa.talent.queries.profiles import parameters_of
from nawa.web.kit.languages import spoken
from nawa.web.kit.periods import Period
from nawa.web.kit.profile.page import Mapped, Profile
from nawa.web.kit.profile.waterfall import Step, Waterfall


def card_of(profile: Profile, mapped: Mapped, period: Period, *, printed_by: str) -> bytes:
    """Return the card of somebody who is in a run, in the language spoken, as a PDF."""
    at = clock.now().astimezone(clock.ZONE)
    card = _card(profile, mapped, period, parameters_of(period.run))
    institution = profile.head.units[0] if profile.head.units else _("Instansi")
    return talent_card(card, institution=institution, printed_by=printed_by, printed_at=at, language=spoken())


def _card(profile: Profile, mapped: Mapped, period: Period, parameters: Parameters) -> TalentCard:
    head, run, result = profile.head, period.run, mapped.result
    performance, potential = (axis.waterfall for axis in mapped.axes)
    return TalentCard(
        name=head.name,
        nip=head.nip,
        post=head.post or None,
        unit=head.units[-1] if head.units else None,
        tier=head.tier or None,
        rank=head.rank or None,
        period=_("Peta per %(on)s · %(stage)s")
        % {"on": day(run.on, spoken()), "stage": label("stages", period.stage, spoken())},
        policy=f"{run.policy_label} · {run.policy_version}",
        stamp=run.stamp or None,
        status=Status(result.status),
        box=result.box,
        lowest=result.box_lowest,
        highest=result.box_highest,
        performance=_axis(performance),
        potential=_axis(potential),
        reasons=mapped.why,
        missing=mapped.missing,
        changes=mapped.changes,
        follow_ups=tuple(label("follow_ups", code, spoken()) for code in result.follow_ups or ()),
        origins=_origins(mapped),
        run=f"{run.public_id} · {day(run.on, spoken())}",
        result_hash=run.results_hash,
        chances={box: Decimal(e9).scaleb(-9) for box, e9 in enumerate(result.probabilities, start=1)},
        box_table=parameters.box_table,
    )


def _origins(mapped: Mapped) -> tuple[str, ...]:
    """Where the records come from that still say what the run had, the components with the same origin together."""
    told: dict[str, list[str]] = defaultdict(list)
    for step, evidence in chain.from_iterable(axis.steps for axis in mapped.axes):
        if evidence.origin:
            told[evidence.origin].append(step.label)
    return tuple(f"{', '.join(names)}. {origin}" for origin, names in told.items())


def _axis(waterfall: Waterfall) -> AxisOfCard:
    low, middle, high = (label("classes", name, spoken()) for name in CLASSES[waterfall.axis])
    return AxisOfCard(
        name=waterfall.label,
        score=None if waterfall.score is None else number(waterfall.score, spoken()),
        grade=waterfall.class_label or None,
        completeness=f"{number(waterfall.completeness, spoken())}%",
        classes=(low, middle, high),
        components=tuple(_component(step) for step in waterfall.steps),
    )


def _component(step: Step) -> Component:
    line = step.line
    known = line.state is not State.UNKNOWN
    return Component(
        name=step.label,
        evidence=step.evidence if known else None,
        points=_number(line.points),
        weight=number(line.weight, spoken()),
        contribution=_number(step.contribution),
        on=_day(line.on),
        expires=_day(line.expires_on),
    )


def _number(value: Decimal | None) -> str | None:
    return None if value is None else number(value, spoken())


def _day(value: date | None) -> str | None:
    return None if value is None else day(value, spoken())
