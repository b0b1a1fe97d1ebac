"""What may be done to the registry."""

from __future__ import annotations

import hashlib
import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import polars as pl
from django.conf import settings
from django.db import transaction

from nawa.core import ids, privacy
from nawa.core.returns import Back, take_back
from nawa.core.sheets import Changes, Names, Plan, plan, upsert, write
from nawa.registry.enums import ERASED, ERASED_NAME
from nawa.registry.frames import SHEET_MAPS
from nawa.registry.models import Person
from nawa.registry.models.people import NIP_DIGITS
from nawa.workbook.sheets import Tables

_AT_ONCE: Final = 2_000
_RANDOM: Final = NIP_DIGITS - len(ERASED)
_TOLD: Final = frozenset(name for name, kind in privacy.classes(Person).items() if kind in privacy.PERSONAL) - {
    *("nip", "name", "inactive_since"),
}
"""Fields of a person that are emptied."""


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


@transaction.atomic
def forget_people(people: Iterable[int]) -> dict[str, str]:
    """Take what tells of these people (primary keys) out of their own rows, and return by which number each goes.

    What stays is the opaque id, which the audit record and published maps name, and the day on which they left. The
    number is random and begins as no NIP does. The caller records the deed.
    """
    numbers: dict[str, str] = {}
    for person in Person.objects.select_for_update().filter(pk__in=list(people)):
        old, person.nip = person.nip, ERASED + "".join(secrets.choice("0123456789") for _ in range(_RANDOM))
        numbers[old] = person.nip
        for field in Person._meta.concrete_fields:
            if field.name in _TOLD:
                setattr(person, field.name, None if field.null else field.get_default())
        person.name = person.position_name = ERASED_NAME  # a row names some post, if in words
        person.position = person.unit = None
        person.save()
        Person.objects.filter(superior_nip=old).update(superior_nip=person.nip)
    return numbers


def _identified(people: pl.DataFrame) -> pl.DataFrame:
    """Return the people with the public ids that they get if they are new; nobody gets that of somebody erased."""
    key = hashlib.blake2b(settings.SECRET_KEY.encode(), person=b"nawa.person").digest()
    erased = set(Person.objects.filter(nip__startswith=ERASED).values_list("public_id", flat=True))
    derived = (ids.derived_id(nip, key=key) for nip in people["nip"])
    names = [ids.public_id() if name in erased else name for name in derived]
    return people.with_columns(pl.Series("public_id", names, pl.String))
