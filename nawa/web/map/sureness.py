"""How sure a map is: whether people truly are in the boxes in which it shows them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import polars as pl

from nawa.engine.parameters import Status
from nawa.web.kit.numbers import percent

_STEPS: Final = (0, 50, 60, 70, 80, 90, 95, 100)
"""Percent between which people are counted by the greatest of their nine probabilities."""


@dataclass(frozen=True, slots=True)
class Share:
    """Some of the people, and how large a part of them all."""

    label: str
    people: int
    share: str
    length: float  # of its bar, in percent of the longest


@dataclass(frozen=True, slots=True)
class Sureness:
    """`mean` is the mean probability that somebody with a box truly is in it; empty where nobody has one."""

    mean: str
    expected: int  # people with a box who are likely to be in another one
    mapped: int
    statuses: tuple[tuple[str, Share], ...]  # by code of status
    steps: tuple[Share, ...]


def sureness(people: pl.DataFrame) -> Sureness:
    """Return how sure the map of these people is."""
    chances = people["chance"].drop_nulls()
    total = float(chances.sum())
    counts = dict(people.group_by("status").len().iter_rows())
    steps = [(f"{low}–{high}%", people.filter(_between(low, high)).height) for low, high in pairwise(_STEPS)]
    statuses = [(str(status), counts.get(status, 0)) for status in Status]
    return Sureness(
        mean=percent(total, len(chances)) if len(chances) else "",
        expected=round(len(chances) - total),
        mapped=len(chances),
        statuses=tuple(zip((code for code, _ in statuses), _shares(statuses), strict=True)),
        steps=tuple(_shares(steps)),
    )


def _between(low: int, high: int) -> pl.Expr:
    """The lower bound counts, the upper one only at the top."""
    best = pl.col("best") * 100
    return (best >= low) & ((best < high) | (pl.lit(high) == _STEPS[-1]))


def _shares(counts: list[tuple[str, int]]) -> list[Share]:
    whole, longest = sum(count for _, count in counts), max(count for _, count in counts)
    return [
        Share(name, count, percent(count, whole), round(100 * count / longest, 2) if longest else 0)
        for name, count in counts
    ]
