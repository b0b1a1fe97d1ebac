"""The registry as tables: which model holds which, and what a reorganisation writes to them."""

from nawa.registry.frames.maps import SHEET_MAPS
from nawa.registry.frames.reorganising import reorganised_tables

__all__ = ["SHEET_MAPS", "reorganised_tables"]
