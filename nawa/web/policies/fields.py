"""A chapter of a draft as its form shows it: each rule with its inputs, where it stands, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from nawa.engine.parameters import AXIS_OF, Axis, Component, Indicator
from nawa.policy import wording
from nawa.policy.drafting import CONFIRMED, REFERENCE, RIVAL, parent_entries, path_of
from nawa.policy.entries import SPARE, YES, orders, places_of
from nawa.policy.layouts import ERROR_NUMBERS, HEAD, LAYOUTS, Chapter, Kind, Layout, chapter_of, paths_of
from nawa.policy.loading import Policy
from nawa.policy.problems import Problem
from nawa.policy.provisions import Provision
from nawa.policy.sentences import label, provision_label
from nawa.policy.speaking import Line, said, said_rival
from nawa.web.kit.languages import spoken

_DECIMAL: Final = re.compile(r"-?[0-9]+\.[0-9]+")
_OFTEN: Final = ("percent", "point", "year", "month")


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to fill in: a box to tick, a choice, or a short text."""

    name: str
    kind: str  # "check", "select", "number", "text", "day"
    label: str
    value: str
    options: tuple[tuple[str, str], ...] = ()
    is_label_hidden: bool = False
    after: str = ""  # the unit

    @property
    def id(self) -> str:
        """What its label points at."""
        return slug(self.name)


