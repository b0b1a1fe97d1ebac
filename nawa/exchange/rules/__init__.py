"""What speaks against an import: in its content, beside the database, and as a deed."""

from nawa.exchange.rules.deeds import (
    MOST_BYTES,
    WITH_A_DAY,
    file_kind,
    kept_through,
    reasons_against_absence,
    reasons_against_applying,
    reasons_against_checking,
    reasons_against_comparing,
    reasons_against_deciding,
    reasons_against_ending,
    reasons_against_replacing,
    reasons_against_settling,
    reasons_against_undoing,
    reasons_against_uploading,
)
from nawa.exchange.rules.fitting import FILE_ALONE, Held, ImportRefused, broken_rule, errors, loops, problems_against
from nawa.exchange.rules.sieve import Sieved, looks_like_the_same, sieve, speaking

__all__ = [
    "FILE_ALONE",
    "MOST_BYTES",
    "WITH_A_DAY",
    "Held",
    "ImportRefused",
    "Sieved",
    "broken_rule",
    "errors",
    "file_kind",
    "kept_through",
    "looks_like_the_same",
    "loops",
    "problems_against",
    "reasons_against_absence",
    "reasons_against_applying",
    "reasons_against_checking",
    "reasons_against_comparing",
    "reasons_against_deciding",
    "reasons_against_ending",
    "reasons_against_replacing",
    "reasons_against_settling",
    "reasons_against_undoing",
    "reasons_against_uploading",
    "sieve",
    "speaking",
]
