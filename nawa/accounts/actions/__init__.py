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
from nawa.accounts.actions.opening import (
    open_accounts,
    open_administrator,
    open_demo_accounts,
    open_outsider,
)
from nawa.accounts.actions.powers import delegate, end_delegation, end_role, give_role
from nawa.accounts.actions.slips import Slip

__all__ = [
    "Slip",
    "activate",
    "choose_language",
    "close_account",
    "delegate",
    "drop_second_factor",
    "end_delegation",
    "end_role",
    "forget_accounts",
    "give_role",
    "note_entrance",
    "note_refused_entrance",
    "open_accounts",
    "open_administrator",
    "open_demo_accounts",
    "open_outsider",
    "renew_slip",
    "reopen_account",
]
