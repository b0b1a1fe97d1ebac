"""Whether personal records may be erased now, and why not. Asks no database."""

from __future__ import annotations

import datetime
from collections.abc import Collection

from nawa.core.refusal import Reason
from nawa.exchange.enums import ErasureState
from nawa.exchange.models import Erasure
from nawa.registry.enums import DEPARTED, ERASED
from nawa.registry.models import Person


def reasons_against_erasing(kinds: Collection[str], people: int, open_uploads: int) -> list[Reason]:
    """Return `erasure.nothing` where nobody's records of these kinds are past their date, or those against any."""
    nothing = [] if kinds and people else [Reason("erasure.nothing")]
    return nothing + reasons_against_uploads(open_uploads)


def reasons_against_uploads(open_uploads: int) -> list[Reason]:
    """Return `erasure.uploads` where files wait that may bring back what is erased."""
    return [Reason("erasure.uploads", {"count": open_uploads})] if open_uploads else []


def reasons_against_asking(person: Person, asked: int, letter: str, reason: str, *, on: datetime.date) -> list[Reason]:
    """Return why one person's erasure may not be asked for.

    `erasure.active`: they work here. `erasure.erased`: it has happened. `erasure.asked`: it is asked for already.
    `erasure.letter`: letter number or reason is missing.
    """
    reasons = reasons_against_person(person, on=on)
    reasons += [Reason("erasure.asked")] if asked else []
    return reasons if letter.strip() and reason.strip() else [*reasons, Reason("erasure.letter")]


def reasons_against_person(person: Person, *, on: datetime.date) -> list[Reason]:
    """Return `erasure.erased` or `erasure.active`: asked again when it is confirmed, for much may happen in between."""
    if person.nip.startswith(ERASED):
        return [Reason("erasure.erased")]
    has_left = person.legal_status in DEPARTED or (person.inactive_since is not None and person.inactive_since <= on)
    return [] if has_left else [Reason("erasure.active")]


def reasons_against_withdrawing_erasure(erasure: Erasure, actor: str) -> list[Reason]:
    """Return `erasure.decided`, or `erasure.not_asker` for anybody but whoever asked."""
    if erasure.state != ErasureState.ASKED:
        return [Reason("erasure.decided", {"erasure_state": erasure.state})]
    return [] if erasure.asked_by == actor else [Reason("erasure.not_asker")]


def reasons_against_deciding_erasure(erasure: Erasure, *, is_tied: bool) -> list[Reason]:
    """Return `erasure.decided`, or `erasure.same_hand` where whoever asked would decide, or somebody tied to them."""
    if erasure.state != ErasureState.ASKED:
        return [Reason("erasure.decided", {"erasure_state": erasure.state})]
    return [Reason("erasure.same_hand")] if is_tied else []
