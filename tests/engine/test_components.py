"""The columns of components: what is known, verified as none, or unknown."""

from __future__ import annotations

from datetime import date

import pytest

from nawa.engine.components import EARNING
from nawa.engine.parameters import REGISTER_OF, Component
from tests.engine.build import BKN, DJBK, mapped


def test_every_component_has_a_function() -> None:
    assert list(EARNING) == list(Component)


@pytest.mark.parametrize("component", list(Component))
def test_without_evidence_a_component_is_unknown(component: Component) -> None:
    row, stem = mapped(), component.lower()
    assert row[f"{stem}_state"] == "UNKNOWN"
    assert all(row[f"{stem}_{what}"] is None for what in ("raw", "points", "on", "expires_on", "table", "source"))


@pytest.mark.parametrize("component", list(REGISTER_OF))
def test_a_register_verified_as_empty_makes_a_known_none(component: Component) -> None:
    row, stem = mapped(coverage=[{"register": REGISTER_OF[component]}]), component.lower()
    assert row[f"{stem}_state"] == "VERIFIED_NONE"
    assert row[f"{stem}_points"] == (100_000_000 if component is Component.DISCIPLINE else 0)
    assert all(row[f"{stem}_{what}"] is None for what in ("raw", "on", "expires_on", "table", "source"))


def test_evidence_goes_before_a_verified_register() -> None:
    award = {"level": "INSTANSI", "awarded_on": date(2026, 1, 1)}
    row = mapped(award=[award], coverage=[{"register": "penghargaan"}])
    assert (row["award_state"], row["award_points"]) == ("KNOWN", 25_000_000)


def test_evidence_that_no_longer_counts_is_none_when_verified_and_unknown_when_not() -> None:
    award = {"level": "INSTANSI", "awarded_on": date(2010, 1, 1)}
    assert mapped(award=[award])["award_state"] == "UNKNOWN"
    assert mapped(award=[award], coverage=[{"register": "penghargaan"}])["award_state"] == "VERIFIED_NONE"


@pytest.mark.parametrize(
    ("complete_on", "holds"),
    [(date(2025, 11, 2), True), (date(2025, 11, 1), False), (date(2026, 12, 1), True), (None, True)],
)
def test_a_letter_holds_for_twelve_months(complete_on: date | None, holds: bool) -> None:
    row = mapped(coverage=[{"register": "disiplin", "complete_on": complete_on}])
    assert row["discipline_state"] == ("VERIFIED_NONE" if holds else "UNKNOWN")


def test_a_register_says_nothing_about_another() -> None:
    row = mapped(coverage=[{"register": "diklat"}])
    verified = {component for component in Component if row[f"{component.lower()}_state"] == "VERIFIED_NONE"}
    assert verified == {Component.TRAINING, Component.CERTIFICATION}


def test_a_component_without_weight_is_neither_computed_nor_missed() -> None:
    row = mapped(parameters=DJBK)
    assert "award_state" not in row
    assert "AWARD" not in row["missing"]
    assert DJBK.components != BKN.components
