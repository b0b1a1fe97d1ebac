"""A person on the nine boxes: the official box, the range that missing evidence leaves open, the chance of each box."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from nawa.engine.ninebox import between
from nawa.engine.parameters import Parameters, Status
from nawa.talent.models import MappingResult
from nawa.talent.queries.profiles import Past
from nawa.web.kit.ninebox import BOXES, PERFORMANCE, POTENTIAL
from nawa.web.kit.periods import Period

_TOLD = 3  # boxes that the sentence names


@dataclass(frozen=True, slots=True)
class Chance:
    """A box on a person's grid: how probable it is, and whether it is the official one or within its range."""

    box: int
    percent: str
    strength: int  # 0 (hardly possible) to 5 (nearly sure)
    official: bool
    within: bool


@dataclass(frozen=True, slots=True)
class PastBox:
    """A person's box in one run, with its place on a small map: 0 to 2 from the left and from above."""

    past: Past
    x: int
    y: int
    is_shown: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands; `sentence` says the drawing. `cell` names the official box in the law's words."""

    rows: tuple[tuple[str | Promise, tuple[Chance, ...]], ...]
    cell: str
    sentence: str


def standing_of(result: MappingResult, parameters: Parameters) -> Standing:
    """Return a result as its grid, performance falling, potential rising, by the table of its policy."""
    table = parameters.box_table
    within = between(result.box_lowest, result.box_highest, table)
    rows = tuple(
        (PERFORMANCE[y], tuple(_chance(box, result, box in within) for box in table[y])) for y in reversed(range(3))
    )
    place = next(((y, x) for y in range(3) for x in range(3) if table[y][x] == result.box), None)
    cell = "" if place is None else f"{PERFORMANCE[place[0]]} · {str(POTENTIAL[place[1]]).lower()}"
    return Standing(rows, cell, _sentence(result))


def past_boxes(past: Sequence[Past], period: Period | None) -> tuple[PastBox, ...]:
    """Return the boxes over the runs, ready to draw; the run of the period shown is marked."""
    place = {box: (x, 2 - y) for y, row in enumerate(BOXES) for x, box in enumerate(row)}
    shown = period.run.public_id if period else ""
    return tuple(PastBox(one, *place.get(one.box or 0, (0, 0)), one.run_id == shown) for one in past)


def _chance(box: int, result: MappingResult, within: bool) -> Chance:
    e9: int = result.probabilities[box - 1]
    return Chance(
        box=box,
        percent=percent_of(e9),
        strength=0 if e9 < 5_000_000 else 1 + min(4, e9 // 200_000_000),
        official=box == result.box,
        within=within,
    )


def percent_of(e9: int) -> str:
    """Whole percents; what is possible never shows as none, what is not sure never as certain."""
    if 0 < e9 < 5_000_000:
        return "<1%"
    if 995_000_000 <= e9 < 1_000_000_000:
        return ">99%"
    return f"{(e9 + 5_000_000) // 10_000_000}%"


def _sentence(result: MappingResult) -> str:
    likeliest = sorted(enumerate(result.probabilities, start=1), key=lambda chance: (-chance[1], chance[0]))[:_TOLD]
    chances = ", ".join(
        _("kotak %(box)s (%(chance)s)") % {"box": box, "chance": percent_of(e9)} for box, e9 in likeliest if e9
    )
    said = _("Peluang menurut galat ukur dan bukti yang belum ada: %(chances)s.") % {"chances": chances}
    where = {"box": result.box, "highest": result.box_highest}
    if result.box is None:
        return _("Belum ada kotak.") + " " + said
    if result.box_lowest != result.box_highest:
        return _("Kotak sementara: sekurang-kurangnya %(box)s, dapat sampai %(highest)s.") % where + " " + said
    if result.status == Status.SEMENTARA:
        return _("Kotak sementara %(box)s; bukti yang belum ada tidak mengubahnya.") % where + " " + said
    return _("Kotak resmi %(box)s.") % where + " " + said
