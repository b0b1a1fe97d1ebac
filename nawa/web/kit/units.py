"""The units of a reader as a list to choose from."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from nawa.talent.queries.places import Places
from nawa.web.kit.guards import Request
from nawa.web.kit.lists import Filter

PARAMETER = "unit"


def unit_groups(within: Places, unit: int | None) -> Iterator[tuple[str, list[tuple[int, str]]]]:
    """Yield the units to choose from, in groups: those below and above the one chosen, then the first branches."""
    if unit is not None:
        yield _("Unit yang dipilih"), _named([unit], within)
        yield _("Di bawahnya"), _named(within.children(unit), within)
        yield _("Di atasnya"), _named(within.path(unit), within)
    yield _("Unit organisasi"), _named([pk for pk in within.branches() if pk != unit], within)


def unit_filter(request: Request, within: Places) -> Filter:
    """Return the filter of a list by a unit and all below it; a unit outside the reader's does not exist."""
    asked = request.POST.get(PARAMETER) or request.GET.get(PARAMETER, "")
    unit = int(asked) if asked.isascii() and asked.isdigit() and int(asked) in within.names else None
    return Filter(
        PARAMETER,
        _("Unit"),
        _("Semua unit"),
        [(group, [(str(pk), name) for pk, name in units]) for group, units in unit_groups(within, unit) if units],
        {str(pk): name for pk, name in within.names.items()},
        is_strict=True,
    )


def _named(units: list[int], within: Places) -> list[tuple[int, str]]:
    return [(pk, within.names[pk]) for pk in units]
