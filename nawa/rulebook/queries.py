"""Reading the rulebook. It holds no people; who may see drafts is the caller's to ask."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet

from nawa.policy.loading import Policy, load
from nawa.policy.stewardship import Stewardship
from nawa.rulebook.enums import State
from nawa.rulebook.models import PolicyVersion
from nawa.rulebook.rules import policy_of


@dataclass(frozen=True, slots=True)
class Period:
    """An approved version, and the days on which it is the one in force: half-open, empty where it never is."""

    version: PolicyVersion
    start: datetime.date
    end: datetime.date | None

    def holds(self, on: datetime.date) -> bool:
        """Tell whether the version is the one in force on a day."""
        return self.start <= on and (self.end is None or on < self.end)

    @property
    def is_empty(self) -> bool:
        """Whether a later version took its place before it began."""
        return self.end is not None and self.end <= self.start


def versions(*, drafts: bool) -> QuerySet[PolicyVersion]:
    """Return the versions by policy, the latest first; those never submitted only where `drafts` are to be seen."""
    rows = PolicyVersion.objects.select_related("parent").defer("text", "typed", "parent__text", "parent__typed")
    seen = rows if drafts else rows.exclude(state=State.DRAFT).exclude(state=State.WITHDRAWN, submitted_by="")
    return seen.order_by("code", "-pk")


def version_by_id(public_id: str, *, drafts: bool) -> PolicyVersion | None:
    """Return a version by its opaque id, its parent at hand, if the reader may know of it (one query)."""
    row = (
        PolicyVersion.objects.select_related("parent", "scan")
        .defer("scan__content")
        .filter(public_id=public_id)
        .first()
    )
    if row is None or drafts:
        return row
    return row if row.submitted_by and row.state != State.DRAFT else None


def approved(code: str) -> QuerySet[PolicyVersion]:
    """Return the approved versions of a policy in the order in which they take their turn."""
    return PolicyVersion.objects.filter(code=code, state=State.APPROVED).order_by("effective_from", "decided_at", "pk")


def in_force(code: str, *, on: datetime.date) -> PolicyVersion | None:
    """Return the version of a policy that is in force on a day: of those begun the one that began last (one query)."""
    return approved(code).filter(effective_from__lte=on).last()


def own_policy(*, on: datetime.date) -> Policy:
    """Return the institution's own policy (the setting `POLICY`): the version in force on a day, else as it is shipped.

    One query.

    Raises:
        PolicyRefused: neither can be used on that day.
    """
    version = in_force(settings.POLICY, on=on)
    return policy_of(version, on=on) if version else load(settings.POLICY, on=on)


def stewardship(*, on: datetime.date) -> Stewardship:
    """Return by what numbers the institution keeps its records on a day (one query). Raises as `own_policy`."""
    return own_policy(on=on).stewardship


def taken(code: str) -> frozenset[str]:
    """Return the names of versions that a policy has in use."""
    used = PolicyVersion.objects.filter(code=code).exclude(state__in=(State.REFUSED, State.WITHDRAWN))
    return frozenset(used.values_list("version", flat=True))


def periods(rows: Iterable[PolicyVersion]) -> list[Period]:
    """Return the periods of one policy's approved versions among these, in their order."""
    turn = sorted(
        (row for row in rows if row.state == State.APPROVED),
        key=lambda row: (row.effective_from, row.decided_at, row.pk),
    )
    ends = [row.effective_from for row in turn[1:]]
    return [
        Period(row, row.effective_from, end) for row, end in zip(turn, [*ends, None], strict=True) if row.effective_from
    ]


def profiles(*, on: datetime.date) -> list[PolicyVersion]:
    """Return the version in force on a day of every policy that has one, by the policy's name (one query)."""
    rows = PolicyVersion.objects.filter(state=State.APPROVED, effective_from__lte=on).defer("typed")
    latest: dict[str, PolicyVersion] = {}
    for row in rows.order_by("effective_from", "decided_at", "pk"):
        latest[row.code] = row
    return sorted(latest.values(), key=lambda row: row.label)


def scan_of(version: PolicyVersion) -> bytes:
    """Return the scan of the instrument that set a version in force (one query)."""
    return bytes(version.scan.content) if version.scan else b""
