"""The cycles of the demo city: four months, each computed, checked, contested, validated, determined and published."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from nawa.accounts.roles import Role
from nawa.core import clock
from nawa.core.actor import Actor
from nawa.demo.letters import letter_scan
from nawa.policy.loading import Policy
from nawa.talent.actions import advance, release, run_mapping
from nawa.talent.enums import Stage
from nawa.talent.models import MappingRun
from nawa.talent.queries.gates import gate_of
from nawa.talent.rules import Letter

MONTHS: Final = (date(2026, 8, 1), date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1))
"""The reference dates, which are also the cycles; the last is the day as of which the city is built."""


@dataclass(frozen=True, slots=True)
class _Leg:
    to: Stage
    after: Stage
    day: int  # of the month
    role: Role
    letter: str = ""
    number: str = ""


_WAY: Final = (
    _Leg(Stage.CHECKED, Stage.COMPUTED, 3, Role.AGENCY_HEAD),
    _Leg(Stage.CONTEST, Stage.CHECKED, 4, Role.AGENCY_HEAD),
    _Leg(Stage.VALIDATED, Stage.CONTEST, 13, Role.COMMITTEE_SECRETARY, "Berita Acara Komite Talenta", "800.1/{}/BA-KT"),
    _Leg(Stage.DETERMINED, Stage.VALIDATED, 16, Role.APPOINTER, "Keputusan tentang Peta Talenta", "800.1/{}/KEP"),
    _Leg(Stage.PUBLISHED, Stage.DETERMINED, 18, Role.AGENCY_HEAD),
)
_WHY: Final = "Asesmen belum menjangkau semua pegawai; peta dipakai dengan tanda sementara."


def publish_months(policy_on: Callable[[date], Policy], players: Mapping[str, Actor]) -> MappingRun:
    """Map the city once for each month and bring each map to publication, as deeds of these players (by role code).

    Returns the last run. A role without a player acts as the system under the role's name.
    """
    for month in MONTHS:
        run = run_mapping(policy=policy_on(month), on=month, by=_player(Role.ANALYST, players), at=_at(month, 2))
        for leg in _WAY:
            letter = _letter(leg, month) if leg.letter else None
            by, at = _player(leg.role, players), _at(month, leg.day)
            advance(run, to=leg.to, expected=leg.after, by=by, letter=letter, at=at)
            if leg.to is Stage.DETERMINED and not gate_of(run).is_open:
                release(run, reason=_WHY, by=by, at=at)
    return run


def _player(role: Role, players: Mapping[str, Actor]) -> Actor:
    return players.get(role) or Actor.system(f"demo-{role.lower().replace('_', '-')}")


def _letter(leg: _Leg, month: date) -> Letter:
    dated_on = month.replace(day=leg.day)
    number = f"{leg.number.format(dated_on.strftime('%m'))}/{month.year}"
    return Letter(number, dated_on, letter_scan(leg.letter, number, f"{dated_on:%d-%m-%Y}"))


def _at(month: date, day: int) -> datetime:
    return datetime.combine(month.replace(day=day), time(9), tzinfo=clock.ZONE) + timedelta(minutes=day)
