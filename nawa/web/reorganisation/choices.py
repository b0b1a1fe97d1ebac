"""Units and posts to choose from, found by a part of their name or code."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from django.utils.translation import gettext as _

from nawa.policy.sentences import label
from nawa.registry.rules import Outcome, PostRow, UnitRow, is_equal_tier
from nawa.web.kit.languages import spoken

MOST: Final = 30

Option = tuple[str, str]


def unit_label(row: UnitRow, outcome: Outcome) -> str:
    """Return a unit with the one above it and its code."""
    above = outcome.units.get(row.parent)
    return f"{row.name} · {above.name} ({row.code})" if above else f"{row.name} ({row.code})"


def post_label(row: PostRow, outcome: Outcome) -> str:
    """Return a post with its tier, its unit and its code."""
    unit = outcome.units.get(row.unit)
    return f"{row.name} · {label('tiers', row.tier, spoken())} · {unit.name if unit else row.unit} ({row.code})"


def units(outcome: Outcome, text: str, *, among: Iterable[UnitRow], chosen: Collection[str] = ()) -> list[Option]:
    """Return the units that are called so, the shortest names first, after those chosen before."""
    rows = list(among)
    kept = [row for row in rows if row.code in chosen]
    found = [row for row in rows if row.code not in chosen and _is_called(row, text)]
    found.sort(key=_length)
    return [(row.code, unit_label(row, outcome)) for row in (*kept, *found[:MOST])]


def posts(
    outcome: Outcome,
    text: str,
    *,
    among: Iterable[PostRow],
    chosen: Collection[str] = (),
    equal_to: Collection[str] = (),
    equivalent: Mapping[str, tuple[str, ...]] | None = None,
) -> list[Option]:
    """Return the posts that are called so, the shortest names first, after those chosen before.

    Those of a tier that counts as equal to one of `equal_to` come first and say so.
    """
    rows = list(among)
    equal = {row.code for row in rows if any(is_equal_tier(tier, row.tier, equivalent or {}) for tier in equal_to)}
    kept = [row for row in rows if row.code in chosen]
    found = [row for row in rows if row.code not in chosen and text and _is_called(row, text)]
    found.sort(key=lambda row: (row.code not in equal, _length(row)))
    return [
        (row.code, post_label(row, outcome) + (" · " + _("setara") if row.code in equal else ""))
        for row in (*kept, *found[:MOST])
    ]


def _length(row: UnitRow | PostRow) -> int:
    return len(row.name)


def _is_called(row: UnitRow | PostRow, text: str) -> bool:
    words = text.casefold().split()
    name = f"{row.name} {row.code}".casefold()
    return all(word in name for word in words)
