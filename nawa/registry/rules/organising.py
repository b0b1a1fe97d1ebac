"""The organisation after a reorganisation, and what is wrong with its lines: a function of rows to rows."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Final

from nawa.core.refusal import Reason
from nawa.registry.enums import Contents, Operation
from nawa.registry.rules.plans import Line

_NAMED: Final = 3
"""How many things a sentence names before it says "and others"."""


class Mark(StrEnum):
    """What happens to a unit or post, as trees show it."""

    NEW = "BARU"
    RENAMED = "GANTI_NAMA"
    MERGED = "DIGABUNG"
    MOVED = "PINDAH"
    ABOLISHED = "DIHAPUS"


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit; `copied_from` is the unit that it takes the place of under another name."""

    code: str
    name: str
    parent: str = ""
    kind: str = ""
    valid_from: datetime.date | None = None
    valid_through: datetime.date | None = None
    successor: str = ""
    copied_from: str = ""


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post; `copied_from` is the post that it takes the place of under another name."""

    code: str
    name: str
    unit: str
    tier: str
    seats: int | None = None
    valid_from: datetime.date | None = None
    valid_through: datetime.date | None = None
    successor: str = ""
    copied_from: str = ""


@dataclass(frozen=True, slots=True)
class Organisation:
    """Units and posts, by code, that exist on a day; `taken` are codes of others, which exist no more."""

    units: Mapping[str, UnitRow]
    posts: Mapping[str, PostRow]
    taken_units: Collection[str] = ()
    taken_posts: Collection[str] = ()


@dataclass(slots=True)
class Outcome:
    """What a reorganisation makes of an organisation: its rows, closed ones among them, marks, and problems by line.

    A problem that no line alone has is told under an empty id.
    """

    before: Organisation
    on: datetime.date
    units: dict[str, UnitRow]
    posts: dict[str, PostRow]
    marks: dict[str, Mark] = field(default_factory=dict)
    post_marks: dict[str, Mark] = field(default_factory=dict)
    problems: list[tuple[str, Reason]] = field(default_factory=list)

    @property
    def eve(self) -> datetime.date:
        """The last day on which everything was as before."""
        return self.on - datetime.timedelta(days=1)

    def is_open(self, unit: str) -> bool:
        """Whether a unit exists afterwards."""
        return unit in self.units and not self._is_closed(self.units[unit])

    def is_open_post(self, post: str) -> bool:
        """Whether a post exists afterwards."""
        return post in self.posts and not self._is_closed(self.posts[post])

    def unit_after(self, code: str) -> str:
        """Return the code of the unit that has taken the place of one: itself while it exists; empty where none has."""
        return _followed(code, self.units, self.is_open)

    def post_after(self, code: str) -> str:
        """Return the code of the post that has taken the place of one; empty where none has."""
        return _followed(code, self.posts, self.is_open_post)

    @property
    def renamed_posts(self) -> dict[str, str]:
        """Which post goes on as which, under another name."""
        return {row.copied_from: row.code for row in self.posts.values() if row.copied_from}

    @property
    def posts_that_end(self) -> list[str]:
        """The posts that exist no more afterwards, under another name either."""
        return [code for code in self.before.posts if not self.is_open_post(code) and code not in self.renamed_posts]

    @property
    def standards_pass(self) -> dict[str, str]:
        """Which post's standard passes to which: to one under another name, and to a new one of the same tier.

        A post that was there before asks for what it asked for; one of another tier asks for what its tier does.
        """
        new = {code for code, mark in self.post_marks.items() if mark is Mark.NEW}
        heirs = {code: self.post_after(code) for code in self.before.posts if not self.is_open_post(code)}
        tiers = {code: row.tier for code, row in self.posts.items()}
        taken = {old: heir for old, heir in heirs.items() if heir in new and tiers[heir] == tiers[old]}
        return taken | self.renamed_posts

    def path(self, unit: str, rows: Mapping[str, UnitRow] | None = None) -> tuple[str, ...]:
        """Return a unit and those above it, the highest first, afterwards or among other rows."""
        found: list[str] = []
        rows = self.units if rows is None else rows
        while unit in rows and unit not in found:
            found.insert(0, unit)
            unit = rows[unit].parent
        return tuple(found)

    def _is_closed(self, row: UnitRow | PostRow) -> bool:
        return row.valid_through is not None and row.valid_through < self.on


def reorganised(organisation: Organisation, lines: Iterable[Line], *, on: datetime.date) -> Outcome:
    """Return what the lines make of an organisation on a day, in the order of `Operation`. Wrong lines do nothing."""
    outcome = Outcome(organisation, on, dict(organisation.units), dict(organisation.posts))
    change = _Change(outcome)
    order = {operation: place for place, operation in enumerate(Operation)}
    for line in sorted(lines, key=lambda line: order[line.operation]):
        change.apply(line)
    change.judge()
    return outcome


def _followed(code: str, rows: Mapping[str, Any], is_open: Callable[[str], bool]) -> str:
    seen: set[str] = set()
    while code in rows and code not in seen:
        if is_open(code):
            return code
        seen.add(code)
        code = rows[code].successor
    return ""


class _Change:
    """Carries lines out, one after the other."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        self.touched: dict[tuple[str, str], str] = {}
        self.deeds: Mapping[Operation, Callable[[Line], None]] = {
            Operation.NEW_UNIT: self._new_unit,
            Operation.RENAME_UNIT: self._rename_unit,
            Operation.MERGE_UNITS: self._merge_units,
            Operation.MOVE_UNIT: self._move_unit,
            Operation.NEW_POST: self._new_post,
            Operation.RENAME_POST: self._rename_post,
            Operation.MOVE_POST: self._move_post,
            Operation.ABOLISH_POST: self._abolish_post,
            Operation.ABOLISH_UNIT: self._abolish_unit,
        }
        self.line = ""
        self.successors: dict[str, str] = {}  # of abolished units, by the line that names them

    def apply(self, line: Line) -> None:
        """Carry out a line whose subjects exist and are no other line's."""
        self.line = line.id
        subjects = [("unit", code) for code in line.units] + ([("post", line.post)] if line.post else [])
        if all(self._is_free(kind, code) for kind, code in subjects):
            self.deeds[line.operation](line)

    def judge(self) -> None:
        """Look at the whole: whoever is left must stand somewhere, and whoever takes a place must be there."""
        self.line = ""
        self._settle_new_units()
        self._judge_successors()
        self._judge_places()

    # -- units

    def _new_unit(self, line: Line) -> None:
        if self._is_new("unit", line.text("code")):
            self._open_unit(UnitRow(line.text("code"), line.text("name"), line.text("parent"), line.text("kind")))
            self.outcome.marks[line.text("code")] = Mark.NEW

    def _rename_unit(self, line: Line) -> None:
        old = self.outcome.units[line.text("unit")]
        if self._is_new("unit", line.text("code")) and self._may_close(old):
            new = replace(old, code=line.text("code"), name=line.text("name"), successor="", copied_from=old.code)
            self._open_unit(new)
            self._close_unit(old, new.code, Mark.RENAMED)
            self._carry_along(old.code, new.code)

    def _merge_units(self, line: Line) -> None:
        target = line.text("into")
        if not target:
            if not self._is_new("unit", line.text("code")):
                return
            parent = line.text("parent") or self._common_parent(line.units)
            if parent is None:
                self._object("sotk.merge_parent")
                return
            target = line.text("code")
            self._open_unit(UnitRow(target, line.text("name"), parent, line.text("kind")))
            self.outcome.marks[target] = Mark.NEW
        target = self._known_unit(target)
        sources = [self.outcome.units[code] for code in dict.fromkeys(line.units) if code != target]
        if not target or not all(self._may_close(old) for old in sources):
            return
        above = [old for old in sources if old.code in self.outcome.path(target)]
        if above:
            self._object("sotk.loop", unit=above[0].name, parent=self._name(target))
            return
        if len(set(line.units) | {target}) < 2:
            self._object("sotk.merge_alone")
        for old in sources:
            self._close_unit(old, target, Mark.MERGED)
            self._carry_along(old.code, target)

    def _common_parent(self, units: Collection[str]) -> str | None:
        """The unit below which these stand, whatever stands below one of them; None where there are several."""
        parents = {self.outcome.units[code].parent for code in units} - set(units)
        return parents.pop() if len(parents) == 1 else None

    def _move_unit(self, line: Line) -> None:
        code, parent = line.text("unit"), self._known_unit(line.text("parent"))
        if not parent:
            return
        if code in self.outcome.path(parent):
            self._object("sotk.loop", unit=self._name(code), parent=self._name(parent))
            return
        self.outcome.units[code] = replace(self.outcome.units[code], parent=parent)
        self.outcome.marks.setdefault(code, Mark.MOVED)

    def _abolish_unit(self, line: Line) -> None:
        code = line.text("unit")
        going = [code, *self._below(code)] if line.text("contents") == Contents.WITH_IT else [code]
        if not all(self._may_close(self.outcome.units[one]) for one in going):
            return
        for one in going:
            self._close_unit(self.outcome.units[one], line.text("successor"), Mark.ABOLISHED)
            self.successors[one] = line.id
        if line.text("contents") == Contents.WITH_IT:
            inside = set(going)
            for post in [row for row in self.outcome.posts.values() if row.unit in inside]:
                if self.outcome.is_open_post(post.code) and self._may_close(post):
                    self._close_post(post, "", Mark.ABOLISHED)

    # -- posts

    def _new_post(self, line: Line) -> None:
        unit = self._known_unit(line.text("unit"))
        if unit and self._is_new("post", line.text("code")):
            seats = line.arguments.get("seats")
            self._open_post(PostRow(line.text("code"), line.text("name"), unit, line.text("tier"), seats))
            self.outcome.post_marks[line.text("code")] = Mark.NEW

    def _rename_post(self, line: Line) -> None:
        old = self.outcome.posts[line.post]
        if self._is_new("post", line.text("code")) and self._may_close(old):
            new = replace(old, code=line.text("code"), name=line.text("name"), successor="", copied_from=old.code)
            self._open_post(new)
            self._close_post(old, new.code, Mark.RENAMED)

    def _move_post(self, line: Line) -> None:
        if unit := self._known_unit(line.text("unit")):
            self.outcome.posts[line.post] = replace(self.outcome.posts[line.post], unit=unit)
            self.outcome.post_marks[line.post] = Mark.MOVED

    def _abolish_post(self, line: Line) -> None:
        old = self.outcome.posts[line.post]
        successor = line.text("successor")
        if successor and successor not in self.outcome.posts:
            self._object("sotk.unknown_post", coded=successor)
        elif successor == old.code:
            self._object("sotk.itself", name=old.name)
        elif self._may_close(old):
            self._close_post(old, successor, Mark.ABOLISHED)
            if successor:
                self.successors[f"post {old.code}"] = line.id

    # -- rows

    def _open_unit(self, row: UnitRow) -> None:
        self.outcome.units[row.code] = replace(row, valid_from=self.outcome.on, valid_through=None)

    def _open_post(self, row: PostRow) -> None:
        self.outcome.posts[row.code] = replace(row, valid_from=self.outcome.on, valid_through=None)

    def _close_unit(self, row: UnitRow, successor: str, mark: Mark) -> None:
        self.outcome.units[row.code] = replace(row, valid_through=self.outcome.eve, successor=successor)
        self.outcome.marks[row.code] = mark

    def _close_post(self, row: PostRow, successor: str, mark: Mark) -> None:
        self.outcome.posts[row.code] = replace(row, valid_through=self.outcome.eve, successor=successor)
        self.outcome.post_marks[row.code] = mark

    def _carry_along(self, old: str, new: str) -> None:
        """Bring the units and posts of a unit under the one that takes its place."""
        units, posts = self.outcome.units, self.outcome.posts
        for row in [row for row in units.values() if row.parent == old and self.outcome.is_open(row.code)]:
            units[row.code] = replace(row, parent=new)
        for post in [row for row in posts.values() if row.unit == old and self.outcome.is_open_post(row.code)]:
            posts[post.code] = replace(post, unit=new)

    def _below(self, code: str) -> list[str]:
        children: dict[str, list[str]] = defaultdict(list)
        for row in self.outcome.units.values():
            if self.outcome.is_open(row.code):
                children[row.parent].append(row.code)
        found: list[str] = []
        waiting = list(children[code])
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.append(one)
                waiting += children[one]
        return found

    # -- what is wrong

    def _object(self, reason: str, /, **arguments: Any) -> None:
        self.outcome.problems.append((self.line, Reason(reason, arguments)))

    def _name(self, unit: str) -> str:
        return self.outcome.units[unit].name if unit in self.outcome.units else unit

    def _is_free(self, kind: str, code: str) -> bool:
        rows: Mapping[str, Any] = self.outcome.before.units if kind == "unit" else self.outcome.before.posts
        if code not in rows:
            self._object(f"sotk.unknown_{kind}", coded=code)
            return False
        if (kind, code) in self.touched:
            self._object("sotk.twice", name=rows[code].name, coded=code)
            return False
        self.touched[kind, code] = self.line
        return True

    def _is_new(self, kind: str, code: str) -> bool:
        before, now = self.outcome.before, self.outcome
        known = {*now.units, *before.taken_units} if kind == "unit" else {*now.posts, *before.taken_posts}
        if code in known:
            self._object("sotk.taken", coded=code)
        return code not in known

    def _known_unit(self, code: str) -> str:
        """Return the unit that is meant by a code, or by the code of one that it has taken the place of."""
        found = self.outcome.unit_after(code)
        if not found:
            self._object("sotk.unknown_unit", coded=code)
        return found

    def _may_close(self, row: UnitRow | PostRow) -> bool:
        if row.valid_from is None or row.valid_from < self.outcome.on:
            return True
        self._object("sotk.too_early", name=row.name, since=row.valid_from)
        return False

    def _settle_new_units(self) -> None:
        """Put new units under those that have taken the place of the parents named, and refuse a ring of them."""
        units = self.outcome.units
        for code in [code for code, mark in self.outcome.marks.items() if mark is Mark.NEW]:
            units[code] = replace(units[code], parent=self.outcome.unit_after(units[code].parent) or units[code].parent)
        for code in [code for code, mark in self.outcome.marks.items() if mark is Mark.NEW]:
            if units[self.outcome.path(code)[0]].parent in units:
                self._object("sotk.loop", unit=self._name(code), parent=self._name(units[code].parent))

    def _judge_successors(self) -> None:
        for key, line in self.successors.items():
            self.line = line
            is_post, code = key.startswith("post "), key.removeprefix("post ")
            row: UnitRow | PostRow = self.outcome.posts[code] if is_post else self.outcome.units[code]
            after = self.outcome.post_after(code) if is_post else self.outcome.unit_after(code)
            if not after:
                self._object("sotk.no_successor", name=row.name, coded=row.successor)
        self.line = ""

    def _judge_places(self) -> None:
        """Tell which closed or unknown units still have units or posts in them."""
        units: dict[str, list[str]] = defaultdict(list)
        posts: dict[str, list[str]] = defaultdict(list)
        for row in self.outcome.units.values():
            if self.outcome.is_open(row.code) and row.parent and not self.outcome.is_open(row.parent):
                units[row.parent].append(row.name)
        for post in self.outcome.posts.values():
            if self.outcome.is_open_post(post.code) and not self.outcome.is_open(post.unit):
                posts[post.unit].append(post.name)
        for found, reason in ((units, "sotk.children"), (posts, "sotk.posts")):
            for unit, left in found.items():
                if unit not in self.outcome.before.taken_units:  # what was closed before is not this plan's fault
                    self.line = self.touched.get(("unit", unit), "")
                    self._object(reason, name=self._name(unit), number=len(left), names=_listed(left))


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:_NAMED]) + (", …" if len(names) > _NAMED else "")
