"""How a page says that a deed may not happen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from nawa.core.refusal import Reason
from nawa.policy import wording
from nawa.web.kit.languages import spoken

UNPROCESSABLE: Final = 422
"""The status of a page that comes back with what was typed and why it was refused."""


def sentences(reasons: Iterable[Reason]) -> tuple[str, ...]:
    """Return why a deed may not happen, in the reader's language."""
    return tuple(wording.refusal(reason.code, reason.arguments, spoken()) for reason in reasons)
