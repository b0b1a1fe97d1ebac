"""One hash for what a whole set of tables says."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import polars as pl

from nawa.proof import canonical


def content_hash(tables: Mapping[str, pl.DataFrame]) -> str:
    """Return the SHA-256 of what the tables say, in hexadecimal; the order of tables and rows does not matter.

    Raises:
        TypeError: a column has no canonical form (`canonical.rows`).
    """
    digest = hashlib.sha256()
    for table in sorted(tables):
        frame = tables[table]
        lines = canonical.rows(frame).sort().str.join("\n").item() or ""
        digest.update(f"= {table} {frame.height} {canonical.heading(frame)}\n{lines}\n".encode())
    return digest.hexdigest()
