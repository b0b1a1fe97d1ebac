"""Counts for pages that anybody may read: none so small, or so easily worked out, that it points at a person."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

SMALLEST: Final = 5
"""A count of people below this is not shown."""

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Count:
    """A count as a page may show it: ``value`` is None where it is withheld."""

    value: int | None
    is_small: bool = False  # withheld because it is below ``SMALLEST`` itself, not to protect another


def protect(counts: Mapping[Key, int]) -> dict[Key, Count]:
    """Withhold every count from 1 to 4, and as many of the next smallest as keep those from being worked out.

    Somebody who knows the total of ``counts`` learns the sum of what is withheld; after that each small count may still
    be anything from 1 to 4. Zero names nobody and is always shown.
    """
    rising = sorted((key for key, count in counts.items() if count), key=lambda key: counts[key])
    small = [key for key in rising if counts[key] < SMALLEST]
    withheld = list(small)
    # what the withheld sum holds beyond the most that small counts, and the least that large ones, can be
    spare = sum(counts[key] - (SMALLEST - 1) for key in small)
    for key in rising[len(small) :]:
        if not small or (len(withheld) > len(small) and spare >= 0):
            break
        withheld.append(key)
        spare += counts[key] - SMALLEST
    return {key: Count(None if key in withheld else count, is_small=key in small) for key, count in counts.items()}
