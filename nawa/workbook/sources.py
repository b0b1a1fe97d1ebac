"""Opens what a user hands in and gives each sheet as a `Grid`.

That is a workbook, a folder of CSV or Parquet files, one such file, or a zip of CSV files.
"""

from __future__ import annotations

import csv
import io
import os
import stat
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import islice, zip_longest
from pathlib import Path, PurePosixPath
from typing import Any, Final, Protocol, TypeVar

import fastexcel
import polars as pl

from nawa.workbook.grid import Findings, Grid, Limits
from nawa.workbook.headings import HEAD_ROWS, find_heading
from nawa.workbook.package import Package, refuse_bomb, refuse_unless_zip
from nawa.workbook.problems import UnreadableFile
from nawa.workbook.shape import Sheet
from nawa.workbook.xml_cells import last_filled_row, look

_T = TypeVar("_T")
_DELIMITERS: Final = (",", ";", "\t")
_WORKBOOKS: Final = frozenset({".xlsx", ".xlsm"})


class Source(Protocol):
    """An opened input."""

    @property
    def names(self) -> Sequence[str]:
        """Sheet names as the input has them, in its order."""
        ...

    @property
    def has_macros(self) -> bool:
        """Whether it carries a macro project."""
        ...

    def grid(self, name: str, sheet: Sheet) -> Grid:
        """One sheet as text, to be read as `sheet`. Raises `UnreadableFile`."""
        ...


def open_source(path: Path, limits: Limits) -> Source:
    """Open a workbook, a folder of CSV or Parquet files, one such file named as a sheet, or a zip of CSV files.

    Raises:
        UnreadableFile: it is missing, may not be read, is no regular file or folder, too large, or of another kind.
    """
    try:
        mode = path.stat().st_mode
    except OSError:
        raise UnreadableFile("NOT_FOUND", name=path.name) from None
    if not os.access(path, os.R_OK):
        raise UnreadableFile("NOT_ALLOWED", name=path.name)
    if stat.S_ISDIR(mode):
        return _Folder(path, sorted(path.iterdir()), limits)
    if not stat.S_ISREG(mode):
        raise UnreadableFile("NOT_REGULAR", name=path.name)
    _refuse_size(path, limits)
    if path.suffix.lower() in (".csv", ".parquet"):
        return _Folder(path, [path], limits)
    return _Zip(path, limits) if path.suffix.lower() == ".zip" else _Workbook(path, limits)


def _refuse_size(path: Path, limits: Limits) -> None:
    size = path.stat().st_size
    if size == 0:
        raise UnreadableFile("EMPTY", name=path.name)
    if size > limits.file_bytes:
        raise UnreadableFile("TOO_LARGE", name=path.name, what="ukuran berkas", limit=f"{limits.file_bytes >> 20} MiB")


def _refuse_rows(name: str, sheet: str, rows: int, limits: Limits) -> None:
    if rows > limits.rows:
        raise UnreadableFile("TOO_MANY_ROWS", name=name, sheet=sheet, rows=f"{rows:,}", limit=f"{limits.rows:,}")


def _refuse_columns(name: str, columns: int, limits: Limits) -> None:
    if columns > limits.columns:
        raise UnreadableFile("TOO_LARGE", name=name, what="jumlah kolom", limit=str(limits.columns))


def _or_broken(name: str, call: Callable[..., _T], *args: Any, **options: Any) -> _T:
    """Call a library that raises or panics on damaged files in ways of its own; each means the same to the user."""
    try:
        return call(*args, **options)
    except (KeyboardInterrupt, MemoryError, UnreadableFile):
        raise
    except BaseException as error:
        raise UnreadableFile("BROKEN", name=name) from error


