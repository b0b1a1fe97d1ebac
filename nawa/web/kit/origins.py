"""Where a record comes from, and who verified it and when, or that nobody has: the same sentence on every page."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from django.utils.translation import gettext as _

from nawa.accounts.queries import names_of
from nawa.core.clock import ZONE
from nawa.policy.sentences import label
from nawa.policy.wording import day
from nawa.web.kit.languages import spoken


class Sourced(Protocol):
    """A record, or what is known of one."""

    @property
    def source(self) -> str: ...

    @property
    def verified_by(self) -> str: ...

    @property
    def verified_at(self) -> datetime.datetime | None: ...


def source_of(records: Sequence[Mapping[str, Any]]) -> str:
    """Return where records that are told together come from; if all were verified, since when and by whom."""
    sources = dict.fromkeys(label("fact_sources", record["provenance"], spoken()) for record in records)
    told = {"source": ", ".join(sources)}
    if not all(record["verified"] for record in records):
        return _("Sumber: %(source)s, belum diverifikasi.") % told
    latest = max(records, key=lambda record: record["verified"])
    told["day"] = day(latest["verified"], spoken())
    if latest["verifier"] is None:
        return _("Sumber: %(source)s, diverifikasi %(day)s.") % told
    return _("Sumber: %(source)s, diverifikasi %(day)s oleh %(verifier)s.") % {**told, "verifier": latest["verifier"]}


def origin_of(*facts: Sourced, names: Mapping[str, str] | None = None) -> str:
    """Return where facts that are told together come from; none, where there are none.

    `names` are those of the verifiers, where they are at hand (else one query, and none where nobody has verified).
    """
    if not facts:
        return ""
    known = names_of({fact.verified_by for fact in facts if fact.verified_by}) if names is None else names
    return source_of(
        [
            {
                "provenance": fact.source,
                "verified": fact.verified_at and fact.verified_at.astimezone(ZONE).date(),
                "verifier": known.get(fact.verified_by),
            }
            for fact in facts
        ]
    )
