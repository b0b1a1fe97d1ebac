"""Loads a profile: read, laid over the one it extends, taken as it stands on a day, checked, made into parameters."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from nawa.engine.parameters import Parameters
from nawa.policy import building
from nawa.policy.problems import PolicyRefused, Problem, refuse
from nawa.policy.provisions import Provision, collect, is_provision
from nawa.policy.reading import MOST_BYTES, read
from nawa.policy.stewardship import Stewardship, stewardship

_MOST_ANCESTORS: Final = 4
_NATIONAL: Final = "bkn-411-2025"
_HEAD: Final[Mapping[str, bool]] = {  # key → must it be there
    "id": True,
    "version": True,
    "label": True,
    "instrument": True,
    "stamp": False,
    "note": False,
    "sources": False,
}


@dataclass(frozen=True, slots=True)
class Policy:
    """A profile as it stands on a day: what the engine needs, and what people need to see where it comes from.

    `canonical` is the whole profile (all dates, all alternatives, and the names of those chosen) as canonical JSON, and
    `hash` its SHA-256.
    """

    id: str
    version: str
    label: str
    instrument: str
    stamp: str | None
    note: str
    sources: Mapping[str, str]
    parameters: Parameters
    stewardship: Stewardship
    provisions: tuple[Provision, ...]
    alternatives: tuple[str, ...]
    canonical: bytes
    hash: str

    @property
    def unconfirmed(self) -> tuple[Provision, ...]:
        """The provisions that still need confirming (*perlu konfirmasi*)."""
        return tuple(item for item in self.provisions if not item.confirmed)


def shipped() -> tuple[str, ...]:
    """Return the names of the profiles that come with Nawa."""
    folder = files("nawa.policy") / "profiles"
    return tuple(sorted(entry.name.removesuffix(".yaml") for entry in folder.iterdir() if entry.name.endswith(".yaml")))


def load(name_or_path: str | Path, *, on: date, alternatives: Sequence[str] = ()) -> Policy:
    """Return a shipped profile by name, or one from a file, as it stands on a day.

    Raises:
        PolicyRefused: there is no such profile, or something in it is wrong; every problem with its path and remedy.
    """
    whole = _of_nawa(str(name_or_path)) if str(name_or_path) in shipped() else _extended(_text(name_or_path))
    return made(whole, on=on, alternatives=alternatives)


def made(
    tree: Mapping[str, Any],
    *,
    on: date,
    alternatives: Sequence[str] = (),
    granted: Mapping[str, Any] = MappingProxyType({}),
) -> Policy:
    """Return the policy that a whole profile (extended already, as plain data) is on a day.

    `granted` are values, by path, that hold where the profile states none; they are in no provision and in no hash.

    Raises:
        PolicyRefused: something in it is wrong; every problem with its path and remedy.
    """
    head, problems = _head(tree)
    provisions, more = collect({key: tree[key] for key in tree if key not in _HEAD}, on=on, alternatives=alternatives)
    problems += more
    if problems:
        raise PolicyRefused(problems)
    values, problems = building.checked(provisions, granted)
    if not problems:
        problems = list(building.contradictions(values))
    if problems:
        raise PolicyRefused(problems)
    chosen = tuple(sorted(set(alternatives)))
    canonical = _canonical({"alternatives": list(chosen), "profile": tree})
    identity = {
        "id": "+".join((head["id"], *chosen)),
        "version": head["version"],
        "hash": hashlib.sha256(canonical).hexdigest(),
    }
    return Policy(
        id=identity["id"],
        version=head["version"],
        label=head["label"],
        instrument=head["instrument"],
        stamp=head.get("stamp"),
        note=head.get("note") or "",
        sources=head.get("sources") or {},
        parameters=building.parameters(values, identity=identity, stamp=head.get("stamp")),
        stewardship=stewardship(values),
        provisions=tuple(provisions.values()),
        alternatives=chosen,
        canonical=canonical,
        hash=identity["hash"],
    )


def brought_up(tree: Mapping[str, Any]) -> dict[str, Any]:
    """Return a whole profile with what it does not state yet as the national one that comes with Nawa states it."""
    national = _of_nawa(_NATIONAL)
    return _laid_over({key: node for key, node in national.items() if key not in _HEAD}, tree)


def check(name_or_path: str | Path, *, on: date, alternatives: Sequence[str] = ()) -> tuple[Problem, ...]:
    """Return everything that is wrong with a profile; nothing when it can be used."""
    try:
        load(name_or_path, on=on, alternatives=alternatives)
    except PolicyRefused as refused:
        return refused.problems
    return ()


def _of_nawa(name: str, ancestors: int = 0) -> dict[str, Any]:
    """Return a shipped profile, whole, to change at will."""
    own: dict[str, Any] = _copied(_read_once(name, ancestors))
    return own


@lru_cache(maxsize=16)
def _read_once(name: str, ancestors: int) -> dict[str, Any]:
    """Return a shipped profile as all share it; none changes while Nawa runs."""
    return _extended((files("nawa.policy") / "profiles" / f"{name}.yaml").read_bytes(), ancestors)


def _copied(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _copied(part) for key, part in node.items()}
    return [_copied(part) for part in node] if isinstance(node, list) else node


def _text(name_or_path: str | Path) -> bytes:
    path = Path(name_or_path)
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)  # one byte too many is enough to refuse it
    except OSError as error:
        raise refuse("", "no_profile", name=path.name, known=", ".join(shipped())) from error


def _extended(text: bytes, ancestors: int = 0) -> dict[str, Any]:
    """Return a profile laid over the shipped one that it extends: provisions replace provisions, groups are merged."""
    tree = read(text)
    base = tree.pop("extends", None)
    if base is None:
        return tree
    if base not in shipped() or ancestors >= _MOST_ANCESTORS:
        raise refuse("extends", "no_base", name=base, known=", ".join(shipped()))
    return _laid_over(_of_nawa(str(base), ancestors + 1), tree)


def _laid_over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(below)
    for key, node in above.items():
        under = below.get(key)
        groups = isinstance(node, Mapping) and isinstance(under, Mapping)
        if groups and not is_provision(node) and not is_provision(under):
            merged[key] = _laid_over(under or {}, node)
        else:
            merged[key] = node
    return merged


def _head(tree: Mapping[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
    head = {key: tree.get(key) for key in _HEAD}
    problems = [Problem(key, "missing") for key, needed in _HEAD.items() if needed and not head[key]]
    for key, value in head.items():
        texts: Iterable[Any] = value.values() if key == "sources" and isinstance(value, Mapping) else [value]
        problems += [Problem(key, "no_text", {"value": text}) for text in texts if not isinstance(text, str | None)]
    return head, problems


def _canonical(tree: Mapping[str, Any]) -> bytes:
    """Return canonical JSON: ASCII, keys sorted as text, no spaces; dates in ISO form, decimals as text."""
    return json.dumps(_plain(tree), sort_keys=True, separators=(",", ":")).encode("ascii")


def _plain(node: Any) -> Any:
    if isinstance(node, Mapping):
        return {_key(key): _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(value) for value in node]
    if isinstance(node, Decimal):
        return f"{node.normalize():f}"
    return node.isoformat() if isinstance(node, date) else node


def _key(key: Any) -> str:
    return key.isoformat() if isinstance(key, date) else str(key)
