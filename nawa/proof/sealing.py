"""Sealed data: a hash that binds its maker to data and tells nothing about them until the salt is shown.

Every item has a salt of its own, drawn from one secret key and the item's name. To open one item its salt is shown and
no other item is laid bare; once the key is destroyed nothing sealed under it can be linked to data again, not even by
guessing.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import Final

KEY_BYTES: Final = 32
SALT_BYTES: Final = 32
_DOMAIN: Final = b"nawa.salt/1\0"


def new_key() -> bytes:
    """Return a new random key of 32 bytes. Keep it apart from what is sealed under it."""
    return secrets.token_bytes(KEY_BYTES)


def salt(key: bytes, name: str) -> bytes:
    """Return the salt (32 bytes) of the item with this name: SHAKE-256 over key and name.

    Raises:
        ValueError: the key is not 32 bytes.
    """
    return _stream(key, name, SALT_BYTES)


def salts(key: bytes, name: str, count: int) -> list[bytes]:
    """Return the salts of several items that go by one name: the same stream, longer, in pieces (errors as `salt`)."""
    stream = _stream(key, name, SALT_BYTES * count)
    return [stream[start : start + SALT_BYTES] for start in range(0, len(stream), SALT_BYTES)]


def seal(own_salt: bytes, data: bytes) -> bytes:
    """Return the sealed form of the data, 32 bytes: SHA-256 over its salt, which is of fixed length, and the data."""
    return hashlib.sha256(own_salt + data).digest()


def _stream(key: bytes, name: str, length: int) -> bytes:
    if len(key) != KEY_BYTES:
        raise ValueError(f"a key has {KEY_BYTES} bytes")
    return hashlib.shake_256(_DOMAIN + key + name.encode()).digest(length)
