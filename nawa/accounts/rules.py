"""Whether a deed with accounts may happen now."""

from __future__ import annotations

import re
import unicodedata

from nawa.accounts.enums import Tie
from nawa.accounts.models import User
from nawa.core.refusal import Reason


def reasons_against_demo_accounts(*, demo: bool) -> list[Reason]:
    """Demo accounts are entered without a password: they exist in demo mode only."""
    return [] if demo else [Reason("accounts.not_demo")]


def ties_of_identity(one: User, other: User) -> set[Tie]:
    """Return by what two accounts show that the same person may stand behind them.

    Names and addresses count only where an account names no employee: two employees may share a name, and their NIP
    tells them apart.
    """
    if one.pk == other.pk:
        return {Tie.ACCOUNT}
    if one.person_id and other.person_id:
        return {Tie.PERSON} if one.person_id == other.person_id else set()
    names, addresses = (
        {plain_name(user.full_name) for user in (one, other)},
        {one.email.casefold(), other.email.casefold()},
    )
    same_address = len(addresses) == 1 and addresses != {""}
    return {Tie.NAME} if len(names) == 1 or same_address else set()


def plain_name(name: str) -> str:
    """Return a name without titles, accents, punctuation and capitals, its words in order of the alphabet."""
    before_titles = unicodedata.normalize("NFKD", name.partition(",")[0]).casefold()
    words = [word for word in before_titles.split() if not word.endswith(".")]
    return " ".join(sorted(re.sub(r"[^a-z]", "", word) for word in words))
