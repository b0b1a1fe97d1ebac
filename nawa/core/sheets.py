"""How an app says that a model holds a table of the workbook, and the two ways between them: `read` and `upsert`.

Both walk in bulk. What is read has the columns and types that `nawa.workbook.sheets` declares and is sorted by key,
so that a table is the same, byte for byte, whether it came from a file, from SQLite or from PostgreSQL. An empty text
or list in the database is an unknown in the table: a field that may not be null keeps "" or [] for it. Numbers with a
fraction are exact up to 15 digits (what SQLite keeps).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import polars as pl
from django.core.exceptions import ImproperlyConfigured
from django.db import models, transaction

from nawa.core import bulk
from nawa.core.models import Fact, Identified
from nawa.core.refusal import Reason, refuse_if
from nawa.proof import canonical
from nawa.workbook.sheets import BY_TABLE

_REASONS_SHOWN: Final = 20
_LINK: Final = " link"  # ends the name of a column that holds the primary key behind another


@dataclass(frozen=True, slots=True)
class Link:
    """A column that names another row: `person__nip` is stored as the key of the person with this NIP."""

    column: str
    relation: models.ForeignKey[Any, Any]
    lookup: str

    @property
    def target(self) -> type[models.Model]:
        """The model of the row that is named."""
        return self.relation.remote_field.model

    @property
    def to_itself(self) -> bool:
        """Whether the row named is of the same table (a unit's parent)."""
        return self.target is self.relation.model


@dataclass(frozen=True)
class SheetMap:
    """This model holds that table of the workbook.

    `fields` names the model's field where it differs from the column, with two underscores for a column that names
    another row: `{"nip": "person__nip"}`. `omitted` columns are not stored and come back as unknown. `key` is the
    sheet's unless given.
    """

    table: str
    model: type[models.Model]
    fields: Mapping[str, str] = field(default_factory=dict)
    omitted: frozenset[str] = frozenset()
    key: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        unheard = ({*self.fields} | self.omitted | {*self.key}) - {*self.schema}
        if unheard:
            raise ImproperlyConfigured(f"the table {self.table} has no column {', '.join(sorted(unheard))}")
        object.__setattr__(self, "key", self.key or BY_TABLE[self.table].key)

    @property
    def schema(self) -> dict[str, pl.DataType]:
        """All columns of the table with their types, in the sheet's order."""
        return BY_TABLE[self.table].schema

    @property
    def stored(self) -> dict[str, pl.DataType]:
        """The columns that the model keeps, with their types."""
        return {name: dtype for name, dtype in self.schema.items() if name not in self.omitted}

    @property
    def links(self) -> list[Link]:
        """The columns that name other rows.

        Raises:
            ImproperlyConfigured: a path is not one step over a foreign key.
        """
        return [self._link(column) for column in self.stored if "__" in self.path(column)]

    @property
    def plain(self) -> dict[str, models.Field[Any, Any]]:
        """The model's own fields by the other columns."""
        own = {stored.name: stored for stored in self.model._meta.concrete_fields}
        return {column: own[self.path(column)] for column in self.stored if "__" not in self.path(column)}

    def path(self, column: str) -> str:
        """Return the lookup path of a column from the model."""
        return self.fields.get(column, column)

    def _link(self, column: str) -> Link:
        name, _, lookup = self.path(column).partition("__")
        relation = self.model._meta.get_field(name)
        if not isinstance(relation, models.ForeignKey) or "__" in lookup:
            raise ImproperlyConfigured(f"{self.table}.{column}: {self.path(column)} is not one step to another row")
        return Link(column, relation, lookup)


@dataclass(frozen=True, slots=True)
class Changes:
    """What a bulk deed did to one table.

    `rows` has one row per row added or changed, sorted by `row` (its opaque id), with `before` and `after` as
    canonical texts over the columns in `heading`; null where the row did not exist. The texts are personal: they may
    be committed to, never stored in a log.
    """

    table: str
    heading: str
    rows: pl.DataFrame
    unchanged: int

    @property
    def added(self) -> int:
        """Rows that were not there before."""
        return int(self.rows["before"].is_null().sum())

    @property
    def corrected(self) -> int:
        """Rows that were there and now say something else."""
        return self.rows.height - self.added


def read(sheet_map: SheetMap, queryset: models.QuerySet[Any]) -> pl.DataFrame:
    """Return the rows as a table of the workbook, sorted by key (one query)."""
    omitted = [pl.lit(None, sheet_map.schema[name]).alias(name) for name in sheet_map.omitted]
    return _fetched(sheet_map, queryset, sheet_map.stored).with_columns(omitted).select(list(sheet_map.schema))


@transaction.atomic
def upsert(sheet_map: SheetMap, frame: pl.DataFrame, **constants: Any) -> Changes:
    """Bring the model to what the table says, in bulk; rows whose key is not in the table are left alone.

    A row with a known key is corrected, a row with a new key is added; the same table twice changes nothing. A null
    makes the value unknown (or the field's default where it has one); a column that the frame lacks is left as it is.
    `constants` are set on every row written (`source=`, `import_id=`). A corrected fact loses its verification. A
    column `public_id` in the frame gives added rows their ids.

    Raises:
        Refusal: `sheet.duplicate_key` or `sheet.unknown_reference`, with table, columns and value.
    """
    wanted = _normal(sheet_map, frame)
    refuse_if(_reasons_against_keys(sheet_map, wanted))
    outward = [link for link in sheet_map.links if not link.to_itself]
    inward = [link for link in sheet_map.links if link.to_itself]
    compared = _compared(sheet_map, wanted)
    touched = _linked(compared.filter(pl.col("before").ne_missing(pl.col("after"))), outward, sheet_map.table)
    added = _add(sheet_map, touched.filter(pl.col("pk").is_null()), outward, constants)
    changed = touched.filter(pl.col("pk").is_not_null())
    # A row may name another one of its own table, which may be as new: such rows are written once more, linked.
    naming = added.filter(pl.any_horizontal(pl.lit(False), *[pl.col(link.column).is_not_null() for link in inward]))
    _correct(sheet_map, _linked(pl.concat([changed, naming]), inward, sheet_map.table), constants)
    rows = pl.concat([changed, added]).select("row", "before", "after").sort("row")
    heading = canonical.heading(compared.select(list(sheet_map.stored)))
    return Changes(sheet_map.table, heading, rows, unchanged=compared.height - rows.height)


def _fetched(sheet_map: SheetMap, queryset: models.QuerySet[Any], columns: Mapping[str, pl.DataType]) -> pl.DataFrame:
    """Return these columns of the rows, sorted by key; empty texts and lists are null."""
    paths = [sheet_map.path(column) for column in columns]
    values = list(zip(*queryset.order_by().values_list(*paths), strict=True)) or [()] * len(columns)
    series = [pl.Series(name, column, dtype) for (name, dtype), column in zip(columns.items(), values, strict=True)]
    order = [*sheet_map.key, *(name for name, dtype in columns.items() if not dtype.is_nested())]
    return pl.DataFrame(series).with_columns(_blank_to_null(columns)).sort(list(dict.fromkeys(order)))


def _blank_to_null(schema: Mapping[str, pl.DataType]) -> list[pl.Expr]:
    texts = [pl.col(name).replace("", None) for name, dtype in schema.items() if dtype == pl.String]
    lists = [name for name, dtype in schema.items() if dtype.is_nested()]
    return texts + [pl.when(pl.col(name).list.len() > 0).then(pl.col(name)) for name in lists]


def _null_to_blank(sheet_map: SheetMap) -> list[pl.Expr]:
    """Return the columns of fields that hold "" or [] for an unknown, filled so."""
    held = [column for column, stored in sheet_map.plain.items() if not stored.null]
    texts = [pl.col(column).fill_null("") for column in held if sheet_map.schema[column] == pl.String]
    lists = [pl.col(column).fill_null([]) for column in held if sheet_map.schema[column].is_nested()]
    return texts + lists


def _defaults(sheet_map: SheetMap) -> list[pl.Expr]:
    """Return the columns whose field knows a value for an empty cell, filled with it."""
    knowing = {column: stored for column, stored in sheet_map.plain.items() if not stored.null and stored.get_default()}
    return [
        pl.col(column).fill_null(pl.lit(stored.get_default(), sheet_map.schema[column]))
        for column, stored in knowing.items()
    ]


def _normal(sheet_map: SheetMap, frame: pl.DataFrame) -> pl.DataFrame:
    schema = {name: dtype for name, dtype in sheet_map.stored.items() if name in frame.columns}
    ids = [name for name in ("public_id",) if name in frame.columns]
    return frame.select(*schema, *ids).cast(pl.Schema(schema)).with_columns(_blank_to_null(schema))


def _reasons_against_keys(sheet_map: SheetMap, frame: pl.DataFrame) -> Iterator[Reason]:
    keys = frame.select(sheet_map.key)
    doubled = keys.filter(keys.is_duplicated()).unique(maintain_order=True)
    for values in doubled.head(_REASONS_SHOWN).iter_rows():
        shown = ", ".join("" if value is None else str(value) for value in values)
        yield Reason("sheet.duplicate_key", {"table": sheet_map.table, "columns": keys.columns, "value": shown})


def _identities(sheet_map: SheetMap, columns: Mapping[str, pl.DataType]) -> pl.DataFrame:
    """Return these columns of all stored rows with their `pk` and opaque id `row`."""
    identified = issubclass(sheet_map.model, Identified)
    extra: dict[str, pl.DataType] = {"pk": pl.Int64()} | ({"public_id": pl.String()} if identified else {})
    frame = _fetched(sheet_map, sheet_map.model._base_manager.all(), dict(columns) | extra)
    row = pl.col("public_id") if identified else pl.format(f"{sheet_map.table}-{{}}", pl.col("pk"))
    return frame.select(*columns, "pk", row.alias("row"))


def _compared(sheet_map: SheetMap, wanted: pl.DataFrame) -> pl.DataFrame:
    """Return the wanted rows with `pk` and `row` of the stored row they stand for, and with both canonical texts."""
    columns = list(sheet_map.stored)
    stored = _identities(sheet_map, sheet_map.stored)
    stored = stored.with_columns(canonical.rows(stored.select(columns)).alias("before"))
    lacking = [column for column in columns if column not in wanted.columns]
    known = stored.select(*sheet_map.key, "pk", "row", "before", *lacking)
    joined = wanted.join(known, on=list(sheet_map.key), how="left", nulls_equal=True, maintain_order="left")
    joined = joined.with_columns(_defaults(sheet_map))
    return joined.with_columns(canonical.rows(joined.select(columns)).alias("after"))


def _linked(frame: pl.DataFrame, links: Sequence[Link], table: str) -> pl.DataFrame:
    """Return the frame with the primary key behind each column that names another row."""
    for link in links:
        pairs = list(link.target._base_manager.values_list(link.lookup, "pk")) if frame.height else []
        schema = {link.column: pl.String, link.column + _LINK: pl.Int64}
        frame = frame.join(pl.DataFrame(pairs, schema, orient="row"), on=link.column, how="left", maintain_order="left")
        refuse_if(_reasons_against_naming(frame, link, table))
    return frame


def _reasons_against_naming(frame: pl.DataFrame, link: Link, table: str) -> Iterator[Reason]:
    lost = frame.filter(pl.col(link.column).is_not_null() & pl.col(link.column + _LINK).is_null())
    for value in lost[link.column].unique(maintain_order=True).head(_REASONS_SHOWN):
        yield Reason("sheet.unknown_reference", {"table": table, "column": link.column, "value": value})


def _attributes(sheet_map: SheetMap, links: Sequence[Link]) -> dict[str, str]:
    """Return the model's attributes by the frame's columns."""
    plain = {column: stored.attname for column, stored in sheet_map.plain.items()}
    return plain | {link.column + _LINK: link.relation.attname for link in links}


def _add(sheet_map: SheetMap, rows: pl.DataFrame, links: Sequence[Link], constants: Mapping[str, Any]) -> pl.DataFrame:
    """Insert the rows and return them with `pk` and `row`."""
    if rows.is_empty():
        return rows
    ids = {"public_id": "public_id"} if "public_id" in rows.columns else {}
    attributes = _attributes(sheet_map, links) | ids
    blanked = rows.with_columns(_null_to_blank(sheet_map))
    bulk.insert(sheet_map.model, blanked.select(list(attributes)).rename(attributes), constants)
    known = _identities(sheet_map, {column: sheet_map.schema[column] for column in sheet_map.key})
    joined = rows.drop("pk", "row").join(known, on=list(sheet_map.key), how="left", nulls_equal=True)
    return joined.select(rows.columns)


def _correct(sheet_map: SheetMap, rows: pl.DataFrame, constants: Mapping[str, Any]) -> None:
    """Write the rows, whose `pk` exists, with all their links."""
    reset = {"verified_by": "", "verified_at": None} if issubclass(sheet_map.model, Fact) else {}
    attributes = _attributes(sheet_map, sheet_map.links) | {"pk": sheet_map.model._meta.pk.attname}
    blanked = rows.with_columns(_null_to_blank(sheet_map)).select(list(attributes)).rename(attributes)
    bulk.correct(sheet_map.model, blanked, {**reset, **constants})
