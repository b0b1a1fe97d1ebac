"""The shipped profiles in the rulebook, who drafts and who approves, and a draft over the city's that was submitted."""

from __future__ import annotations

import pytest

from nawa.accounts.models import User
from nawa.accounts.roles import Role
from nawa.rulebook import actions
from nawa.rulebook.models import PolicyVersion
from tests.drafting import account, employee, submit


@pytest.fixture
def city(db: None) -> PolicyVersion:
    """The city's profile as it was shipped."""
    actions.ship()
    return PolicyVersion.objects.get(code="semarang")


@pytest.fixture
def analyst(db: None) -> User:
    return account("analis", Role.ANALYST, person=employee("198505052010012002", "Siti Aminah"))


@pytest.fixture
def head(db: None) -> User:
    return account("kepala", Role.AGENCY_HEAD, person=employee("197001011995031001", "Budi Santoso"))


@pytest.fixture
def submitted(city: PolicyVersion, analyst: User) -> PolicyVersion:
    return submit(city, "2026.9", analyst)
