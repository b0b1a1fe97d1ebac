"""The cast of the demo city: every role is played, by different people who work where they should."""

from datetime import date

import pytest

from nawa.accounts.roles import ROLES, Role
from nawa.demo.cast import cast
from nawa.demo.city import build


@pytest.mark.parametrize("people", [1_000, 12_000])
def test_every_role_is_played_once_but_there_are_two_analysts(people: int) -> None:
    parts = cast(build(people=people, seed=1, on=date(2026, 11, 1)).tables)
    roles = [part.role for part in parts if part.role]
    assert sorted(roles) == sorted([*Role, Role.ANALYST])
    assert [part.role for part in parts].count("") == 2
    players = [part.nip for part in parts if part.nip]
    assert len(players) == len(set(players))
    for part in parts:
        assert bool(part.nip) != bool(part.name)
        assert (part.unit_code is not None) == (bool(part.role) and ROLES[Role(part.role)].of_unit)
