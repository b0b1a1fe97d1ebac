"""How an app says that a model holds a table of the workbook, and the two ways between them: `read` and `upsert`.

`upsert` is `compare`, `plan` and `write` in one: whoever may not hold the database's lock for long does the first two
before it. All walk in bulk. What is read has the columns and types that `nawa.workbook.sheets` declares and is sorted
by key, so that a table is the same, byte for byte, whether it came from a file, from SQLite or from PostgreSQL. An
empty text or list in the database is an unknown in the table: a field that may not be null keeps "" or [] for it.
Numbers with a fraction are exact up to 15 digits (what SQLite keeps).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import polars as pl
from django.core.exceptions import ImproperlyConfigured
from django.db import models, transaction

from nawa.core import bulk, ids
from nawa.core.models import Fact, Identified
from nawa.core.refusal import Reason, refuse_if
from nawa.proof import canonical
from nawa.workbook.sheets import BY_TABLE

_REASONS_SHOWN: Final = 20
_ONE_BY_ONE: Final = 10_000
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

    `rows` has one row per row added, changed or removed, sorted by `row` (its opaque id), with `before` and `after` as
    canonical texts over the columns in `heading`; null where the row did not exist. The texts are personal: they may
    be committed to, never stored in a log. `left` are rows as `compare` gives them that would have corrected a verified
    fact and were left alone, `agreed` the opaque ids of those that say what is stored.
    """

    table: str
    heading: str
    rows: pl.DataFrame
    unchanged: int
    left: pl.DataFrame = field(default_factory=pl.DataFrame)
    agreed: pl.Series = field(default_factory=lambda: pl.Series([], dtype=pl.String))

    @property
    def added(self) -> int:
        """Rows that were not there before."""
        return int(self.rows["before"].is_null().sum())

    @property
    def removed(self) -> int:
        """Rows that are there no more."""
        return int(self.rows["after"].is_null().sum())

    @property
    def corrected(self) -> int:
        """Rows that were there and now say something else."""
        return self.rows.height - self.added - self.removed


@dataclass(frozen=True, slots=True)
class Plan:
    """What is about to be written to one table: everything is known of it but whether it may still be done.

    `rows` has all stored columns, `pk` and `row` (reserved for new rows, which `is_new` tells), `before` and `after`,
    and the primary key behind each column that names another row.
    """

    sheet_map: SheetMap
    rows: pl.DataFrame
    unchanged: int

    @property
    def changes(self) -> Changes:
        """What it does to the table."""
        rows = self.rows.select("row", "before", "after").sort("row")
        return Changes(self.sheet_map.table, heading(self.sheet_map), rows, self.unchanged)


class StaleError(Exception):
    """Rows that a plan corrects say something else by now, or are gone; nothing was written."""

    def __init__(self, table: str, rows: Sequence[str]) -> None:
        self.table, self.rows = table, tuple(rows)
        super().__init__(f"{table}: {len(self.rows)} rows")


class Names:
    """The primary keys of the rows that others name: what is stored, and what plans are about to add."""

    def __init__(self) -> None:
        self._stored: dict[tuple[type[models.Model], str], pl.DataFrame] = {}
        self._planned: dict[type[models.Model], tuple[SheetMap, pl.DataFrame]] = {}

    def expect(self, sheet_map: SheetMap, added: pl.DataFrame) -> None:
        """Let the rows that are about to be added be named; they have their reserved `pk`."""
        self._planned[sheet_map.model] = (sheet_map, added)

    def of(self, link: Link) -> pl.DataFrame:
        """Return the names by which a column may name rows, and the primary keys behind them."""
        place = (link.target, link.lookup)
        schema = {link.column: pl.String, link.column + _LINK: pl.Int64}
        if place not in self._stored:
            pairs = list(link.target._base_manager.values_list(link.lookup, "pk"))
            self._stored[place] = pl.DataFrame(pairs, {"name": pl.String, "pk": pl.Int64}, orient="row")
        frames = [self._stored[place]]
        if link.target in self._planned:
            sheet_map, added = self._planned[link.target]
            (column,) = (name for name in sheet_map.stored if sheet_map.path(name) == link.lookup)
            frames.append(added.select(pl.col(column).alias("name"), "pk"))
        return pl.DataFrame(pl.concat(frames).rename({"name": link.column, "pk": link.column + _LINK}), schema)


