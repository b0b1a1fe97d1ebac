"""What a sheet and a column are; `sheets` declares them all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

import polars as pl

DECIMAL: Final = pl.Decimal(18, 4)
"""Numbers with a fraction keep four decimals, exactly; no float enters a table."""


class Kind(StrEnum):
    """What a column holds; each kind has one polars type and one way to be read from a cell."""

    TEXT = "TEXT"
    NIP = "NIP"
    CODE = "CODE"  # one of the column's `codes`
    CODES = "CODES"  # several of the column's `codes`, `;` between them
    TEXTS = "TEXTS"  # several free texts, `;` between them
    DATE = "DATE"
    INTEGER = "INTEGER"
    NUMBER = "NUMBER"
    BOOLEAN = "BOOLEAN"

    @property
    def dtype(self) -> pl.DataType:
        """The polars type of a column of this kind."""
        return _DTYPES[self]


_DTYPES: Final[Mapping[Kind, pl.DataType]] = MappingProxyType(
    {
        Kind.TEXT: pl.String(),
        Kind.NIP: pl.String(),
        Kind.CODE: pl.String(),
        Kind.CODES: pl.List(pl.String()),
        Kind.TEXTS: pl.List(pl.String()),
        Kind.DATE: pl.Date(),
        Kind.INTEGER: pl.Int64(),
        Kind.NUMBER: DECIMAL,
        Kind.BOOLEAN: pl.Boolean(),
    }
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `heading` in the file, `name` inside Nawa.

    `codes` maps each code to the other spellings that files use for it (SIASN codes, words); matching ignores case,
    spaces, dots and underscores. `least` and `most` bound integers and numbers, both included. A `key` column that is
    not `required` may be empty: empty is then a value of the key like any other. `default` is what an empty cell stands
    for, where the format says so; everywhere else empty means unknown. `nothing` lists spellings that files use for an
    empty cell of this column.
    """

    heading: str
    name: str
    kind: Kind = Kind.TEXT
    required: bool = False
    key: bool = False
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    default: str | None = None
    nothing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet and the table it becomes. `one_of` names columns of which at least one must be filled.

    `aliases` are other names that files give the sheet; like headings they match without regard to case and spaces.
    """

    name: str
    table: str
    columns: tuple[Column, ...]
    one_of: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the columns that identify a fact; an existing key means an update, not a second fact."""
        return tuple(column.name for column in self.columns if column.key)

    @property
    def schema(self) -> dict[str, pl.DataType]:
        """Column names and polars types, in the sheet's order."""
        return {column.name: column.kind.dtype for column in self.columns}

    def empty(self) -> pl.DataFrame:
        """The table without a row."""
        return pl.DataFrame(schema=self.schema)
