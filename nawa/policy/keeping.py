"""Reads a policy back from the canonical text that a run keeps, so that no later edit changes an old explanation."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from nawa.engine.parameters import Parameters
from nawa.policy.loading import Policy, made
from nawa.policy.problems import PolicyRefused
from nawa.policy.provisions import is_provision, leaves
from nawa.policy.stewardship import BEFORE

_WHOLE: Final = re.compile(r"-?[0-9]+")
_NUMBER: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_GRANTED: Final[Mapping[str, Any]] = {
    "assessment.points_per_match": 1,
    "assessment.greatest_aspect_value": 5,
    "succession.technical_weights": {},
    **BEFORE,
}
"""What Nawa took for granted before profiles had to state it: runs from then stay readable."""


@lru_cache(maxsize=64)
def kept(canonical: str, on: date) -> Policy:
    """Return the policy of a canonical text (`Policy.canonical`) as it stood on a day, as the one that wrote it.

    Only its provisions stand in the order of their paths. Texts that were read before stay in memory.

    Raises:
        ValueError: the text is not canonical JSON.
        PolicyRefused: it is not a policy that this version of Nawa can use.
    """
    tree, alternatives = held(canonical)
    return made(tree, on=on, alternatives=alternatives, granted=_GRANTED)


def held(canonical: str) -> tuple[dict[str, Any], list[str]]:
    """Return the whole profile of a canonical text as plain data, and the alternatives chosen; both to change at will.

    Raises:
        ValueError: the text is not canonical JSON.
    """
    document = json.loads(canonical)
    return _tree(document["profile"]), document["alternatives"]


def begins_on(canonical: str) -> date:
    """Return the first day on which every provision of a canonical text has a value."""
    tree, _alternatives = held(canonical)
    first: list[date] = [min(node["values"]) for _path, node in leaves(tree) if is_provision(node)]
    return max(first)


def alternatives_of(policy: Policy) -> Iterator[tuple[str, Parameters]]:
    """Yield each alternative that a policy states and does not use, with the parameters that it would give.

    One that would contradict the rest of the policy is left out.
    """
    tree, chosen = held(policy.canonical.decode("ascii"))
    on = max(item.since for item in policy.provisions)
    names = {rival.name for item in policy.provisions for rival in item.alternatives if rival.value != item.value}
    for name in sorted(names - set(chosen)):
        try:
            yield name, made(tree, on=on, alternatives=[*chosen, name], granted=_GRANTED).parameters
        except PolicyRefused:
            continue


def _tree(node: Mapping[str, Any]) -> dict[str, Any]:
    """Return a group with the types back that JSON cannot hold; only provisions have other things than texts."""
    return {key: _group(part) if isinstance(part, Mapping) else part for key, part in node.items()}


def _group(node: Mapping[str, Any]) -> dict[str, Any]:
    if not is_provision(node):
        return _tree(node)
    return {key: _PARTS[key](part) if key in _PARTS else part for key, part in node.items()}


def _by_day(node: Mapping[str, Any]) -> dict[date, Any]:
    return {date.fromisoformat(day): _value(value) for day, value in node.items()}


def _references(node: Any) -> Any:
    return {date.fromisoformat(day): text for day, text in node.items()} if isinstance(node, Mapping) else node


def _rivals(node: Mapping[str, Any]) -> dict[str, Any]:
    return {name: {**rival, "value": _value(rival["value"])} for name, rival in node.items()}


_PARTS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "values": _by_day,
    "reference": _references,
    "alternatives": _rivals,
}


def _value(node: Any) -> Any:
    """Return a value with its decimals, and with the whole numbers among its keys; codes are never numbers."""
    if isinstance(node, Mapping):
        return {int(key) if _WHOLE.fullmatch(key) else key: _value(part) for key, part in node.items()}
    if isinstance(node, list):
        return [_value(part) for part in node]
    return Decimal(node) if isinstance(node, str) and _NUMBER.fullmatch(node) else node
