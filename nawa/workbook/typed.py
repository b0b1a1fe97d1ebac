"""One sheet from text to a typed table: headings, then cells, then rows (`rows`); every problem with its place.

A bad cell in a required or key column leaves its row out; any other bad cell counts as unknown. Either is reported.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NoReturn

import polars as pl

from nawa.workbook.cells import DASHES, LONGEST_TEXT, NOTHING, CellFault, parser_of, spelling, spellings_of
from nawa.workbook.codes import TIERS
from nawa.workbook.grid import Grid, Oddity
from nawa.workbook.headings import HEAD_ROWS, Heading, find_heading, unlabelled
from nawa.workbook.problems import Effect, Problem, ProblemList
from nawa.workbook.rows import RATER_MARK, ROW, TypedSheet, judge_rows
from nawa.workbook.shape import Column, Kind, Sheet
from nawa.workbook.sheets import WHOLE_TIER
from nawa.workbook.titles import split_titles

RATERS_KEPT: Final = frozenset({"atasan", "diri"})
"""Spellings of the relations of which feedback names its giver; of all others nobody keeps who gave it."""

_GUARDED: Final = r"^'('*[=+\-@])"  # see `frames.guarded`
_MIDNIGHT: Final = " 00:00:00"
_FIRST_OF_MONTH: Final = r"^(\d{4}-\d{2})-01 00:00:00$"
_THOUSAND_OR_FRACTION: Final = r"^-?\d{1,3}\.\d{3}$"
_LONG_NUMBER: Final = r"^\d{16,}$"
_SPACES: Final = r"[\s\x{00A0}\x{FEFF}\x{200B}\x{200E}\x{200F}]+"
_SPACES_IN_LINE: Final = _SPACES.replace(r"\s", r" \t\r\f\v")  # a line break separates like `;`
_UNCLEAN: Final = rf"^\s|\s$|\s\s|[^\S ]|[\x00-\x1F\x7F]|{_SPACES.replace(chr(92) + 's', '')}"
_ODD: Final = "\x01"  # begins the text of a cell that has no value; cleaned text holds no control characters


def type_sheet(sheet: Sheet, grid: Grid, problems: ProblemList) -> TypedSheet | None:
    """Read a grid as a sheet; null when its heading row or a required column is missing, which is then a problem."""
    heading = _heading(sheet, grid, problems)
    if heading is None:
        return None
    if grid.frame.height <= heading.data_from:
        return TypedSheet.empty(sheet)
    texts = _as_stored(sheet, grid, heading, _texts(sheet, grid, heading))
    texts = texts.filter(pl.any_horizontal(pl.exclude(ROW).is_not_null()))
    if sheet.table == "feedback":
        texts = _without_raters(texts)
    frame, left_out = _parsed(sheet, texts, problems)
    if sheet.table == "person":
        frame = _without_titles(frame)
    if sheet.table == "competency_standard":
        frame = _with_tiers(frame)
    return judge_rows(sheet, frame, left_out, problems)


# -- headings and texts


def _heading(sheet: Sheet, grid: Grid, problems: ProblemList) -> Heading | None:
    head = grid.head(HEAD_ROWS)
    heading = find_heading(sheet, head)
    required = [column for column in sheet.columns if column.required]
    if heading is None:
        wanted = " dan ".join(column.heading for column in required[:2])
        problems.add(Problem("HEADING_MISSING", sheet.name, details={"wanted": wanted}))
        return None
    missing = [column.heading for column in required if column.name not in heading.places]
    body = grid.frame.slice(heading.data_from)
    filled = [body[str(place)].null_count() < body.height for place in range(body.width)]
    ignored = [*heading.ignored, *unlabelled(heading, filled, head)]
    problems.add(*(Problem("COLUMN_MISSING", sheet.name, column=label) for label in missing))
    problems.add(*(Problem("COLUMN_IGNORED", sheet.name, column=label) for label in ignored))
    problems.add(*(Problem("COLUMN_TWICE", sheet.name, column=label) for label in heading.twice))
    return None if missing else heading


def _texts(sheet: Sheet, grid: Grid, heading: Heading) -> pl.DataFrame:
    """The sheet's columns as cleaned text, absent ones empty, with the row number."""
    frame = grid.frame.with_row_index(ROW, offset=1).slice(heading.data_from)
    columns = [
        _cleaned(frame[str(heading.places[column.name])], column).alias(column.name)
        if column.name in heading.places
        else pl.lit(None, pl.String).alias(column.name)
        for column in sheet.columns
    ]
    return frame.select(pl.col(ROW).cast(pl.Int64), *columns)


