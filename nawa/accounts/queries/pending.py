"""Accounts by name, and how many of them wait for something."""

from __future__ import annotations

import datetime

from django.db.models import Count, Q, QuerySet

from nawa.accounts.models import Delegation, Grant, User
from nawa.core.scope import Scope
from nawa.registry.queries import active, called, people


def accounts_called(text: str) -> QuerySet[User]:
    """Return the accounts of people called so (`registry.queries.called`), and of others with such a name, by name."""
    somebody = Q(person__isnull=False) & called(text, "person__")
    nobody = Q(person__isnull=True, name__icontains=text.strip())
    return User.objects.select_related("person").filter(somebody | nobody).order_by("person__name", "name", "pk")


def without_account(*, scope: Scope, on: datetime.date) -> int:
    """Count the employees in scope who have no account on a day (two queries at most)."""
    held = User.objects.filter(person__isnull=False).values("person")
    return people(scope=scope).filter(active(on)).exclude(pk__in=held).count()


def unused_codes(*, scope: Scope, on: datetime.date) -> tuple[int, int]:
    """Count the accounts in scope that wait for their activation code to be used, and those whose code is too old.

    Two queries at most.
    """
    rows = User.objects.filter(is_active=True, is_demo=False).exclude(activation="")
    rows = rows if scope.all_units else rows.filter(person__in=people(scope=scope))
    counted = rows.aggregate(unused=Count("pk"), lapsed=Count("pk", filter=Q(activation_through__lt=on)))
    return counted["unused"], counted["lapsed"]


def ending(*, since: datetime.date, through: datetime.date) -> int:
    """Count grants and delegations whose last day lies between two days, both counted (two queries)."""
    span = (since + datetime.timedelta(days=1), through + datetime.timedelta(days=1))
    return sum(rows.filter(ended_before__range=span).count() for rows in (Grant.objects, Delegation.objects))
