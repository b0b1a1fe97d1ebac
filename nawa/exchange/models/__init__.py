"""The exchange's models: uploads and imports, what they disagree with, erasures, comparisons with SIMATA."""

from nawa.exchange.enums import Declared
from nawa.exchange.models.comparisons import Comparison
from nawa.exchange.models.keeping import Disagreement, Erasure
from nawa.exchange.models.uploads import Content, Decision, Import, Upload, Work

__all__ = ["Comparison", "Content", "Decision", "Declared", "Disagreement", "Erasure", "Import", "Upload", "Work"]
