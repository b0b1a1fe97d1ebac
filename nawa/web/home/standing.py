"""How the institution stands: few numbers, each with its period and policy, and how they went on. No names."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from nawa.policy import wording
from nawa.policy.sentences import label
from nawa.registry.queries import acting_in_managerial_posts, managerial_seats
from nawa.talent.models import MappingRun
from nawa.talent.queries.overview import Counted, counted
from nawa.web.home.here import Here
from nawa.web.kit.languages import spoken
from nawa.web.kit.numbers import percent

MONTHS: Final = 12
"""Published maps that the trend shows."""

_LEAST: Final = 2
"""Maps that make a trend."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number in large type: what it is, of what, of which day and policy; `parts` are what it is made of."""

    label: str
    value: str
    sentence: str
    basis: str
    url: str = ""
    parts: tuple[tuple[str, str], ...] = ()
    trend: Trend | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """A share of one map, in percent of the height."""

    x: float
    height: float

    @property
    def top(self) -> float:
        """Where the bar begins, counted from above."""
        return 100 - self.height


@dataclass(frozen=True, slots=True)
class Trend:
    """A share over the published maps, the earliest first, as bars and in one sentence."""

    sentence: str
    bars: tuple[Bar, ...]
    rows: tuple[tuple[datetime.date, str, str], ...]  # day, policy version, share

    @property
    def width(self) -> int:
        """Units across."""
        return 12 * max(len(self.bars), 1)


def run_of(here: Here) -> MappingRun | None:
    """Return the run that the figures are taken from: the newest published one, or else the newest there is."""
    return next(iter(here.runs.published()), here.run)


def standing(here: Here) -> list[Figure]:
    """Return how the institution stands, to those who may see its people (eight queries at most)."""
    run = run_of(here)
    if not here.knows_people or run is None:
        return []
    maps = counted(here.runs.published()[:MONTHS] or [run], scope=here.scope)
    return [*_of_map(maps), _vacant(here), _acting(here)]


def _of_map(maps: Sequence[Counted]) -> tuple[Figure, Figure]:
    newest, run = maps[0], maps[0].run
    told = {"on": wording.day(run.on, spoken()), "policy": run.policy_label, "version": run.policy_version}
    basis = _("Per %(on)s, %(policy)s versi %(version)s") % told
    mapped = _("%(mapped)s dari %(people)s pegawai") % _numbers(mapped=newest.mapped, people=newest.people)
    high = _("%(high)s dari %(mapped)s pegawai yang dipetakan") % _numbers(high=newest.high, mapped=newest.mapped)
    url = f"{reverse('map')}?periode={run.public_id}"
    return (
        Figure(_("Sudah dipetakan"), percent(*_mapped(newest)), mapped, basis, url, trend=_trend(maps, _mapped)),
        Figure(_("Di kotak 7, 8, dan 9"), percent(*_high(newest)), high, basis, url, trend=_trend(maps, _high)),
    )


def _vacant(here: Here) -> Figure:
    tiers = managerial_seats(scope=here.scope, on=here.on)
    vacant, seats = sum(tier.vacant for tier in tiers), sum(tier.seats for tier in tiers)
    return Figure(
        label=_("Jabatan manajerial kosong"),
        value=_number(vacant),
        sentence=_("dari %(seats)s formasi") % _numbers(seats=seats),
        basis=_today(here),
        parts=tuple(
            (
                label("tiers", tier.tier, spoken()),
                _("%(vacant)s dari %(seats)s") % _numbers(vacant=tier.vacant, seats=tier.seats),
            )
            for tier in tiers
        ),
    )


def _acting(here: Here) -> Figure:
    found = acting_in_managerial_posts(scope=here.scope, on=here.on, months=here.law.months)
    told = _numbers(overlong=found.overlong, posts=found.posts)
    return Figure(
        label=_("Dipegang Plt lebih dari %(months)s bulan") % {"months": here.law.months},
        value=percent(found.overlong, found.posts, 0),
        sentence=_("%(overlong)s dari %(posts)s jabatan manajerial yang dipegang Plt") % told,
        basis=_today(here),
    )


def _trend(maps: Sequence[Counted], share: Callable[[Counted], tuple[int, int]]) -> Trend | None:
    if len(maps) < _LEAST:
        return None
    rising = list(reversed(maps))
    parts = [share(one) for one in rising]
    first, last = rising[0].run.on, rising[-1].run.on
    told = {
        "first": wording.day(first, spoken()),
        "last": wording.day(last, spoken()),
        "before": percent(*parts[0]),
        "now": percent(*parts[-1]),
    }
    return Trend(
        sentence=_("Per %(first)s %(before)s; per %(last)s %(now)s.") % told,
        bars=tuple(
            Bar(12 * place + 1, 100 * part / whole if whole else 0) for place, (part, whole) in enumerate(parts)
        ),
        rows=tuple(
            (one.run.on, one.run.policy_version, percent(*part)) for one, part in zip(rising, parts, strict=True)
        ),
    )


def _mapped(one: Counted) -> tuple[int, int]:
    return one.mapped, one.people


def _high(one: Counted) -> tuple[int, int]:
    return one.high, one.mapped


def _today(here: Here) -> str:
    return _("Hari ini, %(on)s") % {"on": wording.day(here.on, spoken())}


def _numbers(**numbers: int) -> dict[str, str]:
    return {name: _number(number) for name, number in numbers.items()}


def _number(number: int) -> str:
    return wording.number(Decimal(number), spoken())
