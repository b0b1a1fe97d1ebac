"""Letters that were signed outside and scanned: a PDF, a JPEG or a PNG, told by what the bytes hold, not by a name."""

from __future__ import annotations

import hashlib
from typing import Final

from nawa.core.refusal import Reason

MOST_BYTES: Final = 5 * 1024 * 1024
"""Bytes that a scan may have."""

_SIGNATURES: Final = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
)


def content_type(scan: bytes) -> str:
    """Return the media type of a scan by what it holds; empty for anything but PDF, JPEG and PNG."""
    return next((kind for signature, kind in _SIGNATURES if scan.startswith(signature)), "")


def digest(scan: bytes) -> str:
    """Return the SHA-256 of a scan, in hexadecimal."""
    return hashlib.sha256(scan).hexdigest()


def reasons_against_scan(scan: bytes) -> list[Reason]:
    """Return `letter.scan`, `letter.size` or `letter.kind` where a scan is missing, too large, or none of the three."""
    if not scan:
        return [Reason("letter.scan")]
    if len(scan) > MOST_BYTES:
        return [Reason("letter.size", {"megabytes": MOST_BYTES // 1024**2})]
    return [] if content_type(scan) else [Reason("letter.kind")]