def was(column: str) -> str:
    """Return the name of the column with what was stored before, in what `compare` gives."""
    return f"was {column}"


def heading(sheet_map: SheetMap) -> str:
    """Return the stored columns with the letters of their canonical forms."""
    return canonical.heading(pl.DataFrame(schema=sheet_map.stored))


def read(sheet_map: SheetMap, queryset: models.QuerySet[Any]) -> pl.DataFrame:
    """Return the rows as a table of the workbook, sorted by key (one query)."""
    omitted = [pl.lit(None, sheet_map.schema[name]).alias(name) for name in sheet_map.omitted]
    return _fetched(sheet_map, queryset, sheet_map.stored).with_columns(omitted).select(list(sheet_map.schema))


def stored(sheet_map: SheetMap, queryset: models.QuerySet[Any] | None = None) -> pl.DataFrame:
    """Return rows (all of them unless given) with `pk`, opaque id `row`, whether they are verified (`is_verified`) and
    canonical text `before` (one query)."""
    columns = list(sheet_map.stored)
    frame = _identities(sheet_map, sheet_map.stored, queryset)
    return frame.with_columns(canonical.rows(frame.select(columns)).alias("before"))


@transaction.atomic
def upsert(sheet_map: SheetMap, frame: pl.DataFrame, **constants: Any) -> Changes:
    """Bring the model to what the table says, in bulk; rows whose key is not in the table are left alone.

    A row with a known key is corrected, a row with a new key is added; the same table twice changes nothing. A null
    makes the value unknown (or the field's default where it has one); a column that the frame lacks is left as it is.
    `constants` are set on every row written (`source=`, `import_id=`). A verified fact is never corrected: what the
    table says of it comes back (`Changes.left`). A column `public_id` in the frame gives added rows their ids.

    Raises:
        Refusal: `sheet.duplicate_key` or `sheet.unknown_reference`, with table, columns and value.
    """
    compared = compare(sheet_map, frame)
    differs = pl.col("before").ne_missing(pl.col("after"))
    touched, agreed = compared.filter(differs), compared.filter(~differs)["row"]
    is_left = pl.lit(not constants.get("verified_by")) & pl.col("is_verified")
    planned = plan(sheet_map, touched.filter(~is_left), unchanged=len(agreed))
    _carry_out(planned, constants)
    return replace(planned.changes, left=touched.filter(is_left), agreed=agreed)


