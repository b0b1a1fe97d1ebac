"""The engine's codes are the workbook's own."""

from __future__ import annotations

import pytest

from nawa.engine import codes
from nawa.engine.parameters import REGISTER_OF
from nawa.workbook import sheets


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (codes.RATINGS, sheets.RATINGS),
        (codes.EXPECTATIONS, sheets.EXPECTATIONS),
        (codes.RELATIONS, sheets.RELATIONS),
        (codes.AWARD_LEVELS, sheets.AWARD_LEVELS),
        (codes.TEAM_ROLES, sheets.TEAM_ROLES),
        (codes.TEAM_SCOPES, sheets.TEAM_SCOPES),
        (codes.EDUCATION_LEVELS, sheets.EDUCATION_LEVELS),
        (codes.DISCIPLINE_LEVELS, sheets.DISCIPLINE_LEVELS),
        (codes.TIERS, sheets.TIERS),
        (codes.POTENTIAL_ASPECTS, sheets.POTENTIAL_ASPECTS),
        (codes.STAFF_KINDS, sheets.STAFF_KINDS),
        (codes.LEGAL_STATUSES, sheets.LEGAL_STATUSES),
        (codes.REGISTERS, sheets.REGISTERS),
    ],
)
def test_the_engine_knows_the_workbooks_codes(ours: tuple[str, ...], theirs: dict[str, tuple[str, ...]]) -> None:
    assert set(ours) == set(theirs)


def test_registers_are_the_workbooks() -> None:
    assert set(REGISTER_OF.values()) == set(codes.REGISTERS)
