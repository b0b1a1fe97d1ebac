"""Findings in the records: how many of each kind, and a list of those whom they are about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import polars as pl
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nawa.core import clock
from nawa.core.scope import Scope
from nawa.registry.models import Person
from nawa.registry.queries import WantedPeople, at_work, directory, holding_units
from nawa.talent.queries.checks import Checked, checked
from nawa.talent.queries.conflicts import Kind
from nawa.talent.queries.places import Places, places
from nawa.web.kit.guards import Request
from nawa.web.kit.lists import Asked, Column, Filter, Source, asked_of, filter_of
from nawa.web.kit.people import full_name, readable
from nawa.web.kit.smallcounts import Count, protect
from nawa.web.kit.units import PARAMETER, unit_filter
from nawa.web.quality.basis import SEES_PEOPLE, sees
from nawa.web.quality.kinds import WORDS, Text, told

KIND: Final = "jenis"


@dataclass(frozen=True, slots=True)
class KindLine:
    """A kind of finding in words, how many people it is about, and where their list is (nowhere: an empty address)."""

    name: Text
    why: Text
    mend: Text
    people: Count
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody, and what is found of them: pairs of a kind and what is told."""

    person: Person
    found: tuple[tuple[Kind, str], ...]

    @property
    def unit(self) -> str:
        """The unit of their own, or that of their post."""
        unit = self.person.unit or (self.person.position and self.person.position.unit)
        return unit.name if unit else ""


def _findings(row: Row) -> str:
    return "; ".join(f"{WORDS[kind].name}: {text}" for kind, text in row.found)


def _mend(row: Row) -> str:
    return " ".join(str(WORDS[kind].mend) for kind, _text in row.found)


COLUMNS: Final[tuple[Column[Row], ...]] = (
    Column("nama", gettext_lazy("Nama"), lambda row: full_name(row.person)),
    Column("nip", gettext_lazy("NIP"), lambda row: row.person.nip, is_sortable=False, is_seldom=True),
    Column("unit", gettext_lazy("Unit"), lambda row: row.unit),
    Column("temuan", gettext_lazy("Temuan"), _findings, is_sortable=False),
    Column("perbaikan", gettext_lazy("Cara memperbaiki"), _mend, is_sortable=False),
)


@dataclass(frozen=True, slots=True)
class Conflicts:
    """The findings among the reader's people."""

    checked: Checked
    within: Places
    scope: Scope
    sees_people: bool

    @property
    def found(self) -> Mapping[Kind, pl.DataFrame]:
        """The findings by their kind."""
        return self.checked.found

    @property
    def total(self) -> int:
        """How many findings there are in all."""
        return sum(self._numbers.values())

    @property
    def _numbers(self) -> dict[Kind, int]:
        return {kind: frame.height for kind, frame in self.found.items()}

    def kinds(self) -> list[KindLine]:
        """Return all kinds, the most frequent first, those of which there is nothing last."""
        numbers = self._numbers
        shown = {kind: Count(number) for kind, number in numbers.items()} if self.sees_people else protect(numbers)
        ordered = sorted(Kind, key=lambda kind: -(shown[kind].value or 0))
        return [self._line(kind, shown[kind]) for kind in ordered]

    def context(self) -> dict[str, Any]:
        """Return what the page shows above the list."""
        kinds = self.kinds()
        clear = [line.name for line in kinds if line.people.value == 0]
        return {"kinds": kinds, "total": self.total, "clear": clear, "checked": self.checked}

    def listed(self, request: Request) -> tuple[Asked, Source[Row], list[Filter]]:
        """Return what the address asks of the list, the people meant, and what can be filtered by.

        Raises:
            Http404: the unit that is asked for is none of the reader's.
        """
        kinds = [(str(kind), str(WORDS[kind].name)) for kind in Kind if self.found[kind].height]
        filters = [unit_filter(request, self.within), filter_of(KIND, _("Jenis temuan"), _("Semua jenis"), kinds)]
        asked = asked_of(request, filters, COLUMNS)
        unit, chosen = asked.filters.get(PARAMETER), asked.filters.get(KIND)
        told_of = self._told(Kind(chosen) if chosen else None)
        wanted = WantedPeople(inside=self.within.below(int(unit)) if unit else None, text=asked.text)
        order, on = asked.order or "nama", clock.today()
        rows = directory(wanted, scope=self.scope, on=on, order=order, descending=asked.descending)
        read = partial(_rows, told_of)
        return asked, Source(rows.filter(pk__in=list(told_of)), COLUMNS, read, partial(_lead, request), "nama"), filters

    def public_ids(self, of: Iterable[int]) -> list[str]:
        """Return the public ids of these people (one query)."""
        return list(Person.objects.filter(pk__in=list(of)).values_list("public_id", flat=True))

    def _told(self, only: Kind | None) -> dict[int, list[tuple[Kind, str]]]:
        of: dict[int, list[tuple[Kind, str]]] = defaultdict(list)
        for kind in [only] if only else Kind:
            for row in self.found[kind].iter_rows(named=True):
                of[row["person_id"]].append((kind, told(kind, row)))
        return of

    def _line(self, kind: Kind, people: Count) -> KindLine:
        words = WORDS[kind]
        url = f"{reverse('quality_findings')}?{KIND}={kind}" if self.sees_people and people.value else ""
        return KindLine(words.name, words.why, words.mend, people, url)


def conflicts_of(request: Request) -> Conflicts | None:
    """Return the newest findings among the reader's people; None before the first check has come to its end."""
    with holding_units():
        found = checked(scope=request.scope, on=clock.today())
        if found is None:
            return None
        within = places(scope=request.scope)
        return Conflicts(found, within, request.scope, sees(request, within, *SEES_PEOPLE))


def _rows(told_of: Mapping[int, list[tuple[Kind, str]]], of: Sequence[int]) -> list[Row]:
    return [Row(person, tuple(told_of[person.pk])) for person in at_work(of)]


def _lead(request: Request, shown: Sequence[Row]) -> Callable[[Row], str]:
    addresses = readable(request, [row.person for row in shown])
    return lambda row: addresses.get(row.person.pk, "")
