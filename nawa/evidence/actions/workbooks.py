"""Bringing the evidence to what workbooks say, and taking it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from nawa.core.returns import Return, take_back
from nawa.core.sheets import Changes, Names, Plan, Put, plan, put, upsert, write
from nawa.evidence.frames import SHEET_MAPS
from nawa.registry.models import Person
from nawa.workbook.sheets import Tables


@transaction.atomic
def apply(tables: Tables, *, source: str, import_id: str) -> list[Changes]:
    """Bring the evidence to what the tables say, table by table; rows that they do not name stay as they are.

    The caller records the deed. Raises `Refusal` as `nawa.core.sheets.upsert` does; nothing is then kept.
    """
    return [
        upsert(held, tables[held.table], source=source, import_id=import_id)
        for held in SHEET_MAPS
        if held.table in tables
    ]


def plan_changes(touched: Tables, *, unchanged: Mapping[str, int], names: Names) -> list[Plan]:
    """Return the plans to write rows as `nawa.core.sheets.compare` gives them, table by table. Writes nothing.

    Raises `Refusal` as `nawa.core.sheets.plan` does.
    """
    return [
        plan(held, touched[held.table], unchanged=unchanged[held.table], names=names)
        for held in SHEET_MAPS
        if held.table in touched
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
def put_fact(table: str, person: Person, values: Mapping[str, Any], *, over: str = "", **constants: Any) -> Put:
    """Write one row of a table about somebody, over an older one where `over` names it. The caller records the deed.

    Raises `Refusal` as `nawa.core.sheets.put` does; nothing is then kept.
    """
    held = next(held for held in SHEET_MAPS if held.table == table)
    mine = held.model._base_manager.filter(person=person)
    return put(held, {**values, "nip": person.nip}, among=mine, over=over, **constants)


@transaction.atomic
def undo(returns: Mapping[str, Return]) -> None:
    """Take back, by table, what an import has written to this app's tables. The caller has made sure that it may."""
    for held in reversed(SHEET_MAPS):
        if held.table in returns:
            take_back(returns[held.table])
