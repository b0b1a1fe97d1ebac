"""What may be done to the evidence."""

from nawa.evidence.actions.declarations import Letter, declare_complete, declare_none, withdraw_declaration
from nawa.evidence.actions.submissions import accept, answer, ask_again, refuse, sample, submit, withdraw
from nawa.evidence.actions.workbooks import apply, carry_out, plan_changes, put_fact, undo

__all__ = [
    "Letter",
    "accept",
    "answer",
    "apply",
    "ask_again",
    "carry_out",
    "declare_complete",
    "declare_none",
    "plan_changes",
    "put_fact",
    "refuse",
    "sample",
    "submit",
    "undo",
    "withdraw",
    "withdraw_declaration",
]
