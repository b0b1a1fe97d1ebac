"""The registry as tables: which model holds which, and what a reorganisation writes to them."""

from nawa.registry.frames.maps import SHEET_MAPS
from nawa.registry.frames.reorganising import reorganised_tables
from nawa.registry.frames.standards import lasting_standards, standards_on

__all__ = ["SHEET_MAPS", "lasting_standards", "reorganised_tables", "standards_on"]
