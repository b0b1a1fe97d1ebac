"""The vocabulary of the workbook as database constraints: the last wall, for every model that holds a sheet."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.db.models import CheckConstraint, DateField, IntegerField, Q, UniqueConstraint, Value
from django.db.models.constraints import BaseConstraint
from django.db.models.functions import Coalesce

from nawa.core.models import in_order
from nawa.workbook.sheets import BY_TABLE, Column, Kind, Sheet

CODE: Final = 80
"""Characters that a code or an identifier may have."""

NAME: Final = 300
"""Characters that a name, a title or a number on paper may have; what may be longer is a text field."""

_NAME: Final = "%(app_label)s_%(class)s_"
_PERIODS: Final = (("started_on", "ended_through"), ("valid_from", "valid_through"))


def of_sheet(table: str, **links: str) -> list[BaseConstraint]:
    """Return the constraints that a sheet's declaration implies: key, codes, bounds, alternatives, order of dates.

    `links` names the foreign key that stands for a column of codes: `nip="person"`. Every other column is a field of
    the same name. An empty value in a key is a value like any other.
    """
    sheet = BY_TABLE[table]
    return [_key(sheet, links), *_values(sheet), *_alternatives(sheet, links), *_order(sheet)]


def _key(sheet: Sheet, links: Mapping[str, str]) -> UniqueConstraint:
    columns = [column for column in sheet.columns if column.key]
    parts = [(links.get(column.name, column.name), _stand_in(column, links)) for column in columns]
    message = "Sudah ada baris dengan " + ", ".join(column.heading for column in columns) + " yang sama."
    if all(stand_in is None for _, stand_in in parts):
        names = [name for name, _ in parts]
        return UniqueConstraint(fields=names, name=f"{_NAME}key", violation_error_message=message)
    expressions = [name if stand_in is None else Coalesce(name, stand_in) for name, stand_in in parts]
    return UniqueConstraint(*expressions, name=f"{_NAME}key", violation_error_message=message)


def _stand_in(column: Column, links: Mapping[str, str]) -> Value | None:
    """What an empty key counts as in the index, since SQLite holds that no two nulls are the same."""
    if column.required:
        return None
    if column.name in links:
        return Value(0, output_field=IntegerField())
    return Value(datetime.date.min, output_field=DateField()) if column.kind is Kind.DATE else None


def _values(sheet: Sheet) -> Iterator[CheckConstraint]:
    for column in sheet.columns:
        if column.kind is Kind.CODE:
            codes = [*column.codes] if column.required else [*column.codes, ""]
            yield _check(
                f"{column.name}_code",
                Q(**{f"{column.name}__in": codes}),
                f"Kolom {column.heading} diisi salah satu dari: {', '.join(column.codes)}.",
            )
        elif column.least is not None or column.most is not None:
            yield _check(f"{column.name}_bounds", _bounds(column), f"Kolom {column.heading} {_between(column)}.")


def _bounds(column: Column) -> Q:
    limits: dict[str, Any] = {}
    if column.least is not None:
        limits[f"{column.name}__gte"] = column.least
    if column.most is not None:
        limits[f"{column.name}__lte"] = column.most
    return Q(**limits) if column.required else Q(**{f"{column.name}__isnull": True}) | Q(**limits)


def _between(column: Column) -> str:
    if column.most is None:
        return f"paling sedikit {column.least}"
    return f"harus antara {column.least} dan {column.most}"


def _alternatives(sheet: Sheet, links: Mapping[str, str]) -> Iterator[CheckConstraint]:
    if not sheet.one_of:
        return
    columns = [column for column in sheet.columns if column.name in sheet.one_of]
    condition = Q()
    for column in columns:
        condition |= _filled(column, links)
    yield _check("one_of", condition, "Isi sedikitnya satu dari: " + ", ".join(c.heading for c in columns) + ".")


def _filled(column: Column, links: Mapping[str, str]) -> Q:
    if column.name not in links and column.kind in {Kind.TEXT, Kind.CODE, Kind.NIP}:
        return ~Q(**{column.name: ""})
    return Q(**{f"{links.get(column.name, column.name)}__isnull": False})


def _order(sheet: Sheet) -> Iterator[CheckConstraint]:
    for start, through in _PERIODS:
        if {start, through} <= sheet.schema.keys():
            yield in_order(start, through, name=f"{_NAME}{through}_in_order")


def _check(name: str, condition: Q, message: str) -> CheckConstraint:
    return CheckConstraint(name=_NAME + name, condition=condition, violation_error_message=message)
