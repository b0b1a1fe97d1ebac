"""Opaque ids: what names a person, a run or a deed in addresses, events and logs, and tells nothing else."""

import base64
import hashlib
import re
import secrets
from typing import Final

LENGTH: Final = 26
"""Characters of an id made here: 128 bits in base32."""

LONGEST: Final = 40
"""Characters that an id from elsewhere may have (a GUID with hyphens has 36)."""

_SHAPE: Final = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z_-]{0,38}[0-9A-Za-z])?")
_CIVIL_NUMBER: Final = re.compile(r"\d{16}")  # a NIK has 16 digits, a NIP 18


def public_id() -> str:
    """Return a new random id of 128 bits: lower-case letters and the digits 2 to 7."""
    return _readable(secrets.token_bytes(16))


def derived_id(*parts: str, key: bytes = b"") -> str:
    """Return the id that these parts always give under this key (at most 64 bytes).

    For synthetic data only, unless the key is secret: whoever can guess the parts can recompute the id.
    """
    digest = hashlib.blake2b(digest_size=16, key=key, person=b"nawa.core.ids")
    for part in parts:
        encoded = part.encode()
        digest.update(len(encoded).to_bytes(4, "big") + encoded)
    return _readable(digest.digest())


def is_opaque(text: str) -> bool:
    """Tell whether a text may stand as an id in an event: short, no spaces, and no NIP or NIK within."""
    return _SHAPE.fullmatch(text) is not None and _CIVIL_NUMBER.search(text) is None


def _readable(number: bytes) -> str:
    return base64.b32encode(number).decode("ascii").rstrip("=").lower()
