"""Tables of all apps at once: what they hold, and what a file would change in them."""

from nawa.exchange.frames.differences import (
    absent_people,
    departures,
    difference,
    parted,
    rewritten,
    settled,
    with_declared,
)
from nawa.exchange.frames.origins import Origin, origins_of, recorded
from nawa.exchange.frames.simata import Compared, compare, sheet_of
from nawa.exchange.frames.tables import SHEET_MAPS, export_tables

__all__ = [
    "SHEET_MAPS",
    "Compared",
    "Origin",
    "absent_people",
    "compare",
    "departures",
    "difference",
    "export_tables",
    "origins_of",
    "parted",
    "recorded",
    "rewritten",
    "settled",
    "sheet_of",
    "with_declared",
]
