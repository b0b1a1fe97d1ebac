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
from nawa.exchange.frames.tables import SHEET_MAPS, export_tables

__all__ = [
    "SHEET_MAPS",
    "absent_people",
    "departures",
    "difference",
    "export_tables",
    "parted",
    "rewritten",
    "settled",
    "with_declared",
]
