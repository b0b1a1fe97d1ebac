"""Reading imports."""

from __future__ import annotations

from django.db.models import QuerySet

from nawa.core.scope import Scope
from nawa.exchange.models import Import
from nawa.exchange.rules import Held
from nawa.registry import queries as registry


def imports(*, scope: Scope) -> QuerySet[Import]:
    """Return the imports, latest first; they tell of the whole institution, so only its whole scope shows them."""
    rows = Import.objects.order_by("-imported_at", "-id")
    return rows if scope.all_units else rows.none()


def held(*, scope: Scope) -> Held:
    """Return the codes, NIP and unit tree that an import is checked against (three queries)."""
    return Held(
        positions=frozenset(registry.positions(scope=scope).values_list("code", flat=True)),
        people=frozenset(registry.people(scope=scope).values_list("nip", flat=True)),
        parents=dict(registry.units(scope=scope).values_list("code", "parent__code")),
    )
