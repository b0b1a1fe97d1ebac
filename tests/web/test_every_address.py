"""Every address of the site, asked for by every role, by a plain employee and by nobody.

The table says who may, by hand: what a guard says of itself is not believed. An address that stands in no row fails.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from nawa.accounts.roles import Role
from nawa.registry.models import Person, Position, Unit
from nawa.registry.queries import subtree
from nawa.core.scope import Scope
from nawa.talent.models import MappingResult, MappingRun
from tests.web.roles import enter

pytestmark = pytest.mark.django_db

ALL: Final = frozenset(Role)
SCORES: Final = ALL - {Role.UNIT_VERIFIER, Role.ASSESSOR, Role.ADMINISTRATOR}
"""Roles that see who stands where; the others see counts, or no scores at all."""
COUNTS: Final = ALL - {Role.ADMINISTRATOR}
RUNS: Final = SCORES - {Role.UNIT_HEAD}
HELPERS: Final = frozenset({Role.UNIT_VERIFIER, Role.ANALYST, Role.ADMINISTRATOR})
WATCHERS: Final = frozenset({Role.AGENCY_HEAD, Role.INSPECTORATE, Role.AUDITOR, Role.ADMINISTRATOR})

EVERYBODY, ENTERED, EMPLOYEES = "everybody", "whoever has logged in", "employees, for what is theirs"

MAY: Final[dict[str, frozenset[Role] | str]] = {
    "home": EVERYBODY,
    "language": EVERYBODY,
    "account_login": EVERYBODY,
    "account_logout": EVERYBODY,
    "mfa_authenticate": EVERYBODY,
    "demo_log_in": EVERYBODY,
    "account_reauthenticate": ENTERED,
    "account_change_password": ENTERED,
    "mfa_index": ENTERED,
    "mfa_reauthenticate": ENTERED,
    "mfa_activate_totp": ENTERED,
    "mfa_deactivate_totp": ENTERED,
    "mfa_view_recovery_codes": ENTERED,
    "mfa_generate_recovery_codes": ENTERED,
    "mfa_download_recovery_codes": ENTERED,
    "find": ENTERED,
    "mine": EMPLOYEES,
    "people": ALL,
    "organisation": ALL,
    "map": COUNTS,
    "cycles": RUNS,
    "users": HELPERS,
    "trail": WATCHERS,
}


@dataclass(frozen=True)
class Place:
    """What stands in a unit: somebody with a result, a post, the unit itself."""

    person: Person
    position: Position
    unit: Unit


@pytest.fixture(scope="module")
def inside(mapped: MappingRun, django_db_blocker: Any) -> Iterator[Place]:
    """The largest office below the city: roles of a unit are granted there."""
    with django_db_blocker.unblock():
        yield place(largest_office())


def largest_office() -> Unit:
    offices = Unit.objects.filter(parent__parent__isnull=True, parent__isnull=False)
    return max(offices, key=lambda unit: results_in(unit).count())


def results_in(unit: Unit) -> Any:
    return MappingResult.objects.filter(unit__in=subtree(Scope.below(unit.code)) or ())


def place(unit: Unit) -> Place:
    result = results_in(unit).exclude(position=None).order_by("pk").first()
    assert result is not None
    return Place(result.person, result.position, unit)


def addresses() -> dict[str, URLPattern]:
    def walk(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns)
            else:
                yield pattern

    return {str(pattern.name): pattern for pattern in walk(get_resolver().url_patterns)}


def test_every_address_stands_in_the_table() -> None:
    assert set(addresses()) == set(MAY)


@pytest.mark.parametrize("name", sorted(addresses()))
def test_every_view_has_a_guard_and_says_whether_it_writes(name: str) -> None:
    view = addresses()[name].callback
    assert getattr(view, "guard", None)
    assert getattr(view, "mode", None) in ("reads", "changes")
