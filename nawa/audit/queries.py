"""Reading the record."""

from __future__ import annotations

from collections.abc import Iterator

from nawa.audit.models import ChangeChunk, RecordedEvent
from nawa.proof.merkle import Tree


def lines_of(recorded: RecordedEvent) -> Iterator[str]:
    """Yield the kept lines of a bulk deed, the leaves of its Merkle tree, in their order."""
    chunks = ChangeChunk.objects.filter(event=recorded.public_id).order_by("number")
    for lines in chunks.values_list("lines", flat=True):
        yield from lines.split("\n")


def changes_root(recorded: RecordedEvent) -> str:
    """Return the Merkle root, in hexadecimal, recomputed over the kept lines of a bulk deed."""
    return Tree.over(line.encode("ascii") for line in lines_of(recorded)).root.hex()
