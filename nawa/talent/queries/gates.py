"""Whether a run's data are complete enough for its publication."""

from __future__ import annotations

from django.db.models import Count, Sum

from nawa.accounts.queries import accounts_alike
from nawa.talent.enums import Stage
from nawa.talent.models import MappingResult, MappingRun, Release
from nawa.talent.queries.profiles import policy_of
from nawa.talent.rules import Gate


def gate_of(run: MappingRun) -> Gate:
    """Return how complete a run's data are on the whole, what its policy asks, and whether it was released.

    Four queries at most. A run without anybody in it is not complete.
    """
    counted = MappingResult.objects.filter(run=run).aggregate(sum=Sum("completeness_e4"), people=Count("pk"))
    mean = counted["sum"] // counted["people"] if counted["people"] else 0
    least = policy_of(run).stewardship.publication_completeness
    release = release_of(run)
    return Gate(mean, least, accounts_alike(release.released_by) if release else frozenset())


def gate_before(run: MappingRun, to: Stage) -> Gate | None:
    """Return what must be open before a move to a stage; None where nothing is."""
    return gate_of(run) if to is Stage.PUBLISHED else None


def release_of(run: MappingRun) -> Release | None:
    """Return who released a run, and why (one query)."""
    return Release.objects.filter(run=run).first()
