"""Seeded chance that gives the same values on every machine.

Only PCG64's raw words are drawn: numpy promises them for good, while its distributions may change between versions and
their logarithms between processors. What follows from the words uses sums, products and comparisons of single numbers
alone, which every processor rounds alike.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Days = NDArray[np.datetime64]
Texts = NDArray[np.object_]
Array = NDArray[Any]

_UNIT = 1 / 9_007_199_254_740_992  # 2 to the 53rd: as many steps as a float has between 0.5 and 1
_NORMAL_TERMS = 12  # the sum of twelve uniforms has variance one


@dataclass(frozen=True, slots=True)
class Streams:
    """The independent streams of one seed, by name: a new stream changes no other."""

    seed: int

    def of(self, name: str) -> Chance:
        """The stream called `name`, from its beginning."""
        word = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big")
        return Chance(np.random.PCG64(np.random.SeedSequence([self.seed, word])))


@dataclass(frozen=True, slots=True)
class Chance:
    """One stream of chance; each call moves it on."""

    source: np.random.PCG64

    def uniform(self, n: int) -> Floats:
        """`n` numbers in [0, 1)."""
        words: NDArray[np.uint64] = self.source.random_raw(n)
        return (words >> np.uint64(11)).astype(np.float64) * _UNIT

    def normal(self, n: int) -> Floats:
        """`n` numbers with mean 0 and variance 1, close to normal and within ±6."""
        total = self.uniform(n)
        for _ in range(_NORMAL_TERMS - 1):
            total = total + self.uniform(n)
        return total - _NORMAL_TERMS / 2

    def between(self, low: Array | float, high: Array | float, n: int) -> Floats:
        """`n` numbers in [low, high)."""
        drawn: Floats = low + (np.asarray(high) - low) * self.uniform(n)
        return drawn

    def below(self, limit: Ints | int, n: int) -> Ints:
        """`n` whole numbers in [0, limit)."""
        drawn: Ints = (self.uniform(n) * limit).astype(np.int64)
        return drawn

    def happens(self, probability: Floats | float, n: int) -> Bools:
        """`n` times whether something of this probability happens."""
        happened: Bools = self.uniform(n) < probability
        return happened

    def pick(self, weights: Sequence[float], n: int) -> Ints:
        """`n` places in `weights`, each as likely as its weight."""
        edges = np.cumsum(np.asarray(weights, dtype=np.float64))
        places: Ints = np.searchsorted(edges, self.uniform(n) * edges[-1], side="right").clip(max=len(edges) - 1)
        return places

    def order(self, n: int) -> Ints:
        """The numbers 0 to n - 1, shuffled."""
        return np.argsort(self.uniform(n), kind="stable")

    def sample(self, size: int, n: int) -> Ints:
        """`size` different whole numbers below `n`, in rising order."""
        return np.sort(self.order(n)[:size])


def shares(weights: Sequence[float], total: int) -> list[int]:
    """`total` split into whole parts by `weights`, largest remainders first."""
    whole = sum(weights)
    exact = [weight * total / whole for weight in weights]
    parts = [int(part) for part in exact]
    by_remainder = sorted(range(len(parts)), key=lambda place: (parts[place] - exact[place], place))
    for place in by_remainder[: total - sum(parts)]:
        parts[place] += 1
    return parts
