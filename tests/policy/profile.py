"""A profile to spoil: BKN's, as nested data, written to a file with changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from nawa.policy import Problem, check

ON = date(2026, 11, 1)
DAY = date(2025, 1, 1)


def shipped_text(name: str = "bkn-411-2025") -> str:
    """The text of a shipped profile."""
    return (files("nawa.policy") / "profiles" / f"{name}.yaml").read_text(encoding="utf-8")


class _Plain(yaml.SafeDumper):
    """Writes equal values out each time, without anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def bkn() -> dict[str, Any]:
    """BKN's profile as nested dicts, to change."""
    tree: dict[str, Any] = yaml.safe_load(shipped_text())
    return tree


def put(tree: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """Set the value in force of the provision at `path`."""
    node = tree
    for key in path.split("."):
        node = node[key]
    node["values"] = {DAY: value}
    return tree


def written(folder: Path, tree: Mapping[str, Any] | str) -> Path:
    """Write a profile, or a text, to a file of its own."""
    path = folder / "kebijakan.yaml"
    text = tree if isinstance(tree, str) else yaml.dump(dict(tree), Dumper=_Plain, sort_keys=False)
    path.write_text(text, encoding="utf-8")
    return path


def problems(folder: Path, tree: Mapping[str, Any] | str, *, alternatives: tuple[str, ...] = ()) -> list[Problem]:
    """What `check` finds in it."""
    return list(check(written(folder, tree), on=ON, alternatives=alternatives))


def codes(found: list[Problem]) -> dict[str, str]:
    """The code of each problem by its path."""
    return {problem.path: problem.code for problem in found}
