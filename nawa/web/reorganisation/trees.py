"""The organisation before and after a plan, as two texts side by side: what changes, with what stands above it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nawa.registry.rules import Mark, Outcome, PostRow, UnitRow

MOST_ROWS: Final = 150
_MOST_POSTS: Final = 4
"""Posts of one unit that are told one by one."""

_TONES: Final[Mapping[Mark, str]] = {
    Mark.NEW: "good",
    Mark.RENAMED: "attention",
    Mark.MERGED: "attention",
    Mark.MOVED: "attention",
    Mark.ABOLISHED: "danger",
}


@dataclass(frozen=True, slots=True)
class Leaf:
    """A unit or post of a tree: how deep it stands, and what happens to it."""

    depth: int
    name: str
    code: str
    said: str = ""
    tone: str = ""
    is_post: bool = False


def before(outcome: Outcome) -> list[Leaf]:
    """Return the units and posts that something happens to, as they stand before it."""
    rows, posts = outcome.before.units, outcome.before.posts
    marked = {code for code in outcome.marks if code in rows}
    touched = [row for code, row in posts.items() if code in outcome.post_marks]
    return list(_tree(rows, marked, touched, lambda row: _fate(outcome, row), lambda row: _post_fate(outcome, row)))


def after(outcome: Outcome) -> list[Leaf]:
    """Return the same units and posts, and those that are new, as they stand after it."""
    rows = {code: row for code, row in outcome.units.items() if outcome.is_open(code)}
    heirs = {outcome.unit_after(code) for code in outcome.marks}
    touched = [
        row
        for code, row in outcome.posts.items()
        if outcome.is_open_post(code) and (code in outcome.post_marks or row.copied_from)
    ]
    return list(
        _tree(rows, heirs - {""}, touched, lambda row: _origin(outcome, row), lambda row: _post_origin(outcome, row))
    )


def _tree(
    rows: Mapping[str, UnitRow],
    marked: Collection[str],
    posts: Collection[PostRow],
    told: Callable[[UnitRow], tuple[str, str]],
    told_of_post: Callable[[PostRow], tuple[str, str]],
) -> Iterator[Leaf]:
    inside = {one for code in (*marked, *(post.unit for post in posts)) for one in _above(code, rows)}
    children: dict[str, list[str]] = defaultdict(list)
    for code in rows:
        if code in inside:
            children[rows[code].parent if rows[code].parent in inside else ""].append(code)
    own: dict[str, list[PostRow]] = defaultdict(list)
    for post in posts:
        own[post.unit].append(post)

    def grow(code: str, depth: int) -> Iterator[Leaf]:
        yield Leaf(depth, rows[code].name, code, *told(rows[code]))
        yield from _leaves(own[code], depth + 1, told_of_post)
        for child in children[code]:
            yield from grow(child, depth + 1)

    for root in children[""]:
        yield from grow(root, 0)


def _leaves(posts: list[PostRow], depth: int, told: Callable[[PostRow], tuple[str, str]]) -> Iterator[Leaf]:
    for post in posts[:_MOST_POSTS]:
        yield Leaf(depth, post.name, post.code, *told(post), is_post=True)
    more = len(posts) - _MOST_POSTS
    if more > 0:
        said = ngettext("dan %(number)s jabatan lain", "dan %(number)s jabatan lain", more) % {"number": more}
        yield Leaf(depth, said, "", is_post=True)


def _above(code: str, rows: Mapping[str, UnitRow]) -> Iterator[str]:
    seen: set[str] = set()
    while code in rows and code not in seen:
        seen.add(code)
        yield code
        code = rows[code].parent


def _named(outcome: Outcome, code: str) -> str:
    return outcome.units[code].name if code in outcome.units else code


def _fate(outcome: Outcome, row: UnitRow) -> tuple[str, str]:
    mark = outcome.marks.get(row.code)
    if mark is None:
        return "", ""
    heir = _named(outcome, outcome.unit_after(row.code))
    said = {
        Mark.RENAMED: _("berganti nama"),
        Mark.MERGED: _("digabung ke %(heir)s") % {"heir": heir},
        Mark.MOVED: _("pindah induk"),
        Mark.ABOLISHED: _("dihapus; penggantinya %(heir)s") % {"heir": heir or "–"},
    }
    return said.get(mark, ""), _TONES[mark]


def _origin(outcome: Outcome, row: UnitRow) -> tuple[str, str]:
    if row.copied_from:
        former = _named(outcome, row.copied_from)
        return _("nama baru; dahulu %(former)s") % {"former": former}, _TONES[Mark.RENAMED]
    mark = outcome.marks.get(row.code)
    if mark in (Mark.NEW, Mark.MOVED):
        return (_("baru") if mark is Mark.NEW else _("pindah induk")), _TONES[mark]
    merged = [
        code for code, one in outcome.marks.items() if one is Mark.MERGED and outcome.unit_after(code) == row.code
    ]
    return (_("menerima gabungan"), _TONES[Mark.MERGED]) if merged else ("", "")


def _post_fate(outcome: Outcome, row: PostRow) -> tuple[str, str]:
    mark = outcome.post_marks[row.code]
    heir = outcome.posts.get(outcome.post_after(row.code))
    said = {
        Mark.RENAMED: _("berganti nama"),
        Mark.MOVED: _("pindah unit"),
        Mark.ABOLISHED: _("dihapus; penggantinya %(heir)s") % {"heir": heir.name} if heir else _("dihapus"),
    }
    return said.get(mark, ""), _TONES[mark]


def _post_origin(outcome: Outcome, row: PostRow) -> tuple[str, str]:
    if row.copied_from:
        return _("nama baru; dahulu %(former)s") % {"former": outcome.posts[row.copied_from].name}, "attention"
    mark = outcome.post_marks[row.code]
    return (_("baru"), "good") if mark is Mark.NEW else (_("pindah unit"), "attention")