@dataclass(frozen=True, slots=True)
class Group:
    """Inputs that belong together under a name; without one it is the rule's own."""

    name: str
    inputs: tuple[Input, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the form: its inputs, its standing, what it said before, and what is wrong."""

    path: str
    label: str
    groups: tuple[Group, ...]
    about: tuple[Input, ...]
    reference: str
    confirmed: bool
    note: str
    is_changed: bool
    before: tuple[Line, ...]
    faults: tuple[str, ...]

    @property
    def id(self) -> str:
        """What a problem points at."""
        return place_of(self.path)

    @property
    def is_single(self) -> bool:
        """Whether there is one thing to fill in: its name then stands beside it."""
        return len(self.groups) == 1 and len(self.groups[0].inputs) == 1

    @property
    def is_about_typed(self) -> bool:
        """Whether something was typed about it besides its value."""
        return any(entry.value for entry in self.about)


@dataclass(frozen=True, slots=True)
class Fault:
    """A problem in words, with the chapter and the place in it to which it leads."""

    said: str
    chapter: Chapter
    place: str
    label: str


@dataclass(frozen=True, slots=True)
class Sum:
    """What the weights of an axis add up to, as they are typed."""

    label: str
    total: str
    is_whole: bool


def slug(name: str) -> str:
    """Return the id of an entry's input."""
    return re.sub(r"[^A-Za-z0-9]+", "-", f"isi-{name}").lower()


def place_of(path: str) -> str:
    """Return the id of the place where a rule stands; never that of an input."""
    return re.sub(r"[^A-Za-z0-9]+", "-", f"aturan-{path}").lower()


def rules_of(chapter: Chapter, parent: Policy, typed: Mapping[str, str], problems: Sequence[Problem]) -> Iterator[Rule]:
    """Yield the rules of a chapter as they are typed."""
    known = {item.path: item for item in parent.provisions}
    entries = {**parent_entries(parent), **typed}
    changed = {path_of(name) for name in typed}
    for path in filter(known.__contains__, paths_of(chapter)):
        item = known[path]
        is_changed = path in changed
        yield Rule(
            path=path,
            label=provision_label(path, spoken()),
            groups=tuple(_groups(item, entries)),
            about=tuple(_about(item, entries, parent.sources)),
            reference=item.reference,
            confirmed=item.confirmed,
            note=item.note,
            is_changed=is_changed,
            before=said(item, spoken()) if is_changed else (),
            faults=tuple(wording.problem(one, spoken()) for one in problems if _belongs(one.path, path)),
        )


def head_inputs(parent: Policy, typed: Mapping[str, str], day: str) -> tuple[Input, ...]:
    """Return the inputs of the head: the policy's name, its notes, the day from which it is to hold."""
    entries = {**parent_entries(parent), **typed}
    words = {
        "label": _("Nama kebijakan"),
        "stamp": _("Catatan pada setiap keluaran"),
        "note": _("Keterangan"),
    }
    texts = tuple(Input(name, "text", words[name], entries[name]) for name in HEAD)
    return (*texts, Input("proposed_from", "day", _("Diusulkan berlaku mulai"), day))


def faults(problems: Sequence[Problem]) -> list[Fault]:
    """Return all problems in words, each with the chapter and the rule to which it leads."""
    return [_fault(problem) for problem in problems]


def sums(parent: Policy, typed: Mapping[str, str]) -> list[Sum]:
    """Return what the weights of each axis add up to, as far as they are numbers."""
    entries = {**parent_entries(parent), **typed}
    found = []
    for axis in Axis:
        texts = [entries[f"indicators.{indicator}.weight"] for indicator in Indicator if _axis(indicator) is axis]
        total = sum((Decimal(text) for text in texts if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", text)), Decimal(0))
        name = label("axes", axis, spoken()).capitalize()
        found.append(Sum(name, wording.number(total, spoken()), total == 100))
    return found


def counts(typed: Mapping[str, str], problems: Sequence[Problem]) -> dict[Chapter, tuple[int, int]]:
    """Return, for each chapter, how many rules are changed and how many problems there are."""
    touched = {path_of(name) for name in typed}
    return {
        chapter: (
            sum(chapter_of(path) is chapter for path in touched),
            sum(chapter_of(problem.path) is chapter for problem in problems),
        )
        for chapter in Chapter
    }


def _axis(indicator: Indicator) -> Axis:
    return next((AXIS_OF[one] for one in Component if one.value == indicator.value), Axis.POTENTIAL)


def _fault(problem: Problem) -> Fault:
    path = next((path for path in LAYOUTS if _belongs(problem.path, path)), "")
    name = provision_label(path, spoken()) if path else label("chapters", chapter_of(problem.path), spoken())
    return Fault(
        wording.problem(problem, spoken()), chapter_of(problem.path), place_of(path) if path else "rancangan", name
    )


def _belongs(place: str, path: str) -> bool:
    return place == path or place.startswith((f"{path}.", f"{path}["))


def _about(item: Provision, entries: Mapping[str, str], sources: Mapping[str, str]) -> Iterator[Input]:
    if item.alternatives:
        options = tuple((rival.name, said_rival(item, rival, sources, spoken())) for rival in item.alternatives)
        name = f"{item.path}{RIVAL}"
        yield Input(name, "select", _("Nilai tandingan"), entries[name], (("", _("tidak dipakai")), *options))
    name = f"{item.path}{REFERENCE}"
    yield Input(name, "text", _("Dasar angka ini"), entries[name])
    confirmations = (("", _("menurut penetapan")), ("1", _("pasti")), ("0", _("perlu konfirmasi")))
    name = f"{item.path}{CONFIRMED}"
    yield Input(name, "select", _("Kepastian"), entries[name], confirmations)


def _groups(item: Provision, entries: Mapping[str, str]) -> Iterator[Group]:
    path, layout = item.path, LAYOUTS[item.path]
    if layout.kind is Kind.GRID:
        yield from (Group(_word(layout, 0, row), tuple(_cells(path, row, layout, entries))) for row in layout.rows)
    elif layout.kind is Kind.LISTS:
        rows = ((row, f"{path}/{row}") for row in layout.rows)
        yield from (Group(_word(layout, 0, row), tuple(_checks(start, layout, entries))) for row, start in rows)
    elif layout.kind is Kind.STEPS:
        yield from _steps(path, layout, entries)
    else:
        yield Group("", tuple(_inputs(item, layout, entries)))


def _inputs(item: Provision, layout: Layout, entries: Mapping[str, str]) -> Iterator[Input]:
    """The inputs of a rule that says one thing, or one thing for each of some codes."""
    path, own = item.path, provision_label(item.path, spoken())
    match layout.kind:
        case Kind.SET:
            yield from _checks(path, layout, entries)
        case Kind.TABLE:
            yield from (_number(f"{path}/{row}", _word(layout, 0, row), entries) for row in layout.rows)
        case Kind.ERROR:
            yield from _error(path, layout, entries)
        case Kind.NUMBER:
            unit = label("units", item.unit, spoken()) if item.unit in _OFTEN else ""
            yield Input(path, "number", own, _shown(entries[path]), is_label_hidden=True, after=unit)
        case _:
            yield Input(path, "select", own, entries[path], _options(layout), is_label_hidden=True)


def _steps(path: str, layout: Layout, entries: Mapping[str, str]) -> Iterator[Group]:
    """Every step that there is, and the empty ones after the last that is filled."""
    filled = [place for place in places_of(path, entries) if entries.get(f"{path}/{place}/from")]
    for place in range(max(filled, default=-1) + 1 + SPARE):
        start, end = (f"{path}/{place}/{name}" for name in ("from", "to"))
        words = (_("Mulai"), _("Dihitung"))
        if layout.cells:
            options = (("", "—"), *((code, _word(layout, 2, code)) for code in layout.cells))
            last = Input(end, "select", words[1], entries.get(end, ""), options)
        else:
            last = _number(end, words[1], entries)
        yield Group(_("Baris %(number)s") % {"number": place + 1}, (_number(start, words[0], entries), last))


def _cells(path: str, row: str, layout: Layout, entries: Mapping[str, str]) -> Iterator[Input]:
    options = tuple((code, _word(layout, 2, code)) for code in layout.cells)
    for column in layout.columns:
        name, word = f"{path}/{row}/{column}", _word(layout, 1, column)
        yield Input(name, "select", word, entries[name], options) if options else _number(name, word, entries)


def _error(path: str, layout: Layout, entries: Mapping[str, str]) -> Iterator[Input]:
    name = f"{path}/kind"
    yield Input(name, "select", _("Jenis galat"), entries[name], _options(layout))
    for names in ERROR_NUMBERS.values():
        for part in names:
            yield _number(f"{path}/{part}", label("error_numbers", part, spoken()), entries)


def _checks(start: str, layout: Layout, entries: Mapping[str, str]) -> Iterator[Input]:
    for code in layout.columns:
        yield Input(f"{start}/{code}", "check", _word(layout, 1, code), entries[f"{start}/{code}"] and YES)


def _number(name: str, word: str, entries: Mapping[str, str]) -> Input:
    return Input(name, "number", word, _shown(entries.get(name, "")))


def _options(layout: Layout) -> tuple[tuple[str, str], ...]:
    if layout.kind is not Kind.ORDER:
        return tuple((code, _word(layout, 1, code)) for code in layout.columns)
    words = {order: ", ".join(_word(layout, 1, code) for code in order) for order in orders(layout.columns)}
    return tuple((" ".join(order), text) for order, text in words.items())


def _word(layout: Layout, place: int, code: str) -> str:
    return label(layout.words[place], code, spoken())


def _shown(text: str) -> str:
    """A number as the language writes it, without separators of thousands: it is typed like that again."""
    return text.replace(".", ",") if spoken() == "id" and _DECIMAL.fullmatch(text) else text
