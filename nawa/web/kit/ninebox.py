"""The nine boxes as pages draw them: potential to the right, performance up (PermenPANRB 3/2020)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nawa.engine.parameters import Status
from nawa.web.kit.smallcounts import Count, protect

PERFORMANCE: Final = (_("Di bawah ekspektasi"), _("Sesuai ekspektasi"), _("Di atas ekspektasi"))
POTENTIAL: Final = (_("Rendah"), _("Menengah"), _("Tinggi"))
BOXES: Final = ((1, 3, 6), (2, 5, 8), (4, 7, 9))
"""Box by performance (rising) and potential (rising)."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One box, ready to draw. ``strength`` rises from 1 (box 1) to 5 (box 9) along the diagonal."""

    box: int
    performance: str | Promise
    potential: str | Promise
    strength: int
    total: Count
    complete: Count
    provisional: Count


@dataclass(frozen=True, slots=True)
class Grid:
    """The map: rows from the top (performance above expectation) with their cells from the left, and who is in none."""

    rows: tuple[tuple[str | Promise, tuple[Cell, ...]], ...]
    unmapped: Count

    @property
    def withholds(self) -> bool:
        """Whether any count is withheld."""
        cells = [cell for _, row in self.rows for cell in row]
        counts = [count for cell in cells for count in (cell.total, cell.complete, cell.provisional)]
        return any(count.value is None for count in [*counts, self.unmapped])


def grid(counts: Mapping[tuple[int, str], int], unmapped: int) -> Grid:
    """Return the public map of ``counts`` by (box, status): small totals are withheld, then small parts."""
    shown = protect({**_totals(counts), None: unmapped})
    return _drawn(lambda box: shown[box], lambda box: _parts(counts, box, shown[box]), shown[None])


def open_grid(counts: Mapping[tuple[int, str], int], unmapped: int) -> Grid:
    """Return the map of ``counts`` for those who may know who stands where: nothing is withheld."""
    totals = _totals(counts)
    return _drawn(
        lambda box: Count(totals[box]),
        lambda box: {status: Count(counts.get((box, status), 0)) for status in _WITH_BOX},
        Count(unmapped),
    )


_WITH_BOX: Final = (Status.LENGKAP, Status.SEMENTARA)


def _totals(counts: Mapping[tuple[int, str], int]) -> dict[int | None, int]:
    return {box: sum(count for (b, _), count in counts.items() if b == box) for row in BOXES for box in row}


def _parts(counts: Mapping[tuple[int, str], int], box: int, total: Count) -> Mapping[Status, Count]:
    parts = {status: counts.get((box, status), 0) for status in _WITH_BOX}
    return dict.fromkeys(parts, Count(None)) if total.value is None else protect(parts)


def _drawn(total: Callable[[int], Count], parts: Callable[[int], Mapping[Status, Count]], unmapped: Count) -> Grid:
    def cell(y: int, x: int) -> Cell:
        box = BOXES[y][x]
        shown = parts(box)
        return Cell(
            box, PERFORMANCE[y], POTENTIAL[x], x + y + 1, total(box), shown[Status.LENGKAP], shown[Status.SEMENTARA]
        )

    return Grid(tuple((PERFORMANCE[y], tuple(cell(y, x) for x in range(3))) for y in reversed(range(3))), unmapped)