def verified(sheet_map: SheetMap) -> list[int]:
    """Return the primary keys of the rows that somebody has verified (one query, or none: nothing is ever verified)."""
    if not issubclass(sheet_map.model, Fact):
        return []
    return list(sheet_map.model._base_manager.exclude(verified_by="").values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class Put:
    """What `put` did: the opaque id of the row, and what it said before (None: there was none)."""

    row: str
    before: Mapping[str, Any] | None


@transaction.atomic
def put(
    sheet_map: SheetMap, values: Mapping[str, Any], *, among: models.QuerySet[Any], over: str = "", **constants: Any
) -> Put:
    """Write one row, whole but for columns that `values` lacks: these stay as they are. The key must be in it.

    A row with this key is corrected, else one is added. `over` is the opaque id of a row that is corrected whatever its
    key was. `among` are the only rows that can be meant; `constants` are set on the row (two queries to find it).

    Raises:
        Refusal: `sheet.gone`, nothing of that id is among them; `sheet.taken`, another row has the new key.
    """
    frame = pl.DataFrame([dict(values)], {name: dtype for name, dtype in sheet_map.schema.items() if name in values})
    known = stored(sheet_map, among)
    new = {name: pl.lit(frame[name][0], dtype=sheet_map.schema[name]) for name in sheet_map.key}
    same = known.filter(*(pl.col(name).eq_missing(value) for name, value in new.items()))
    old = known.filter(pl.col("row") == over) if over else same
    refuse_if([Reason("sheet.gone", {"table": sheet_map.table})] if over and old.is_empty() else [])
    refuse_if(
        [Reason("sheet.taken", {"table": sheet_map.table})] if same.height and same["row"][0] != old["row"][0] else []
    )
    compared = compare(sheet_map, frame, known=old.with_columns(**new))
    planned = plan(sheet_map, compared, unchanged=0)
    write(planned, **constants)
    before = old.select(list(sheet_map.stored)).row(0, named=True) if old.height else None
    return Put(planned.rows["row"][0], before)


def compare(
    sheet_map: SheetMap,
    frame: pl.DataFrame,
    *,
    kept: Mapping[str, pl.Series] | None = None,
    known: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Return the table's rows, in their order, beside what is stored under their keys (one query, or none: `known`).

    The rows are whole: a column that the frame lacks has what is stored, and so has a cell marked in `kept` (yes/no by
    column). With them stand `pk` and `row` of the stored row (null for a new one), whether it `is_verified`, both
    canonical texts (`before`, `after`), and each stored value under `was(column)`.

    Raises:
        Refusal: `sheet.duplicate_key`.
    """
    wanted = _normal(sheet_map, frame)
    refuse_if(_reasons_against_keys(sheet_map, wanted))
    columns = list(sheet_map.stored)
    known = stored(sheet_map) if known is None else known
    beside = ("pk", "row", "is_verified", "before")
    keyed = known.select(*sheet_map.key, *beside, *(pl.col(name).alias(was(name)) for name in columns))
    joined = wanted.join(keyed, on=list(sheet_map.key), how="left", nulls_equal=True, maintain_order="left")
    lacking = [pl.col(was(name)).alias(name) for name in columns if name not in wanted.columns]
    there = joined["pk"].is_not_null()
    given = {name: mask for name, mask in (kept or {}).items() if name in wanted.columns}
    left = [pl.when(there & mask).then(was(name)).otherwise(name).alias(name) for name, mask in given.items()]
    is_verified = pl.col("is_verified").fill_null(value=False)
    joined = joined.with_columns(*lacking, *left, is_verified).with_columns(_defaults(sheet_map))
    return joined.with_columns(canonical.rows(joined.select(columns)).alias("after"))


def plan(sheet_map: SheetMap, touched: pl.DataFrame, *, unchanged: int, names: Names | None = None) -> Plan:
    """Return the plan to write rows as `compare` gives them: reserve primary keys, find who is named.

    `names` knows what earlier plans of the same deed will add.

    Raises:
        Refusal: `sheet.unknown_reference`.
    """
    names = names or Names()
    rows = touched.with_columns(is_new=pl.col("pk").is_null())
    added = _numbered(sheet_map, rows.filter("is_new"))
    names.expect(sheet_map, added)
    whole = pl.concat([rows.filter(~pl.col("is_new")), added]) if added.height else rows
    return Plan(sheet_map, _linked(whole, sheet_map, names), unchanged)


def write(planned: Plan, **constants: Any) -> None:
    """Carry out a plan made earlier, in the running transaction.

    Raises:
        StaleError: a row to be corrected is not what it was when the plan was made, or has been verified since; whoever
            writes with a verification of their own (`verified_by=`) may correct a verified row.
        django.db.IntegrityError: a row breaks a constraint: one to be added is there by now, one that is named is gone.
    """
    changed = planned.rows.filter(~pl.col("is_new")).select("pk", "row", "before")
    now = [
        stored(planned.sheet_map, rows).select("pk", "is_verified", now="before")
        for rows in _by_keys(planned, changed["pk"])
    ]
    if now:
        compared = changed.join(pl.concat(now), on="pk", how="left")
        differs = pl.col("now").ne_missing(pl.col("before"))
        is_barred = pl.lit(not constants.get("verified_by")) & pl.col("is_verified")
        if stale := compared.filter(differs | is_barred)["row"].to_list():
            raise StaleError(planned.sheet_map.table, stale)
    _carry_out(planned, constants)


def _by_keys(planned: Plan, keys: pl.Series) -> Iterator[models.QuerySet[Any]]:
    """Return the rows with these primary keys: all of the table where they are many, for that is quicker."""
    rows = planned.sheet_map.model._base_manager.all()
    if len(keys) > _ONE_BY_ONE:
        yield rows
    elif len(keys):
        yield rows.filter(pk__in=keys.to_list())


def _carry_out(planned: Plan, constants: Mapping[str, Any]) -> None:
    _add(planned.sheet_map, planned.rows.filter("is_new"), constants)
    _correct(planned.sheet_map, planned.rows.filter(~pl.col("is_new")), constants)


def _numbered(sheet_map: SheetMap, added: pl.DataFrame) -> pl.DataFrame:
    """Return rows to be added with the primary keys and opaque ids that they will have."""
    keys = bulk.reserve(sheet_map.model, added.height)
    numbered = added.with_columns(pl.Series("pk", keys, pl.Int64))
    if not issubclass(sheet_map.model, Identified):
        return numbered.with_columns(row=pl.format(f"{sheet_map.table}-{{}}", pl.col("pk")))
    if "public_id" in added.columns:
        return numbered.with_columns(row=pl.col("public_id"))
    return numbered.with_columns(row=pl.Series([ids.public_id() for _ in keys], dtype=pl.String))


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


def _identities(
    sheet_map: SheetMap, columns: Mapping[str, pl.DataType], queryset: models.QuerySet[Any] | None = None
) -> pl.DataFrame:
    """Return these columns of stored rows (all of them unless given), `pk`, opaque id `row` and `is_verified`."""
    extra: dict[str, pl.DataType] = {"pk": pl.Int64()}
    row, is_verified = pl.format(f"{sheet_map.table}-{{}}", pl.col("pk")), pl.lit(value=False)
    if issubclass(sheet_map.model, Identified):
        extra["public_id"], row = pl.String(), pl.col("public_id")
    if issubclass(sheet_map.model, Fact):
        extra["verified_by"], is_verified = pl.String(), pl.col("verified_by").is_not_null()
    rows = sheet_map.model._base_manager.all() if queryset is None else queryset
    frame = _fetched(sheet_map, rows, dict(columns) | extra)
    return frame.select(*columns, "pk", row=row, is_verified=is_verified)


def _linked(frame: pl.DataFrame, sheet_map: SheetMap, names: Names) -> pl.DataFrame:
    """Return the frame with the primary key behind each column that names another row."""
    for link in sheet_map.links:
        if frame.is_empty():
            frame = frame.with_columns(pl.lit(None, pl.Int64).alias(link.column + _LINK))
            continue
        frame = frame.join(names.of(link), on=link.column, how="left", maintain_order="left")
        refuse_if(_reasons_against_naming(frame, link, sheet_map.table))
    return frame


def _reasons_against_naming(frame: pl.DataFrame, link: Link, table: str) -> Iterator[Reason]:
    lost = frame.filter(pl.col(link.column).is_not_null() & pl.col(link.column + _LINK).is_null())
    for value in lost[link.column].unique(maintain_order=True).head(_REASONS_SHOWN):
        yield Reason("sheet.unknown_reference", {"table": table, "column": link.column, "value": value})


def _attributes(sheet_map: SheetMap) -> dict[str, str]:
    """Return the model's attributes by the frame's columns."""
    plain = {column: stored.attname for column, stored in sheet_map.plain.items()}
    key = {"pk": sheet_map.model._meta.pk.attname}
    return plain | key | {link.column + _LINK: link.relation.attname for link in sheet_map.links}


def _add(sheet_map: SheetMap, rows: pl.DataFrame, constants: Mapping[str, Any]) -> None:
    """Insert the rows under their reserved primary keys."""
    identity = {"row": "public_id"} if issubclass(sheet_map.model, Identified) else {}
    attributes = _attributes(sheet_map) | identity
    blanked = rows.with_columns(_null_to_blank(sheet_map))
    bulk.insert(sheet_map.model, blanked.select(list(attributes)).rename(attributes), constants)


def as_attributes(sheet_map: SheetMap, rows: pl.DataFrame) -> pl.DataFrame:
    """Return planned rows as the model's attributes, primary key and links included, unknowns as the model has them."""
    attributes = _attributes(sheet_map)
    return rows.with_columns(_null_to_blank(sheet_map)).select(list(attributes)).rename(attributes)


def _correct(sheet_map: SheetMap, rows: pl.DataFrame, constants: Mapping[str, Any]) -> None:
    """Write the rows, whose `pk` exists, with all their links."""
    bulk.correct(sheet_map.model, as_attributes(sheet_map, rows), constants)
