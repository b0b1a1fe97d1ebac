"""The units that a reader may see, as a tree to choose from; also those that exist no more but stand in older maps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from nawa.core.scope import Scope
from nawa.registry.queries import units


@dataclass(frozen=True, slots=True)
class Places:
    """The units of a scope by primary key, in the order of their names. `parents` holds None for the highest of them.

    `is_everything`: the scope leaves nobody out, not even people without a unit.
    """

    names: Mapping[int, str]
    codes: Mapping[int, str]
    parents: Mapping[int, int | None]
    is_everything: bool

    def children(self, unit: int | None) -> list[int]:
        """Return the units right below a unit (None: the highest)."""
        return [pk for pk, parent in self.parents.items() if parent == unit]

    def branches(self) -> list[int]:
        """Return the units to choose from first: those below the highest, or the highest where there are several."""
        highest = self.children(None)
        return (self.children(highest[0]) or highest) if len(highest) == 1 else highest

    def path(self, unit: int) -> list[int]:
        """Return the units above a unit as far as the scope goes, the highest first."""
        above = self.parents[unit]
        return [] if above is None else [*self.path(above), above]

    def below(self, unit: int) -> frozenset[int]:
        """Return a unit and all below it."""
        children: dict[int | None, list[int]] = defaultdict(list)
        for pk, parent in self.parents.items():
            children[parent].append(pk)
        found, waiting = {unit}, [unit]
        while waiting:
            below = children[waiting.pop()]
            found.update(below)
            waiting += below
        return frozenset(found)

    def branch_of(self, branches: Iterable[int]) -> dict[int, int]:
        """Return, for every unit at or below one of these, which one."""
        nearest: dict[int, int | None] = {branch: branch for branch in branches}
        for unit in self.parents:
            above: int | None = unit
            passed = []
            while above is not None and above not in nearest:
                passed.append(above)
                above = self.parents.get(above)
            nearest |= dict.fromkeys(passed, None if above is None else nearest[above])
        return {unit: branch for unit, branch in nearest.items() if branch is not None}


def places(*, scope: Scope) -> Places:
    """Return the units of a scope: two queries at most."""
    rows = list(units(scope=scope).order_by("name", "pk").values_list("pk", "name", "code", "parent_id"))
    known = {pk for pk, *_ in rows}
    return Places(
        names={pk: name for pk, name, _, _ in rows},
        codes={pk: code for pk, _, code, _ in rows},
        parents={pk: parent if parent in known else None for pk, _, _, parent in rows},
        is_everything=scope.all_units,
    )
