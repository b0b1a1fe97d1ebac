"""What holds for reorganisations, acting duties (`acting`) and movements (`moves`). Nothing here asks the database."""

from nawa.registry.rules.holders import Effect, Holder, effects, is_equal_tier, is_lawful_heir, overfilled, touched
from nawa.registry.rules.organising import Mark, Organisation, Outcome, PostRow, UnitRow, reorganised
from nawa.registry.rules.plans import (
    FORMS,
    Line,
    lines_of,
    new_line,
    reasons_against_beginning,
    reasons_against_carrying_out,
    reasons_against_changing,
    reasons_against_deciding,
    reasons_against_head,
    reasons_against_line,
    without,
)

__all__ = [
    "FORMS",
    "Effect",
    "Holder",
    "Line",
    "Mark",
    "Organisation",
    "Outcome",
    "PostRow",
    "UnitRow",
    "effects",
    "is_equal_tier",
    "is_lawful_heir",
    "lines_of",
    "new_line",
    "overfilled",
    "reasons_against_beginning",
    "reasons_against_carrying_out",
    "reasons_against_changing",
    "reasons_against_deciding",
    "reasons_against_head",
    "reasons_against_line",
    "reorganised",
    "touched",
    "without",
]
