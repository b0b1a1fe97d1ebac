"""Merkle trees as RFC 6962 (Certificate Transparency) section 2.1 defines them, over SHA-256.

A leaf is hashed with a zero byte before it and an inner node with a one byte, so that neither can pass for the other.
The tree over n leaves splits at the largest power of two below n.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

EMPTY_ROOT: Final = hashlib.sha256(b"").digest()
"""The root of the tree without leaves."""

_LEAF: Final = b"\x00"
_NODE: Final = b"\x01"


def leaf_hash(data: bytes) -> bytes:
    """Return the hash under which this data stands in a tree."""
    return hashlib.sha256(_LEAF + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of the node above two others."""
    return hashlib.sha256(_NODE + left + right).digest()


@dataclass(frozen=True)
class Tree:
    """A tree over leaf hashes, in their order."""

    leaves: Sequence[bytes]

    @classmethod
    def over(cls, data: Iterable[bytes]) -> Tree:
        """Build the tree whose leaves hold these data."""
        return cls([leaf_hash(item) for item in data])

    @property
    def root(self) -> bytes:
        """The Merkle tree hash, 32 bytes."""
        return self._levels[-1][0] if self.leaves else EMPTY_ROOT

    def proof(self, index: int) -> list[bytes]:
        """Return the audit path of a leaf: the sibling hashes from the leaf up to the root.

        Raises:
            IndexError: there is no such leaf.
        """
        if not 0 <= index < len(self.leaves):
            raise IndexError(f"leaf {index} of {len(self.leaves)}")
        path = []
        for level in self._levels[:-1]:
            sibling = index ^ 1
            if sibling < len(level):
                path.append(level[sibling])
            index //= 2
        return path

    @cached_property
    def _levels(self) -> list[Sequence[bytes]]:
        # Pairing neighbours and carrying an odd last node upwards gives the tree of the RFC, without recursion.
        levels = [self.leaves]
        while len(levels[-1]) > 1:
            level = levels[-1]
            above = [
                hashlib.sha256(_NODE + left + right).digest()
                for left, right in zip(level[::2], level[1::2], strict=False)
            ]
            if len(level) % 2:
                above.append(level[-1])
            levels.append(above)
        return levels


def root_from_proof(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """Return the root that this leaf hash and audit path lead to, or None where the path cannot belong to the place."""
    if not 0 <= index < size:
        return None
    found, last, rest = leaf, size - 1, list(reversed(path))
    while last:
        if index % 2 or index < last:
            if not rest:
                return None
            sibling = rest.pop()
            found = node_hash(sibling, found) if index % 2 else node_hash(found, sibling)
        index, last = index // 2, last // 2
    return None if rest else found


def includes(root: bytes, leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bool:
    """Tell whether the path proves that this leaf hash stands at `index` of the tree of `size` with this root."""
    return root_from_proof(leaf, index, size, path) == root
