"""What a policy says of how records are kept, and not of how people are scored: the engine never sees these numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from nawa.engine import codes

RETAINED: Final = (*codes.REGISTERS, "kinerja", "asesmen", "pendidikan", "pegawai")
"""Kinds of personal records, each with a retention period of its own; the last is the person's own row."""


@dataclass(frozen=True, slots=True)
class Stewardship:
    """The numbers of a policy for collecting, checking, releasing and keeping records, as they stand on a day.

    `publication_completeness` is the least mean completeness (percent) of the mapped people with which a run may be
    published by one person; `big_move_steps` the least number of class steps, on both axes together, of a big mover.
    Whoever verifies has `verify_days`, whoever is asked again `answer_days`; `remind_days` before the end they are
    reminded; `sample_percent` of what verifiers accepted is drawn for the analyst. `retention_years` counts from the
    day on which somebody left. An acting duty lasts `acting_months`, may be extended `acting_extensions` times by as
    many, and is given at most `acting_tier_steps` tiers above one's own. `equivalent_tiers` names for a tier those that
    count as equal to it (*penyetaraan*).
    """

    publication_completeness: int
    big_move_steps: int
    verify_days: int
    answer_days: int
    remind_days: int
    sample_percent: int
    retention_years: Mapping[str, int]
    acting_months: int
    acting_extensions: int
    acting_tier_steps: int
    equivalent_tiers: Mapping[str, tuple[str, ...]]


def stewardship(values: Mapping[str, Any]) -> Stewardship:
    """Build it from the checked values of a policy, by path."""
    return Stewardship(
        **{name: values[f"records.{name}"] for name in _RECORDS},
        **{f"acting_{name}": values[f"acting.{name}"] for name in _ACTING},
        equivalent_tiers=values["posts.equivalent_tiers"],
    )


_RECORDS: Final = (
    *("publication_completeness", "big_move_steps", "verify_days", "answer_days", "remind_days", "sample_percent"),
    "retention_years",
)
_ACTING: Final = ("months", "extensions", "tier_steps")

BEFORE: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "records.publication_completeness": 80,
        "records.big_move_steps": 2,
        "records.verify_days": 14,
        "records.answer_days": 14,
        "records.remind_days": 3,
        "records.sample_percent": 10,
        "records.retention_years": MappingProxyType(dict.fromkeys(RETAINED, 10)),
        "acting.months": 3,
        "acting.extensions": 1,
        "acting.tier_steps": 1,
        "posts.equivalent_tiers": MappingProxyType(
            {"ADMINISTRATOR": ("JF_AHLI_MADYA",), "PENGAWAS": ("JF_AHLI_MUDA",), "PELAKSANA": ("JF_AHLI_PERTAMA",)}
        ),
    }
)
"""What holds under a policy whose text is older than these provisions."""
