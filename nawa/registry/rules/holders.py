"""What a reorganisation does to those who hold posts.

Tenure: whoever stays in their post, or comes into one that is equal to it (the same tier, or one that the policy holds
to be equal, *penyetaraan*), keeps the day since which they hold it (*TMT jabatan*); in a post that is not equal it
begins on the day of the reorganisation, and without a post there is none. Not confirmed by a rule in writing: that a
*penyetaraan* continues tenure in both directions, and that being confirmed is no *pelantikan* with a day of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from nawa.core.refusal import Reason
from nawa.registry.enums import Fate
from nawa.registry.rules.organising import Outcome


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody with post and unit by code, as the records have them; either may be empty."""

    public_id: str
    nip: str
    name: str
    post: str
    title: str
    unit: str


@dataclass(frozen=True, slots=True)
class Effect:
    """What becomes of a holder; `post` and `unit` are those afterwards (codes, empty without one)."""

    holder: Holder
    fate: Fate
    post: str
    unit: str
    keeps_tenure: bool
    hint: bool = False  # left or succeeding across tiers that the policy holds to be equal

    @property
    def needs_decision(self) -> bool:
        """Whether somebody must decide, or has."""
        return self.fate in (Fate.UNDECIDED, Fate.PLACED, Fate.RELEASED)


def is_equal_tier(one: str, other: str, equivalent: Mapping[str, tuple[str, ...]]) -> bool:
    """Tell whether two tiers are the same, or one is named as equal to the other."""
    return one == other or other in equivalent.get(one, ()) or one in equivalent.get(other, ())


def touched(outcome: Outcome) -> tuple[frozenset[str], frozenset[str]]:
    """Return the units and the posts (codes) whose people a reorganisation concerns.

    Units: those that are closed, and those that stand under other units afterwards. Posts: those closed or moved.
    """
    before = outcome.before
    units = frozenset(
        code
        for code in before.units
        if not outcome.is_open(code) or outcome.path(code) != outcome.path(code, before.units)
    )
    posts = frozenset(
        code
        for code, row in before.posts.items()
        if not outcome.is_open_post(code) or outcome.posts[code].unit != row.unit or row.unit in units
    )
    return units, posts


def effects(
    outcome: Outcome,
    holders: Iterable[Holder],
    *,
    decisions: Mapping[str, str],
    equivalent: Mapping[str, tuple[str, ...]],
) -> list[Effect]:
    """Return what becomes of the holders, in their order. `decisions` name posts by public id; empty: none for now."""
    return [_effect(outcome, holder, decisions, equivalent) for holder in holders]


def _effect(
    outcome: Outcome, holder: Holder, decisions: Mapping[str, str], equivalent: Mapping[str, tuple[str, ...]]
) -> Effect:
    after = outcome.post_after(holder.post)
    if holder.post not in outcome.before.posts or after == holder.post:
        return _staying(outcome, holder)
    if after:
        return _in_post(outcome, holder, after, Fate.SUCCEEDED, equivalent)
    chosen = decisions.get(holder.public_id)
    if chosen and outcome.is_open_post(outcome.post_after(chosen)):
        return _in_post(outcome, holder, outcome.post_after(chosen), Fate.PLACED, equivalent)
    fate = Fate.RELEASED if chosen == "" else Fate.UNDECIDED
    return Effect(holder, fate, "", outcome.unit_after(_home(outcome, holder)), keeps_tenure=False)


def _staying(outcome: Outcome, holder: Holder) -> Effect:
    """Somebody whose post stays, or who has none of the organisation's posts: their unit may be another one."""
    home = _home(outcome, holder)
    unit = outcome.unit_after(home) or home
    own = outcome.before.posts.get(holder.post)
    if own and home == own.unit:
        unit = outcome.posts[holder.post].unit
    return Effect(holder, Fate.KEPT if unit == home else Fate.MOVED, holder.post, unit, keeps_tenure=True)


def _in_post(
    outcome: Outcome, holder: Holder, post: str, fate: Fate, equivalent: Mapping[str, tuple[str, ...]]
) -> Effect:
    old, new = outcome.before.posts[holder.post].tier, outcome.posts[post].tier
    equal = is_equal_tier(old, new, equivalent)
    return Effect(holder, fate, post, outcome.posts[post].unit, keeps_tenure=equal, hint=equal and old != new)


def _home(outcome: Outcome, holder: Holder) -> str:
    return holder.unit or (outcome.before.posts[holder.post].unit if holder.post in outcome.before.posts else "")


def overfilled(outcome: Outcome, found: Iterable[Effect], *, held: Mapping[str, int]) -> list[Reason]:
    """Return the posts that get more holders than they have seats; `held` counts who holds posts today, by code."""
    coming = Counter(effect.post for effect in found if effect.fate in (Fate.SUCCEEDED, Fate.PLACED))
    reasons = []
    for post, number in sorted(coming.items()):
        row, people = outcome.posts[post], number + held.get(post, 0)
        # one that only took another's place keeps its holders, however many they were
        if people > max(row.seats or 1, held.get(row.copied_from, 0)):
            reasons.append(Reason("sotk.overfilled", {"name": row.name, "seats": row.seats or 1, "people": people}))
    return reasons


def is_lawful_heir(outcome: Outcome, before: str, after: str) -> bool:
    """Tell whether a unit is the one that has taken the place of another, or is still the same."""
    return bool(before) and outcome.unit_after(before) == after
