"""A policy drafted from another: what was typed is laid over the parent's own values, from a day on, with its basis.

A draft is a mapping of entries (`nawa.policy.entries`) that differ from the parent's, and of a few names beside:
`label`, `stamp`, `note`; and for a provision's path `PATH#reference`, `PATH#confirmed` (`1` or `0`) and `PATH#rival`,
which takes the value that an alternative of the parent states. Without these a new value cites the instrument and is
confirmed by it, and an old one stays as it is. Dates before the day keep the values that they had.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from nawa.policy.entries import Entries, entries_of, value_of
from nawa.policy.keeping import held
from nawa.policy.layouts import HEAD, LAYOUTS, Kind
from nawa.policy.loading import Policy, brought_up, made
from nawa.policy.problems import PolicyRefused, Problem
from nawa.policy.provisions import Provision, provision

_STEP: Final = re.compile(r"[0-9]{1,2}/(?:from|to)")
RIVAL, REFERENCE, CONFIRMED = "#rival", "#reference", "#confirmed"


@dataclass(frozen=True, slots=True)
class Basis:
    """What a version stands on: its own name, the day from which it holds, and the words that cite its instrument."""

    version: str
    since: date
    instrument: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A provision in which two policies differ; one of the two may not have it."""

    path: str
    before: Provision | None
    after: Provision | None

    @property
    def is_value(self) -> bool:
        """Whether the value itself differs, not only what is said of it."""
        return self.before is None or self.after is None or self.before.value != self.after.value


def parent_entries(policy: Policy) -> dict[str, str]:
    """Return all entries of a policy as it stands, those of its head among them."""
    found = {"label": policy.label, "stamp": policy.stamp or "", "note": policy.note}
    for item in policy.provisions:
        found |= entries_of(item.path, item.value)
        found |= dict.fromkeys((f"{item.path}{what}" for what in (RIVAL, REFERENCE, CONFIRMED)), "")
    return found


def only_changed(typed: Entries, policy: Policy) -> dict[str, str]:
    """Return what in these entries differs from the policy's own; steps beyond those it has count where filled."""
    own = parent_entries(policy)
    return {name: text for name, text in typed.items() if text != own.get(name, "") and (name in own or _is_step(name))}


def _is_step(name: str) -> bool:
    path, _slash, rest = name.partition("/")
    return bool(path in LAYOUTS and LAYOUTS[path].kind is Kind.STEPS and _STEP.fullmatch(rest))


def drafted(parent: str, typed: Entries, basis: Basis) -> Policy:
    """Return the policy that a draft over a parent's canonical text is, as it stands on the day from which it holds.

    What the parent is too old to state, the draft states as the national profile does.

    Raises:
        PolicyRefused: something in it is wrong; every problem with its path and remedy, as the loader says it.
    """
    tree, chosen = held(parent)
    tree = brought_up(tree)
    problems = [Problem("alternatives", "unknown_path")] if chosen else []
    for key in HEAD:
        if key in typed:
            tree[key] = typed[key] or None
    tree |= {"version": basis.version, "instrument": basis.instrument}
    for path in sorted(_touched(typed)):
        try:
            _replace(tree, path, typed, basis)
        except PolicyRefused as refused:
            problems += refused.problems
    try:
        policy = made({key: node for key, node in tree.items() if node is not None}, on=basis.since)
    except PolicyRefused as refused:
        raise PolicyRefused([*problems, *refused.problems]) from refused
    if problems:
        raise PolicyRefused(problems)
    return policy


def path_of(name: str) -> str:
    """Return the provision, or the text of the head, to which an entry belongs."""
    return name.partition("#")[0].partition("/")[0]


def differences(before: Policy, after: Policy) -> tuple[Difference, ...]:
    """Return the provisions in which two policies differ, in their value or in what is said of it."""
    old, new = ({item.path: item for item in policy.provisions} for policy in (before, after))
    return tuple(
        Difference(path, old.get(path), new.get(path))
        for path in {**old, **new}
        if _told(old.get(path)) != _told(new.get(path))
    )


def _told(item: Provision | None) -> tuple[Any, ...]:
    return (item.value, item.reference, item.confirmed) if item else ()


def _touched(typed: Entries) -> Iterator[str]:
    yield from {path_of(name) for name in typed if name not in HEAD}


def _replace(tree: dict[str, Any], path: str, typed: Entries, basis: Basis) -> None:
    """Put the draft's own provision in the place of the parent's."""
    group = tree
    *above, last = path.split(".")
    for key in above:
        group = group[key]
    node = group[last]
    group[last] = _drafted(path, node, typed, basis)


def _drafted(path: str, node: Mapping[str, Any], typed: Entries, basis: Basis) -> dict[str, Any]:
    item = provision(path, node, on=basis.since)
    rival = next((one for one in item.alternatives if one.name == typed.get(f"{path}{RIVAL}")), None)
    own = {**entries_of(path, item.value), **{name: text for name, text in typed.items() if _is_entry(name, path)}}
    value = rival.value if rival else value_of(path, own, before=item.value)
    is_new = value != item.value
    reference = typed.get(f"{path}{REFERENCE}") or (basis.instrument if is_new else item.reference)
    confirmed = typed.get(f"{path}{CONFIRMED}", "1" if is_new or item.confirmed else "0") == "1"
    since = basis.since if is_new else item.since
    values = {day: former for day, former in node["values"].items() if day < since} | {since: value}
    return {**node, "values": values, "reference": _references(node, values, since, reference), "confirmed": confirmed}


def _is_entry(name: str, path: str) -> bool:
    return "#" not in name and name.partition("/")[0] == path


def _references(node: Mapping[str, Any], values: Mapping[date, Any], since: date, reference: str) -> Any:
    former = node.get("reference")
    if len(values) == 1:
        return reference
    return {day: former.get(day, "") if isinstance(former, Mapping) else former for day in values} | {since: reference}
