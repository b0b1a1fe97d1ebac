"""Which registers are declared complete, for whom, and what stands against saying that people have nothing in them."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import polars as pl
from django.db.models import Model, QuerySet

from nawa.core.dates import months_after
from nawa.core.deadlines import Pressing
from nawa.core.scope import Scope
from nawa.evidence.models import (
    Award,
    Declaration,
    DeclaredNone,
    DeclaredRegister,
    Discipline,
    Feedback,
    RegisterCoverage,
    Said,
    TeamRole,
    Training,
)
from nawa.registry import queries as registry
from nawa.registry.models import ActingAssignment, CareerEntry, Person, Unit

ROWS_OF: Final[Mapping[str, tuple[type[Model], ...]]] = {
    "penghargaan": (Award,),
    "tim_kerja": (TeamRole,),
    "diklat": (Training,),
    "disiplin": (Discipline,),
    "umpan_balik": (Feedback,),
    "riwayat_jabatan": (CareerEntry, ActingAssignment),
}
"""The rows that each register consists of."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom a declaration covers (primary keys, and public ids), and what stands against *nihil*.

    `strangers` of the numbers given are of nobody who works there. `with_rows` has how many people have rows, by
    register.
    """

    people: tuple[int, ...]
    strangers: int
    with_rows: Mapping[str, int]
    public_ids: tuple[str, ...]


def reach(unit: Unit, registers: Iterable[str], nips: Collection[str] = (), *, on: datetime.date) -> Reach:
    """Return whom a declaration of a unit covers: all who work there and below on a day, or those with these NIP."""
    there = registry.people(scope=Scope.below(unit.code)).filter(registry.active(on))
    wanted = there.filter(nip__in=nips) if nips else there
    named = tuple(wanted.values_list("pk", "public_id"))
    people, public_ids = tuple(pk for pk, _public in named), tuple(public for _pk, public in named)
    having = {register: len(with_rows(wanted, register)) for register in registers}
    return Reach(people, len(set(nips)) - len(people) if nips else 0, having, public_ids)


def with_rows(people: QuerySet[Person], register: str) -> set[int]:
    """Return who of these people has a row in a register (a query for each of its tables)."""
    found: set[int] = set()
    for model in ROWS_OF[register]:
        rows: QuerySet[Any] = model._base_manager.filter(person__in=people.values("pk"))
        found.update(rows.values_list("person_id", flat=True).distinct())
    return found


def declarations(*, scope: Scope) -> QuerySet[Declaration]:
    """Return the declarations of units in scope, the latest first."""
    units = registry.units(scope=scope)
    rows = Declaration.objects.filter(unit__in=units.values("pk")).select_related("unit")
    return rows.order_by("-declared_at", "-pk")


def declaration_by_id(public_id: str, *, scope: Scope) -> Declaration | None:
    """Return a declaration by its opaque id (one query)."""
    return declarations(scope=scope).select_related("scan").filter(public_id=public_id).first()


def standing(unit: Unit, registers: Iterable[str]) -> dict[str, RegisterCoverage]:
    """Return what is stored of these registers of a unit (one query)."""
    rows = RegisterCoverage.objects.filter(unit=unit, register__in=list(registers))
    return {row.register: row for row in rows}


def twins(
    unit: Unit, said: Said, registers: Collection[str], *, on: datetime.date, letter: str, people: Collection[int]
) -> int:
    """Return how many declarations that stand say the very same by the same letter (a query, and one for each)."""
    same = Declaration.objects.filter(unit=unit, said=said, complete_on=on, letter_number=letter, withdrawn_at=None)
    found = [one for one in same if set(one.registers) == set(registers)]
    if said == Said.COMPLETE:
        return len(found)
    return sum(set(one.none.values_list("person_id", flat=True)) == set(people) for one in found)


def newer_than(declaration: Declaration) -> int:
    """Return how many later declarations that stand say something of the same registers of the unit (one query)."""
    own = declaration.complete.values("register")
    later = DeclaredRegister.objects.filter(unit=declaration.unit_id, register__in=own, pk__gt=_last(declaration))
    return later.filter(declaration__withdrawn_at__isnull=True).count()


def _last(declaration: Declaration) -> int:
    return max(declaration.complete.values_list("pk", flat=True), default=0)


def declared_none() -> pl.DataFrame:
    """Return the registers in which people have nothing as letters say: `nip, declared` (one query)."""
    rows = DeclaredNone.objects.filter(declaration__withdrawn_at__isnull=True)
    pairs = list(rows.order_by("pk").values_list("person__nip", "register"))
    frame = pl.DataFrame(pairs, {"nip": pl.String, "declared": pl.String}, orient="row").unique(maintain_order=True)
    return frame.group_by("nip", maintain_order=True).agg("declared")


@dataclass(frozen=True, slots=True)
class Covered:
    """The letter that covers a register of a unit: its day, and the unit above whose letter it is, if not its own."""

    on: datetime.date
    of: str


def coverage(units: Collection[int]) -> dict[int, dict[str, Covered]]:
    """Return by which letter each register of these units is covered: the latest of the unit's and those above it.

    Two queries, however many units.
    """
    return _coverage(
        units, {pk: (name, parent) for pk, name, parent in Unit.objects.values_list("pk", "name", "parent_id")}
    )


def _coverage(units: Collection[int], named: Mapping[int, tuple[str, int | None]]) -> dict[int, dict[str, Covered]]:
    own: dict[int, dict[str, datetime.date]] = defaultdict(dict)
    for unit, register, on in RegisterCoverage.objects.values_list("unit_id", "register", "complete_on"):
        own[unit][register] = on
    return {unit: _covered(unit, named, own) for unit in units}


def renew_through(on: datetime.date, *, months: int) -> datetime.date:
    """Return the last day on which a letter counts, as the engine counts it for so many months."""
    return months_after(on, months) - datetime.timedelta(days=1)


def to_declare(codes: Collection[str], *, on: datetime.date, months: int, remind_days: int) -> Pressing:
    """Count the registers of the units with these codes that are to be declared, anew or at all (two queries).

    A letter counts for so many months. Of a unit that is no more nothing is to be declared.
    """
    rows = list(Unit.objects.values_list("pk", "code", "name", "parent_id", "valid_through"))
    units = [pk for pk, code, _name, _parent, through in rows if code in codes and (through is None or through >= on)]
    found = _coverage(units, {pk: (name, parent) for pk, _code, name, parent, _through in rows})
    days = [renew_through(one.on, months=months) for unit in found.values() for one in unit.values()]
    near = [day for day in days if day <= on + datetime.timedelta(days=remind_days)]
    waiting = len(units) * len(ROWS_OF) - len(days) + len(near)
    soon = sum(day >= on for day in near)
    return Pressing(waiting, soon, waiting - soon, min(near, default=None))


def _covered(
    unit: int, named: Mapping[int, tuple[str, int | None]], own: Mapping[int, Mapping[str, datetime.date]]
) -> dict[str, Covered]:
    found: dict[str, Covered] = {}
    above: int | None = unit
    seen: set[int] = set()
    while above is not None and above not in seen:
        seen.add(above)
        name, parent = named[above]
        for register, on in own.get(above, {}).items():
            if register not in found or on > found[register].on:
                found[register] = Covered(on, "" if above == unit else name)
        above = parent
    return found
