"""Taking back what a bulk deed has written to a table, as long as nothing newer stands there.

The rows of the deed are copied into tables that only this connection sees, and compared there with what the deed has
left: nobody waits for that. Whoever then holds the lock of the records only has to ask the database which rows are not
as they were copied, and to let it remove the rest: all of it happens inside the database, whatever the number of rows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import polars as pl
from django.db import connection, models
from django.db.models.sql.datastructures import BaseTable

from nawa.core import bulk
from nawa.core.sheets import Changes, Names, SheetMap, as_attributes, heading, plan, stored, was

_CHUNK: Final = 5_000
_PROVENANCE: Final = {
    "source": pl.String(),
    "import_id": pl.String(),
    "verified_by": pl.String(),
    "verified_at": pl.Datetime("us", "UTC"),
}
_COPY: Final = "nawa_copy_"  # begins the names of the tables with copies
_SQL: Final = {
    "sqlite": {"keys": "SELECT value FROM json_each(%s)", "same": "IS", "held": ""},
    "postgresql": {
        "keys": "SELECT value::bigint FROM json_array_elements_text(%s::json)",
        "same": "IS NOT DISTINCT FROM",
        "held": "FOR UPDATE OF now",
    },
}


@dataclass(frozen=True, slots=True)
class Back:
    """What is needed to take a deed back.

    `rows` has `pk`, `row`, `is_new`, both canonical texts, and under `was(column)` what was stored before; `provenance`
    has for each row that was there before its `pk`, source, import and verification.
    """

    rows: pl.DataFrame
    provenance: pl.DataFrame

    @property
    def added(self) -> list[int]:
        """Primary keys of the rows that the deed added."""
        return self.rows.filter("is_new")["pk"].to_list()

    def changes(self, sheet_map: SheetMap) -> Changes:
        """What taking it back does to the table."""
        rows = self.rows.select("row", before="after", after="before").sort("row")
        return Changes(sheet_map.table, heading(sheet_map), rows, unchanged=0)


@dataclass(frozen=True, slots=True)
class Reference:
    """Rows of another kind that name rows which a deed has added: they came later."""

    model: type[models.Model]
    named: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Return:
    """A deed on one table that is about to be taken back: all is known of it but whether that may still be done.

    `restored` has the corrected rows as they were before, as the model's attributes.
    """

    sheet_map: SheetMap
    back: Back
    restored: pl.DataFrame

    @property
    def model(self) -> type[models.Model]:
        """Whose rows they are."""
        return self.sheet_map.model


def provenance(sheet_map: SheetMap, keys: Iterable[int]) -> pl.DataFrame:
    """Return source, import and verification of the rows with these primary keys."""
    schema = {"pk": pl.Int64(), **_PROVENANCE}
    columns = ("pk", *_PROVENANCE)
    found = [row for rows in _chunks(sheet_map.model, keys) for row in rows.values_list(*columns)]
    return pl.DataFrame(found, schema, orient="row")


@contextmanager
def copied(backs: Sequence[tuple[SheetMap, Back]]) -> Iterator[list[Return]]:
    """Copy the rows that deeds have written; the copies last as long as the block."""
    names = Names()
    try:
        for sheet_map, back in backs:
            _copy(sheet_map.model, back)
        yield [Return(sheet_map, back, _restored(sheet_map, back, names)) for sheet_map, back in backs]
    finally:
        with connection.cursor() as cursor:
            for sheet_map, _back in backs:
                cursor.execute(f"DROP TABLE IF EXISTS {_copy_of(sheet_map.model)}")


def newer(taken: Return, *, import_id: str) -> list[str]:
    """Return the opaque ids of rows that were copied otherwise than the deed left them: changed, verified, or gone."""
    copies = taken.model._base_manager.all()
    copies.query.join(BaseTable(_COPY + taken.model._meta.db_table, None))
    standing = stored(taken.sheet_map, copies.filter(import_id=import_id, verified_by="")).select("pk", now="before")
    compared = taken.back.rows.join(standing, on="pk", how="left")
    return compared.filter(pl.col("now").ne_missing(pl.col("after")))["row"].sort().to_list()


def changed(taken: Return) -> list[str]:
    """Return the opaque ids of rows that have changed or gone since they were copied; nobody changes the others any
    more before the running transaction ends."""
    same, held = (_SQL[connection.vendor][part] for part in ("same", "held"))
    table, copy, key = _quoted(taken.model), _copy_of(taken.model), _key(taken.model)
    columns = [connection.ops.quote_name(field.column or "") for field in taken.model._meta.local_concrete_fields]
    now, then = (", ".join(f"{side}.{column}" for column in columns) for side in ("now", "copy"))
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH standing AS (SELECT now.{key} FROM {table} now JOIN {copy} copy ON copy.{key} = now.{key} "  # noqa: S608
            f"WHERE ({now}) {same} ({then}) {held}) SELECT {key} FROM {copy} EXCEPT SELECT {key} FROM standing"
        )
        found = [pk for (pk,) in cursor.fetchall()]
    return taken.back.rows.filter(pl.col("pk").is_in(found))["row"].sort().to_list()


def references(taken: Return, beside: Iterable[Return]) -> Iterator[Reference]:
    """Yield what names rows that would be removed, apart from rows that are taken back too (`beside`)."""
    own = {one.model for one in beside}
    for relation in _relations(taken.model) if taken.back.added else ():
        model = relation.related_model
        if named := _naming(taken.model, model, relation.field, also_copied=model in own):
            yield Reference(model, tuple(sorted(named)))


def take_back(taken: Return) -> None:
    """Remove what was added, and put back what was corrected, with its source and verification.

    Raises:
        django.db.IntegrityError: somebody names a row that was added; PostgreSQL says so when the transaction ends.
    """
    bulk.correct(taken.model, taken.restored)
    with connection.cursor() as cursor:
        added = f"SELECT {_key(taken.model)} FROM {_copy_of(taken.model)} WHERE is_added"  # noqa: S608
        cursor.execute(f"DELETE FROM {_quoted(taken.model)} WHERE {_key(taken.model)} IN ({added})")  # noqa: S608


def _copy(model: type[models.Model], back: Back) -> None:
    table, copy, key, keys = _quoted(model), _copy_of(model), _key(model), _SQL[connection.vendor]["keys"]
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMPORARY TABLE {copy} AS SELECT held.*, held.{key} IN ({keys}) AS is_added FROM {table} held "  # noqa: S608
            f"WHERE held.{key} IN ({keys})",
            [json.dumps(back.added), json.dumps(back.rows["pk"].to_list())],
        )
        cursor.execute(f"CREATE UNIQUE INDEX {_copy_of(model, '_key')} ON {copy} ({key})")
        cursor.execute(f"ANALYZE {copy}")


def _restored(sheet_map: SheetMap, back: Back, names: Names) -> pl.DataFrame:
    corrected = back.rows.filter(~pl.col("is_new"))
    whole = corrected.with_columns(pl.col(was(name)).alias(name) for name in sheet_map.stored)
    planned = plan(sheet_map, whole.drop("is_new"), unchanged=0, names=names)
    key = sheet_map.model._meta.pk.attname
    return as_attributes(sheet_map, planned.rows).join(back.provenance.rename({"pk": key}), on=key)


def _relations(model: type[models.Model]) -> list[Any]:
    """Return every foreign key to a model, those without a name for the way back too."""
    fields = model._meta.get_fields(include_hidden=True)
    return [one for one in fields if one.auto_created and not one.concrete and (one.one_to_many or one.one_to_one)]


def _naming(
    named: type[models.Model], model: type[models.Model], field: models.Field[Any, Any], *, also_copied: bool
) -> list[int]:
    """Return the primary keys of added rows that rows of a model name which are no copied ones."""
    column, key, own = connection.ops.quote_name(field.column or ""), _key(model), "SELECT 1 WHERE FALSE"
    if also_copied:
        own = f"SELECT 1 FROM {_copy_of(model)} own WHERE own.{key} = other.{key}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT other.{column} FROM {_quoted(model)} other JOIN {_copy_of(named)} added "  # noqa: S608
            f"ON added.{_key(named)} = other.{column} WHERE added.is_added AND NOT EXISTS ({own})"
        )
        return [pk for (pk,) in cursor.fetchall()]


def _quoted(model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _copy_of(model: type[models.Model], end: str = "") -> str:
    return connection.ops.quote_name(_COPY + model._meta.db_table + end)


def _key(model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.pk.column or "")


def _chunks(model: type[models.Model], keys: Iterable[int]) -> Iterator[models.QuerySet[Any]]:
    held = list(keys)
    for start in range(0, len(held), _CHUNK):
        yield model._base_manager.filter(pk__in=held[start : start + _CHUNK])
