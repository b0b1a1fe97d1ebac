"""What may be done to the registry."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import polars as pl
from django.conf import settings
from django.db import transaction

from nawa.core import ids
from nawa.core.returns import Back, take_back
from nawa.core.sheets import Changes, Names, Plan, plan, upsert, write
from nawa.registry.frames import SHEET_MAPS
from nawa.registry.models import Person
from nawa.workbook.sheets import Tables

_AT_ONCE: Final = 2_000


@transaction.atomic
def apply(tables: Tables, *, source: str, import_id: str) -> list[Changes]:
    """Bring the registry to what the tables say, table by table; rows that they do not name stay as they are.

    The caller records the deed. Raises `Refusal` as `nawa.core.sheets.upsert` does; nothing is then kept.
    """
    given = tables | {"person": _identified(tables["person"])} if "person" in tables else tables
    return [
        upsert(held, given[held.table], source=source, import_id=import_id)
        for held in SHEET_MAPS
        if held.table in given
    ]


def plan_changes(touched: Tables, *, unchanged: Mapping[str, int], names: Names) -> list[Plan]:
    """Return the plans to write rows as `nawa.core.sheets.compare` gives them, table by table. Writes nothing.

    Raises `Refusal` as `nawa.core.sheets.plan` does.
    """
    given = touched | {"person": _identified(touched["person"])} if "person" in touched else touched
    return [
        plan(held, given[held.table], unchanged=unchanged[held.table], names=names)
        for held in SHEET_MAPS
        if held.table in given
    ]


@transaction.atomic
def carry_out(plans: Iterable[Plan], *, source: str, import_id: str, **verification: Any) -> None:
    """Carry out those plans that are of this app's tables. The caller records the deed.

    `verification` (`verified_by`, `verified_at`) is of whoever decided what is written; without it no verified row is
    corrected.

    Raises `StaleError` and `IntegrityError` as `nawa.core.sheets.write` does; nothing is then kept.
    """
    for planned in plans:
        if planned.sheet_map in SHEET_MAPS:
            write(planned, source=source, import_id=import_id, **verification)


@transaction.atomic
def undo(backs: Mapping[str, Back]) -> None:
    """Take back, by table, what an import has written to this app's tables. The caller has made sure that it may."""
    for held in reversed(SHEET_MAPS):
        if held.table in backs:
            take_back(held, backs[held.table])


@transaction.atomic
def say_none(said: Mapping[int, Sequence[str]]) -> None:
    """Write, by primary key, in which registers people have nothing. The caller records the deed."""
    alike: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for person, registers in said.items():
        alike[tuple(registers)].append(person)
    for registers, people in alike.items():
        for start in range(0, len(people), _AT_ONCE):
            rows = Person.objects.filter(pk__in=people[start : start + _AT_ONCE])
            rows.update(verified_none=list(registers))


def _identified(people: pl.DataFrame) -> pl.DataFrame:
    """Return the people with the public ids that they get if they are new."""
    key = hashlib.blake2b(settings.SECRET_KEY.encode(), person=b"nawa.person").digest()
    names = [ids.derived_id(nip, key=key) for nip in people["nip"]]
    return people.with_columns(pl.Series("public_id", names, pl.String))
