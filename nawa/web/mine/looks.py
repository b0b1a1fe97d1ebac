"""Who has looked at somebody's result: in which role, on which day. Names of readers stay with the inspectorate."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from nawa.accounts.queries import roles_of
from nawa.accounts.roles import ROLES, Role
from nawa.audit.queries import reads_of
from nawa.core.clock import ZONE
from nawa.web.kit.languages import spoken

_SHOWN: Final = 500  # reads, the newest first


@dataclass(frozen=True, slots=True)
class Look:
    """One day on which somebody in these roles looked, and how often."""

    on: datetime.date
    roles: str
    times: int


def looks_at(person: str) -> list[Look]:
    """Return who looked at a person (public id), a line for each day and role, the newest first (two queries)."""
    reads = [(at.astimezone(ZONE).date(), by) for at, by in reads_of(person, limit=_SHOWN)]
    roles = roles_of({by.removeprefix("user:") for _, by in reads})
    told = [(on, _named(roles.get(by.removeprefix("user:"), ()))) for on, by in reads]
    told.sort(key=lambda look: look[1])
    told.sort(key=lambda look: look[0], reverse=True)
    return [Look(on, names, len(list(same))) for (on, names), same in groupby(told)]


def _named(roles: tuple[Role, ...]) -> str:
    names = {ROLES[role].english if spoken() == "en" else ROLES[role].indonesian for role in roles}
    return ", ".join(sorted(names)) or "—"
