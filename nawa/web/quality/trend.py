"""How completeness went on, month by month: a line, and its table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from nawa.accounts.permissions import Permission
from nawa.policy import wording
from nawa.policy.sentences import label
from nawa.talent.queries.completeness import Month, course
from nawa.web.kit.guards import Request
from nawa.web.kit.languages import spoken
from nawa.web.kit.smallcounts import SMALLEST
from nawa.web.quality.basis import Basis
from nawa.web.quality.heat import said

WIDTH, HEIGHT = 720, 200
"""Of the drawing; its zero stands `_FOOT` above the lower edge, its hundred `_HEAD` below the upper."""

_FOOT, _HEAD, _SIDE = 24, 16, 48
_LEAST: Final = 2


@dataclass(frozen=True, slots=True)
class Point:
    """A month on the line, in whole units of the drawing, and in words."""

    x: int
    y: int
    month: str
    share: str
    people: int


@dataclass(frozen=True, slots=True)
class Trend:
    """The line; `threshold_y` is where the policy's threshold stands."""

    points: tuple[Point, ...]
    line: str
    sentence: str
    threshold: int
    threshold_y: int


def trend_of(request: Request, basis: Basis) -> Trend | None:
    """Return the line of the unit that is shown; None while there are fewer than two months to join."""
    months = course(unpublished=request.access.may(Permission.UNPUBLISHED), inside=basis.inside)
    if not basis.sees_people:
        months = [month for month in months if month.people >= SMALLEST]
    if len(months) < _LEAST:
        return None
    points = tuple(_point(place, len(months), month) for place, month in enumerate(months))
    told = {"before": points[0].share, "now": points[-1].share, "first": _day(months[0]), "last": _day(months[-1])}
    threshold = basis.policy.stewardship.publication_completeness
    return Trend(
        points=points,
        line=" ".join(f"{point.x},{point.y}" for point in points),
        sentence=_("Kelengkapan %(before)s pada %(first)s; %(now)s pada %(last)s.") % told,
        threshold=threshold,
        threshold_y=_height(threshold),
    )


def _point(place: int, number: int, month: Month) -> Point:
    on = month.run.cycle.month_on
    return Point(
        x=_SIDE + place * (WIDTH - 2 * _SIDE) // (number - 1),
        y=_height(month.completeness),
        month=f"{label('months', on.month, spoken())} {on.year}",
        share=said(month.completeness, 1),
        people=month.people,
    )


def _height(share: float) -> int:
    return round(HEIGHT - _FOOT - share / 100 * (HEIGHT - _FOOT - _HEAD))


def _day(month: Month) -> str:
    return wording.day(month.run.on, spoken())
