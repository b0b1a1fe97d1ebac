"""One-time codes that people type from paper: 60 bits, no signs that are taken for one another."""

from __future__ import annotations

import secrets
from typing import Final

from django.utils.crypto import constant_time_compare, salted_hmac

ALPHABET: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""32 signs: no 0 and O, no 1 and I."""

LENGTH: Final = 12


def one_time_code() -> str:
    """Return a new random code."""
    number = secrets.randbits(5 * LENGTH)
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(LENGTH))


def fingerprint(code: str, *, owner: str) -> str:
    """Return what may be stored of a code: HMAC-SHA256 under the installation's secret, for this owner (64 digits).

    A slow hash protects passwords, which people choose; of these codes there are 2^60, and whoever has stolen the
    database has not the secret. So one fast hash is as safe, and thousands of codes are made in a moment.
    """
    return salted_hmac("nawa.core.codes", f"{owner} {as_made(code)}", algorithm="sha256").hexdigest()


def fits(code: str, stored: str, *, owner: str) -> bool:
    """Tell, in a time that says nothing, whether a typed code is the one stored; nothing fits where none is stored."""
    return constant_time_compare(fingerprint(code, owner=owner), stored)


def as_made(typed: str) -> str:
    """Return a typed code as it was made: capitals, without the hyphens and spaces between its groups."""
    return "".join(filter(str.isalnum, typed.upper()))
