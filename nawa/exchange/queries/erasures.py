"""Reading erasures, and what stands in their way."""

from __future__ import annotations

from django.db.models import QuerySet

from nawa.core.models import OPEN
from nawa.core.scope import Scope
from nawa.exchange.enums import ErasureState, Stage
from nawa.exchange.models import Comparison, Erasure, Upload
from nawa.registry.models import Person


def erasures(*, scope: Scope) -> QuerySet[Erasure]:
    """Return the erasures, those that wait first, then the latest; they are the whole institution's."""
    rows = Erasure.objects.select_related("person").order_by("-state", "-asked_at", "-pk")
    return rows if scope.all_units else rows.none()


def erasure_by_id(public_id: str, *, scope: Scope) -> Erasure | None:
    """Return an erasure by its opaque id (one query)."""
    return erasures(scope=scope).filter(public_id=public_id).first()


def asked_for(person: Person) -> int:
    """Return how many erasures of somebody wait to be confirmed (one query)."""
    return Erasure.objects.filter(person=person, state=ErasureState.ASKED).count()


def to_confirm(*, scope: Scope) -> int:
    """Return how many erasures wait to be confirmed (one query)."""
    return erasures(scope=scope).filter(state=ErasureState.ASKED).count()


def open_uploads() -> int:
    """Return how many files wait to be applied or compared (two queries)."""
    waiting = Upload.objects.filter(stage__in=[Stage.UPLOADED, Stage.READY]).count()
    return waiting + Comparison.objects.filter(state__in=OPEN).count()
