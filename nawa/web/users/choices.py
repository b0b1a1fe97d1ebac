"""What the address of the list asks for: unit, role, state, page. What was searched for stands in no address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlencode

from django.http import Http404
from django.utils.translation import gettext as _

from nawa.accounts.enums import AccountState
from nawa.accounts.queries import Wanted
from nawa.accounts.roles import Role
from nawa.talent.queries.places import Places
from nawa.web.kit.guards import Request
from nawa.web.users.forms import role_name

_SHORTEST: Final = 2  # letters that a search needs


@dataclass(frozen=True, slots=True)
class Choices:
    """A reader's choices; `unit` is a primary key."""

    unit: int | None = None
    role: str = ""
    state: str = ""
    text: str = ""
    page: str = ""

    def url(self, **changes: Any) -> str:
        """Return the address with other choices, relative to the page; it begins at the first page of the list."""
        asked = replace(self, **{"page": "", **changes})
        said = {"unit": asked.unit, "peran": asked.role, "keadaan": asked.state, "hal": asked.page}
        return "?" + urlencode({name: value for name, value in said.items() if value})

    @property
    def address(self) -> str:
        """The address of the first page of what is shown."""
        return self.url()

    def wanted(self, within: Places) -> Wanted:
        """Return what the query is asked for."""
        return Wanted(within.codes[self.unit] if self.unit else "", self.role, self.state, self.text)


def choices_of(request: Request, within: Places) -> Choices:
    """Return what the address asks for, and what was sent to be searched for.

    Raises:
        Http404: the unit does not exist, or lies outside the reader's units.
    """
    text = " ".join(request.POST.get("cari", "").split())[:100]
    return Choices(
        unit=unit_of(request.GET.get("unit", ""), within),
        role=_known(request.GET.get("peran", ""), list(Role)),
        state=_known(request.GET.get("keadaan", ""), AccountState.values),
        text=text if len(text) >= _SHORTEST else "",
        page=request.GET.get("hal", ""),
    )


def unit_of(asked: str, within: Places) -> int | None:
    """Return the unit that is asked for by its primary key, None where none is.

    Raises:
        Http404: the unit does not exist, or lies outside the reader's units.
    """
    if not asked:
        return None
    unit = int(asked) if asked.isascii() and asked.isdigit() else 0
    if unit not in within.names:
        raise Http404("unit")
    return unit


def chips(choices: Choices, within: Places) -> list[tuple[str, str]]:
    """Return the filters in words, each with the address without it."""
    words = {
        "unit": within.names.get(choices.unit or 0, ""),
        "role": role_name(choices.role) if choices.role else "",
        "state": str(AccountState(choices.state).label) if choices.state else "",
        "text": f"“{choices.text}”" if choices.text else "",
    }
    empty = Choices()
    return [(said, choices.url(**{name: getattr(empty, name)})) for name, said in words.items() if said]


def unit_groups(within: Places, unit: int | None) -> Iterator[tuple[str, list[tuple[int, str]]]]:
    """Yield the units to choose from, in groups: the one chosen with what is below and above, then the first ones."""
    if unit is not None:
        yield _("Unit yang dipilih"), _named([unit], within)
        yield _("Di bawahnya"), _named(within.children(unit), within)
        yield _("Di atasnya"), _named(within.path(unit), within)
    first = [*within.children(None), *within.branches()]
    yield _("Unit organisasi"), _named([pk for pk in dict.fromkeys(first) if pk != unit], within)


def all_units(within: Places) -> list[tuple[str, list[tuple[int, str]]]]:
    """Return all units, grouped by the branch in which they lie; the highest stands alone."""
    branches = within.branches()
    groups: dict[int, list[int]] = {unit: [unit] for unit in within.children(None) if unit not in branches}
    groups |= {branch: [] for branch in branches}
    for unit, branch in within.branch_of(branches).items():
        groups[branch].append(unit)
    return [(within.names[branch], _named(sorted(units), within)) for branch, units in groups.items()]


def _named(units: list[int], within: Places) -> list[tuple[int, str]]:
    return [(pk, within.names[pk]) for pk in units]


def _known(value: str, among: list[Any]) -> str:
    return value if value in among else ""
