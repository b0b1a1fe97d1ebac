"""How office files spell what the workbook means: each kind of value in several ways, mixed within one column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl

from nawa.demo.chance import Chance
from nawa.workbook.sheets import Column, Kind

_MONTHS: Final = dict(
    enumerate(
        (
            *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
            *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
        ),
        start=1,
    )
)
_YES: Final = ("Ya", "ya", "Y", "1", "TRUE", "v")
_NO: Final = ("Tidak", "tidak", "T", "0", "FALSE", "tdk")
_STYLES: Final = 12
_STYLE: Final = "__style__"
_REAL: Final = 0.4  # columns of dates and whole numbers that Excel holds as such
_DASHED: Final = 0.1  # empty cells with a dash in them


def spelled(frame: pl.DataFrame, columns: tuple[Column, ...], chance: Chance) -> pl.DataFrame:
    """The same rows as an office would have typed them; some columns of dates and whole numbers stay as they are."""
    styled = frame.with_columns(pl.Series(_STYLE, chance.below(_STYLES, frame.height)))
    dashed = pl.Series("__dashed__", chance.happens(_DASHED, frame.height))
    real = chance.happens(_REAL, len(columns)).tolist()
    cells = [_cell(column, as_stored).alias(column.name) for column, as_stored in zip(columns, real, strict=True)]
    written = styled.select(*cells, dashed)
    return written.with_columns(
        _without_value(column) for column in columns if written[column.name].dtype == pl.String
    ).drop("__dashed__")


def _without_value(column: Column) -> pl.Expr:
    """A dash, or the column's own word for nothing, in some empty cells."""
    nothing = column.nothing[0] if column.nothing else "–"
    value = pl.col(column.name)
    return pl.when(value.is_null() & pl.col("__dashed__")).then(pl.lit(nothing)).otherwise(value).alias(column.name)


def _cell(column: Column, as_stored: bool) -> pl.Expr:
    value = pl.col(column.name)
    match column.kind:
        case Kind.NIP:
            return _nip(value)
        case Kind.DATE:
            return value if as_stored else _date(value)
        case Kind.INTEGER:
            return value if as_stored else value.cast(pl.String)
        case Kind.NUMBER:
            return _number(value)
        case Kind.BOOLEAN:
            return _boolean(value)
        case Kind.CODE:
            return _code(value, column.codes)
        case Kind.CODES | Kind.TEXTS:
            return pl.when(_style(2) == 0).then(value.list.join(";")).otherwise(value.list.join(" ; "))
        case Kind.TEXT:
            return pl.when(_style(9) == 0).then(value + "  ").when(_style(9) == 1).then(" " + value).otherwise(value)


def _style(of: int) -> pl.Expr:
    return pl.col(_STYLE) % of


def _nip(value: pl.Expr) -> pl.Expr:
    """As it stands in decrees with spaces, after an apostrophe that keeps Excel off, or plain."""
    parts = [value.str.slice(start, length) for start, length in ((0, 8), (8, 6), (14, 1), (15, 3))]
    spaced = pl.concat_str(parts, separator=" ")
    return pl.when(_style(3) == 0).then(spaced).when(_style(3) == 1).then("'" + value).otherwise(value)


def _date(value: pl.Expr) -> pl.Expr:
    month = value.dt.month().cast(pl.Int64).replace_strict(_MONTHS, default=None, return_dtype=pl.String)
    in_words = pl.concat_str([value.dt.day().cast(pl.String), month, value.dt.year().cast(pl.String)], separator=" ")
    return (
        pl.when(_style(4) == 0)
        .then(value.dt.strftime("%d-%m-%Y"))
        .when(_style(4) == 1)
        .then(value.dt.strftime("%d/%m/%Y"))
        .when(_style(4) == 2)
        .then(in_words)
        .otherwise(value.dt.strftime("%Y-%m-%d"))
    )


def _number(value: pl.Expr) -> pl.Expr:
    """Numbers as text: `87,50` and `1.234,56`, or with a point and four places."""
    text = value.cast(pl.String)
    comma = text.str.replace(r"\.(\d\d)00$", ",$1").str.replace(".", ",", literal=True)
    grouped = comma.str.replace(r"^(-?\d{1,3})(\d{3}),", "$1.$2,")
    return pl.when(_style(3) == 0).then(text).otherwise(grouped)


def _boolean(value: pl.Expr) -> pl.Expr:
    yes, no = (
        _style(len(words)).replace_strict(dict(enumerate(words)), return_dtype=pl.String) for words in (_YES, _NO)
    )
    return pl.when(value).then(yes).when(~value).then(no)


def _code(value: pl.Expr, codes: Mapping[str, tuple[str, ...]]) -> pl.Expr:
    """The code, its words, or another spelling of it (SIASN's number where there is one)."""
    words = {code: code.replace("_", " ").title() if code.isupper() and len(code) > 4 else code for code in codes}
    others = {code: aliases[0] if aliases else code.lower() for code, aliases in codes.items()}
    return (
        pl.when(_style(3) == 0)
        .then(value)
        .when(_style(3) == 1)
        .then(value.replace_strict(words, default=None, return_dtype=pl.String))
        .otherwise(value.replace_strict(others, default=None, return_dtype=pl.String))
    )
