"""Taking back what a bulk deed has written to a table, as long as nothing newer stands there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import polars as pl
from django.db import connection, models

from nawa.core import bulk
from nawa.core.sheets import Changes, Names, SheetMap, as_attributes, heading, plan, stored, was

_CHUNK: Final = 5_000
_PROVENANCE: Final = {
    "source": pl.String(),
    "import_id": pl.String(),
    "verified_by": pl.String(),
    "verified_at": pl.Datetime("us", "UTC"),
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


def provenance(sheet_map: SheetMap, keys: Iterable[int]) -> pl.DataFrame:
    """Return source, import and verification of the rows with these primary keys."""
    schema = {"pk": pl.Int64(), **_PROVENANCE}
    columns = ("pk", *_PROVENANCE)
    found = [row for rows in _chunks(sheet_map.model, keys) for row in rows.values_list(*columns)]
    return pl.DataFrame(found, schema, orient="row")


def newer(sheet_map: SheetMap, back: Back, *, import_id: str) -> list[str]:
    """Return the opaque ids of rows that are not any more as the deed left them: changed, verified, or gone."""
    keys = back.rows["pk"].to_list()
    now = pl.concat([_standing(sheet_map, rows) for rows in _chunks(sheet_map.model, keys)]) if keys else None
    if now is None:
        return []
    held = provenance(sheet_map, keys).filter((pl.col("import_id") == import_id) & (pl.col("verified_by") == ""))
    compared = back.rows.join(now.join(held.select("pk"), on="pk"), on="pk", how="left")
    return compared.filter(pl.col("now").ne_missing(pl.col("after")))["row"].sort().to_list()


def references(sheet_map: SheetMap, back: Back, beside: dict[type[models.Model], set[int]]) -> Iterator[Reference]:
    """Yield what names rows that would be removed, apart from rows that are taken back too (`beside`, by model)."""
    added = back.added
    for relation in _relations(sheet_map.model) if added else ():
        model, name = relation.related_model, relation.field.attname
        own = beside.get(model, set())
        naming = [pair for keys in _parts(added) for pair in _naming(model, name, keys)]
        if named := {target for pk, target in naming if pk not in own}:
            yield Reference(model, tuple(sorted(named)))


def _relations(model: type[models.Model]) -> list[Any]:
    """Return every foreign key to a model, those without a name for the way back too."""
    fields = model._meta.get_fields(include_hidden=True)
    return [one for one in fields if one.auto_created and not one.concrete and (one.one_to_many or one.one_to_one)]


def take_back(sheet_map: SheetMap, back: Back) -> None:
    """Remove what was added, and put back what was corrected, with its source and verification."""
    corrected = back.rows.filter(~pl.col("is_new"))
    whole = corrected.with_columns(pl.col(was(name)).alias(name) for name in sheet_map.stored)
    planned = plan(sheet_map, whole.drop("is_new"), unchanged=0, names=Names())
    frame = as_attributes(sheet_map, planned.rows).join(
        back.provenance.rename({"pk": sheet_map.model._meta.pk.attname}), on=sheet_map.model._meta.pk.attname
    )
    bulk.correct(sheet_map.model, frame)
    for rows in _chunks(sheet_map.model, back.added):
        rows._raw_delete(connection.alias)  # the database refuses where somebody still names one


def _standing(sheet_map: SheetMap, rows: models.QuerySet[Any]) -> pl.DataFrame:
    return stored(sheet_map, rows).select("pk", now="before")


def _naming(model: type[models.Model], name: str, keys: list[int]) -> list[tuple[int, int]]:
    return list(model._base_manager.filter(**{f"{name}__in": keys}).values_list("pk", name))


def _chunks(model: type[models.Model], keys: Iterable[int]) -> Iterator[models.QuerySet[Any]]:
    for part in _parts(list(keys)):
        yield model._base_manager.filter(pk__in=part)


def _parts(keys: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(keys), _CHUNK):
        yield keys[start : start + _CHUNK]
