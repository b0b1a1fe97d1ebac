"""What may be done to the registry."""

from nawa.registry.actions.acting import end_duty, record_duty
from nawa.registry.actions.moves import cancel_move, close_move, hold_move, move_person, plan_move
from nawa.registry.actions.people import forget_people, say_none
from nawa.registry.actions.sheets import apply, carry_out, plan_changes, put_fact, reorganise, undo

__all__ = [
    "apply",
    "cancel_move",
    "carry_out",
    "close_move",
    "end_duty",
    "forget_people",
    "hold_move",
    "move_person",
    "plan_changes",
    "plan_move",
    "put_fact",
    "record_duty",
    "reorganise",
    "say_none",
    "undo",
]
