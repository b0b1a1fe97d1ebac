"""Making slips: a code in clear once, for the paper, and its hash for the account."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from nawa.accounts.models import User
from nawa.accounts.rules import SLIP_DAYS
from nawa.core import codes


@dataclass(frozen=True, slots=True)
class Slip:
    """What the holder of an account is handed. The code is in clear here, and nowhere else ever again."""

    account: User
    through: datetime.date
    code: str = field(repr=False)


def new_slip(account: User, *, today: datetime.date) -> Slip:
    """Give an account a new code; whatever let somebody in before is void. The caller saves the account."""
    code = codes.one_time_code()
    account.set_unusable_password()
    account.activation = codes.fingerprint(code, owner=account.public_id)
    account.activation_through = today + datetime.timedelta(days=SLIP_DAYS - 1)
    return Slip(account, account.activation_through, code)


FIELDS = ("password", "activation", "activation_through")
"""What a slip changes of an account."""