class _Workbook:
    """An xlsx or xlsm."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self._path, self._limits = path, limits
        self._package = Package(path, limits)
        self._reader = _or_broken(self._path.name, fastexcel.read_excel, str(path))
        self.names = list(self._package.sheets)
        self.has_macros = self._package.has_macros

    def grid(self, name: str, sheet: Sheet) -> Grid:
        """The sheet from A1 on, columns before the first used one included."""
        xml = self._package.part(self._package.sheets[name])
        if b"<!DOCTYPE" in xml:
            raise UnreadableFile("BROKEN", name=self._path.name)
        _refuse_rows(self._path.name, name, last_filled_row(xml), self._limits)
        frame = self._frame(name)

        def look_inside(places: Collection[int]) -> Findings:
            filled = {place: frame[str(place)].count() for place in places}
            return _or_broken(self._path.name, look, xml, filled, recalculated=self._package.recalculates)

        return Grid(frame, look_inside)

    def _frame(self, name: str) -> pl.DataFrame:
        loaded = _or_broken(
            self._path.name,
            self._reader.load_sheet,
            name,
            header_row=None,
            skip_rows=0,
            dtypes="string",
            skip_whitespace_tail_rows=True,
        )
        first = min((column.absolute_index for column in loaded.available_columns()), default=0)
        frame: pl.DataFrame = _or_broken(self._path.name, loaded.to_polars)
        _refuse_columns(self._path.name, first + frame.width, self._limits)
        frame.columns = [str(first + place) for place in range(frame.width)]
        before = [pl.lit(None, pl.String).alias(str(place)) for place in range(first)]
        return frame.select(*before, pl.all())


class _Folder:
    """A folder of CSV or Parquet files named as the sheets are; links and other files in it are passed over."""

    has_macros = False

    def __init__(self, path: Path, entries: Iterable[Path], limits: Limits) -> None:
        self._path, self._limits = path, limits
        files = [entry for entry in entries if entry.suffix.lower() in (".csv", ".parquet")]
        if len(files) > limits.entries:
            raise UnreadableFile("TOO_LARGE", name=path.name, what="jumlah berkas", limit=str(limits.entries))
        for file in files:
            if not stat.S_ISREG(file.lstat().st_mode):
                raise UnreadableFile("NOT_REGULAR", name=file.name)
        self._files = {_name_in_folder(file, files): file for file in files}
        self.names = list(self._files)

    def grid(self, name: str, sheet: Sheet) -> Grid:
        """One file as text. For Parquet the column names stand as row 1."""
        file = self._files[name]
        if not os.access(file, os.R_OK):
            raise UnreadableFile("NOT_ALLOWED", name=file.name)
        _refuse_size(file, self._limits)
        frame = self._parquet(file) if file.suffix.lower() == ".parquet" else self._csv(file, sheet)
        return Grid(frame)

    def _csv(self, file: Path, sheet: Sheet) -> pl.DataFrame:
        return _csv_frame(file.read_bytes(), file.name, sheet, self._limits)

    def _parquet(self, file: Path) -> pl.DataFrame:
        scan = _or_broken(file.name, pl.scan_parquet, file, glob=False)
        rows: int = _or_broken(file.name, _collected, scan.select(pl.len())).item()
        _refuse_rows(file.name, file.stem, rows, self._limits)
        frame = _or_broken(file.name, _collected, scan)
        _refuse_columns(file.name, frame.width, self._limits)
        texts = [_or_broken(file.name, _as_text, series) for series in frame.get_columns()]
        heads = [pl.Series([name], dtype=pl.String) for name in frame.columns]
        return pl.DataFrame(
            {str(place): head.append(text) for place, (head, text) in enumerate(zip(heads, texts, strict=True))}
        )


class _Zip:
    """A zip of CSV files named as the sheets are, in one folder or none. Nothing is unpacked to a place of its own."""

    has_macros = False

    def __init__(self, path: Path, limits: Limits) -> None:
        self._path, self._limits = path, limits
        refuse_unless_zip(path)
        self._zip = _or_broken(path.name, zipfile.ZipFile, path)
        refuse_bomb(path.name, self._zip, limits)
        files = [info for info in self._zip.infolist() if not info.is_dir() and not _by_the_way(info.filename)]
        if odd := [info.filename for info in files if not info.filename.lower().endswith(".csv")]:
            raise UnreadableFile("NOT_ONLY_CSV", name=path.name, found=PurePosixPath(odd[0]).name[:80])
        self._files = {PurePosixPath(info.filename).stem: info for info in files}
        if not files or len(self._files) != len(files):
            raise UnreadableFile("BROKEN" if files else "EMPTY", name=path.name)
        self.names = list(self._files)

    def grid(self, name: str, sheet: Sheet) -> Grid:
        """One file as text."""
        try:
            data = self._zip.read(self._files[name])
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
            raise UnreadableFile("BROKEN", name=self._path.name) from error
        return Grid(_csv_frame(data, f"{name}.csv", sheet, self._limits))


def _by_the_way(name: str) -> bool:
    """Whether a program put this file beside the others unasked."""
    return name.startswith("__MACOSX/") or PurePosixPath(name).name in {".DS_Store", "Thumbs.db", "desktop.ini"}


def _csv_frame(data: bytes, name: str, sheet: Sheet, limits: Limits) -> pl.DataFrame:
    text = _decoded(data)
    delimiter = max(_DELIMITERS, key=lambda candidate: _headings_found(text, candidate, sheet))
    try:
        rows = list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), limits.rows + 1))
    except csv.Error:
        raise UnreadableFile("BROKEN", name=name) from None
    _refuse_rows(name, PurePosixPath(name).stem, len(rows), limits)
    _refuse_columns(name, max(map(len, rows), default=0), limits)
    columns = enumerate(zip_longest(*rows, fillvalue=None))
    return pl.DataFrame({str(place): pl.Series(values, dtype=pl.String) for place, values in columns})


def _collected(scan: pl.LazyFrame) -> pl.DataFrame:
    return scan.collect()


def _name_in_folder(file: Path, files: Sequence[Path]) -> str:
    """The stem, or the whole name where two files share a stem."""
    return file.name if sum(other.stem == file.stem for other in files) > 1 else file.stem


def _decoded(data: bytes) -> str:
    """Text in UTF-8, in UTF-16 as Excel's *Unicode text*, or in the code page of Western Windows."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _headings_found(text: str, delimiter: str, sheet: Sheet) -> int:
    """How many columns the first rows name when split at this delimiter."""
    lines = csv.reader(io.StringIO(text[:65_536], newline=""), delimiter=delimiter)
    try:
        head = [[cell.strip() for cell in line] for line in islice(lines, HEAD_ROWS)]
    except csv.Error:
        return 0
    width = max(map(len, head), default=0)
    heading = find_heading(sheet, [line + [""] * (width - len(line)) for line in head])
    return len(heading.places) if heading else 0


def _as_text(series: pl.Series) -> pl.Series:
    """A typed Parquet column as the text a cell would hold."""
    if isinstance(series.dtype, pl.List):
        series = series.list.eval(pl.element().cast(pl.String)).list.join("; ")
    elif series.dtype.is_float():  # `1.234` from a float is no thousand: four places leave no doubt
        series = series.cast(pl.String).str.replace(r"^(-?\d+\.\d{3})$", "${1}0")
    elif series.dtype == pl.Binary or series.dtype.is_nested():
        series = pl.Series([None] * len(series), dtype=pl.String)
    return series.cast(pl.String)