def _cleaned(texts: pl.Series, column: Column) -> pl.Series:
    """A column with each distinct text cleaned once; as it is where nothing was to be done."""
    distinct = texts.drop_nulls().unique()
    clean = _clean(distinct, column)
    changed = ~distinct.eq_missing(clean)
    return texts.replace(distinct.filter(changed), clean.filter(changed)) if changed.any() else texts


def _clean(texts: pl.Series, column: Column) -> pl.Series:
    """Without control characters, outer or doubled spaces and the guard against formulas; empty is null."""
    several = column.kind in (Kind.TEXTS, Kind.CODES)
    if texts.str.contains(_UNCLEAN).any():
        texts = texts.str.replace_all(r"[\x00-\x08\x0E-\x1F\x7F]", "")
        texts = texts.str.replace_all(_SPACES_IN_LINE if several else _SPACES, " ").str.strip_chars()
    if column.kind is Kind.TEXT and texts.str.ends_with(_MIDNIGHT).any():  # Excel turns `2025-03` into a date unasked
        texts = texts.str.replace(_FIRST_OF_MONTH, "$1") if column.name == "period" else texts
        texts = texts.str.strip_suffix(_MIDNIGHT)
    empty = texts.is_in(_spellings_of_nothing(column))
    guarded = texts.str.starts_with("'").any()
    return (texts.str.replace(_GUARDED, "$1") if guarded else texts).set(empty, None)


def _spellings_of_nothing(column: Column) -> list[str]:
    free = column.kind in (Kind.TEXT, Kind.TEXTS)
    words = (DASHES if free else NOTHING).union(column.nothing)
    return [spelled for word in words for spelled in (word.lower(), word.upper(), word.title())]


# -- what only the file knows


def _as_stored(sheet: Sheet, grid: Grid, heading: Heading, texts: pl.DataFrame) -> pl.DataFrame:
    """Put in the digits that the file holds where a float may have lost them, and mark cells that have no value."""
    columns = [column for column in sheet.columns if column.name in heading.places]
    any_doubt = texts.select(_doubtful(column).any().alias(column.name) for column in columns).row(0, named=True)
    doubted = [column.name for column in columns if any_doubt[column.name]] or [columns[0].name]
    findings = grid.look([heading.places[name] for name in doubted])
    odd = [oddity for oddity in findings.oddities if oddity.row > heading.data_from]
    for column in columns:
        place = heading.places[column.name]
        stored = {row: _exact(text, column) for row, text in findings.numbers.get(place, {}).items()}
        texts = _put(texts, column.name, stored, _doubtful(column))
        texts = _put(texts, column.name, _marks(odd, place), pl.lit(value=True))
    return texts


def _doubtful(column: Column) -> pl.Expr:
    """Which cells may look different from what the file holds: long numbers, and `1.234` (a number, or text?)."""
    text = pl.col(column.name)
    match column.kind:
        case Kind.NIP:
            return text.is_not_null()
        case Kind.TEXT:
            return text.str.contains(_LONG_NUMBER)
        case Kind.NUMBER | Kind.INTEGER:
            return text.str.contains(_THOUSAND_OR_FRACTION)
        case _:
            return pl.lit(value=False)


def _exact(stored: str, column: Column) -> str:
    """A stored number as text that can only be read as that number."""
    return (
        f"{stored}0" if column.kind in (Kind.NUMBER, Kind.INTEGER) and "." in stored and "E" not in stored else stored
    )


def _marks(odd: list[Oddity], place: int) -> dict[int, str]:
    return {oddity.row: f"{_ODD}{oddity.code} {oddity.value}" for oddity in odd if oddity.place == place}


def _put(texts: pl.DataFrame, name: str, cells: Mapping[int, str], where: pl.Expr) -> pl.DataFrame:
    """Replace the cells of one column by row number, only `where` it holds."""
    if not cells:
        return texts
    news = pl.DataFrame({ROW: list(cells), "new": list(cells.values())}, schema={ROW: pl.Int64, "new": pl.String})
    joined = texts.join(news, on=ROW, how="left", maintain_order="left")
    put = pl.when(where & pl.col("new").is_not_null()).then(pl.col("new")).otherwise(pl.col(name))
    return joined.with_columns(put.alias(name)).drop("new")


# -- cells


