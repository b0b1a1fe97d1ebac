"""What may be done to the registry."""

from nawa.registry.actions.acting import end_duty, record_duty
from nawa.registry.actions.moves import move_person
from nawa.registry.actions.people import forget_people, say_none
from nawa.registry.actions.sheets import apply, carry_out, plan_changes, put_fact, reorganise, undo

__all__ = [
    "apply",
    "carry_out",
    "end_duty",
    "forget_people",
    "move_person",
    "plan_changes",
    "put_fact",
    "record_duty",
    "reorganise",
    "say_none",
    "undo",
]
