"""What may be done with accounts."""

from nawa.accounts.actions.entry import (
    activate,
    choose_language,
    close_account,
    drop_second_factor,
    forget_accounts,
    note_entrance,
    note_refused_entrance,
    renew_slip,
    reopen_account,
)
from nawa.accounts.actions.movements import cancel_move, carry_out_due, end_duty, move_person, plan_move
from nawa.accounts.actions.opening import (
    open_accounts,
    open_administrator,
    open_demo_accounts,
    open_outsider,
)
from nawa.accounts.actions.powers import delegate, end_delegation, end_role, give_role
from nawa.accounts.actions.reorganising import (
    Head,
    add_line,
    against_carrying_out,
    cancel_reorganisation,
    carry_out_reorganisation,
    decide_on_people,
    prepare_reorganisation,
    remove_line,
    revise_reorganisation,
    roles_concerned,
)
from nawa.accounts.actions.slips import Slip

__all__ = [
    "Head",
    "Slip",
    "activate",
    "add_line",
    "against_carrying_out",
    "cancel_move",
    "cancel_reorganisation",
    "carry_out_due",
    "carry_out_reorganisation",
    "choose_language",
    "close_account",
    "decide_on_people",
    "delegate",
    "drop_second_factor",
    "end_delegation",
    "end_duty",
    "end_role",
    "forget_accounts",
    "give_role",
    "move_person",
    "note_entrance",
    "note_refused_entrance",
    "open_accounts",
    "open_administrator",
    "open_demo_accounts",
    "open_outsider",
    "plan_move",
    "prepare_reorganisation",
    "remove_line",
    "renew_slip",
    "reopen_account",
    "revise_reorganisation",
    "roles_concerned",
]
