"""Documents: plain data set as PDF/A by templates, for paper and for keeping. No database, no clock, no network.

What a document says comes worded from whoever asks for it; here it only gets its form. Every text is data to the
typesetter and never markup, so a name may hold anything. The same input gives the same bytes.
"""

from nawa.documents.card import Axis, Component, TalentCard, talent_card
from nawa.documents.slips import ActivationSlip, UnitSlips, activation_slips

__all__ = ["ActivationSlip", "Axis", "Component", "TalentCard", "UnitSlips", "activation_slips", "talent_card"]
