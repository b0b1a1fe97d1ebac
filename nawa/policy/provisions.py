"""Provisions: each number of the law with the day it took effect, its citation, whether it is confirmed, its rivals.

In a file a provision is a mapping with `values` (by effective date), `reference` (one, or by date), `confirmed`, and
if wanted `unit`, `note` and `alternatives` (name → `value`, `reference`, `note`). Other mappings group provisions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from nawa.policy.problems import PolicyRefused, Problem, refuse

_KEYS: Final = frozenset({"values", "reference", "confirmed", "unit", "note", "alternatives"})
_ALTERNATIVE_KEYS: Final = frozenset({"value", "reference", "note"})


@dataclass(frozen=True, slots=True)
class Alternative:
    """A rival value that some source states; chosen by its name, never by itself."""

    name: str
    value: Any
    reference: str
    note: str


@dataclass(frozen=True, slots=True)
class Provision:
    """One number, scale or table of the law as it stands on a day. `chosen` names the alternative in use, if any."""

    path: str
    value: Any
    unit: str | None
    since: date
    reference: str
    confirmed: bool
    note: str
    alternatives: tuple[Alternative, ...]
    chosen: str | None


def is_provision(node: object) -> bool:
    """Tell whether this part of a file states a provision."""
    return isinstance(node, Mapping) and "values" in node


def leaves(tree: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield path and node of every provision in the file, and of everything else that is not a group."""
    for key, node in tree.items():
        below = f"{path}.{key}" if path else str(key)
        if isinstance(node, Mapping) and not is_provision(node):
            yield from leaves(node, below)
        else:
            yield below, node


def provision(path: str, node: Any, *, on: date, alternatives: Sequence[str] = ()) -> Provision:
    """Return the provision as it stands on a day, with the chosen alternative where it has it.

    Raises:
        PolicyRefused: the provision is malformed, is not in force yet, or two of its alternatives were chosen.
    """
    if not is_provision(node):
        raise refuse(path, "no_provision")
    _refuse_unknown_keys(path, node, _KEYS)
    since, value = _in_force(path, node["values"], on)
    reference = _reference(path, node.get("reference"), since)
    confirmed = node.get("confirmed")
    if not isinstance(confirmed, bool):
        raise refuse(f"{path}.confirmed", "no_boolean", value=confirmed)
    rivals = tuple(_alternatives(path, node.get("alternatives")))
    chosen = [rival for rival in rivals if rival.name in alternatives]
    if len(chosen) > 1:
        raise refuse(f"{path}.alternatives", "two_alternatives", names=", ".join(rival.name for rival in chosen))
    note, unit = _text(path, node, "note"), _text(path, node, "unit")
    if chosen:
        rival = chosen[0]
        rival_note = rival.note or note
        return Provision(path, rival.value, unit or None, since, rival.reference, False, rival_note, rivals, rival.name)
    return Provision(path, value, unit or None, since, reference, confirmed, note, rivals, None)


def collect(
    tree: Mapping[str, Any], *, on: date, alternatives: Sequence[str]
) -> tuple[dict[str, Provision], list[Problem]]:
    """Return the file's provisions by path, and what is wrong with the others."""
    found: dict[str, Provision] = {}
    problems: list[Problem] = []
    for path, node in leaves(tree):
        try:
            found[path] = provision(path, node, on=on, alternatives=alternatives)
        except PolicyRefused as refused:
            problems.extend(refused.problems)
    known = {rival.name for item in found.values() for rival in item.alternatives}
    problems += [
        Problem("alternatives", "unknown_alternative", {"name": name, "known": ", ".join(sorted(known)) or "–"})
        for name in alternatives
        if name not in known and not problems
    ]
    return found, problems


def _refuse_unknown_keys(path: str, node: Mapping[str, Any], known: frozenset[str]) -> None:
    for key in node:
        if key not in known:
            raise refuse(f"{path}.{key}", "unknown_key", known=", ".join(sorted(known)))


def _in_force(path: str, values: Any, on: date) -> tuple[date, Any]:
    if not isinstance(values, Mapping) or not values:
        raise refuse(f"{path}.values", "no_dates")
    for key in values:
        if not isinstance(key, date):
            raise refuse(f"{path}.values.{key}", "no_date", value=key)
    begun = [day for day in values if day <= on]
    if not begun:
        raise refuse(f"{path}.values", "not_in_force", on=on.isoformat(), first=min(values).isoformat())
    return max(begun), values[max(begun)]


def _reference(path: str, reference: Any, since: date) -> str:
    text = reference.get(since) if isinstance(reference, Mapping) else reference
    if not isinstance(text, str) or not text.strip():
        raise refuse(f"{path}.reference", "no_reference", date=since.isoformat())
    return text


def _alternatives(path: str, node: Any) -> Iterator[Alternative]:
    if node is None:
        return
    if not isinstance(node, Mapping):
        raise refuse(f"{path}.alternatives", "no_mapping")
    for name, rival in node.items():
        below = f"{path}.alternatives.{name}"
        if not isinstance(rival, Mapping) or "value" not in rival:
            raise refuse(below, "no_value")
        _refuse_unknown_keys(below, rival, _ALTERNATIVE_KEYS)
        reference = rival.get("reference")
        if not isinstance(reference, str) or not reference.strip():
            raise refuse(f"{below}.reference", "no_reference", date="–")
        yield Alternative(str(name), rival["value"], reference, _text(below, rival, "note"))


def _text(path: str, node: Mapping[str, Any], key: str) -> str:
    value = node.get(key, "")
    if not isinstance(value, str):
        raise refuse(f"{path}.{key}", "no_text", value=value)
    return value
