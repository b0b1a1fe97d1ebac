"""Whose records are past their date, and what an erasure would take with it."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import polars as pl
from django.db.models import CharField, Count, F, QuerySet, Value

from nawa.audit import queries as audit
from nawa.core.dates import months_before
from nawa.core.scope import Scope
from nawa.exchange.enums import KIND_OF, PERSON
from nawa.exchange.frames.tables import SHEET_MAPS
from nawa.exchange.models import Content, Import, Upload
from nawa.policy.stewardship import RETAINED
from nawa.registry import queries as registry
from nawa.registry.enums import ERASED
from nawa.registry.models import Person, Reorganisation
from nawa.rulebook.queries import stewardship

_AT_ONCE: Final = 1_000
_PERSON: Final = "person"


@dataclass(frozen=True, slots=True)
class Due:
    """A kind of record: for how many years it is kept, and whose have passed their date (primary keys) with rows."""

    kind: str
    years: int
    through: datetime.date  # whoever left on this day or before
    rows: Mapping[int, int]

    @property
    def people(self) -> int:
        """How many people have such rows."""
        return len(self.rows)

    @property
    def total(self) -> int:
        """How many rows they have."""
        return sum(self.rows.values())


def due(*, on: datetime.date, scope: Scope) -> list[Due]:
    """Return, for each kind of record, whose rows are past their date (three queries)."""
    years = stewardship(on=on).retention_years
    through = {kind: months_before(on, 12 * years[kind]) for kind in RETAINED}
    there = registry.people(scope=scope).exclude(nip__startswith=ERASED)
    left = there.filter(inactive_since__lte=max(through.values()))
    days = {pk: since for pk, since in left.values_list("pk", "inactive_since") if since}
    counted: dict[str, dict[int, int]] = {kind: {} for kind in RETAINED}
    for kind, person, rows in _rows_of(list(days)):
        if days[person] <= through[kind]:
            counted[kind][person] = counted[kind].get(person, 0) + rows
    return [Due(kind, years[kind], through[kind], counted[kind]) for kind in RETAINED]


def affected(kinds: Collection[str], *, on: datetime.date, scope: Scope) -> list[Due]:
    """Return what goes when these kinds are erased on a day: a person whose own row goes is erased whole.

    As many queries as `due`.
    """
    found = due(on=on, scope=scope)
    whole = {person for one in found if one.kind == PERSON and PERSON in kinds for person in one.rows}
    gone: dict[str, dict[int, int]] = {
        one.kind: {who: rows for who, rows in one.rows.items() if one.kind in kinds and who not in whole}
        for one in found
    }
    for kind, person, rows in _rows_of(sorted(whole)):
        gone[kind][person] = gone[kind].get(person, 0) + rows
    return [replace(one, rows=gone[one.kind]) for one in found if gone[one.kind]]


def rows_of_person(person: Person) -> dict[str, int]:
    """Return how many rows there are of somebody, by kind (one query)."""
    found: dict[str, int] = dict.fromkeys(RETAINED, 0)
    for kind, _pk, rows in _rows_of([person.pk]):
        found[kind] += rows
    return found


def _rows_of(people: Sequence[int]) -> Iterator[tuple[str, int, int]]:
    """Yield kind, person and number of rows, of all tables about people (one query for every thousand people)."""
    for start in range(0, len(people), _AT_ONCE):
        some = people[start : start + _AT_ONCE]
        first, *others = [_counted(table, kind, some) for table, kind in KIND_OF.items()]
        yield from first.union(*others, all=True)


def _counted(table: str, kind: str, people: Sequence[int]) -> Any:
    """Return a query for kind, person and number of a table's rows; a table may have a field called `kind`."""
    person = "pk" if table == _PERSON else "person_id"
    rows: QuerySet[Any] = SHEET_MAPS[table].model._base_manager.filter(**{f"{person}__in": people}).order_by()
    named = rows.annotate(of_kind=Value(kind, CharField()), whose=F(person)).values("of_kind", "whose")
    return named.annotate(how_many=Count("pk")).values_list("of_kind", "whose", "how_many")


def uploads_naming(nips: Collection[str]) -> list[Upload]:
    """Return the uploads whose kept contents name any of these people."""
    named: dict[int, Upload] = {}
    for part in Content.objects.select_related("upload__made").iterator(chunk_size=10):
        if part.upload_id not in named and _names(part, nips):
            named[part.upload_id] = part.upload
    return list(named.values())


def _names(part: Content, nips: Collection[str]) -> bool:
    content = bytes(part.content)
    if not content.startswith(b"PAR1"):
        return True  # a workbook, marked: whoever is in it cannot be told cheaply
    found = part.frame()
    texts = [name for name, dtype in found.schema.items() if dtype == pl.String and "nip" in name]
    return any(found[name].is_in(list(nips)).any() for name in texts)


def deeds_naming(model: type[Import | Reorganisation], rows: Iterable[str]) -> list[str]:
    """Return the ids of the deeds with a key whose kept changes name any of these rows (`TABLE ROW`)."""
    wanted = frozenset(rows)
    kept = audit.changes_of(model._meta.label_lower)
    named = {deed for deed, text in kept if any(line.rsplit(" ", 2)[0] in wanted for line in text.split("\n"))}
    return list(model._base_manager.filter(public_id__in=named).exclude(key="").values_list("public_id", flat=True))
