"""What may be done to the evidence."""

from nawa.evidence.actions.declarations import Letter, declare_complete, declare_none, withdraw_declaration
from nawa.evidence.actions.workbooks import apply, carry_out, plan_changes, undo

__all__ = [
    "Letter",
    "apply",
    "carry_out",
    "declare_complete",
    "declare_none",
    "plan_changes",
    "undo",
    "withdraw_declaration",
]
