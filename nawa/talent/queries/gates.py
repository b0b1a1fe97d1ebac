"""Whether a run's data are complete enough for its publication."""

from __future__ import annotations

from django.db.models import Count, OuterRef, Subquery, Sum

from nawa.accounts.queries import accounts_alike
from nawa.talent.enums import Stage
from nawa.talent.models import MappingResult, MappingRun, Release
from nawa.talent.queries.profiles import policy_of
from nawa.talent.rules import Gate


def gate_of(run: MappingRun) -> Gate:
    """Return how complete a run's data are on the whole, what its policy asks, and whether it was released.

    Three queries at most. A run without anybody in it is not complete.
    """
    results = MappingResult.objects.filter(run=OuterRef("pk")).order_by().values("run")
    released_by = Release.objects.filter(run=OuterRef("pk")).values("released_by")
    found = MappingRun.objects.annotate(
        total=Subquery(results.annotate(found=Sum("completeness_e4")).values("found")),
        counted=Subquery(results.annotate(found=Count("pk")).values("found")),
        released_by=Subquery(released_by),
    ).get(pk=run.pk)
    mean = found.total // found.counted if found.counted else 0
    least = policy_of(found).stewardship.publication_completeness
    return Gate(mean, least, accounts_alike(found.released_by) if found.released_by else frozenset())


def gate_before(run: MappingRun, to: Stage) -> Gate | None:
    """Return what must be open before a move to a stage; None where nothing is."""
    return gate_of(run) if to is Stage.PUBLISHED else None


def release_of(run: MappingRun) -> Release | None:
    """Return who released a run, and why (one query)."""
    return Release.objects.filter(run=run).first()