def _parsed(sheet: Sheet, texts: pl.DataFrame, problems: ProblemList) -> tuple[pl.DataFrame, set[int]]:
    """Typed columns, bad cells null; and the rows that a bad cell leaves out."""
    columns, left_out = [], set[int]()
    for column in sheet.columns:
        values, faults = _parse(column, texts[column.name])
        columns.append(values.alias(column.name))
        if faults:
            left_out |= _report(sheet, column, texts, faults, problems)
    others = [name for name in texts.columns if name not in sheet.schema]
    return texts.select(others).with_columns(columns), left_out


def _parse(column: Column, texts: pl.Series) -> tuple[pl.Series, Mapping[str, CellFault]]:
    """Parse each distinct text once. Texts that need no parsing pass through."""
    if _passes(column, texts):
        return texts, {}
    parse = parser_of(column)
    distinct = texts.drop_nulls().unique()
    values: list[Any] = []
    faults: dict[str, CellFault] = {}
    for text in distinct:
        try:
            values.append(parse(text) if not text.startswith(_ODD) else _odd(text))
        except CellFault as fault:
            faults[text] = fault
            values.append(None)
    values.append(parse(column.default) if column.default is not None else None)
    places = texts.replace_strict(distinct, pl.int_range(len(distinct), eager=True), default=len(distinct))
    return pl.Series(values, dtype=column.kind.dtype).gather(places), faults


def _passes(column: Column, texts: pl.Series) -> bool:
    """Whether every cell already is its value: ordinary text, or 18 digits."""
    if column.kind is Kind.NIP:
        return bool(texts.str.contains(r"^[0-9]{18}$").all())
    if column.kind is not Kind.TEXT or column.default is not None:
        return False
    unusual = texts.str.contains(rf"^{_ODD}|(?i)^\d[.,]?\d*E\+\d+$") | (texts.str.len_chars() > LONGEST_TEXT)
    return not unusual.any()


def _odd(text: str) -> NoReturn:
    code, _, value = text.removeprefix(_ODD).partition(" ")
    raise CellFault(code, value=value)


def _report(
    sheet: Sheet, column: Column, texts: pl.DataFrame, faults: Mapping[str, CellFault], problems: ProblemList
) -> set[int]:
    """Note every cell with a fault; the rows it leaves out."""
    effect = Effect.ROW if column.required or column.key else Effect.CELL
    bad = texts.filter(pl.col(column.name).is_in(list(faults))).select(ROW, column.name)
    for row, text in bad.iter_rows():
        fault = faults[text]
        value = fault.details.get("value", text)[:200]
        problems.add(Problem(fault.code, sheet.name, row, column.heading, value, effect, fault.details))
    return set(bad[ROW]) if effect is Effect.ROW else set()


# -- sheets with a rule of their own


def _without_raters(texts: pl.DataFrame) -> pl.DataFrame:
    """Forget who gave feedback, but for superiors and the person; what is left tells raters of one sheet apart."""
    relations = texts["relation"].unique().drop_nulls()
    kept = pl.col("relation").is_in([relation for relation in relations if spelling(relation) in RATERS_KEPT])
    return texts.with_columns(
        pl.when(~kept).then(pl.col("rater_nip").rank("dense")).alias(RATER_MARK),
        pl.when(kept).then(pl.col("rater_nip")).alias("rater_nip"),
    )


def _with_tiers(standards: pl.DataFrame) -> pl.DataFrame:
    """Spell `JENJANG:` and the tier after it as the codes are."""
    tiers = spellings_of(TIERS)
    whole = spelling(WHOLE_TIER)
    codes = {text: spelling(text) for text in standards["position_code"].drop_nulls().unique() if ":" in text}
    known = {
        text: f"{WHOLE_TIER}{tiers[spelled.removeprefix(whole)]}"
        for text, spelled in codes.items()
        if spelled.startswith(whole) and spelled.removeprefix(whole) in tiers
    }
    return standards.with_columns(pl.col("position_code").replace(known))


def _without_titles(people: pl.DataFrame) -> pl.DataFrame:
    """Move titles out of the name, unless the file gives them in columns of their own."""
    written = people["name"].drop_nulls().unique()
    split = [(name, *split_titles(name)) for name in written]
    columns = dict.fromkeys(("name", "bare", "front", "back"), pl.String())
    titles = pl.DataFrame(split, schema=columns, orient="row")
    joined = people.join(titles, on="name", how="left", maintain_order="left")
    return joined.with_columns(
        pl.col("bare").alias("name"),
        pl.coalesce("front_title", "front").alias("front_title"),
        pl.coalesce("back_title", "back").alias("back_title"),
    ).drop("bare", "front", "back")
