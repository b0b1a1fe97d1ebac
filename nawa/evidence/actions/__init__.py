"""What may be done to the evidence."""

from nawa.evidence.actions.submissions import accept, answer, ask_again, refuse, sample, submit, withdraw
from nawa.evidence.actions.workbooks import apply, carry_out, plan_changes, undo

__all__ = [
    "accept",
    "answer",
    "apply",
    "ask_again",
    "carry_out",
    "plan_changes",
    "refuse",
    "sample",
    "submit",
    "undo",
    "withdraw",
]
