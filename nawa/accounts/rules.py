"""Whether a deed with accounts may happen now."""

from __future__ import annotations

from nawa.core.refusal import Reason


def reasons_against_demo_accounts(*, demo: bool) -> list[Reason]:
    """Demo accounts are entered without a password: they exist in demo mode only."""
    return [] if demo else [Reason("accounts.not_demo")]
